// The devices of the configuration file: scanners, the printer, and how each is reached. docs/devices.md says which to take.
import { z } from 'zod';
import { identifier, milliseconds, path } from './configuration-values.ts';

const baudRate = z.int().min(300).max(1_000_000).default(9600);
const serialScannerSchema = z.strictObject({ kind: z.literal('serial'), path, baudRate });

const scannerTransportSchema = z.discriminatedUnion('kind', [serialScannerSchema], {
  error: 'must be "serial"',
});

export const scannerSchema = z.strictObject({
  id: identifier,
  transport: scannerTransportSchema,
  framing: z
    .strictObject({
      kind: z.enum(['line', 'stx-etx', 'timeout']).default('line'),
      timeout_ms: z.int().min(5).max(2000).default(80),
      limit_bytes: z.int().min(64).max(65_536).default(4096),
    })
    .prefault({}),
});

const printerTransportSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('tcp'),
      host: z.string().min(1),
      port: z.int().min(1).max(65_535),
    }),
    z.strictObject({
      kind: z.literal('serial'),
      path,
      baudRate,
      flow: z.enum(['none', 'rtscts', 'xonxoff']).default('none'),
    }),
    z.strictObject({ kind: z.literal('usb'), path }),
  ],
  { error: 'must be "tcp", "serial" or "usb"' },
);

export const printerSchema = z.strictObject({
  id: identifier,
  transport: printerTransportSchema,
  profile: z.enum(['generic80', 'epson80', 'generic58']).default('generic80'),
  poll_ms: milliseconds.default(3000),
});

/** Scanners that type like a keyboard: weaker than a device of our own, and never for payment codes. */
export const wedgeSchema = z.strictObject({ goods: z.boolean().default(false) });

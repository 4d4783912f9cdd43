// The devices of the configuration file: scanners, the printer, and how each is reached. docs/devices.md says which to take.
import { z } from 'zod';
import { identifier, milliseconds, path } from './configuration-values.ts';

const baudRate = z.int().min(300).max(1_000_000).default(9600);
/** As `lsusb` and udev write it: four hexadecimal digits. */
const usbNumber = z.string().regex(/^[0-9a-fA-F]{4}$/, 'must be four hexadecimal digits');

const serialScannerSchema = z.strictObject({ kind: z.literal('serial'), path, baudRate });

const hidScannerSchema = z
  .strictObject({
    kind: z.literal('hid'),
    vendorId: usbNumber.optional(),
    productId: usbNumber.optional(),
    /** Tells two scanners of one model apart. */
    serial: z.string().min(1).max(126).optional(),
    /** Instead of the numbers: /dev/hidraw0, or a name that a udev rule gives. */
    path: path.optional(),
  })
  .refine(
    (hid) => (hid.vendorId !== undefined && hid.productId !== undefined) || hid.path !== undefined,
    'needs vendorId and productId, or path',
  );

const scannerTransportSchema = z.discriminatedUnion('kind', [serialScannerSchema, hidScannerSchema], {
  error: 'must be "serial" or "hid"',
});

export const scannerSchema = z.strictObject({
  id: identifier,
  transport: scannerTransportSchema,
  /** Of serial scanners only: a HID report says itself where its data ends. */
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

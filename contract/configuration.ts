// The one configuration file. Every key is described in docs/configuration.md; a complete example: docs/configuration.example.json.
import { z } from 'zod';
import { roles } from './commands.ts';
import { printerSchema, scannerSchema, wedgeSchema } from './configuration-devices.ts';
import { identifier, milliseconds, path } from './configuration-values.ts';

const fen = z.int().min(0).max(1_000_000_000);

const operatorSchema = z.strictObject({
  id: identifier,
  name: z.string().min(1).max(32),
  role: z.enum(roles),
  /** scrypt$N$r$p$salt$hash, both base64url: `yima pin` makes it. */
  pin: z.string().regex(/^scrypt\$\d+\$\d+\$\d+\$[\w-]+\$[\w-]+$/),
});

/** Only what differs from the adapter's own profile. Units are milliseconds. */
const timingsSchema = z
  .strictObject({
    answerTimeout_ms: milliseconds,
    inquiryAt_ms: z.array(milliseconds).min(1).max(20),
    giveUpAt_ms: milliseconds,
    giveUpFrom_ms: milliseconds,
    awaitingEvery_ms: milliseconds,
    awaitingLimit_ms: milliseconds,
    callTimeout_ms: milliseconds,
    reverseAt_ms: z.array(z.int().min(0)).min(1).max(20),
    reverseEvery_ms: milliseconds,
    deferredInquiryEvery_ms: milliseconds,
    giveBackInquiryAt_ms: z.array(milliseconds).min(1).max(20),
    giveBackInquiryEvery_ms: milliseconds,
    /** The clearing day ends this many minutes after midnight, Asia/Shanghai: no void of its payments afterwards. */
    clearingDayEnds_min: z.int().min(1).max(1440),
  })
  .partial();

const offlineSchema = z.strictObject({
  mode: z.enum(['refuse', 'hold', 'queue']).default('refuse'),
  /** `hold`: how long a code is kept in memory, waiting for the line. */
  holdFor_s: z.int().min(5).max(120).default(55),
  perPayment_fen: fen.default(20_000),
  openTotal_fen: fen.default(200_000),
  count: z.int().min(0).max(500).default(50),
  maxAge_s: z
    .int()
    .min(60)
    .max(7 * 24 * 3600)
    .default(24 * 3600),
});

const cashSchema = z.strictObject({
  /** 抹零 goes down to a multiple of this: 1 never, 10 to the jiao, 100 to the yuan. */
  roundDownTo_fen: z.union([z.literal(1), z.literal(10), z.literal(100)]).default(10),
  /** True: always; false: when the cashier asks. */
  roundDownAlways: z.boolean().default(false),
  /** Notes and coins of the blind count. */
  denominations_fen: z
    .array(z.int().min(1).max(100_000))
    .min(1)
    .max(20)
    .default([10_000, 5000, 2000, 1000, 500, 100, 50, 10]),
});

const codeRuleSchema = z.strictObject({
  scheme: z.string().regex(/^[A-Z][A-Z0-9_]{1,15}$/),
  pattern: z.string().min(3).max(200).startsWith('^').endsWith('$'),
  deferrable: z.boolean().default(false),
});

const isLoopbackOrTls = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  );
};

const routeSchema = z.strictObject({
  id: identifier,
  adapter: z.literal('gateway'),
  baseUrl: z.string().refine(isLoopbackOrTls, 'must be an https URL (http for loopback only)'),
  appId: z.string().min(1).max(64),
  appKeyFile: path,
  caFile: path.optional(),
  connectTimeout_ms: milliseconds.default(3000),
  probeEvery_ms: milliseconds.default(2000),
  timings: timingsSchema.prefault({}),
  /** Rules tried before the adapter's own. */
  codeRules: z.array(codeRuleSchema).max(20).default([]),
  offline: offlineSchema.prefault({}),
  forward: z.strictObject({ concurrency: z.int().min(1).max(32).default(1) }).prefault({}),
});

const backupSchema = z.strictObject({
  /** Default: `<state>-backups` beside the state directory. */
  directory: path.optional(),
  /** So many verified ones are kept, the newest. */
  keep: z.int().min(2).max(1000).default(7),
  /** After each Z anyway. */
  every_h: z.int().min(1).max(168).default(4),
});

export const configurationSchema = z.strictObject({
  store: z.strictObject({
    name_zh: z.string().min(1).max(40),
    name_en: z.string().min(1).max(60),
    address: z.string().max(80),
    phone: z.string().max(30),
  }),
  terminal: z.strictObject({
    merchantCode: z.string().regex(/^[0-9A-Za-z]{15}$/, 'must be 15 letters or digits'),
    terminalCode: z.string().regex(/^[0-9A-Za-z]{8}$/, 'must be 8 letters or digits'),
    serial: z.string().min(1).max(50),
    deviceType: z
      .string()
      .regex(/^\d\d$/)
      .default('11'),
    ip: z.union([z.ipv4(), z.ipv6()]),
  }),
  display: z.strictObject({ pxPerMm: z.number().min(1).max(40).default(5.94) }).prefault({}),
  catalogueFile: path,
  /** Outside the state directory; default: `<state>-keys` beside it. */
  keysDirectory: path.optional(),
  backup: backupSchema.prefault({}),
  operators: z.array(operatorSchema).min(1).max(200),
  scanners: z.array(scannerSchema).max(8),
  printer: printerSchema,
  wedge: wedgeSchema.prefault({}),
  cash: cashSchema.prefault({}),
  /** The till locks itself after this long without a touch or a scan. */
  lockAfter_s: z.int().min(30).max(7200).default(300),
  route: routeSchema,
});

export type Configuration = z.infer<typeof configurationSchema>;

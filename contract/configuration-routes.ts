// The routes of the configuration: one for each contract with somebody who takes payments. Keys: docs/configuration.md.
import { z } from 'zod';
import { contractFields, merchantNumber, terminalNumber } from './configuration-terminal.ts';
import { fen, identifier, milliseconds, path } from './configuration-values.ts';

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
    reverseFrom_ms: z
      .int()
      .min(0)
      .max(24 * 3600 * 1000),
    reverseAt_ms: z.array(z.int().min(0)).min(1).max(20),
    reverseEvery_ms: milliseconds,
    deferredInquiryEvery_ms: milliseconds,
    giveBackInquiryAt_ms: z.array(milliseconds).min(1).max(20),
    giveBackInquiryEvery_ms: milliseconds,
    /** The clearing day ends this many minutes after midnight, Asia/Shanghai: no void of its payments afterwards. */
    clearingDayEnds_min: z.int().min(1).max(1440),
    /** Main scan. */
    presenting: z
      .strictObject({
        codeFor_ms: z
          .int()
          .min(120_000)
          .max(2 * 3600 * 1000),
        inquireEvery_ms: milliseconds,
        closeAt_ms: z.array(z.int().min(0)).min(1).max(20),
        closeEvery_ms: milliseconds,
      })
      .partial(),
  })
  .partial();

/** A wallet has no voids and no deferred payments. */
const walletTimingsSchema = timingsSchema.omit({ clearingDayEnds_min: true, deferredInquiryEvery_ms: true });

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

const scheme = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,15}$/)
  .refine((name) => name !== 'UNKNOWN', 'is the name of what no rule knows');

const codeRuleSchema = z.strictObject({
  scheme,
  pattern: z.string().min(3).max(200).startsWith('^').endsWith('$'),
  deferrable: z.boolean().default(false),
  /** How sure it is, as docs/payment-codes.md has it. */
  confidence: z.enum(['H', 'M', 'L']).nullable().default(null),
});

/** An administrative division, or all that begin alike. */
const division = z.string().regex(/^(\d{2}){1,3}$/, 'must be 2, 4 or 6 digits');

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

const isLoopbackOrTls = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(url));
};

const url = z.string().refine(isLoopbackOrTls, 'must be an https URL (http for loopback only)');

/** What every route has. */
const shared = {
  id: identifier,
  caFile: path.optional(),
  connectTimeout_ms: milliseconds.default(3000),
  timings: timingsSchema.prefault({}),
  /** Rules tried before the adapter's own. */
  codeRules: z.array(codeRuleSchema).max(20).default([]),
  /** The wallets of this contract; null: all that its rules know. */
  schemes: z.array(scheme).min(1).max(20).nullable().default(null),
  /** Of a wallet: only where the shop is in one of these divisions. "all": everywhere, also where the pilots of docs/payment-codes.md are not. */
  regions: z.record(scheme, z.union([z.literal('all'), z.array(division).min(1).max(400)])).default({}),
  /** Passive scan: the till takes payment codes on this route. */
  passiveScan: z.boolean().default(true),
  /** Codes that no rule knows go to this acquirer, which recognises them by itself; only while its echo says so. */
  detects: z.boolean().default(false),
  /** Main scan: the till shows a code of this route's for the customer to scan. */
  mainScan: z.boolean().default(false),
  offline: offlineSchema.prefault({}),
  forward: z.strictObject({ concurrency: z.int().min(1).max(32).default(1) }).prefault({}),
  /** What the acquirer keeps of a payment by this contract, in millionths: each fee on its bill is checked against it. */
  feeRate_ppm: z.int().min(0).max(100_000).optional(),
};

export const gatewayRouteSchema = z.strictObject({
  ...shared,
  adapter: z.literal('gateway'),
  baseUrl: url,
  appId: z.string().min(1).max(64),
  appKeyFile: path,
  /** Where this contract has other numbers than `terminal`. Our order numbers begin with the till's own all the same. */
  merchantCode: merchantNumber.optional(),
  terminalCode: terminalNumber.optional(),
  /** `daily`: the terminal signs in and signs its calls with that session's key; `none`: with its own key. */
  session: z.enum(['none', 'daily']).default('none'),
  probeEvery_ms: milliseconds.default(2000),
});

/** An address of the shop's that is open to the internet. */
const notifyUrl = z
  .url({ protocol: /^https$/ })
  .max(255)
  .refine((text) => !/[?#]/.test(text), 'must have no query');

/** Where the till hears of what came to the notify address (docs/notices.md). */
const relay = z.strictObject({ url, tokenFile: path, caFile: path.optional() }).optional();

const wallet = {
  ...shared,
  timings: walletTimingsSchema.prefault({}),
  /** A wallet has no echo: the question that stands for it is asked less often. */
  probeEvery_ms: milliseconds.default(15_000),
  relay,
};

/** WeChat Pay takes no reversal earlier; a simulator need not be waited for. */
const REVERSE_from_ms = 15_000;

const wechatpayFields = z.strictObject({
  ...wallet,
  adapter: z.literal('wechatpay'),
  baseUrl: url.default('https://api.mch.weixin.qq.com/'),
  appId: z.string().regex(/^[0-9A-Za-z]{1,32}$/),
  mchId: z.string().regex(/^\d{1,32}$/),
  /** Of the merchant's own certificate. */
  merchantSerial: z.string().regex(/^[0-9A-Fa-f]{1,64}$/),
  merchantKeyFile: path,
  /** That certificate: not needed to sign; its end is watched, and that it belongs to key and serial. */
  merchantCertificateFile: path.optional(),
  /** The shop's own number of this shop, as WeChat was told; without it the terminal number. */
  storeId: z.string().min(1).max(32).optional(),
  /** Where WeChat sends its notices of a main scan, which it wants to be told. Without it: no main scan. */
  notifyUrl: notifyUrl.optional(),
  /** What opens its notices; for a relay only. */
  apiV3KeyFile: path.optional(),
  /** What WeChat signs with: certificates by their serial, or public keys by their id. Several while one follows another. */
  platformKeys: z
    .array(z.strictObject({ serial: z.string().regex(/^[0-9A-Za-z_]{1,64}$/), file: path }))
    .min(1)
    .max(8),
});

export const wechatpayRouteSchema = wechatpayFields.refine(
  ({ baseUrl, timings: { reverseFrom_ms = REVERSE_from_ms } }) =>
    reverseFrom_ms >= REVERSE_from_ms || isLoopback(baseUrl),
  {
    path: ['timings', 'reverseFrom_ms'],
    message: `must be at least ${REVERSE_from_ms}: WeChat Pay takes no reversal earlier (less for a simulator on loopback only)`,
  },
);

export const alipayRouteSchema = z.strictObject({
  ...wallet,
  adapter: z.literal('alipay'),
  baseUrl: url.default('https://openapi.alipay.com/gateway.do'),
  appId: z.string().regex(/^\d{1,32}$/),
  merchantKeyFile: path,
  keys: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('publicKey'), alipayPublicKeyFile: path }),
    z.strictObject({
      kind: z.literal('certificate'),
      appCertificateFile: path,
      alipayCertificateFile: path,
      alipayRootCertificateFile: path,
    }),
  ]),
  /** The shop's number at Alipay, where there is one. */
  storeId: z.string().min(1).max(32).optional(),
  /** The till's number at Alipay, where it is another than the till's own. */
  terminalId: z
    .string()
    .regex(/^[\w-]{1,32}$/, 'must be 1 to 32 letters, digits, hyphens or underscores')
    .optional(),
  /** The merchant's account (PID): on papers, and whose bill it must be. */
  sellerId: z
    .string()
    .regex(/^2088\d{12}$/, 'must be 16 digits that begin with 2088')
    .optional(),
  /** Which face-to-face contract was signed. */
  productCode: z.enum(['FACE_TO_FACE_PAYMENT', 'OFFLINE_PAYMENT']).default('FACE_TO_FACE_PAYMENT'),
  /** `terminal_params` of a payment, as agreed with Alipay. */
  terminalParams: contractFields.optional(),
  notifyUrl: notifyUrl.optional(),
});

/** What the till writes itself, or what is no business of a terminal. */
const unionpayFields: ReadonlySet<string> = new Set(
  [
    'version encoding signMethod certId signature signPubKeyCert bizType accessType merId txnType txnSubType channelType',
    'backUrl frontUrl orderId txnTime txnAmt currencyCode qrNo qrCode accNo payTimeout termId origQryId queryId respCode',
  ].flatMap((names) => names.split(' ')),
);

export const unionpayRouteSchema = z.strictObject({
  ...wallet,
  /** It has voids within the clearing day, but takes no deferred payments. */
  timings: timingsSchema.omit({ deferredInquiryEvery_ms: true }).prefault({}),
  adapter: z.literal('unionpay'),
  baseUrl: url.default('https://gateway.95516.com/gateway/api'),
  merId: z.string().regex(/^[0-9A-Za-z]{15}$/),
  /** The till's number at UnionPay, where it is another than the till's own. */
  termId: terminalNumber.optional(),
  merchantKeyFile: path,
  merchantCertificateFile: path,
  /** Answers bring their certificate along: it must descend from these, and be made out to `signer`. */
  rootCertificateFile: path,
  intermediateCertificateFile: path,
  signer: z.string().min(1).max(64).default('中国银联股份有限公司'),
  /** Required of every request: a relay's address, or one where nobody listens. */
  backUrl: z.url({ protocol: /^https?$/ }).default('http://www.specialUrl.com'),
  /** More fields of purchases and order codes, as agreed with UnionPay. */
  terminalFields: contractFields
    .refine(
      (fields) => !Object.keys(fields).some((name) => unionpayFields.has(name)),
      'names a field of our own',
    )
    .optional(),
});

export const routeSchema = z.discriminatedUnion('adapter', [
  gatewayRouteSchema,
  wechatpayRouteSchema,
  alipayRouteSchema,
  unionpayRouteSchema,
]);

export type RouteConfiguration = z.infer<typeof routeSchema>;
export type GatewayRoute = z.infer<typeof gatewayRouteSchema>;
export type WechatpayRoute = z.infer<typeof wechatpayRouteSchema>;
export type AlipayRoute = z.infer<typeof alipayRouteSchema>;
export type UnionpayRoute = z.infer<typeof unionpayRouteSchema>;

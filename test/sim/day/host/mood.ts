// What the wallets and banks behind the host do with a payment or a refund: drawn by weight from the seeded chance.
export type Chance = {
  /** 0 <= x < 1. */
  unit(): number;
  whole(from: number, to: number): number;
  happens(share: number): boolean;
};

/**
 * All are weights against `approve`, on any scale: a void is refused in voidRefused of (approve + voidRefused) cases, and the
 * three fates of a refund and `notFoundOnce` likewise. `deferredDecline`, `undecided` and `notKept` count for payments
 * taken offline only.
 */
export type Mood = {
  approve: number;
  decline: number;
  askCustomerThenPay: number;
  askCustomerThenDecline: number;
  /** The wallet itself gives up after some minutes; until then nobody can say. */
  customerNeverAnswers: number;
  acceptedThenPaid: number;
  acceptedThenFailed: number;
  systemErrorButPaid: number;
  systemErrorAndFailed: number;
  deferredDecline: number;
  /** The customer has gone, and nothing ends it: for hours, or until the acquirer's office does. */
  undecided: number;
  /** A system error, as often as it is sent; nothing is kept of it, and an inquiry finds no such order. */
  notKept: number;
  configurationError: number;
  refundProcessing: number;
  refundFailsLater: number;
  refundRefused: number;
  voidRefused: number;
  /** Says "not found" once for a payment that it knows. */
  notFoundOnce: number;
};

export function calmMood(): Mood {
  return {
    approve: 1,
    decline: 0,
    askCustomerThenPay: 0,
    askCustomerThenDecline: 0,
    customerNeverAnswers: 0,
    acceptedThenPaid: 0,
    acceptedThenFailed: 0,
    systemErrorButPaid: 0,
    systemErrorAndFailed: 0,
    deferredDecline: 0,
    undecided: 0,
    notKept: 0,
    configurationError: 0,
    refundProcessing: 0,
    refundFailsLater: 0,
    refundRefused: 0,
    voidRefused: 0,
    notFoundOnce: 0,
  };
}

/** `word` is the errCode while undecided; `failCode` null: it is paid. `after_ms` 0: decided before the first answer; Infinity: never. */
export type Verdict = { word: string; failCode: string | null; after_ms: number };
export type RefundVerdict = { failCode: string | null; after_ms: number };

const payFates = [
  'approve',
  'decline',
  'askCustomerThenPay',
  'askCustomerThenDecline',
  'customerNeverAnswers',
  'acceptedThenPaid',
  'acceptedThenFailed',
  'systemErrorButPaid',
  'systemErrorAndFailed',
  'configurationError',
] as const;
const deferredFates = [...payFates, 'deferredDecline', 'undecided', 'notKept'] as const;
const refundFates = ['approve', 'refundProcessing', 'refundFailsLater', 'refundRefused'] as const;
export type PayFate = (typeof deferredFates)[number];
export type RefundFate = (typeof refundFates)[number];

const declines = [
  'AUTH_CODE_EXPIRED',
  'AUTH_CODE_INVALID',
  'AUTH_CODE_USED',
  'BALANCE_NOT_ENOUGH',
  'LIMIT_EXCEEDED',
  'RISK_REJECTED',
  'NOT_SUPPORTED',
];
const deferredDeclines = [
  'OFFLINE_EXPIRED',
  'OFFLINE_NOT_ALLOWED',
  'AUTH_CODE_EXPIRED',
  'BALANCE_NOT_ENOUGH',
];
const configurationErrors = ['SIGN_ERROR', 'MERCHANT_INVALID', 'TERMINAL_INVALID', 'PARAM_ERROR'];
/** The last is on no list: any other code means "unknown" too. */
const systemErrors = ['SYSTEM_ERROR', 'BANK_ERROR', 'TIMEOUT', 'CHANNEL_BUSY_931'];
/** Failed later; what the page does not list is a failure all the same when an inquiry says 5. */
const lateFailures = ['BALANCE_NOT_ENOUGH', 'RISK_REJECTED', 'AUTH_CODE_EXPIRED', 'ISSUER_REFUSED_47'];
const MINUTE_ms = 60_000;
const HOUR_ms = 60 * MINUTE_ms;

export function payFate(mood: Mood, chance: Chance, isDeferred: boolean): PayFate {
  return drawn(isDeferred ? deferredFates : payFates, mood, chance);
}

export function refundFate(mood: Mood, chance: Chance): RefundFate {
  return drawn(refundFates, mood, chance);
}

export function isStruck(mood: Mood, chance: Chance, trouble: 'voidRefused' | 'notFoundOnce'): boolean {
  return drawn(['approve', trouble] as const, mood, chance) === trouble;
}

export function payVerdict(fate: PayFate, chance: Chance): Verdict {
  switch (fate) {
    case 'approve':
      return { word: '', failCode: null, after_ms: 0 };
    case 'decline':
      return { word: '', failCode: pick(declines, chance), after_ms: 0 };
    case 'deferredDecline':
      return { word: '', failCode: pick(deferredDeclines, chance), after_ms: 0 };
    case 'configurationError':
      return { word: '', failCode: pick(configurationErrors, chance), after_ms: 0 };
    case 'askCustomerThenPay':
      return { word: 'USER_PAYING', failCode: null, after_ms: chance.whole(1000, 90_000) };
    case 'askCustomerThenDecline':
      return { ...late(chance), word: 'USER_PAYING', after_ms: chance.whole(1000, 90_000) };
    case 'customerNeverAnswers':
      return {
        word: 'USER_PAYING',
        failCode: 'CUSTOMER_GONE_12',
        after_ms: chance.whole(2 * MINUTE_ms, 10 * MINUTE_ms),
      };
    case 'undecided':
      return {
        word: chance.happens(0.5) ? 'USER_PAYING' : accepted(chance),
        failCode: chance.happens(0.5) ? null : 'CUSTOMER_GONE_12',
        after_ms: chance.happens(0.5) ? chance.whole(HOUR_ms, 4 * HOUR_ms) : Infinity,
      };
    case 'acceptedThenPaid':
      return { ...late(chance), word: accepted(chance), failCode: null };
    case 'acceptedThenFailed':
      return { ...late(chance), word: accepted(chance) };
    case 'systemErrorButPaid':
      return { ...late(chance), word: pick(systemErrors, chance), failCode: null };
    case 'systemErrorAndFailed':
      return { ...late(chance), word: pick(systemErrors, chance) };
    case 'notKept':
      return { word: pick(systemErrors, chance), failCode: null, after_ms: Infinity };
  }
}

/** Of a host whose answer to a payment says no more than that it was taken in: mostly decided before the first question. */
export function acceptedFirst({ failCode, after_ms }: Verdict, chance: Chance): Verdict {
  return { word: accepted(chance), failCode, after_ms: after_ms === 0 ? chance.whole(200, 3000) : after_ms };
}

/** A refusal in the first answer is a code that proves nothing: the till must ask, and then hears "failed". */
export function refundVerdict(fate: RefundFate, chance: Chance): RefundVerdict {
  switch (fate) {
    case 'approve':
      return { failCode: null, after_ms: 0 };
    case 'refundProcessing':
      return { failCode: null, after_ms: chance.whole(1000, 90 * MINUTE_ms) };
    case 'refundFailsLater':
      return { failCode: 'ACCOUNT_CLOSED_08', after_ms: chance.whole(1000, 90 * MINUTE_ms) };
    case 'refundRefused':
      return { failCode: 'BALANCE_NOT_ENOUGH', after_ms: 0 };
  }
}

/** Mostly within the till's patience, sometimes long after it. */
function late(chance: Chance): { failCode: string; after_ms: number } {
  const after_ms = chance.happens(0.8) ? chance.whole(500, 40_000) : chance.whole(40_000, 5 * MINUTE_ms);
  return { failCode: pick(lateFailures, chance), after_ms };
}

function accepted(chance: Chance): string {
  return chance.happens(0.5) ? '0000' : 'SUCCESS';
}

/** The first name when nothing has weight. */
function drawn<Name extends keyof Mood>(names: readonly [Name, ...Name[]], mood: Mood, chance: Chance): Name {
  let total = 0;
  for (const name of names) total += mood[name];
  let left = chance.unit() * total;
  for (const name of names) {
    left -= mood[name];
    if (left < 0) return name;
  }
  return names[0];
}

function pick(codes: readonly string[], chance: Chance): string {
  return codes[chance.whole(0, codes.length - 1)] ?? 'SYSTEM_ERROR';
}

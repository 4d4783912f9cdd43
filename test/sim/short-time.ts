// Time for the searches: a policy whose spans are a few ticks, and machines whose times are relative to now and capped, so that
// the reachable states are finitely many. Every order of two limits that the real policy has occurs here too.
import {
  gatewayPolicy,
  type PaymentPolicy,
  type PresentingPolicy,
} from '../../core/domain/payment/policy.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { scheduled } from '../../core/domain/payment/steps.ts';

const shortPresenting: PresentingPolicy = {
  codeFor_ms: 1,
  tries: 2,
  retryAfter_ms: 1,
  inquireEvery_ms: 1,
  closeAt_ms: [0, 1],
  closeEvery_ms: 2,
};

/** 1 tick = 1 "ms". */
export const shortPolicy: PaymentPolicy = {
  ...gatewayPolicy,
  presenting: shortPresenting,
  answerTimeout_ms: 2,
  inquiryAt_ms: [1, 3],
  giveUpAt_ms: 3,
  giveUpFrom_ms: 1,
  awaitingEvery_ms: 1,
  awaitingLimit_ms: 3,
  callTimeout_ms: 1,
  reverseAt_ms: [0, 1],
  reverseEvery_ms: 2,
  reversalWindow_ms: 5,
  disputedEvery_ms: 4,
  inFlightHorizon_ms: 3,
  holdFor_ms: 2,
  queueMaxAge_ms: 3,
  deferredInquiryEvery_ms: 2,
  // The searches cap that count.
  resendAfter_inquiries: 0,
};

/** No tombstones, no idempotent sending: a direct wallet. */
export const shortPlainPolicy: PaymentPolicy = {
  ...shortPolicy,
  tombstones: false,
  idempotentAuthorize: false,
};

/**
 * The direct wallets' own orders of limits (acquirers/<name>/profile.ts). WeChat takes no reversal before a while, and the cashier gives up no
 * earlier. Alipay is asked at once, waits longer for a password than for an answer, and soon takes no cancel any more. UnionPay is asked
 * until the last question, and it too takes reversals for a day only.
 */
export const shortWalletPolicies = {
  wechatpay: { ...shortPlainPolicy, giveUpFrom_ms: 2, reverseFrom_ms: 2 },
  alipay: {
    ...shortPlainPolicy,
    inquiryAt_ms: [0, 2],
    giveUpAt_ms: 2,
    awaitingLimit_ms: 4,
    reversalWindow_ms: 4,
  },
  unionpay: {
    ...shortPlainPolicy,
    inquiryAt_ms: [1, 2],
    giveUpAt_ms: 2,
    awaitingLimit_ms: 2,
    reversalWindow_ms: 4,
  },
} satisfies Readonly<Record<string, PaymentPolicy>>;

/** Of a code of ours: a closing waits a whole second for its two calls, so that a tick of its search is one. */
export const TICK_ms = 1000;

export const shortCodePolicy: PaymentPolicy = {
  ...shortPolicy,
  answerTimeout_ms: 2 * TICK_ms,
  callTimeout_ms: TICK_ms,
  presenting: {
    codeFor_ms: 3 * TICK_ms,
    tries: 2,
    retryAfter_ms: TICK_ms,
    inquireEvery_ms: TICK_ms,
    closeAt_ms: [0, TICK_ms],
    closeEvery_ms: 2 * TICK_ms,
  },
};

/** Still shorter, for the search over a whole sale: what matters there is how two attempts meet. */
export const briefPolicy: PaymentPolicy = {
  ...shortPolicy,
  answerTimeout_ms: 1,
  inquiryAt_ms: [1],
  giveUpAt_ms: 1,
  awaitingLimit_ms: 1,
  reverseAt_ms: [0],
  reverseEvery_ms: 1,
  reversalWindow_ms: Infinity,
  disputedEvery_ms: 1,
  inFlightHorizon_ms: 0,
  queueMaxAge_ms: 1,
  deferredInquiryEvery_ms: 1,
  resendAfter_inquiries: 0,
};

/** Ages beyond every limit of the policy are all alike. */
export function ageLimit(policy: PaymentPolicy): number {
  const last_ms = policy.answerTimeout_ms + policy.inFlightHorizon_ms + policy.callTimeout_ms;
  const { giveUpAt_ms, awaitingLimit_ms, reversalWindow_ms, presenting } = policy;
  const limits_ms = [giveUpAt_ms, awaitingLimit_ms, reversalWindow_ms + 1, presenting.codeFor_ms];
  return Math.max(...limits_ms.filter(Number.isFinite), policy.tombstones ? 0 : last_ms);
}

const aged = (at_ms: number, by: number, limit: number) => Math.max(at_ms - by, -limit);

/** The machine `by` ticks later (earlier when negative), with now = 0. A wait that is over is over: nothing runs below 0. */
export function age(machine: PaymentMachine, by: number, limit: number): PaymentMachine {
  const { due, state } = machine;
  const later = due && { after_ms: due.after_ms, at_ms: Math.min(Math.max(due.at_ms - by, 0), due.after_ms) };
  return { ...machine, due: later, state: agedState(state, by, limit) };
}

function agedState(state: PaymentMachine['state'], by: number, limit: number): PaymentMachine['state'] {
  switch (state.kind) {
    case 'held':
    case 'queued':
      return { ...state, expiresAt_ms: aged(state.expiresAt_ms, by, limit) };
    case 'authorizing':
      return {
        ...state,
        sentAt_ms: aged(state.sentAt_ms, by, limit),
        expiresAt_ms: state.expiresAt_ms === null ? null : aged(state.expiresAt_ms, by, limit),
      };
    case 'reversing':
      return {
        ...state,
        sentAt_ms: aged(state.sentAt_ms, by, limit),
        startedAt_ms: aged(state.startedAt_ms, by, limit),
      };
    // A closing looks at its beginning only.
    case 'closing':
      return { ...state, startedAt_ms: aged(state.startedAt_ms, by, limit) };
    // A code of ours looks at its end only.
    case 'presenting':
      return { ...state, endsAt_ms: aged(state.endsAt_ms, by, limit) };
    case 'awaitingCustomer':
    case 'unknown':
    case 'inquiring':
      return { ...state, sentAt_ms: aged(state.sentAt_ms, by, limit) };
    case 'disputed':
      return { ...state, sentAt_ms: aged(state.sentAt_ms ?? 0, by, limit) };
    default:
      return state;
  }
}

/** Counters matter only up to the length of the schedule they index. */
export function capped(machine: PaymentMachine, policy: PaymentPolicy): PaymentMachine {
  const { state } = machine;
  if (state.kind === 'presenting') {
    // The first try alone is told apart from the others, and the last one.
    const tries = Math.min(state.tries, Math.max(2, policy.presenting.tries));
    return { ...machine, state: { ...state, tries, inquiries: 0, sentAt_ms: 0 } };
  }
  if (state.kind === 'closing') {
    const closings = Math.min(state.closings, policy.presenting.closeAt_ms.length);
    const isSpent = closings === policy.presenting.closeAt_ms.length;
    const startedAt_ms = isSpent ? -ageLimit(policy) : state.startedAt_ms;
    return { ...machine, state: { ...state, closings, startedAt_ms, sentAt_ms: 0 } };
  }
  if (state.kind === 'unknown' || state.kind === 'inquiring') {
    // Of early inquiries it matters whether there was one; the schedule counts the others. Whether it was sent again matters only by their count.
    const { early = 0, resent: _resent, ...rest } = state;
    const counted = early > 0 ? 1 : 0;
    const inquiries = Math.min(scheduled(state), policy.inquiryAt_ms.length) + counted;
    return { ...machine, state: { ...rest, inquiries, ...(counted > 0 && { early: counted }) } };
  }
  if ('inquiries' in state) {
    return {
      ...machine,
      state: { ...state, inquiries: Math.min(state.inquiries, policy.inquiryAt_ms.length) },
    };
  }
  if (state.kind === 'reversing') {
    const reversals = Math.min(state.reversals, policy.reverseAt_ms.length);
    // Once the planned reversals are spent, nobody asks any more when the first one was.
    const startedAt_ms = reversals === policy.reverseAt_ms.length ? state.sentAt_ms : state.startedAt_ms;
    return { ...machine, state: { ...state, reversals, startedAt_ms } };
  }
  return machine;
}

/** Everything that its future depends on. What answers said (proofs, codes, causes) is for people only. */
export function machineKey(machine: PaymentMachine): string {
  const { state, due, deferred, presented } = machine;
  const head = `${state.kind}${presented ? '!' : ''}${deferred ? '~' : ''}@${due ? `${due.at_ms}/${due.after_ms}` : ''}`;
  switch (state.kind) {
    case 'approved':
      return `${head}${state.unwanted ? '<' : ''}`;
    case 'disputed':
      return `${head},${state.sentAt_ms},${state.isAsked ? 'a' : ''}${state.cause === 'notFound' ? 'n' : ''}${state.isKnown ? 'k' : ''}`;
    // The ways of not being charged have the same future.
    case 'closed':
    case 'declined':
    case 'notSent':
    case 'expiredUnsent':
    case 'reversed':
      return `notCharged${presented ? '!' : ''}${deferred ? '~' : ''}`;
    default:
      return `${head},${Object.values(state).slice(1).join()}`;
  }
}

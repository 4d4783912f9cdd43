// Time for the searches: a policy whose spans are a few ticks, and machines whose times are relative to now and capped, so that
// the reachable states are finitely many. Every order of two limits that the real policy has occurs here too.
import { gatewayPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { PaymentMachine } from '../../core/domain/payment/state.ts';

/** 1 tick = 1 "ms". */
export const shortPolicy: PaymentPolicy = {
  ...gatewayPolicy,
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
  inFlightHorizon_ms: 3,
  holdFor_ms: 2,
  queueMaxAge_ms: 3,
  deferredInquiryEvery_ms: 2,
};

/** No tombstones, no idempotent sending: a direct wallet. */
export const shortPlainPolicy: PaymentPolicy = {
  ...shortPolicy,
  tombstones: false,
  idempotentAuthorize: false,
};

/** Ages beyond every limit are all alike. */
export const AGE_LIMIT = Math.max(
  shortPolicy.reversalWindow_ms + 1,
  shortPolicy.answerTimeout_ms + shortPolicy.inFlightHorizon_ms + shortPolicy.callTimeout_ms,
);

const aged = (at_ms: number, by: number) => Math.max(at_ms - by, -AGE_LIMIT);

/** The machine `by` ticks later (earlier when negative), with now = 0. A wait that is over is over: nothing runs below 0. */
export function age(machine: PaymentMachine, by: number): PaymentMachine {
  const { due, state } = machine;
  const later = due && { after_ms: due.after_ms, at_ms: Math.min(Math.max(due.at_ms - by, 0), due.after_ms) };
  return { ...machine, due: later, state: agedState(state, by) };
}

function agedState(state: PaymentMachine['state'], by: number): PaymentMachine['state'] {
  switch (state.kind) {
    case 'held':
    case 'queued':
      return { ...state, expiresAt_ms: aged(state.expiresAt_ms, by) };
    case 'authorizing':
      return {
        ...state,
        sentAt_ms: aged(state.sentAt_ms, by),
        expiresAt_ms: state.expiresAt_ms === null ? null : aged(state.expiresAt_ms, by),
      };
    case 'reversing':
      return { ...state, sentAt_ms: aged(state.sentAt_ms, by), startedAt_ms: aged(state.startedAt_ms, by) };
    case 'presenting':
    case 'awaitingCustomer':
    case 'unknown':
    case 'inquiring':
      return { ...state, sentAt_ms: aged(state.sentAt_ms, by) };
    default:
      return state;
  }
}

/** Counters matter only up to the length of the schedule they index. */
export function capped(machine: PaymentMachine): PaymentMachine {
  const { state } = machine;
  if ('inquiries' in state) {
    return {
      ...machine,
      state: { ...state, inquiries: Math.min(state.inquiries, shortPolicy.inquiryAt_ms.length) },
    };
  }
  if (state.kind === 'reversing') {
    return {
      ...machine,
      state: { ...state, reversals: Math.min(state.reversals, shortPolicy.reverseAt_ms.length) },
    };
  }
  return machine;
}

/** Everything that its future depends on. What answers said (proofs, codes, causes) is for people only. */
export function machineKey(machine: PaymentMachine): string {
  const { state, due, deferred } = machine;
  const head = `${state.kind}${deferred ? '~' : ''}@${due ? `${due.at_ms}/${due.after_ms}` : ''}`;
  switch (state.kind) {
    case 'approved':
    case 'declined':
    case 'notSent':
    case 'expiredUnsent':
    case 'reversed':
    case 'disputed':
      return head;
    default:
      return `${head},${Object.values(state).slice(1).join()}`;
  }
}

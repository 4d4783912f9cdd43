// The moves that several states share: where doubt, inquiry, reversal and approval lead. Pure.
import { assert } from '../assert.ts';
import type { PaymentEffect } from './event.ts';
import type { PaymentPolicy } from './policy.ts';
import type { ApprovalProof, DeclineReason, Due, PaymentMachine, PaymentState } from './state.ts';

/** `moved`: a new state or phase; `noted`: kept in the journal as a late or odd event, nothing changes. */
export type Step = { machine: PaymentMachine; effects: PaymentEffect[]; verdict: 'moved' | 'noted' };

/** `startedAt_ms`: of this run of the core. How much time has really passed before it nobody knows: the wall clock may have been set. */
export type Context = {
  machine: PaymentMachine;
  now_ms: number;
  startedAt_ms: number;
  policy: PaymentPolicy;
};

/** The result of what the acquirer's own bill or its office proved, and a manager has signed for. */
export function clearedResult({ confirmed }: { confirmed?: true }): string {
  return confirmed ? 'CONFIRMED' : 'BILL';
}

export function dueIn(now_ms: number, after_ms: number): Due {
  return { at_ms: now_ms + after_ms, after_ms };
}

const LONGEST_pause_ms = 3_600_000;

/**
 * The pause before the next of many requests about one thing, after its schedule is spent: `every_ms`, or a tenth of the time that has
 * passed since `since_ms`, an hour at the most. What takes days (WeChat Pay calls a refund to a bank card
 * processing until it is there, which may be five working days: Ping++'s help, article 123348) is not asked about by the minute, with two records
 * each time; and it is never known later than by that tenth.
 */
export function easing_ms(every_ms: number, since_ms: number, now_ms: number): number {
  const tenth_ms = Math.floor((now_ms - since_ms) / 10);
  return Math.max(every_ms, Math.min(LONGEST_pause_ms, tenth_ms));
}

export function move(
  context: Context,
  state: PaymentState,
  due: Due | null,
  effects: PaymentEffect[] = [],
): Step {
  return { machine: { ...context.machine, state, due }, effects, verdict: 'moved' };
}

export function note(context: Context): Step {
  return { machine: context.machine, effects: [], verdict: 'noted' };
}

export function toAuthorizing(
  context: Context,
  sending: { resend: boolean; expiresAt_ms: number | null },
): Step {
  const due = dueIn(context.now_ms, context.policy.answerTimeout_ms);
  return move(context, { kind: 'authorizing', sentAt_ms: context.now_ms, ...sending }, due, [
    { kind: 'authorize' },
  ]);
}

export function toApproved(context: Context, proof: ApprovalProof): Step {
  return move(context, { kind: 'approved', proof }, null, [{ kind: 'eraseCode' }]);
}

export function toDeclined(context: Context, declined: { code: string; reason: DeclineReason }): Step {
  const { code, reason } = declined;
  return move(context, { kind: 'declined', code, reason }, null, [{ kind: 'eraseCode' }]);
}

/** Carried along through all inquiries: what is gone does not come back, what was sent again was, and what was denied stays denied until it is known. */
function marksOf({ machine: { state } }: Context): { codeGone?: true; resent?: true; unfound?: true } {
  return {
    ...('codeGone' in state && state.codeGone && { codeGone: true }),
    ...('resent' in state && state.resent && { resent: true }),
    ...('unfound' in state && state.unfound && { unfound: true }),
  };
}

/** In doubt since this sending, which was not the first one of its number. */
export function asResent(context: Context): Context {
  const { machine } = context;
  assert(machine.state.kind === 'authorizing', `${machine.state.kind} is no sending`);
  const { sentAt_ms } = machine.state;
  const state = { kind: 'unknown', sentAt_ms, inquiries: 0, resent: true } as const;
  return { ...context, machine: { ...machine, state } };
}

/** Carried along until the acquirer has said that it does not know it. */
function restoredOf({ machine: { state } }: Context): { restored?: true; unfound?: true } {
  if (!('restored' in state)) return {};
  return { restored: true, ...('unfound' in state && { unfound: true }) };
}

/** Carried along as long as the doubt lasts; `more`: this inquiry is one, too. */
function earlyOf({ machine: { state } }: Context, more = 0): { early?: number } {
  const before = state.kind === 'unknown' || state.kind === 'inquiring' ? (state.early ?? 0) : 0;
  return before + more === 0 ? {} : { early: before + more };
}

/** How many inquiries of the schedule are behind a payment in doubt. A restore counts the inquiries anew, and the early ones not. */
export function scheduled({ inquiries, early = 0 }: { inquiries: number; early?: number }): number {
  return Math.max(0, inquiries - early);
}

/**
 * Where the schedule asks next about a payment in doubt, measured from its sending. Undefined: it is spent, and what is left are slow
 * inquiries, for ever.
 */
export function nextInquiryAt_ms(
  { inquiryAt_ms }: PaymentPolicy,
  doubt: { sentAt_ms: number; inquiries: number; early?: number },
  now_ms: number,
): number | undefined {
  return inquiryAt_ms.slice(scheduled(doubt)).find((at_ms) => doubt.sentAt_ms + at_ms > now_ms);
}

/**
 * Deferred attempts stay in doubt until an answer proves something, as do those of before a restore; others end in a reversal at
 * `giveUpAt_ms`.
 */
export function toUnknown(context: Context, sentAt_ms: number, inquiries: number): Step {
  const { policy, now_ms } = context;
  const restored = restoredOf(context);
  if ('restored' in restored)
    return move(
      context,
      { kind: 'unknown', sentAt_ms, inquiries, ...restored },
      dueIn(now_ms, policy.deferredInquiryEvery_ms),
    );
  const early = earlyOf(context);
  const next_ms = nextInquiryAt_ms(policy, { sentAt_ms, inquiries, ...early }, now_ms);
  const state: PaymentState = { kind: 'unknown', sentAt_ms, inquiries, ...marksOf(context), ...early };
  if (inquiries === 0 && policy.inquiryAt_ms.some((at_ms) => sentAt_ms + at_ms <= now_ms)) {
    return move(context, state, dueIn(now_ms, 0));
  }
  if (context.machine.deferred) {
    const after_ms = next_ms === undefined ? policy.deferredInquiryEvery_ms : sentAt_ms + next_ms - now_ms;
    return move(context, state, dueIn(now_ms, after_ms));
  }
  const at_ms = sentAt_ms + Math.min(next_ms ?? policy.giveUpAt_ms, policy.giveUpAt_ms);
  return move(context, state, dueIn(now_ms, Math.max(0, at_ms - now_ms)));
}

export function toAwaiting(context: Context, sentAt_ms: number, inquiries: number): Step {
  const { policy, now_ms } = context;
  const left_ms = Math.max(0, sentAt_ms + policy.awaitingLimit_ms - now_ms);
  const due = dueIn(now_ms, Math.min(policy.awaitingEvery_ms, left_ms));
  return move(context, { kind: 'awaitingCustomer', sentAt_ms, inquiries }, due);
}

export function toInquiring(
  context: Context,
  options: { sentAt_ms: number; inquiries: number; from: 'unknown' | 'awaitingCustomer'; giveBack: boolean },
  isEarly = false,
): Step {
  const count = options.inquiries + 1;
  const due = dueIn(context.now_ms, context.policy.callTimeout_ms);
  const kept = {
    ...marksOf(context),
    ...restoredOf(context),
    ...earlyOf(context, isEarly ? 1 : 0),
  };
  const state: PaymentState = { kind: 'inquiring', ...options, inquiries: count, ...kept };
  return move(context, state, due, [{ kind: 'inquire', count }]);
}

/**
 * From then on no request sent at `sentAt_ms` can be on its way: it left within its time-out (a payment's is the answer's), or never. One of an earlier run of the
 * core left before this one began, and its age by the clock proves nothing: a till that starts with a clock set forward would think a
 * request of a moment ago long dead.
 */
export function flightEnd_ms(
  { startedAt_ms, policy }: Pick<Context, 'startedAt_ms' | 'policy'>,
  sentAt_ms: number,
  timeout_ms = policy.answerTimeout_ms,
): number {
  return Math.max(sentAt_ms + timeout_ms, startedAt_ms) + policy.inFlightHorizon_ms;
}

/**
 * From then on a not-found answers an inquiry that was asked after the end of the flight: an earlier one is answered by now, or has
 * timed out.
 */
export function notFoundProves_ms(context: Context, sentAt_ms: number): number {
  return flightEnd_ms(context, sentAt_ms) + context.policy.callTimeout_ms;
}

/** Proven behind the one-way door: not charged, or given back. The code went at the door. */
export function reversed(context: Context, result: string): Step {
  return move(context, { kind: 'reversed', result }, null);
}

/** Not charged, or given back: by the word of the acquirer, its bill or its office. */
export function endedThere(context: Context, result: string): Step {
  return move(context, { kind: 'reversed', result }, null, [{ kind: 'eraseCode' }]);
}

/** The one-way door: from here on an approval is given back, not kept. */
export function toReversing(context: Context, sentAt_ms: number): Step {
  const { policy, now_ms } = context;
  const wait_ms = Math.max(0, sentAt_ms + policy.reverseFrom_ms - now_ms);
  const asks = wait_ms === 0;
  const state: PaymentState = {
    kind: 'reversing',
    sentAt_ms,
    startedAt_ms: now_ms + wait_ms,
    reversals: asks ? 1 : 0,
    phase: asks ? 'asking' : 'waiting',
  };
  const machine = { ...context, machine: { ...context.machine, deferred: false } };
  const due = dueIn(now_ms, asks ? policy.callTimeout_ms : wait_ms);
  const first: PaymentEffect[] = asks ? [{ kind: 'reverse', count: 1 }] : [];
  return move(machine, state, due, [{ kind: 'eraseCode' }, ...first]);
}

/** A verified approval on an attempt that was proven not charged: look again, and give it back. */
export function reopen(context: Context): Step {
  return toInquiring(context, { sentAt_ms: context.now_ms, inquiries: 0, from: 'unknown', giveBack: true });
}

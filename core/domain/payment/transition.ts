// The payment machine: one attempt, one event, the next state and what to do. Pure; the whole table is a literal in its test.
import { assert, assertNever } from '../assert.ts';
import type { PaymentEvent } from './event.ts';
import type { PaymentPolicy } from './policy.ts';
import { onPersonsWord, onRefused, provesNothing } from './deferred.ts';
import { stepDisputed } from './disputed.ts';
import { stepClosing, stepPresenting } from './presenting.ts';
import { stepRestored, unfound, within } from './restored.ts';
import { stepReversing } from './reversing.ts';
import type { PaymentMachine, PaymentState } from './state.ts';
import {
  asResent,
  type Context,
  endedThere,
  move,
  notFoundProves_ms,
  note,
  reopen,
  scheduled,
  type Step,
  toApproved,
  toAuthorizing,
  toAwaiting,
  toDeclined,
  toInquiring,
  toReversing,
  toUnknown,
} from './steps.ts';
import { expire, hold, notSent, queue, queueEnd_ms } from './unsent.ts';

type In<Kind extends PaymentState['kind']> = Extract<PaymentState, { kind: Kind }>;

/** Nothing was ever sent: only our own events move it. An approval would be somebody else's number: look, and give it back. */
function stepHeld(context: Context, state: In<'held'>, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'submitted':
      return toAuthorizing(context, { resend: false, expiresAt_ms: state.expiresAt_ms });
    case 'timer':
    case 'gaveUp':
    case 'restarted':
      return expire(context, 'holdEnded');
    case 'codeLost':
      return expire(context, 'codeLost');
    case 'approved':
      return reopen(context);
    default:
      return note(context);
  }
}

function stepQueued(context: Context, state: In<'queued'>, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'submitted':
      return toAuthorizing(context, { resend: false, expiresAt_ms: state.expiresAt_ms });
    case 'timer':
      return expire(context, 'age');
    case 'codeLost':
      return expire(context, 'codeLost');
    case 'deferredCancelled':
      return notSent({ ...context, machine: { ...context.machine, deferred: false } }, 'cancelled');
    case 'approved':
      return toApproved(context, event.proof);
    case 'restarted': {
      const end_ms = queueEnd_ms(context, state.expiresAt_ms, event);
      return end_ms === state.expiresAt_ms ? note(context) : queue(context, end_ms);
    }
    default:
      return note(context);
  }
}

/** Nothing is known but that it was sent: the first inquiry, at once. */
function lookUp(context: Context, sentAt_ms: number): Step {
  return toInquiring(context, { sentAt_ms, inquiries: 0, from: 'unknown', giveBack: false });
}

/** It told nothing of the sending before it: the quick inquiries are behind it, the slow ones go on. */
function toSlowDoubt(context: Context, state: In<'authorizing'>): Step {
  return toUnknown(context, state.sentAt_ms, context.policy.inquiryAt_ms.length);
}

/** Sent, and nothing was decided. Of a resend it is the second time: it takes no more quick inquiries, and is not sent again at once. */
function toDoubt(context: Context, state: In<'authorizing'>): Step {
  return state.resend ? toSlowDoubt(asResent(context), state) : toUnknown(context, state.sentAt_ms, 0);
}

/** No byte left this time. A resend can't prove more than that: the first sending may still arrive. */
function onNotSent(
  context: Context,
  state: In<'authorizing'>,
  event: Extract<PaymentEvent, { kind: 'notSent' }>,
): Step {
  if (state.resend) return toSlowDoubt(context, state);
  if (context.machine.deferred) return queue(context, state.expiresAt_ms);
  if (event.then === 'hold') return hold(context, state.expiresAt_ms);
  if (event.then === 'queue') return queue(context);
  return notSent(context, event.cause);
}

/** Without its code the request was never built: proof, unless an earlier sending is out; that one is asked about, slowly. */
function onCodeLost(context: Context, state: In<'authorizing'>): Step {
  if (!state.resend) return expire(context, 'codeLost');
  return toDoubt(context, state);
}

function onRestart(
  context: Context,
  state: In<'authorizing'>,
  event: Extract<PaymentEvent, { kind: 'restarted' }>,
): Step {
  const { sent } = event;
  if (sent || state.resend) return lookUp(context, state.sentAt_ms);
  if (!context.machine.deferred) return notSent(context, 'restarted');
  const { expiresAt_ms } = state;
  return queue(context, expiresAt_ms === null ? null : queueEnd_ms(context, expiresAt_ms, event));
}

function stepAuthorizing(context: Context, state: In<'authorizing'>, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'approved':
      return toApproved(context, event.proof);
    case 'declined':
      return state.resend && provesNothing(context, event)
        ? toDoubt(context, state)
        : onRefused(context, state.expiresAt_ms, event);
    case 'awaiting':
      return context.machine.deferred ? toDoubt(context, state) : toAwaiting(context, state.sentAt_ms, 0);
    case 'undecided':
    case 'noAnswer':
    case 'timer':
      return toDoubt(context, state);
    case 'codeLost':
      return onCodeLost(context, state);
    case 'notSent':
      return onNotSent(context, state, event);
    case 'gaveUp':
      return context.machine.deferred ? note(context) : toReversing(context, state.sentAt_ms);
    case 'deferredCancelled':
      return context.machine.deferred ? toReversing(context, state.sentAt_ms) : note(context);
    case 'restarted':
      return onRestart(context, state, event);
    default:
      return note(context);
  }
}

function stepAwaiting(context: Context, state: In<'awaitingCustomer'>, event: PaymentEvent): Step {
  const { sentAt_ms, inquiries } = state;
  switch (event.kind) {
    case 'approved':
      return toApproved(context, event.proof);
    case 'declined':
      return toDeclined(context, event);
    case 'timer':
    case 'restarted':
      return toInquiring(context, { sentAt_ms, inquiries, from: 'awaitingCustomer', giveBack: false });
    case 'gaveUp':
      return toReversing(context, sentAt_ms);
    default:
      return note(context);
  }
}

/** Time to reverse. An inquiry planned for the very moment of giving up is asked first (gateway: 45 s). */
function isSpent(context: Context, state: In<'unknown'>): boolean {
  const { policy, now_ms, machine } = context;
  if (machine.deferred || now_ms - state.sentAt_ms < policy.giveUpAt_ms) return false;
  const planned_ms = (machine.due?.at_ms ?? now_ms) - state.sentAt_ms;
  return scheduled(state) >= policy.inquiryAt_ms.length || !policy.inquiryAt_ms.includes(planned_ms);
}

/** Its answer, or the end of its time, comes before the schedule's end: it neither moves that nor takes the place of its last inquiry. */
function isEarlyLook(context: Context, state: In<'unknown'>): boolean {
  const { machine, now_ms, policy } = context;
  return !machine.deferred && now_ms + policy.callTimeout_ms < state.sentAt_ms + policy.giveUpAt_ms;
}

function onTimerInDoubt(context: Context, state: In<'unknown'>, isEarly: boolean): Step {
  const { sentAt_ms, inquiries } = state;
  const inquiry = { sentAt_ms, inquiries, from: 'unknown', giveBack: false } as const;
  if (state.restored === true) return toInquiring(context, inquiry);
  if (isEarly) return isEarlyLook(context, state) ? toInquiring(context, inquiry, true) : note(context);
  return isSpent(context, state) ? toReversing(context, sentAt_ms) : toInquiring(context, inquiry);
}

function stepUnknown(context: Context, state: In<'unknown'>, event: PaymentEvent): Step {
  const { sentAt_ms, inquiries } = state;
  const { deferred } = context.machine;
  switch (event.kind) {
    case 'approved':
      return toApproved(context, event.proof);
    case 'declined':
      return provesNothing(context, event) ? note(context) : toDeclined(context, event);
    case 'awaiting':
      return deferred || state.restored === true ? note(context) : toAwaiting(context, sentAt_ms, inquiries);
    case 'timer':
      return onTimerInDoubt(context, state, event.early === true);
    case 'restarted':
      return toInquiring(context, { sentAt_ms, inquiries, from: 'unknown', giveBack: false });
    case 'gaveUp':
      return deferred ? note(context) : toReversing(context, sentAt_ms);
    case 'deferredCancelled':
      return deferred ? toReversing(context, sentAt_ms) : note(context);
    case 'billClears':
      return onPersonsWord(context, state.sentAt_ms, event);
    default:
      return note(context);
  }
}

/**
 * His time is over with this answer, and no earlier: a reversal follows the last question without a gap (Alipay 00f7nv), or who has paid in
 * it is paid back.
 */
function awaitFurther(context: Context, { sentAt_ms, inquiries, restored }: In<'inquiring'>): Step {
  const isOver = context.now_ms - sentAt_ms >= context.policy.awaitingLimit_ms;
  if (isOver && restored !== true) return toReversing(context, sentAt_ms);
  return toAwaiting(context, sentAt_ms, inquiries);
}

/** The inquiry proved nothing. Not-found proves nothing either: the request may still be on its way. */
function onStillUndecided(context: Context, state: In<'inquiring'>): Step {
  const { sentAt_ms, inquiries } = state;
  if (state.giveBack) return toReversing(context, sentAt_ms);
  if (state.from === 'awaitingCustomer') return awaitFurther(context, state);
  return toUnknown(context, sentAt_ms, inquiries);
}

/** Sent twice and decided neither time: it takes a lane seldom, and has long pauses, in which the word of a person ends it. */
function isResendDue({ policy }: Context, state: In<'inquiring'>): boolean {
  const slow = scheduled(state) - policy.inquiryAt_ms.length;
  return state.resent !== true || slow >= policy.resendAfter_inquiries;
}

/** Told once nothing can be in flight, and told again: books that lag behind have caught up by then. */
function onDenied(context: Context, state: In<'inquiring'>): Step {
  if (context.now_ms < notFoundProves_ms(context, state.sentAt_ms)) return onStillUndecided(context, state);
  if (state.unfound !== true) return onStillUndecided(within(context, { ...state, unfound: true }), state);
  if (state.codeGone === true) return expire(context, 'codeLost');
  return toDeclined(context, { code: 'NOT_FOUND', reason: 'other' });
}

/** Goods have left: the same request again where that can't charge twice, else not-found counts when it is told twice. */
function onNotFound(context: Context, state: In<'inquiring'>): Step {
  const { policy, machine } = context;
  if (!machine.deferred) return onStillUndecided(context, state);
  if (state.codeGone === true || !policy.idempotentAuthorize) return onDenied(context, state);
  return isResendDue(context, state)
    ? toAuthorizing(context, { resend: true, expiresAt_ms: null })
    : onStillUndecided(context, state);
}

/** The acquirer knows it: what it has denied before counts no more. */
function onKnown(context: Context, state: In<'inquiring'>): Step {
  const { unfound: _, ...known } = state;
  return onStillUndecided(within(context, known), known);
}

/**
 * Of before a restore. In the lost time it may have been queued, and its goods are gone: one that is open at the acquirer is waited for, and
 * only one that it does not know is a doubt like any other.
 */
function stepAfterRestore(context: Context, state: In<'inquiring'>, event: PaymentEvent): Step {
  if (event.kind === 'awaiting') return onStillUndecided(context, state);
  if (event.kind !== 'notFound') return stepInquiring(context, state, event);
  const next = unfound(context, state);
  return next.isPlain ? dispatch(next.context, event) : onStillUndecided(next.context, state);
}

function stepInquiring(context: Context, state: In<'inquiring'>, event: PaymentEvent): Step {
  const { deferred } = context.machine;
  switch (event.kind) {
    case 'approved':
      return state.giveBack ? toReversing(context, state.sentAt_ms) : toApproved(context, event.proof);
    case 'declined':
      return state.giveBack || provesNothing(context, event)
        ? onStillUndecided(context, state)
        : toDeclined(context, event);
    case 'awaiting':
      return deferred || state.giveBack ? note(context) : awaitFurther(context, state);
    case 'hostReversed':
      return endedThere(context, event.result);
    case 'billClears':
      return onPersonsWord(context, state.sentAt_ms, event);
    case 'notFound':
      return onNotFound(context, state);
    case 'processing':
      return onKnown(context, state);
    case 'inquiryFailed':
    case 'timer':
      return onStillUndecided(context, state);
    case 'gaveUp':
      return deferred ? note(context) : toReversing(context, state.sentAt_ms);
    case 'deferredCancelled':
      return deferred ? toReversing(context, state.sentAt_ms) : note(context);
    default:
      return note(context);
  }
}

/** A verified approval that surfaces after proof of "not charged": kept when the goods have left, else given back. */
function stepNotCharged(context: Context, event: PaymentEvent): Step {
  if (event.kind !== 'approved') return note(context);
  if (context.machine.presented)
    return move(context, { kind: 'approved', proof: event.proof, unwanted: true }, null);
  return context.machine.deferred ? toApproved(context, event.proof) : reopen(context);
}

function dispatch(context: Context, event: PaymentEvent): Step {
  const { state } = context.machine;
  if (event.kind === 'restarted' && event.restored === true) return stepRestored(context);
  switch (state.kind) {
    case 'presenting':
      return stepPresenting(context, state, event);
    case 'closing':
      return stepClosing(context, state, event);
    case 'held':
      return stepHeld(context, state, event);
    case 'queued':
      return stepQueued(context, state, event);
    case 'authorizing':
      return stepAuthorizing(context, state, event);
    case 'awaitingCustomer':
      return stepAwaiting(context, state, event);
    case 'unknown':
      return stepUnknown(context, state, event);
    case 'inquiring':
      if (state.restored === true) return stepAfterRestore(context, state, event);
      return stepInquiring(context, state, event);
    case 'reversing':
      return stepReversing(context, state, event);
    case 'approved':
      return note(context);
    case 'declined':
    case 'notSent':
    case 'expiredUnsent':
    case 'reversed':
    case 'closed':
      return stepNotCharged(context, event);
    case 'disputed':
      return stepDisputed(context, state, event);
    default:
      return assertNever(state, 'payment state');
  }
}

/** The wall clock was set back over a restart: nothing was sent in the future, and no wait may grow by the step. */
function withoutFuture(machine: PaymentMachine, now_ms: number, codeFor_ms: number): PaymentMachine {
  const { state } = machine;
  if (!('sentAt_ms' in state) || state.sentAt_ms === undefined) return machine;
  const past = { ...state, sentAt_ms: Math.min(state.sentAt_ms, now_ms) };
  if (past.kind === 'presenting')
    return { ...machine, state: { ...past, endsAt_ms: Math.min(past.endsAt_ms, now_ms + codeFor_ms) } };
  if (past.kind !== 'reversing' && past.kind !== 'closing') return { ...machine, state: past };
  return { ...machine, state: { ...past, startedAt_ms: Math.min(past.startedAt_ms, now_ms) } };
}

/**
 * One step of one attempt.
 * @param now_ms the core's steady clock.
 * @param startedAt_ms what it said when this run of the core began; without it the machine was never restarted.
 * Throws a Defect for an event that only we can send and that this state can never be sent.
 */
export function stepPayment(
  machine: PaymentMachine,
  event: PaymentEvent,
  now_ms: number,
  policy: PaymentPolicy,
  startedAt_ms = -Infinity,
): Step {
  if (event.kind === 'submitted') {
    assert(
      machine.state.kind === 'held' || machine.state.kind === 'queued',
      `submitted in ${machine.state.kind}: only a held or queued attempt may be sent`,
    );
  }
  if (event.kind === 'timer')
    assert(machine.due !== null, `timer in ${machine.state.kind}: nothing is due there`);
  return dispatch(
    { machine: withoutFuture(machine, now_ms, policy.presenting.codeFor_ms), now_ms, startedAt_ms, policy },
    event,
  );
}

/** A new attempt that is sent at once, or waits for the line. */
export function openPayment(
  mode: 'authorize' | 'hold' | 'queue',
  now_ms: number,
  policy: PaymentPolicy,
): Step {
  const blank: PaymentMachine = { deferred: false, state: { kind: 'notSent', cause: 'new' }, due: null };
  const context: Context = { machine: blank, now_ms, startedAt_ms: now_ms, policy };
  if (mode === 'authorize') return toAuthorizing(context, { resend: false, expiresAt_ms: null });
  return mode === 'hold' ? hold(context) : queue(context);
}

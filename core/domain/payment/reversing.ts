// The state `reversing`: resent until acknowledged, refused for good, or out of time; then proof or dispute. Pure.
import { assertNever } from '../assert.ts';
import { toDisputed } from './disputed.ts';
import type { PaymentEvent } from './event.ts';
import type { PaymentPolicy } from './policy.ts';
import type { PaymentState } from './state.ts';
import { type Context, dueIn, easing_ms, flightEnd_ms, move, note, reversed, type Step } from './steps.ts';

type Reversing = Extract<PaymentState, { kind: 'reversing' }>;

function ask(context: Context, state: Reversing): Step {
  const count = state.reversals + 1;
  const due = dueIn(context.now_ms, context.policy.callTimeout_ms);
  return move(context, { ...state, reversals: count, phase: 'asking' }, due, [{ kind: 'reverse', count }]);
}

/** The acknowledged one may have come before the payment: once more, when nothing of it can be on its way. */
function askFinally(context: Context, state: Reversing): Step {
  const isOver = context.now_ms >= flightEnd_ms(context, state.sentAt_ms);
  return ask(context, isOver ? { ...state, isFinal: true } : state);
}

function check(context: Context, state: Reversing, phase: 'checking' | 'lastCheck'): Step {
  const due = dueIn(context.now_ms, context.policy.callTimeout_ms);
  return move(context, { ...state, phase }, due, [{ kind: 'inquire', count: state.reversals }]);
}

/** Where the window for reversals ends at most half of what is left of it: who has been without a line for long still gets one through. */
function pause_ms({ policy, now_ms }: Context, { sentAt_ms, startedAt_ms }: Reversing): number {
  const eased_ms = easing_ms(policy.reverseEvery_ms, startedAt_ms, now_ms);
  const left_ms = sentAt_ms + policy.reversalWindow_ms - now_ms;
  return left_ms < 0
    ? eased_ms
    : Math.max(policy.reverseEvery_ms, Math.min(eased_ms, Math.floor(left_ms / 2)));
}

function waitForNext(context: Context, state: Reversing): Step {
  const { policy, now_ms } = context;
  const next_ms = policy.reverseAt_ms[state.reversals];
  const planned_ms = next_ms === undefined ? pause_ms(context, state) : state.startedAt_ms + next_ms - now_ms;
  return move(context, { ...state, phase: 'waiting' }, dueIn(now_ms, Math.max(0, planned_ms)));
}

/** Its schedule is spent, and it waits for its next turn, which may be an hour away. */
export function waitsLong(state: PaymentState, { reverseAt_ms }: PaymentPolicy): boolean {
  return state.kind === 'reversing' && state.phase === 'waiting' && state.reversals >= reverseAt_ms.length;
}

function onTimer(context: Context, state: Reversing): Step {
  const isOutOfTime = context.now_ms - state.sentAt_ms > context.policy.reversalWindow_ms;
  switch (state.phase) {
    case 'waiting':
      return isOutOfTime ? check(context, state, 'lastCheck') : ask(context, state);
    case 'asking':
      return waitForNext(context, state);
    // Acknowledged, and no look proved it: that must not go on for ever either.
    case 'horizon':
      return isOutOfTime ? check(context, state, 'lastCheck') : askFinally(context, state);
    case 'checking':
    case 'lastCheck':
      return onNoProof(context, state);
    default:
      return assertNever(state.phase, 'reversing timer');
  }
}

/** An inquiry after the acknowledgement, or the last one, proved nothing. */
function onNoProof(context: Context, state: Reversing): Step {
  if (state.phase === 'lastCheck') return toDisputed(context, state.sentAt_ms, 'noProof');
  if (state.phase !== 'checking') return note(context);
  return move(context, { ...state, phase: 'horizon' }, dueIn(context.now_ms, pause_ms(context, state)));
}

/** Without tombstones the order itself tells: closed or given back is proof at once, and only a not-found has to wait. */
function onAcknowledged(context: Context, state: Reversing, result: string): Step {
  if (context.policy.tombstones) return reversed(context, result);
  if (state.phase === 'horizon' || state.phase === 'checking') return note(context);
  return check(context, state, 'checking');
}

/**
 * The acquirer knows no such order. Its books may lag behind, and the request may be on its way: no proof before a reversal was
 * acknowledged that was asked for after the last flight; that one has undone whatever there was. Never where a tombstone is proof.
 */
function onNotFound(context: Context, state: Reversing): Step {
  if (context.policy.tombstones || state.phase !== 'checking') return onNoProof(context, state);
  if (state.isFinal === true) return reversed(context, 'NOT_FOUND');
  const left_ms = flightEnd_ms(context, state.sentAt_ms) - context.now_ms;
  return move(context, { ...state, phase: 'horizon' }, dueIn(context.now_ms, Math.max(0, left_ms)));
}

/** Found charged: a late approval while asking changes nothing; after an acknowledgement it means: reverse again, when that is due. */
function onCharged(context: Context, state: Reversing): Step {
  if (state.phase === 'checking') return waitForNext(context, state);
  if (state.phase === 'lastCheck') return toDisputed(context, state.sentAt_ms, 'chargedNotReversible');
  return note(context);
}

/** Proof when an inquiry says so. A configuration refusal never is: it may answer a resend, and says nothing of the order. */
function onDeclined(
  context: Context,
  state: Reversing,
  event: Extract<PaymentEvent, { kind: 'declined' }>,
): Step {
  const isAsked = state.phase === 'checking' || state.phase === 'lastCheck';
  return isAsked && event.reason !== 'configuration' ? reversed(context, event.code) : note(context);
}

export function stepReversing(context: Context, state: Reversing, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'timer':
      return onTimer(context, state);
    case 'reversalAcknowledged':
      return onAcknowledged(context, state, event.result);
    case 'reversalPending':
      return state.phase === 'asking' ? waitForNext(context, state) : note(context);
    case 'reversalRefused':
      return state.phase === 'asking' ? check(context, state, 'lastCheck') : note(context);
    case 'hostReversed':
      return reversed(context, event.result);
    case 'approved':
      return onCharged(context, state);
    case 'declined':
      return onDeclined(context, state, event);
    case 'notFound':
      return onNotFound(context, state);
    // An order that lives after its reversal was acknowledged: the payment came later than that. Once more, and at the pace of all others.
    case 'awaiting':
      return state.phase === 'checking' ? waitForNext(context, state) : note(context);
    case 'processing':
      return state.phase === 'checking' ? waitForNext(context, state) : onNoProof(context, state);
    case 'inquiryFailed':
      return onNoProof(context, state);
    default:
      return note(context);
  }
}

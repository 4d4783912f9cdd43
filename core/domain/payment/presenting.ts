// Main scan: our code is shown and asked about until it is paid or its time is over; then it is ended, never reversed (docs/adr/0019,
// docs/adr/0020). Pure.
import { assertNever } from '../assert.ts';
import type { PaymentEvent } from './event.ts';
import type { PaymentPolicy } from './policy.ts';
import type { PaymentMachine, PaymentState } from './state.ts';
import {
  clearedResult,
  type Context,
  dueIn,
  move,
  note,
  type Step,
  toApproved,
  toDeclined,
} from './steps.ts';

type Presenting = Extract<PaymentState, { kind: 'presenting' }>;
type Closing = Extract<PaymentState, { kind: 'closing' }>;

/** Nobody ever saw its code. */
export const NEVER_SHOWN = 'NEVER_SHOWN';

const STUCK_after_ms = 3_600_000;

function closed(context: Context, result: string): Step {
  return move(context, { kind: 'closed', result }, null);
}

/** Nothing was kept: it was paid and given back there, or that cannot be told any more. */
function wentBack(context: Context, result: string): Step {
  return move(context, { kind: 'closed', result, wentBack: true }, null);
}

/** The same order under the same number: it is paid once, however often its code is asked for. */
function make(context: Context, state: Presenting): Step {
  const tries = state.tries + 1;
  const due = dueIn(context.now_ms, context.policy.answerTimeout_ms);
  return move(context, { ...state, phase: 'making', tries }, due, [{ kind: 'present', count: tries }]);
}

/** A code that was never shown was scanned by nobody: that is proof, whatever the acquirer made of the request. */
function onNoCode(context: Context, state: Presenting): Step {
  const { tries, retryAfter_ms } = context.policy.presenting;
  if (state.tries >= tries) return closed(context, NEVER_SHOWN);
  return move(context, { ...state, phase: 'remaking' }, dueIn(context.now_ms, retryAfter_ms));
}

function show(context: Context, state: Presenting, isScanned: boolean): Step {
  const { inquireEvery_ms } = context.policy.presenting;
  const left_ms = Math.max(0, state.endsAt_ms - context.now_ms);
  const { isScanned: _, ...plain } = state;
  const next: Presenting = { ...plain, phase: 'shown', ...(isScanned && { isScanned }) };
  return move(context, next, dueIn(context.now_ms, Math.min(inquireEvery_ms, left_ms)));
}

function ask(context: Context, state: Presenting): Step {
  const inquiries = state.inquiries + 1;
  const due = dueIn(context.now_ms, context.policy.callTimeout_ms);
  return move(context, { ...state, phase: 'asking', inquiries }, due, [
    { kind: 'inquire', count: inquiries },
  ]);
}

/** A closing is two calls, one after the other; a second more, so that its own word comes first. */
function closingDue(context: Context) {
  return dueIn(context.now_ms, 2 * context.policy.callTimeout_ms + 1000);
}

/** The one-way door of a main scan: its code is shown to nobody any more. */
export function toClosing(context: Context, sentAt_ms: number): Step {
  const { now_ms } = context;
  const state: Closing = { kind: 'closing', sentAt_ms, startedAt_ms: now_ms, closings: 1, phase: 'asking' };
  return move(context, state, closingDue(context), [{ kind: 'closePresented', count: 1 }]);
}

function onTimer(context: Context, state: Presenting): Step {
  switch (state.phase) {
    case 'making':
      return onNoCode(context, state);
    case 'remaking':
      return make(context, state);
    case 'asking':
      return show(context, state, state.isScanned === true);
    case 'shown':
      return context.now_ms >= state.endsAt_ms ? toClosing(context, state.sentAt_ms) : ask(context, state);
    default:
      return assertNever(state.phase, 'presenting timer');
  }
}

function onNotMade(context: Context, state: Presenting, event: PaymentEvent): Step {
  const isProof = event.kind === 'notSent' && state.tries === 1;
  return isProof ? move(context, { kind: 'notSent', cause: event.cause }, null) : onNoCode(context, state);
}

/** Until the code is here: what became of the request for it. */
function stepMaking(context: Context, state: Presenting, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'presented':
      return show(
        context,
        {
          ...state,
          content: event.content,
          endsAt_ms: state.endsAt_ms - Math.max(0, event.endsEarlier_ms ?? 0),
        },
        false,
      );
    case 'codeRefused':
      return state.tries === 1 ? toDeclined(context, event) : closed(context, NEVER_SHOWN);
    case 'undecided':
      // Nobody can have seen the code, and the acquirer says that somebody paid for it: its word is asked about, not ours believed.
      if (event.saysPaid) return toClosing(context, state.sentAt_ms);
      return state.phase === 'making' ? onNotMade(context, state, event) : note(context);
    case 'notSent':
    case 'noAnswer':
      return state.phase === 'making' ? onNotMade(context, state, event) : note(context);
    case 'gaveUp':
      return closed(context, NEVER_SHOWN);
    case 'restarted':
      return make(context, state);
    case 'timer':
      return onTimer(context, state);
    default:
      return note(context);
  }
}

export function stepPresenting(context: Context, state: Presenting, event: PaymentEvent): Step {
  // An approval of a code that nobody saw is somebody else's mistake, and is asked about like any other.
  if (state.content === null && event.kind !== 'approved') return stepMaking(context, state, event);
  switch (event.kind) {
    case 'approved':
      return toApproved(context, event.proof);
    case 'declined':
      // Ended there, by its time or by an office: nobody refused anything, and nothing was undone.
      return event.reason === 'configuration' ? onOpen(context, state, false) : closed(context, event.code);
    case 'hostReversed':
      return wentBack(context, event.result);
    case 'awaiting':
      return onOpen(context, state, true);
    case 'processing':
    case 'notFound':
      return onOpen(context, state, false);
    case 'inquiryFailed':
      return onOpen(context, state, state.isScanned === true);
    case 'timer':
      return onTimer(context, state);
    case 'gaveUp':
      return toClosing(context, state.sentAt_ms);
    case 'restarted':
      return ask(context, state);
    default:
      return note(context);
  }
}

/** The inquiry found it open. An answer of an earlier one, which has timed out, says nothing new. */
function onOpen(context: Context, state: Presenting, isScanned: boolean): Step {
  return state.phase === 'asking' ? show(context, state, isScanned) : note(context);
}

/** One that an office has half refunded, say, may never end: such a thing is asked about as seldom as a dispute. */
function closeAgainEvery_ms({ policy, now_ms }: Context, state: Closing): number {
  const isStuck = now_ms - state.startedAt_ms > STUCK_after_ms;
  return isStuck ? policy.disputedEvery_ms : policy.presenting.closeEvery_ms;
}

function waitForNext(context: Context, state: Closing): Step {
  const next_ms = context.policy.presenting.closeAt_ms[state.closings];
  const planned_ms =
    next_ms === undefined
      ? closeAgainEvery_ms(context, state)
      : state.startedAt_ms + next_ms - context.now_ms;
  return move(context, { ...state, phase: 'waiting' }, dueIn(context.now_ms, Math.max(0, planned_ms)));
}

function close(context: Context, state: Closing): Step {
  const closings = state.closings + 1;
  const next: Closing = { ...state, closings, phase: 'asking' };
  return move(context, next, closingDue(context), [{ kind: 'closePresented', count: closings }]);
}

/** Paid meanwhile it is paid: a customer who has paid wants the goods, and what nobody needs goes back like any other money. */
export function stepClosing(context: Context, state: Closing, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'approved':
      return toApproved(context, event.proof);
    case 'closed':
      return event.wentBack ? wentBack(context, event.result) : closed(context, event.result);
    case 'declined':
      return event.reason === 'configuration' ? note(context) : closed(context, event.code);
    case 'hostReversed':
      return wentBack(context, event.result);
    case 'billClears':
      return wentBack(context, clearedResult(event));
    case 'closePending':
      return state.phase === 'asking' ? waitForNext(context, state) : note(context);
    case 'timer':
      return state.phase === 'asking' ? waitForNext(context, state) : close(context, state);
    case 'restarted':
      return close(context, state);
    default:
      return note(context);
  }
}

/** A new attempt of a main scan: its code is asked for at once. */
export function openPresented(now_ms: number, policy: PaymentPolicy): Step {
  const state: Presenting = {
    kind: 'presenting',
    sentAt_ms: now_ms,
    endsAt_ms: now_ms + policy.presenting.codeFor_ms,
    content: null,
    tries: 0,
    inquiries: 0,
    phase: 'making',
  };
  const machine: PaymentMachine = { deferred: false, presented: true, state, due: null };
  return make({ machine, now_ms, startedAt_ms: now_ms, policy }, state);
}

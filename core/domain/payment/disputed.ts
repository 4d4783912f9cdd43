// The state `disputed`: the time for a reversal has ended without proof. A person compares with the bill, and the acquirer is asked on:
// a word of it is proof whenever it comes. Pure.
import { assert } from '../assert.ts';
import type { PaymentEvent } from './event.ts';
import type { PaymentState } from './state.ts';
import {
  clearedResult,
  type Context,
  dueIn,
  move,
  notFoundProves_ms,
  note,
  reversed,
  type Step,
} from './steps.ts';

type Disputed = Extract<PaymentState, { kind: 'disputed' }>;

/** The first question is asked when no reversal can be on its way any more: what is found charged then stays so. */
export function toDisputed(context: Context, sentAt_ms: number, cause: string): Step {
  const { now_ms, policy } = context;
  assert(
    policy.disputedEvery_ms > policy.inFlightHorizon_ms,
    'a dispute is asked about before its reversals are gone',
  );
  return move(context, { kind: 'disputed', cause, sentAt_ms }, dueIn(now_ms, policy.disputedEvery_ms));
}

function ask(context: Context, state: Disputed): Step {
  const due = dueIn(context.now_ms, context.policy.disputedEvery_ms);
  return move(context, { ...state, isAsked: true }, due, [{ kind: 'inquire', count: 1 }]);
}

/** It is there, and nothing says how it ends. A tombstone is proof all the same. */
function onKnown(context: Context, state: Disputed): Step {
  if (context.policy.tombstones || state.isKnown === true) return note(context);
  return move(context, { ...state, isKnown: true }, context.machine.due);
}

/** Told twice, ten minutes apart, after the last flight, of what was never there: books that lag behind have caught up by then. */
function onPlainNotFound(context: Context, state: Disputed): Step {
  if (state.isKnown === true) return note(context);
  const { now_ms, policy } = context;
  if (now_ms < notFoundProves_ms(context, state.sentAt_ms ?? now_ms)) return note(context);
  if (state.cause === 'notFound') return reversed(context, 'NOT_FOUND');
  return move(context, { ...state, cause: 'notFound' }, dueIn(now_ms, policy.disputedEvery_ms));
}

/** Unknown there: a tombstone makes that last, and its acknowledgement is proof. */
function onNotFound(context: Context, state: Disputed): Step {
  if (!context.policy.tombstones)
    return state.isAsked === true ? onPlainNotFound(context, state) : note(context);
  const waiting = toDisputed(context, state.sentAt_ms ?? context.now_ms, state.cause);
  return { ...waiting, effects: [{ kind: 'reverse', count: 1 }] };
}

export function stepDisputed(context: Context, state: Disputed, event: PaymentEvent): Step {
  switch (event.kind) {
    case 'timer':
      return ask(context, state);
    // One of an old journal is never due: as far as that tells, its payment was sent a moment ago.
    case 'restarted':
      return context.machine.due === null ? toDisputed(context, context.now_ms, state.cause) : note(context);
    case 'approved':
      return state.isAsked === true
        ? move(context, { kind: 'approved', proof: event.proof, unwanted: true }, null)
        : note(context);
    case 'hostReversed':
      return reversed(context, event.result);
    case 'billClears':
      return reversed(context, clearedResult(event));
    case 'reversalAcknowledged':
      return context.policy.tombstones ? reversed(context, event.result) : note(context);
    // A configuration refusal answers our request, and says nothing of the order.
    case 'declined':
      return event.reason === 'configuration' ? note(context) : reversed(context, event.code);
    case 'notFound':
      return onNotFound(context, state);
    case 'processing':
    case 'awaiting':
      return onKnown(context, state);
    case 'inquiryFailed':
      return event.isKnown === true ? onKnown(context, state) : note(context);
    default:
      return note(context);
  }
}

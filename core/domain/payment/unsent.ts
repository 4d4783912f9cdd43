// Of what was never sent: held for a moment, queued for longer, ended. Pure.
import type { PaymentEvent } from './event.ts';
import type { PaymentState } from './state.ts';
import { type Context, dueIn, move, type Step } from './steps.ts';

export function expire(
  context: Context,
  cause: Extract<PaymentState, { kind: 'expiredUnsent' }>['cause'],
): Step {
  return move(context, { kind: 'expiredUnsent', cause }, null, [{ kind: 'eraseCode' }]);
}

export function notSent(context: Context, cause: string): Step {
  return move(context, { kind: 'notSent', cause }, null, [{ kind: 'eraseCode' }]);
}

/** What is left of a hold or a queue that began earlier; never more than a fresh one would have. */
function remaining_ms(context: Context, span_ms: number, expiresAt_ms: number | null): number {
  return expiresAt_ms === null ? span_ms : Math.min(span_ms, Math.max(0, expiresAt_ms - context.now_ms));
}

export function queue(context: Context, expiresAt_ms: number | null = null): Step {
  const deferred = { ...context, machine: { ...context.machine, deferred: true } };
  const due = dueIn(context.now_ms, remaining_ms(context, context.policy.queueMaxAge_ms, expiresAt_ms));
  return move(deferred, { kind: 'queued', expiresAt_ms: due.at_ms }, due);
}

export function hold(context: Context, expiresAt_ms: number | null = null): Step {
  const due = dueIn(context.now_ms, remaining_ms(context, context.policy.holdFor_ms, expiresAt_ms));
  return move(context, { kind: 'held', expiresAt_ms: due.at_ms }, due);
}

/** What is less is no step of the clock: a start takes a while, and two clocks drift. */
const CLOCK_step_ms = 2 * 60_000;

/**
 * Reckoned in a time that the ended run began far behind of, and that its clock was then set forward to again, as after a night with a flat
 * battery: most of the step only takes that back. Where it is less, the old time may have been its own: moved, nothing is too old at once.
 */
function isInThisTime({ policy, now_ms }: Context, expiresAt_ms: number, setBy_ms: number): boolean {
  const behind_ms = expiresAt_ms - policy.queueMaxAge_ms - (now_ms - setBy_ms);
  return setBy_ms > 0 && behind_ms > setBy_ms / 2;
}

/**
 * A run keeps the time that it began with; the next one has what the wall clock says by then. Where that was set meanwhile, the end of the wait
 * moves with it. A step of the last moment, which no look has noticed, shows only where the payment was taken after it, in that run: its age is
 * then what the wall clock said as it was taken. A time that is still to come says nothing, or the start would make it young again.
 */
export function queueEnd_ms(
  context: Context,
  expiresAt_ms: number,
  { setBy_ms = 0, takenAt_ms }: Pick<Extract<PaymentEvent, { kind: 'restarted' }>, 'setBy_ms' | 'takenAt_ms'>,
): number {
  const { policy, now_ms } = context;
  const moved_ms = expiresAt_ms + setBy_ms;
  if (takenAt_ms === undefined)
    return isInThisTime(context, expiresAt_ms, setBy_ms) ? expiresAt_ms : moved_ms;
  if (takenAt_ms > now_ms) return moved_ms;
  const end_ms = takenAt_ms + policy.queueMaxAge_ms;
  // Taken when both clocks agreed: what was set came later, and is in `setBy_ms`. Not where it would be too old by that: it may have been undone.
  const isTakenBefore = Math.abs(end_ms - expiresAt_ms) <= CLOCK_step_ms && moved_ms > now_ms;
  return !isTakenBefore && end_ms > moved_ms + CLOCK_step_ms ? end_ms : moved_ms;
}

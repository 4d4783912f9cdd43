// What every acquirer's main scan has in common: when a code may be shown, when it has ended, and what a look at its order says to who
// wants it closed. Pure.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';

const LAST_MINUTE_ms = 60_000;

/**
 * No request of it is on its way any more (120 s); a last minute that the acquirer granted is over, into which the difference of two clocks
 * falls, for neither may be behind: both must have come so far (60 s); books that lag behind have caught up (60 s).
 */
export const AFTER_END_ms = 240_000;

/** Too late to ask for a code: one that is made now would outlive its order. `wall_ms`: the acquirer's clock, as far as it is known. */
export function isEnding(order: PresentedOrder, wall_ms: number): boolean {
  return order.expiresAt_ms - wall_ms < LAST_MINUTE_ms;
}

export const tooLate: PresentEvent = { kind: 'notSent', cause: 'EXPIRED' };

/** A code that ends by another clock than ours is shown to nobody: its end would prove nothing. */
export function shownIf(isClockShared: boolean, event: PresentEvent): PresentEvent {
  return event.kind === 'presented' && !isClockShared ? { kind: 'undecided', code: 'CLOCKS_DIFFER' } : event;
}

/** By the acquirer's clock and by ours. `reached_ms`: what both have reached; null: the acquirer told no time that can be believed. */
export function isOver(order: PresentedOrder, reached_ms: number | null): boolean {
  return reached_ms !== null && reached_ms >= order.expiresAt_ms + AFTER_END_ms;
}

/** The acquirer's own answer to the closing leaves room for a payment: no clock and no lagging query overrules that. */
function mayBePaid(open: ClosingEvent): boolean {
  return open.kind === 'closePending' && open.mayBePaid === true;
}

/** No believable word of the closing: it may have been carried out or not, and the order is asked about all the same. */
export function unanswered(cause: string): ClosingEvent {
  return { kind: 'closePending', cause, mayBePaid: true };
}

/** `found`: an inquiry with the mark `presented`, made after the closing. `open`: what the closing comes to while the order is open. */
export function closingEvent(found: PaymentEvent, open: ClosingEvent, over: boolean): ClosingEvent {
  switch (found.kind) {
    case 'approved':
      return { kind: 'paidMeanwhile', proof: found.proof };
    case 'declined':
      return { kind: 'closed', result: found.code };
    case 'hostReversed':
      return { kind: 'closed', result: found.result, wentBack: true };
    // nobody has paid, and nobody can any more
    case 'processing':
      return over && !mayBePaid(open) ? { kind: 'closed', result: 'EXPIRED' } : open;
    case 'inquiryFailed':
      return { kind: 'closePending', cause: found.cause };
    default:
      return open;
  }
}

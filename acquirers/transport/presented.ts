// What a look at a presented order says to who wants it closed: the same for every acquirer. Pure.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder } from '../../core/ports/acquirer.ts';

/**
 * No request of it is on its way any more (120 s), a life counted in whole minutes has ended too (60 s), and books that lag behind have
 * caught up (60 s).
 */
export const AFTER_END_ms = 240_000;

/** By the acquirer's own clock, and only by it. `date_ms` null: it told no time that can be believed. */
export function isOver(order: PresentedOrder, date_ms: number | null): boolean {
  return date_ms !== null && date_ms >= order.expiresAt_ms + AFTER_END_ms;
}

/** `found`: an inquiry with the mark `presented`, made after the closing. `open`: what the closing comes to while the order is open. */
export function closingEvent(found: PaymentEvent, open: ClosingEvent, over: boolean): ClosingEvent {
  switch (found.kind) {
    case 'approved':
      return { kind: 'paidMeanwhile', proof: found.proof };
    case 'declined':
      return { kind: 'closed', result: found.code };
    case 'hostReversed':
      return { kind: 'closed', result: found.result };
    // nobody has paid, and nobody can any more
    case 'processing':
      return over ? { kind: 'closed', result: 'EXPIRED' } : open;
    case 'inquiryFailed':
      return { kind: 'closePending', cause: found.cause };
    default:
      return open;
  }
}

// Main scan between the outbox and an acquirer: what an attempt is to the port, and what the port's words are to the payment. Pure.
import { assert, assertNever } from '../domain/assert.ts';
import type { PaymentEvent } from '../domain/payment/event.ts';
import type { Attempt } from '../domain/till/state.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../ports/acquirer.ts';

/** An adapter's word for a code whose end is too near (transport/presented.ts): it tells nothing of the line. */
export const TOO_LATE = 'EXPIRED';

export function presentedOrder(attempt: Attempt, timeout_ms: number): PresentedOrder {
  const { attemptId, orderNumber, openedAt_ms, amount_fen, presented } = attempt;
  assert(presented, `attempt ${attemptId} is no main scan`);
  return { orderNumber, openedAt_ms, amount_fen, expiresAt_ms: presented.expiresAt_ms, timeout_ms };
}

/** `expiresAt_ms`: the end that was asked for. */
export function paymentEventOf(event: PresentEvent, expiresAt_ms: number): PaymentEvent {
  switch (event.kind) {
    case 'presented': {
      const { content, endsAt_ms } = event;
      return {
        kind: 'presented',
        content,
        ...(endsAt_ms !== null && { endsEarlier_ms: expiresAt_ms - endsAt_ms }),
      };
    }
    case 'refused':
      return { kind: 'codeRefused', code: event.code, reason: event.reason };
    case 'notSent':
      return { ...event, then: 'end' };
    case 'undecided':
    case 'noAnswer':
      return event;
    default:
      return assertNever(event, 'present event');
  }
}

export function closingEventOf(event: ClosingEvent): PaymentEvent {
  switch (event.kind) {
    case 'closed':
      return { ...event };
    case 'paidMeanwhile':
      return { kind: 'approved', proof: event.proof };
    // Refused or not: it is closed again, until it is proven.
    case 'closePending':
    case 'closeRefused':
      return { kind: 'closePending', cause: event.cause };
    default:
      return assertNever(event, 'closing event');
  }
}

// What wallets, acquirers and their lines may say: any of it at any time, as the numbers choose.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';

/** What happens, and to what: each number is read modulo what there is to choose from. */
export type Step = { what: number; a: number; b: number };

export function pick<Value>(values: readonly Value[], number: number): Value | undefined {
  return values[number % values.length];
}

/** Settled on the Shanghai day of the approval: until that day ends it can be voided. */
function approval(number: number, now_ms: number): PaymentEvent {
  const day = new Date(now_ms + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  return {
    kind: 'approved',
    proof: {
      acquirerOrderId: `A${number}`,
      retrievalRefNum: 'R1',
      systemTraceNum: '000001',
      batchNo: '261123',
      paidAt: '2026-11-23T10:00:00+08:00',
      settlementDate: day,
      rail: number % 3 === 0 ? 'UNIONPAY' : 'NETSUNION',
      payerApp: null,
      thirdPartyOrderId: 'T1',
      actual_fen: 100,
    },
  };
}

export function paymentEvent({ a, b }: Step, now_ms: number): PaymentEvent {
  const events: PaymentEvent[] = [
    approval(b, now_ms),
    approval(b, now_ms),
    approval(b, now_ms),
    { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' },
    { kind: 'declined', code: 'CODE_EXPIRED', reason: 'codeUnusable' },
    { kind: 'awaiting' },
    { kind: 'undecided', code: 'SYSTEM_ERROR' },
    { kind: 'noAnswer', cause: 'ECONNRESET' },
    { kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' },
    { kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' },
    { kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' },
    { kind: 'notSent', cause: 'ECONNREFUSED', then: 'hold' },
    { kind: 'processing' },
    { kind: 'notFound' },
    { kind: 'inquiryFailed', cause: 'ETIMEDOUT' },
    { kind: 'hostReversed', result: 'REVERSED' },
    { kind: 'reversalAcknowledged', result: 'REVERSED' },
    { kind: 'reversalAcknowledged', result: 'REVERSED' },
    { kind: 'reversalPending', cause: 'PROCESSING' },
    { kind: 'reversalRefused', cause: 'WINDOW' },
    { kind: 'gaveUp' },
    { kind: 'deferredCancelled' },
    { kind: 'codeLost' },
    { kind: 'timer' },
    { kind: 'restarted', sent: b % 2 === 0 },
  ];
  return pick(events, a) ?? { kind: 'timer' };
}

export function giveBackEvent({ a }: Step): GiveBackEvent {
  const events: GiveBackEvent[] = [
    { kind: 'done', result: 'REFUNDED', reference: null },
    { kind: 'done', result: 'REFUNDED', reference: 'F1' },
    { kind: 'accepted', code: 'PROCESSING' },
    { kind: 'refused', code: 'REFUND_NOT_ALLOWED' },
    { kind: 'refused', code: 'REFUND_NOT_ALLOWED' },
    { kind: 'undecided', code: 'SYSTEM_ERROR' },
    { kind: 'noAnswer', cause: 'ECONNRESET' },
    { kind: 'notSent', cause: 'ECONNREFUSED' },
    { kind: 'processing' },
    { kind: 'notFound' },
    { kind: 'inquiryFailed', cause: 'ETIMEDOUT' },
    { kind: 'timer' },
    { kind: 'lineUp' },
  ];
  return pick(events, a) ?? { kind: 'timer' };
}

// Sample payments of customers who say that they have paid.
import type { Evidence, PaymentsFound } from '../../contract/evidence.ts';
import { NOW_ms } from './goods.ts';

const OPENED_ms = NOW_ms - 3_480_000;

function evidence(change: Partial<Evidence>): Evidence {
  return {
    attemptId: 'P001000017',
    orderNumber: '0100000200100001C7F3A19B2',
    saleId: 'S001000A',
    receiptNumber: null,
    sale: { state: 'due', due_fen: 9_241, isBlocked: false },
    scheme: 'WECHAT',
    codeMask: '134822********5127',
    amount_fen: 9_241,
    openedAt_ms: OPENED_ms,
    verdict: 'beingReversed',
    acquirerCode: null,
    proof: null,
    giveBacks: [],
    story: [
      { at_ms: OPENED_ms, what: 'opened' },
      { at_ms: OPENED_ms + 120, what: 'sent' },
      { at_ms: OPENED_ms + 10_200, what: 'noAnswer', detail: 'ETIMEDOUT' },
      { at_ms: OPENED_ms + 15_200, what: 'inquired', count: 1 },
      { at_ms: OPENED_ms + 25_300, what: 'noAnswer', detail: 'ETIMEDOUT' },
      { at_ms: OPENED_ms + 61_000, what: 'gaveUp' },
      { at_ms: OPENED_ms + 61_000, what: 'reversalSent', count: 1 },
      { at_ms: OPENED_ms + 71_100, what: 'reversalPending', detail: 'ECONNREFUSED' },
    ],
    isShortened: false,
    ...change,
  };
}

const paid = evidence({
  attemptId: 'P001000016',
  receiptNumber: '00018342',
  sale: { state: 'sold', due_fen: 0, isBlocked: false },
  scheme: 'UNIONPAY',
  codeMask: '622611*********5127',
  amount_fen: 4_990,
  openedAt_ms: OPENED_ms - 5_400_000,
  verdict: 'partlyGivenBack',
  proof: {
    acquirerOrderId: '2026112322001487621412900333',
    thirdPartyOrderId: '',
    retrievalRefNum: '',
    rail: 'UNIONPAY',
    payerApp: 'JD',
    paidAt: '2026-11-23T08:15:33+08:00',
  },
  giveBacks: [
    {
      requestNumber: '0100000200100000B00C91D22',
      method: 'refund',
      amount_fen: 1_280,
      result: 'done',
      reference: null,
      at_ms: OPENED_ms,
    },
  ],
  story: [
    { at_ms: OPENED_ms - 5_400_000, what: 'opened' },
    { at_ms: OPENED_ms - 5_399_900, what: 'sent' },
    { at_ms: OPENED_ms - 5_398_700, what: 'approved', detail: '10000' },
  ],
});

export const oneFound: PaymentsFound = {
  asked: '0100000200100001C7F3A19B2',
  payments: [evidence({})],
  hasMore: false,
};

export const someFound: PaymentsFound = {
  asked: '5127',
  payments: [
    evidence({}),
    paid,
    ...[1, 2, 3].map((n) =>
      evidence({ ...paid, attemptId: `P00100000${n}`, verdict: 'paid', giveBacks: [] }),
    ),
  ],
  hasMore: true,
};

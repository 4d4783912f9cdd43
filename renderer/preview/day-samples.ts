// Sample pictures of a whole day at the counter: cash, parked sales, returns, the shift, reports.
import type { SaleView, Snapshot } from '../../contract/snapshot.ts';
import { refunds } from './attention-samples.ts';
import { parkedSales } from './day.ts';
import { oneFound, someFound } from './evidence.ts';
import { foundSale, giveBackOf, previewOf, returnMoneyOf } from './found.ts';
import { base, NOW_ms, paymentOf, saleOf } from './goods.ts';
import { sampleCompareAgain, sampleLost, sampleOthers, sampleUnsorted } from './reconciliation.ts';
import { type Sample, screen } from './sample.ts';

const manager = { id: 'wang', name: '王店长', role: 'manager' } as const;
const openReconciled = ['F6', 'F4', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter'];
const wait = paymentOf({ state: 'unknown', inquiries: 2, nextStepAt_ms: NOW_ms + 4_000, canGiveUp: true });
const paidPart = paymentOf({ state: 'approved', unproven: false, amount_fen: 5_000 });
const reversing = { ...wait, state: 'reversing', canGiveUp: false, reversals: 1 } as const;
const paying = (change: Partial<SaleView>, keys: string[] = []): Sample => ({
  ...screen({ sale: saleOf({ state: 'tendering', ...change }) }),
  keys,
});
const mixed = { payments: [paidPart], due_fen: 4_241, roundDown_fen: 1, canGoBack: false };
const cash = { received_fen: 10_000, amount_fen: 9_240, rounding_fen: 1, change_fen: 760 };
const ended = { due_fen: 0, receiptNumber: '00018342', receiptId: 'R1', canCancel: false } as const;
const printed = {
  state: 'printed',
  reason: null,
  cause: null,
  proof: 'orderedStatus',
  receiptId: 'R1',
} as const;
const lost = paymentOf({
  state: 'declined',
  unproven: false,
  deferred: true,
  reason: 'E-OFF-08',
  acquirerCode: 'BALANCE_NOT_ENOUGH',
  story: [
    { at_ms: NOW_ms - 9_000, what: 'queued' },
    { at_ms: NOW_ms - 2_000, what: 'sent' },
    { at_ms: NOW_ms - 900, what: 'declined', detail: 'BALANCE_NOT_ENOUGH' },
  ],
});
const again = paymentOf({ attemptId: 'A2', state: 'declined', unproven: false, reason: 'E-PAY-02' });
/** Sold on trust, and the money did not come. */
const collecting = (sale: Partial<SaleView>, change: Partial<Snapshot> = {}): Sample =>
  screen({
    sale: saleOf({
      ...ended,
      due_fen: 9_241,
      roundDown_fen: 0,
      state: 'completedPending',
      isCollecting: true,
      canGoBack: false,
      canPark: false,
      payments: [lost],
      ...sale,
    }),
    print: printed,
    exceptionCount: 1,
    ...change,
  });
const paidOutSlip = {
  number: 'M00000013',
  direction: 'paidOut',
  amount_fen: 80_000,
  reason: '送存银行',
} as const;
const neverPaid = { ...foundSale, tenders: [] };
const cashRefusals = { 'drawer.open': 'E-AUTH-05', 'report.x': 'E-AUTH-05', 'return.open': 'E-AUTH-05' };

export const daySamples: Record<string, Sample> = {
  locked: screen({ operator: null, sale: null, isLocked: true }),
  menu: { ...screen({}), keys: ['F6'] },
  menuNoShift: { ...screen({ sale: null, shift: null, operator: manager }), keys: ['F6'] },
  findReceipt: { ...screen({ sale: null }), keys: ['F6', '1', ...'42000026012026112864198200123456'] },
  findPayment: { ...screen({ sale: null }), keys: ['F6', 'F3', ...'42000026012026112864198200123456'] },
  recall: { ...screen({ sale: null, parked: parkedSales }), keys: ['F3'] },
  cash: paying({}, ['F5', '1', '0', '0']),
  cashShort: paying({}, ['F5', '5', '0']),
  cashMixed: paying({ ...mixed, roundDownAlways: true }, ['F5', 'F2']),
  cashDoubt: paying({ payments: [wait], canGoBack: false, canCancel: false }, ['F5']),
  cashDoubtPanel: paying({ payments: [wait], canGoBack: false, canCancel: false }, [
    'F5',
    'F5',
    '1',
    '0',
    '0',
  ]),
  part: paying({}, ['F4', '3', '0']),
  partReady: paying({ walletPart_fen: 3_000 }),
  mixed: paying(mixed),
  askCancelPaid: paying(mixed, ['F9']),
  cashDone: screen({
    sale: saleOf({ ...ended, state: 'completed', cash }),
    print: printed,
    drawer: 'opened',
  }),
  cashDoneDrawer: screen({
    sale: saleOf({ ...ended, state: 'completed', cash, payments: [reversing] }),
    print: printed,
    drawer: 'failed',
  }),
  cancellingStuck: screen({
    sale: saleOf({ state: 'cancelling', payments: [paidPart], giveBacks: refunds.slice(1) }),
  }),
  cancelling: screen({
    sale: saleOf({ state: 'cancelling', payments: [paidPart], giveBacks: [giveBackOf({ method: 'void' })] }),
  }),
  returnFind: { ...screen({ sale: null }), keys: ['F6', '1', '0', '0', '0', '1', '8'] },
  return: {
    ...screen({ sale: null, found: foundSale }),
    keys: ['+', '+', 'ArrowDown', 'ArrowDown', 'ArrowDown', '+'],
    answers: { 'return.preview': previewOf(5_390) },
  },
  returnScanned: {
    ...screen({ found: { ...foundSale, state: 'completedPending' } }),
    keys: ['F4'],
    answers: { 'return.preview': previewOf(8_160, 2_000) },
  },
  returnUnsure: {
    ...screen({ sale: null, found: { ...foundSale, isUnsure: true } }),
    keys: ['+', '+', 'ArrowDown', 'ArrowDown', 'ArrowDown', '+'],
    answers: { 'return.preview': previewOf(5_390) },
  },
  returnUnpaid: {
    ...screen({ sale: null, found: { ...foundSale, state: 'completedPending' } }),
    keys: ['F4'],
    answers: { 'return.preview': previewOf(8_160, 2_000) },
  },
  returnNothingReason: {
    ...screen({ sale: null, found: neverPaid }),
    keys: ['F4', 'Enter'],
    answers: { 'return.preview': previewOf(8_160, 8_160) },
  },
  returnDoubt: {
    ...screen({ sale: null, found: { ...foundSale, state: 'completedPending' } }),
    keys: ['F4'],
    answers: { 'return.preview': previewOf(8_160, 2_000, 1_500) },
  },
  returnDoubtReason: {
    ...screen({ sale: null, found: neverPaid }),
    keys: ['F4', 'Enter'],
    answers: { 'return.preview': previewOf(8_160, 8_160, 8_160) },
  },
  returnedDoubt: {
    ...screen({ sale: null, found: neverPaid }),
    keys: ['F4', 'Enter', '1'],
    answers: {
      'return.preview': previewOf(8_160, 8_160, 8_160),
      'return.open': returnMoneyOf(8_160, 8_160, 8_160),
    },
  },
  returnedDoubtPart: {
    ...screen({ sale: null, found: { ...foundSale, giveBacks: [giveBackOf({})] } }),
    keys: ['F4', 'Enter', '1'],
    answers: {
      'return.preview': previewOf(8_160, 2_000, 1_500),
      'return.open': returnMoneyOf(8_160, 2_000, 1_500),
    },
  },
  returnedUnpaid: {
    ...screen({ sale: null, found: { ...foundSale, giveBacks: [giveBackOf({})] } }),
    keys: ['F4', 'Enter', '1'],
    answers: { 'return.preview': previewOf(8_160, 2_000), 'return.open': returnMoneyOf(8_160, 2_000) },
  },
  returnedNothing: {
    ...screen({ sale: null, found: neverPaid }),
    keys: ['F4', 'Enter', '1'],
    answers: { 'return.preview': previewOf(8_160, 8_160), 'return.open': returnMoneyOf(8_160, 8_160) },
  },
  returnReversed: {
    ...screen({ sale: null, found: neverPaid }),
    keys: ['F4'],
    answers: { 'return.preview': previewOf(8_160, 8_160, 0, true) },
  },
  returnedReversed: {
    ...screen({ sale: null, found: neverPaid }),
    keys: ['F4', 'Enter', '1'],
    answers: {
      'return.preview': previewOf(8_160, 8_160, 0, true),
      'return.open': returnMoneyOf(8_160, 8_160, 0, true),
    },
  },
  returnRefusedPieces: {
    ...screen({ sale: null, found: { ...foundSale, state: 'completedPending' } }),
    keys: ['+'],
    answers: { 'return.preview': { refusal: 'E-RET-05' } },
  },
  collecting: collecting({}),
  collectingPart: collecting({ due_fen: 6_000 }),
  collectingForwarded: collecting({
    due_fen: 6_000,
    payments: [lost, paymentOf({ attemptId: 'Q', deferred: true, amount_fen: 3_241 })],
  }),
  cashBesideQueued: screen({
    sale: saleOf({
      ...ended,
      state: 'completedPending',
      payments: [paidPart, paymentOf({ attemptId: 'Q', state: 'queued', deferred: true, amount_fen: 1_000 })],
      cash: { received_fen: 5_000, amount_fen: 3_241, rounding_fen: 0, change_fen: 1_759 },
    }),
    print: printed,
  }),
  collectingOffline: { ...collecting({}, { routes: [offline()] }) },
  collectingCash: { ...collecting({ due_fen: 6_000 }), keys: ['F5', 'F2'] },
  collectingDoubt: collecting({ payments: [lost, wait] }),
  collectingAgain: collecting({ payments: [lost, again] }),
  collectedCash: screen({
    sale: saleOf({
      ...ended,
      state: 'completed',
      payments: [lost],
      cash: { received_fen: 10_000, amount_fen: 6_000, rounding_fen: 0, change_fen: 4_000 },
    }),
    print: printed,
    drawer: 'opened',
  }),
  writtenOff: screen({
    sale: saleOf({ ...ended, state: 'completed', payments: [lost], writtenOff_fen: 6_000 }),
    print: printed,
  }),
  writtenOffOne: screen({
    sale: saleOf({
      ...ended,
      state: 'completed',
      payments: [lost, { ...paidPart, attemptId: 'A2', state: 'settled' }],
      writtenOff_fen: 4_241,
    }),
    print: printed,
  }),
  soldBrowse: { ...screen({ sale: null }), keys: ['F6', '1', 'F4', 'ArrowDown', '4', '9', '.', '9'] },
  soldPart: { ...screen({ sale: null }), keys: ['F6', 'F3', 'F4', 'F3'] },
  bills: { ...screen({ sale: null, operator: manager }), keys: ['F6', 'F4'] },
  billsFailed: {
    ...screen({
      sale: null,
      operator: manager,
      comparing: {
        state: 'failed',
        what: 'a.csv',
        code: 'E-BILL-01',
        detail: 'a.csv, line 5, column paid: the total says 901, the rows amount to 900',
      },
    }),
    keys: ['F6', 'F4'],
  },
  billDay: { ...screen({ sale: null, operator: manager }), keys: ['F6', 'F4', 'F5', '1'] },
  reconciled: {
    ...screen({ sale: null, operator: manager }),
    keys: openReconciled,
  },
  reconciledFee: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, ...Array.from({ length: 5 }, () => 'ArrowDown')],
  },
  reconciledOthers: {
    ...screen({ sale: null, operator: manager }),
    keys: openReconciled,
    answers: { 'reconciliation.get': sampleOthers },
  },
  reconciledUnsorted: {
    ...screen({ sale: null, operator: manager }),
    keys: openReconciled,
    answers: { 'reconciliation.get': sampleUnsorted },
  },
  reconciledLost: {
    ...screen({ sale: null, operator: manager }),
    keys: openReconciled,
    answers: { 'reconciliation.get': sampleLost },
  },
  reconciledOld: {
    ...screen({ sale: null, operator: manager }),
    keys: openReconciled,
    answers: { 'reconciliation.get': sampleCompareAgain },
  },
  findingOld: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'F4'],
    answers: { 'reconciliation.get': sampleCompareAgain },
  },
  findingReason: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'F4'],
  },
  findingOpen: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'ArrowDown', 'ArrowDown', 'F4'],
  },
  findingConfirmed: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'ArrowDown', 'ArrowDown', 'F4', '7'],
  },
  refundReasons: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'F4'],
  },
  refundBack: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'F4', '7'],
  },
  refundNotBack: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'F4', '8'],
  },
  refundOnBill: {
    ...screen({ sale: null, operator: manager }),
    keys: [...openReconciled, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'F4'],
  },
  evidenceFind: { ...screen({ sale: null }), keys: ['F6', 'F3', '5', '1', '2', '7'] },
  evidence: screen({ sale: null, asked: oneFound }),
  evidenceSome: { ...screen({ sale: null, asked: someFound }), keys: ['ArrowDown'] },
  evidenceAtTender: paying({ payments: [wait], canGoBack: false, canCancel: false }),
  returnReason: { ...screen({ sale: null, found: foundSale }), keys: ['F4', 'Enter'] },
  returned: {
    ...screen({ sale: null, found: { ...foundSale, giveBacks: [giveBackOf({})] } }),
    keys: ['F4', 'Enter', '1'],
  },
  returnRefused: screen({ sale: null, found: { ...foundSale, refusal: 'E-RET-04' } }),
  approval: { ...screen({}), keys: ['F6', '4', '1', '1', '3'], refuses: cashRefusals },
  approvalWrong: {
    ...screen({}),
    keys: ['F6', '4', '1', '1', '3', '5', '7', 'Enter'],
    refuses: { ...cashRefusals, approval: 'E-AUTH-01' },
  },
  approvalSum: {
    ...screen({ sale: null }),
    keys: ['F6', '3', '8', '0', '0', 'Enter', '1'],
    refuses: { 'cash.paidOut': 'E-AUTH-05' },
  },
  drawer: { ...screen({}), keys: ['F6', '4'] },
  clockSet: screen({ sale: null, clockSetBy_ms: 36_000_000 }),
  drawerUnknown: screen({ sale: null, drawer: 'unknown' }),
  paidOut: { ...screen({ sale: null }), keys: ['F6', '3', '8', '0', '0'] },
  paidOutBooked: {
    ...screen({ sale: null }),
    keys: ['F6', '3', '8', '0', '0', 'Enter', '1'],
    loses: {
      'cash.paidOut': (before) => ({
        ...before,
        counts: { ...before.counts, cashMoves: 13 },
        lastCashMove: paidOutSlip,
      }),
    },
  },
  paidOutDone: { ...screen({ sale: null }), keys: ['F6', '3', '8', '0', '0', 'Enter', '1'] },
  sellParked: screen({
    parked: parkedSales,
    routes: [{ ...offline(), layer: 'dns', offlineMode: 'refuse' }],
  }),
};

function offline() {
  const [route] = base.routes;
  if (!route) throw new Error('the sample has a route');
  return { ...route, state: 'offline', latency_ms: null, queueOpen: false } as const;
}

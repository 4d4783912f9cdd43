// A payment in dispute, or a code that is being closed, and the bill that lists a refund of it from the acquirer's platform: only one that is
// done ends anything. From the bill's own bytes to what the till makes of the manager's word.
import { expect, test } from 'vitest';
import type { BookLine } from '../fixtures/bills/line.ts';
import { billFile } from '../fixtures/bills/write.ts';
import { readBill } from '../reconciliation/bills/read.ts';
import { readBooks } from '../reconciliation/journal/read.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { ROUTE, TestTill } from '../test/sim/till-kit.ts';
import type { FindingRow } from '../contract/reconciliation.ts';
import { giveBackWords, orderWords } from '../reconciliation/said.ts';
import { rowsOf } from './compare-bill.ts';
import type { GiveBackStateKind } from './domain/giveback/machine.ts';
import type { PaymentStateKind } from './domain/payment/state.ts';
import type { CommandDependencies } from './rpc/command-types.ts';
import { reconciliationHandlers } from './rpc/commands-reconciliation.ts';

const BILL_DATE = '1970-01-01';
/** As long as WeChat Pay's are. */
const CHARGE = '4200001234202611241234567890';

const disputed = () => TestTill.disputed('REFUND');

function closing(): TestTill {
  const till = TestTill.tendering(800);
  const scheme = 'AGGREGATE';
  till.tell({ kind: 'presentAsked', routeId: ROUTE, scheme, expiresAt_ms: 1_900_000_000_000 });
  till.pay({ kind: 'presented', content: 'weixin://wxpay/bizpayurl?pr=1' });
  till.later(6000).pay({ kind: 'gaveUp' });
  till.pay({ kind: 'closePending', cause: 'REFUND' });
  return till;
}

type Back = Pick<BookLine, 'amount_fen'> & Pick<Partial<BookLine>, 'refundState'>;

/** Charged on the bill, with these refunds of somebody else's. */
function rowsWith(till: TestTill, backs: readonly Back[]): FindingRow[] {
  const { orderNumber, amount_fen } = till.newest();
  const charge: BookLine = {
    kind: 'pay',
    orderNumber,
    refundNumber: '',
    acquirerNumber: CHARGE,
    amount_fen,
    fee_fen: 0,
    discount_fen: 0,
    at_ms: 3_600_000,
    terminal: 'T1',
    billDate: BILL_DATE,
  };
  const refunds = backs.map((back, index): BookLine => {
    return { ...charge, kind: 'refund', refundNumber: `PLATFORM${index}`, ...back };
  });
  const bytes = billFile('wechatpay', BILL_DATE, [charge, ...refunds]);
  const read = readBill('wechatpay', { file: 'b.csv', bytes, billDate: null });
  const rows = till.records.map(({ type, body }, index) => {
    return { sequence: index + 1, at: '', type, body: JSON.stringify(body) };
  });
  const contract = { routeIds: new Set([ROUTE]), rate_ppm: null };
  const { findings } = reconcile(read, readBooks(rows), contract);
  return rowsOf('wechatpay', findings, findings);
}

/** The manager says of the payment's row that he has looked at it, and claims nothing. */
function settle(till: TestTill, comparison: { findings: readonly FindingRow[]; others?: number }): unknown {
  const { findings } = comparison;
  const taken = { comparison };
  const store = { documents: () => [], loadDocument: () => ({ kind: 'reconciliation', body: taken }) };
  const handlers = reconciliationHandlers(
    { store, engine: till } as unknown as CommandDependencies,
    (event) => {
      till.tell(event);
      return { ok: true, result: null };
    },
  );
  const index = findings.findIndex((one) => one.class === 'stillPending');
  const said = {
    reconciliationId: 'B1',
    index,
    reason: '已核对',
    isConfirmed: false,
    isNotBack: false,
    isNote: false,
  };
  return handlers['finding.settle'](said, { operatorId: '1', approverId: '9' });
}

const cases: [string, Back[], boolean][] = [
  ['one that is done', [{ amount_fen: 800 }], true],
  ['two that are done', [{ amount_fen: 300 }, { amount_fen: 500 }], true],
  ['a part', [{ amount_fen: 300 }], false],
  ['one that is accepted', [{ amount_fen: 800, refundState: 'PROCESSING' }], false],
  ['one that is stuck', [{ amount_fen: 800, refundState: 'CHANGE' }], false],
  ['one that failed', [{ amount_fen: 800, refundState: 'FAIL' }], false],
  [
    'a part that is done, the rest accepted',
    [{ amount_fen: 300 }, { amount_fen: 500, refundState: 'PROCESSING' }],
    false,
  ],
  [
    'the same, listed the other way round',
    [{ amount_fen: 500, refundState: 'PROCESSING' }, { amount_fen: 300 }],
    false,
  ],
  // What is paid out says that it went back twice: no one line of it can be believed.
  ['one that failed, and another', [{ amount_fen: 800, refundState: 'FAIL' }, { amount_fen: 800 }], false],
];

test.each(cases)('a dispute, with %s', (_, backs, isOver) => {
  const till = disputed();
  expect(settle(till, { findings: rowsWith(till, backs), others: 0 })).toMatchObject({ ok: true });
  expect(till.newest().machine.state).toMatchObject(
    isOver ? { kind: 'reversed', result: 'BILL' } : { kind: 'disputed' },
  );
});

test.each(cases)('a code that is being closed, with %s', (_, backs, isOver) => {
  const till = closing();
  expect(settle(till, { findings: rowsWith(till, backs), others: 0 })).toMatchObject({ ok: true });
  expect(till.newest().machine.state).toMatchObject(
    isOver ? { kind: 'closed', result: 'BILL', wentBack: true } : { kind: 'closing' },
  );
});

test('a comparison of before the mark was made ends nothing of a payment, and keeps no word of it', () => {
  const till = disputed();
  const findings = rowsWith(till, [{ amount_fen: 800 }]).map(({ isBackThere: _, ...row }) => row);
  expect(settle(till, { findings })).toMatchObject({ code: 'E-BILL-12' });
  expect(till.newest().machine.state.kind).toBe('disputed');
});

test('a charge and its return stand there whole, with the number of each', () => {
  const rows = rowsWith(disputed(), [{ amount_fen: 800 }]);
  const one = rows.find(({ class: name }) => name === 'stillPending');
  expect(one?.here).toMatchObject([{ words: { zh: '有争议', en: 'disputed' } }]);
  expect(one?.there).toEqual([
    { words: { zh: '收款', en: 'payment' }, facts: expect.stringMatching(new RegExp(` ${CHARGE}$`)) },
    { words: { zh: '退款', en: 'refund' }, facts: expect.stringMatching(new RegExp(` ${CHARGE}$`)) },
  ]);
});

test('every state of a payment and of a give-back has its words', () => {
  const payments: Readonly<Record<PaymentStateKind, true>> = {
    presenting: true,
    closing: true,
    closed: true,
    held: true,
    queued: true,
    authorizing: true,
    awaitingCustomer: true,
    unknown: true,
    inquiring: true,
    approved: true,
    declined: true,
    notSent: true,
    expiredUnsent: true,
    reversing: true,
    reversed: true,
    disputed: true,
  };
  const giveBacks: Readonly<Record<GiveBackStateKind, true>> = {
    requested: true,
    sending: true,
    pending: true,
    unknown: true,
    inquiring: true,
    done: true,
    failed: true,
  };
  expect(Object.keys(orderWords).toSorted()).toEqual(Object.keys(payments).toSorted());
  expect(Object.keys(giveBackWords).toSorted()).toEqual(Object.keys(giveBacks).toSorted());
});

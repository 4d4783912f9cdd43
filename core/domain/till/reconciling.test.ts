// A compared bill and what was done about its differences: kept, printed, no figure changed.
import { describe, expect, test } from 'vitest';
import type { BillComparison, FindingRow } from '../../../contract/reconciliation.ts';
import { answers, codeScan, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { documentOf } from './documents.ts';
import { provenSince } from './reconciling.ts';
import { reasonOf } from './reason-of.ts';

const comparison: BillComparison = {
  rail: 'gateway',
  routeIds: ['gateway'],
  billDate: '2026-11-22',
  file: '20261122.csv',
  fileHash: 'ab'.repeat(32),
  till_fen: 1000,
  payout_fen: 1490,
  kept_fen: 10,
  agreed: 1,
  classes: [],
  findings: [
    {
      class: 'duplicate',
      orderNumber: 'N1',
      refundNumber: null,
      lines: [3, 4],
      here: 'approved 5.00',
      there: 'payment SUCCESS 5.00',
      bill_fen: 1000,
      till_fen: 500,
      effect_fen: 500,
    },
  ],
  leftOff: 0,
  table: null,
};

test('it is a document and a paper of its own, and the period and the drawer stay as they are', () => {
  const till = TestTill.ready();
  const { period, shift, grand } = till.state;
  till.tell({ kind: 'billCompared', comparison, operatorId: '1' });
  const record = till.records.at(-1);
  const found = record ? documentOf(record) : null;
  expect(found).toMatchObject({ kind: 'reconciliation', body: { operatorId: '1', comparison } });
  expect(till.state.receipts[found?.documentId ?? '']).toMatchObject({
    kind: 'reconciliation',
    print: 'pending',
  });
  const finding = {
    reconciliationId: found?.documentId ?? '',
    index: 0,
    class: 'duplicate',
    orderNumber: 'N1',
  };
  till.tell({
    kind: 'findingSettled',
    finding: { ...finding, effect_fen: 500 },
    reason: '已问收单方',
    operatorId: '1',
    approverId: '2',
  });
  const adjusted = till.records.at(-1);
  expect(adjusted ? documentOf(adjusted) : null).toMatchObject({
    kind: 'adjustment',
    body: { ...finding, effect_fen: 500, reason: '已问收单方', operatorId: '1', approverId: '2' },
  });
  expect(till.state.shift).toEqual(shift);
  expect(till.state.grand).toEqual(grand);
  // But that a manager approved it in place.
  const { control, cashiers: _, ...figures } = till.state.period;
  const { control: _control, cashiers: _cashiers, ...before } = period;
  expect(figures).toEqual(before);
  expect(control).toEqual({ ...period.control, overrides: 1 });
});

const disputed = () => TestTill.disputed('TIMEOUT');

test.each([
  ['the bill shows it charged and gone back: its dispute is over', true, 'reversed'],
  ['the bill has no line of it: the acquirer is asked on', false, 'disputed'],
])('a settled difference about a payment in dispute: %s', (_, isReturnedThere, state) => {
  const till = disputed();
  const { orderNumber } = till.newest();
  const finding = { reconciliationId: 'B1', index: 0, class: 'stillPending', orderNumber, effect_fen: 0 };
  const who = { operatorId: '1', approverId: '2', reason: '账单上已退' };
  till.tell({ kind: 'findingSettled', finding, isReturnedThere, ...who });
  expect(till.newest().machine.state.kind).toBe(state);
  expect(till.sale().state).toBe('tendering');
  expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBe(state === 'reversed' ? null : 'E-SCAN-08');
});

test('a word about what has no proof is a remark, until the till has one', () => {
  const till = disputed();
  const { orderNumber } = till.newest();
  const finding = { reconciliationId: 'B1', index: 0, class: 'stillPending', orderNumber, effect_fen: 0 };
  const said = { kind: 'findingSettled', finding, operatorId: '1', approverId: '2', reason: '已问' } as const;
  const noted = () => till.records.findLast((one) => one.type === 'finding.settled')?.body.adjustment.noted;
  const bill = { findings: [{ ...finding, refundNumber: null }] as unknown as FindingRow[] };
  till.tell(said);
  expect(noted()).toBe(true);
  expect(provenSince(till.state, bill)).toEqual([]);
  till.tell({ ...said, finding: { ...finding, class: 'duplicate' } });
  expect(noted()).toBeUndefined();
  till.tell({ ...said, finding: { ...finding, class: 'duplicate' }, isNote: true });
  expect(noted()).toBe(true);
  till.tell({ ...said, isReturnedThere: true });
  expect(noted()).toBeUndefined();
  expect(provenSince(till.state, bill)).toEqual([0]);
  till.tell(said);
  expect(noted()).toBeUndefined();
});

/** A code that was shown and given up, and no word of the acquirer ends it. */
function closing(): TestTill {
  const till = TestTill.tendering(800);
  const scheme = 'AGGREGATE';
  till.tell({ kind: 'presentAsked', routeId: ROUTE, scheme, expiresAt_ms: 1_900_000_000_000 });
  till.pay({ kind: 'presented', content: 'weixin://wxpay/bizpayurl?pr=1' });
  till.later(6000).pay({ kind: 'gaveUp' });
  till.pay({ kind: 'closePending', cause: 'REFUND' });
  expect(till.newest().machine.state.kind).toBe('closing');
  return till;
}

test.each([
  ['in dispute', disputed, 'reversed'],
  ['being closed', closing, 'closed'],
])(
  "the word of the acquirer's office ends what is %s, and the journal says whose word it was",
  (_, open, state) => {
    const till = open();
    const { orderNumber } = till.newest();
    const finding = { reconciliationId: 'B1', index: 0, class: 'stillPending', orderNumber, effect_fen: 0 };
    const settled = { kind: 'findingSettled', finding, isConfirmed: true, reason: '收单方确认' } as const;
    till.tell({ ...settled, operatorId: '1', approverId: '2' });
    expect(till.newest().machine).toMatchObject({ state: { kind: state, result: 'CONFIRMED' }, due: null });
    // Somebody may have paid it: no word says that nobody did.
    expect(reasonOf(till.newest())).toBe('E-PAY-12');
    const record = till.records.find(({ type }) => type === 'finding.settled');
    expect(record).toMatchObject({ body: { adjustment: { confirmed: true, approverId: '2' } } });
    // Proven by now: there is nothing that anybody could confirm.
    expect(till.tell({ ...settled, operatorId: '1', approverId: '2' }).refusal).toBe('E-BILL-11');
  },
);

test('what the acquirer still decides is confirmed by nobody', () => {
  const till = TestTill.tendering(800);
  till.tell(codeScan());
  const { orderNumber } = till.newest();
  const finding = { reconciliationId: 'B1', index: 0, class: 'stillPending', orderNumber, effect_fen: 0 };
  const who = { operatorId: '1', approverId: '2', reason: '收单方确认' };
  expect(till.tell({ kind: 'findingSettled', finding, isConfirmed: true, ...who }).refusal).toBe('E-BILL-11');
  expect(till.newest().machine.state.kind).toBe('authorizing');
});

describe('sold on trust, forwarded, and left undecided by the acquirer:', () => {
  const day_ms = 24 * 3_600_000;

  /** `after_ms`: the till has asked about it for so long. */
  function undecided(after_ms: number): TestTill {
    const till = TestTill.tendering(800);
    till.line(false);
    till.tell(codeScan());
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay({ kind: 'awaiting' });
    till.later(after_ms).pay({ kind: 'timer' });
    return till;
  }

  /** What a manager was told, by the bill or by the office. */
  function settle(till: TestTill, word: { isConfirmed: true } | { isReturnedThere: true }) {
    const { orderNumber } = till.newest();
    const finding = { reconciliationId: 'B1', index: 0, class: 'stillPending', orderNumber, effect_fen: 0 };
    const who = { operatorId: '1', approverId: '2', reason: '收单方确认' };
    return till.tell({ kind: 'findingSettled', finding, ...word, ...who });
  }

  test.each([
    ['CONFIRMED', { isConfirmed: true }],
    ['BILL', { isReturnedThere: true }],
  ] as const)('a word ends it (%s), and its goods are an exception', (result, word) => {
    const till = undecided(3 * day_ms);
    till.pay({ kind: 'processing' });
    const { effects } = settle(till, word);
    const { attemptId, machine } = till.newest();
    expect(machine).toMatchObject({ deferred: true, state: { kind: 'reversed', result }, due: null });
    expect(effects).toEqual([{ kind: 'eraseCode', attemptId }]);
    expect(Object.values(till.state.exceptions)).toMatchObject([{ reason: 'E-OFF-08', amount_fen: 800 }]);
    expect(settle(till, { isConfirmed: true }).refusal).toBe('E-BILL-11');
  });

  test('charged all the same, by an answer that was on its way: it is kept, and the exception is over', () => {
    const till = undecided(3 * day_ms);
    settle(till, { isConfirmed: true });
    till.pay(answers.approved);
    expect(till.newest().machine.state.kind).toBe('approved');
    expect(till.sale().state).toBe('completed');
    expect(till.state.exceptions).toEqual({});
    expect(till.state.giveBacks).toEqual({});
  });

  test('charged all the same, and paid anew meanwhile: all of it goes back', () => {
    const till = undecided(3 * day_ms);
    settle(till, { isConfirmed: true });
    const lost = till.newest().attemptId;
    till.tell({ kind: 'collectStarted', attemptId: lost });
    till.tell({ kind: 'cashTaken', received_fen: 800, roundDown: false });
    till.pay(answers.approved, lost);
    expect(Object.values(till.state.giveBacks)).toMatchObject([{ attemptId: lost, amount_fen: 800 }]);
  });

  test('while its request may be on its way the office can not know: that word is not taken', () => {
    const till = undecided(60_000);
    expect(settle(till, { isConfirmed: true }).refusal).toBe('E-BILL-11');
    settle(till, { isReturnedThere: true });
    expect(till.newest().machine.state.kind).toBe('inquiring');
  });
});

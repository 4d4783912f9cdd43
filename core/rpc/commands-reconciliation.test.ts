// What a settled difference about a give-back becomes: only a row that proves it is proof, and the office is heard where it may be.
import { expect, test } from 'vitest';
import type { FindingRow, ReconciliationTaken } from '../../contract/reconciliation.ts';
import type { TillEvent } from '../domain/till/events.ts';
import type { CommandDependencies } from './command-types.ts';
import { reconciliationHandlers } from './commands-reconciliation.ts';

const refund: FindingRow = {
  class: 'stillPending',
  orderNumber: 'N1',
  refundNumber: 'RN1',
  lines: [7],
  here: 'refund pending 3.00',
  there: 'refund REFUND SUCCESS 3.00',
  bill_fen: -300,
  till_fen: 0,
  effect_fen: -300,
  isGiveBack: true,
};

/** A payment in dispute, charged and given back by somebody else on the acquirer's platform. */
const { isGiveBack: _ours, ...dispute }: FindingRow = {
  ...refund,
  lines: [6, 7],
  bill_fen: 0,
  effect_fen: 0,
};

/** `isOld`: of a comparison that was kept before the rows of payments were marked. */
type Said = { isConfirmed?: boolean; isNotBack?: boolean; isOld?: boolean };

/** The event that the till is told of it, or why it is told nothing. */
function settled(row: FindingRow, { isConfirmed = false, isNotBack = false, isOld = false }: Said): unknown {
  const others = isOld ? {} : { others: 0 };
  const taken = { comparison: { findings: [row], leftOff: 0, ...others } } as unknown as ReconciliationTaken;
  const told: TillEvent[] = [];
  const store = { documents: () => [], loadDocument: () => ({ kind: 'reconciliation', body: taken }) };
  const handlers = reconciliationHandlers({ store } as unknown as CommandDependencies, (event) => {
    told.push(event);
    return { ok: true, result: null };
  });
  const asked = { reconciliationId: 'B1', index: 0, reason: '已核对', isConfirmed, isNotBack };
  const reply = handlers['finding.settle'](asked, { operatorId: '1', approverId: '9' }) as {
    code?: string;
  };
  return told[0] ?? reply.code;
}

test('a line that proves it: the till is told so, with the number of the refund', () => {
  expect(settled({ ...refund, isBackThere: true }, {})).toMatchObject({
    isReturnedThere: true,
    isConfirmed: false,
    finding: { orderNumber: 'N1', refundNumber: 'RN1' },
  });
});

test('without a line that proves it, two lines or none, nothing is said to be back', () => {
  for (const row of [refund, { ...refund, lines: [] }, { ...refund, lines: [7, 8], bill_fen: 0 }])
    expect(settled(row, {})).toMatchObject({ isReturnedThere: false });
});

test("a payment's row with the number of a refund of somebody else's is about the payment", () => {
  const named = { isReturnedThere: true, isConfirmed: false, finding: { orderNumber: 'N1' } };
  const told = settled({ ...dispute, isBackThere: true }, {});
  expect(told).toMatchObject(named);
  expect(told).not.toHaveProperty('finding.refundNumber');
  expect(settled(dispute, { isConfirmed: true })).toMatchObject({ isConfirmed: true });
});

test("a payment's row that no mark proves ends nothing, though its lines come to nothing", () => {
  expect(settled(dispute, {})).toMatchObject({ isReturnedThere: false });
});

test('an older comparison ends no payment that it shows charged and back: the bill must be compared again', () => {
  const old = { isOld: true };
  expect(settled(dispute, old)).toBe('E-BILL-12');
  expect(settled({ ...dispute, bill_fen: 600, effect_fen: 600 }, old)).toBe('E-BILL-12');
  // The office's word stands without the bill.
  expect(settled(dispute, { ...old, isConfirmed: true })).toMatchObject({ isConfirmed: true });
});

test.each<[string, FindingRow]>([
  ['one that is marked', { ...dispute, isBackThere: true }],
  ['one that the bill does not have', { ...dispute, lines: [] }],
  ['one that was only charged', { ...dispute, lines: [6], bill_fen: 300, effect_fen: 300 }],
  ['of a give-back', { ...refund, isBackThere: true }],
  ['of another class', { ...dispute, class: 'returnedThere' }],
])('a row of an older comparison that can be settled there: %s', (_, row) => {
  expect(settled(row, { isOld: true })).toMatchObject({ kind: 'findingSettled' });
});

test.each<[string, FindingRow, Said, object | string]>([
  ['back', refund, { isConfirmed: true }, { isConfirmed: true }],
  ['not back', refund, { isConfirmed: true, isNotBack: true }, { isConfirmed: true, isNotBack: true }],
  [
    'not back, against the bill',
    { ...refund, isBackThere: true },
    { isConfirmed: true, isNotBack: true },
    'E-BILL-11',
  ],
  ['not back, and nobody has confirmed it', refund, { isNotBack: true }, 'E-BILL-11'],
  ['not back, of a payment', dispute, { isConfirmed: true, isNotBack: true }, 'E-BILL-11'],
  ['of what is proven here', { ...refund, class: 'refundMissingHere' }, { isConfirmed: true }, 'E-BILL-11'],
])("the office's word: %s", (_, row, said, expected) => {
  const found = settled(row, said);
  if (typeof expected === 'string') expect(found).toBe(expected);
  else expect(found).toMatchObject(expected);
});

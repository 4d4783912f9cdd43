// What a settled difference about a give-back becomes: only a row that proves it is proof, and the office is heard where it may be.
import { expect, test } from 'vitest';
import type { Adjustment, FindingRow, ReconciliationTaken } from '../../contract/reconciliation.ts';
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
type Said = { isConfirmed?: boolean; isNotBack?: boolean; isNote?: boolean; isOld?: boolean };

const open = { machine: { state: { kind: 'inquiring' } } };
/** Neither the payment nor the refund has a proof here. */
const engine = {
  state: {
    attempts: { P: { ...open, orderNumber: 'N1' } },
    giveBacks: { G: { ...open, requestNumber: 'RN1' } },
  },
};

/** The event that the till is told of it, or why it is told nothing. `other`: the findings of another bill that was compared. */
function settled(
  row: FindingRow,
  said: Said,
  adjustments: Partial<Adjustment>[] = [],
  other: FindingRow[] = [],
): unknown {
  const { isConfirmed = false, isNotBack = false, isNote = false, isOld = false } = said;
  const others = isOld ? {} : { others: 0 };
  const taken = { comparison: { findings: [row], leftOff: 0, ...others } } as unknown as ReconciliationTaken;
  const told: TillEvent[] = [];
  const kept = adjustments.map((one) => ({ body: { reconciliationId: 'B1', index: 0, ...one } }));
  const bills = [{ body: taken }, { body: { comparison: { findings: other } } }];
  const store = {
    documents: () => kept,
    loadDocument: () => ({ kind: 'reconciliation', body: taken }),
    documentsNaming: (_: string, named: string) =>
      bills.filter(({ body }) => JSON.stringify(body).includes(named)),
  };
  const handlers = reconciliationHandlers({ store, engine } as unknown as CommandDependencies, (event) => {
    told.push(event);
    return { ok: true, result: null };
  });
  const asked = { reconciliationId: 'B1', index: 0, reason: '已核对', isConfirmed, isNotBack, isNote };
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

test.each<[string, FindingRow]>([
  ['whole', { ...refund, isBackThere: true }],
  ['in another amount', { ...refund, class: 'refundAmountDiffers', effect_fen: -200 }],
])('"not back" is not heard at the row of one bill where another one shows it, %s', (_, there) => {
  const absent = { ...refund, lines: [], bill_fen: 0, effect_fen: 0 };
  const notBack = { isConfirmed: true, isNotBack: true };
  expect(settled(absent, notBack, [], [there])).toBe('E-BILL-11');
  expect(settled(absent, { isConfirmed: true }, [], [there])).toMatchObject({ isConfirmed: true });
  const elsewhere = { ...there, refundNumber: 'RN2' };
  expect(settled(absent, notBack, [], [elsewhere])).toMatchObject({ isNotBack: true });
});

const missing: FindingRow = { ...dispute, class: 'missingThere', lines: [], bill_fen: 0, effect_fen: -300 };

test('a remark ends nothing, not even what the bill proves, and more may be said after it', () => {
  const note = { isNote: true };
  expect(settled({ ...dispute, isBackThere: true }, note)).toMatchObject({
    isNote: true,
    isReturnedThere: false,
  });
  expect(settled(missing, note)).toMatchObject({ isNote: true });
  expect(settled(missing, note, [{ noted: true }])).toMatchObject({ isNote: true });
  expect(settled(missing, {}, [{ noted: true }])).toMatchObject({ kind: 'findingSettled' });
  expect(settled(dispute, { ...note, isConfirmed: true })).toBe('E-BILL-11');
});

test('what was ended is over, and what has no proof ends by proof alone', () => {
  expect(settled(missing, {}, [{}])).toBe('E-BILL-04');
  expect(settled(missing, { isNote: true }, [{ noted: true }, {}])).toBe('E-BILL-04');
  expect(settled(dispute, { isConfirmed: true }, [{}])).toMatchObject({ isConfirmed: true });
  expect(settled(dispute, {}, [{}])).toMatchObject({ kind: 'findingSettled' });
  expect(settled(dispute, {}, [{ confirmed: true }])).toBe('E-BILL-04');
});

test('of what was proven since without a line of the bill nothing is left to say', () => {
  const elsewhere = { ...dispute, orderNumber: 'N2' };
  expect(settled({ ...elsewhere, lines: [] }, {})).toBe('E-BILL-04');
  expect(settled(elsewhere, {})).toMatchObject({ kind: 'findingSettled' });
  expect(settled(elsewhere, {}, [{}])).toBe('E-BILL-04');
});

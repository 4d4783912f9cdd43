// The word of the acquirer's office where no compared bill has a row: of a day of which there is no bill, of a line that nobody can read. By the
// numbers alone, and by the same rules as at a row.
import { describe, expect, test } from 'vitest';
import type { FindingRow, ReconciliationTaken } from '../../contract/reconciliation.ts';
import { backAnswers, backAt, DAY_ms, returning } from '../../test/sim/back-kit.ts';
import { ROUTE, TestTill } from '../../test/sim/till-kit.ts';
import { giveBackView } from './view-give-backs.ts';
import type { CommandDependencies } from './command-types.ts';
import { reconciliationHandlers } from './commands-reconciliation.ts';

const who = { operatorId: '1', approverId: '9' };
const reason = '收单方确认';

/** `bills`: the findings of those that were compared, the newest first. */
function officeOf(till: TestTill, ...bills: (readonly Partial<FindingRow>[])[]) {
  const documents = bills.map((findings) => ({
    body: { comparison: { findings } } as unknown as ReconciliationTaken,
  }));
  const store = {
    documents: (_: unknown, limit: number) => documents.slice(0, limit),
    documentsNaming: (_: string, named: string) =>
      documents.filter(({ body }) => JSON.stringify(body).includes(named)),
    loadSale: () => null,
  };
  const engine = {
    get state() {
      return till.state;
    },
    surroundings: () => till.surroundings(),
  };
  const deps = { engine, store } as unknown as CommandDependencies;
  const handlers = reconciliationHandlers(deps, (event) => {
    const { refusal } = till.tell(event);
    return refusal === null ? { ok: true, result: null } : { ok: false, code: refusal, detail: '' };
  });
  type Named = { orderNumber: string; refundNumber?: string };
  return {
    says: (named: Named, isNotBack = false) =>
      handlers['office.confirm']({ ...named, reason, isNotBack }, who) as { ok: boolean; code?: string },
    undecided: () => {
      const listed = handlers['undecided.list']({}, who) as { result: { orderNumber: string }[] };
      return listed.result.map(({ orderNumber }) => orderNumber);
    },
  };
}

const adjustments = (till: TestTill) =>
  till.records.flatMap((record) => (record.type === 'finding.settled' ? [record.body.adjustment] : []));

function numbersOf(till: TestTill): { orderNumber: string; refundNumber: string } {
  const { orderNumber, requestNumber } = backAt(till);
  return { orderNumber, refundNumber: requestNumber };
}

describe('of a refund in doubt', () => {
  test('it is back: over, signed for, of no bill', () => {
    const till = returning(1, backAnswers.lost);
    expect(giveBackView(backAt(till), null)).toMatchObject({ hearsOffice: true });
    const named = numbersOf(till);
    expect(officeOf(till).says(named)).toMatchObject({ ok: true });
    expect(backAt(till).machine.state).toMatchObject({ kind: 'done', result: 'CONFIRMED', by: 'office' });
    const [adjustment, ...others] = adjustments(till);
    expect(others).toEqual([]);
    expect(adjustment).toMatchObject({ ...named, ...who, reason, confirmed: true });
    expect(adjustment).not.toHaveProperty('reconciliationId');
    expect(adjustment).not.toHaveProperty('index');
    expect(giveBackView(backAt(till), null)).toMatchObject({ hearsOffice: false });
    expect(officeOf(till).says(named)).toMatchObject({ code: 'E-BILL-11' });
  });

  test('it is not back: owed, but of one that was sent a moment ago it is no end yet', () => {
    const till = returning(1, backAnswers.lost);
    expect(officeOf(till).says(numbersOf(till), true)).toMatchObject({ ok: true });
    expect(backAt(till).machine.state.kind).not.toBe('failed');
    expect(adjustments(till)[0]).not.toHaveProperty('confirmed');
    expect(adjustments(till)[0]).toMatchObject({ noted: true });
    till.later(DAY_ms);
    expect(officeOf(till).says(numbersOf(till), true)).toMatchObject({ ok: true });
    expect(backAt(till).machine.state).toMatchObject({ kind: 'failed', by: 'office' });
  });

  test.each([
    ['whole', { isBackThere: true }],
    ['in another amount', { class: 'refundAmountDiffers' }],
  ] as const)('it is not back, and a compared bill shows it, %s: not heard', (_, there) => {
    const till = returning(1, backAnswers.lost);
    const named = numbersOf(till);
    till.later(DAY_ms);
    const office = officeOf(till, [{ ...named, isGiveBack: true, ...there }]);
    expect(office.says(named, true)).toMatchObject({ code: 'E-BILL-11' });
    expect(office.says(named)).toMatchObject({ ok: true });
  });

  test('it is not back, and a bill of long ago shows it: not heard', () => {
    const till = returning(1, backAnswers.lost);
    const named = numbersOf(till);
    const later = Array.from({ length: 100 }, () => []);
    const office = officeOf(till, ...later, [{ ...named, isGiveBack: true, isBackThere: true }]);
    expect(office.says(named, true)).toMatchObject({ code: 'E-BILL-11' });
  });

  test.each([
    ['another payment', { orderNumber: 'N9' }],
    ['another refund', { refundNumber: 'R9' }],
  ])('under the number of %s: not heard', (_, change) => {
    const till = returning(1, backAnswers.lost);
    expect(officeOf(till).says({ ...numbersOf(till), ...change })).toMatchObject({ code: 'E-BILL-11' });
    expect(adjustments(till)).toEqual([]);
  });
});

describe('of a payment', () => {
  test('in dispute: listed, and over by the word that nothing was kept', () => {
    const till = TestTill.disputed('TIMEOUT');
    const { orderNumber } = till.newest();
    expect(officeOf(till).undecided()).toEqual([orderNumber]);
    expect(officeOf(till).says({ orderNumber }, true)).toMatchObject({ code: 'E-BILL-11' });
    expect(officeOf(till).says({ orderNumber })).toMatchObject({ ok: true });
    expect(till.newest().machine.state).toMatchObject({ kind: 'reversed', result: 'CONFIRMED' });
    expect(adjustments(till)[0]).toMatchObject({ orderNumber, confirmed: true });
    expect(officeOf(till).undecided()).toEqual([]);
  });

  test('a code that is being closed is listed from the next day on: nearly all end by themselves', () => {
    const till = TestTill.tendering(800);
    const asked = { routeId: ROUTE, scheme: 'AGGREGATE', expiresAt_ms: 1_900_000_000_000 };
    till.tell({ kind: 'presentAsked', ...asked });
    till.pay({ kind: 'presented', content: 'weixin://wxpay/bizpayurl?pr=1' });
    till.later(6000).pay({ kind: 'gaveUp' });
    expect(officeOf(till).undecided()).toEqual([]);
    till.later(DAY_ms);
    expect(officeOf(till).undecided()).toEqual([till.newest().orderNumber]);
  });
});

// The drawer, the shift and the day: counts that add up, pulses at most once, a Z that nothing open can hold up.
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../contract/report.ts';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };
const move = (direction: 'paidIn' | 'paidOut', amount_fen: number) =>
  ({ kind: 'cashMoved', direction, amount_fen, ...decided }) as const;
const close = (...counted: [value_fen: number, count: number][]) =>
  ({
    kind: 'shiftClosed',
    operatorId: '1',
    counted: counted.map(([value_fen, count]) => ({ value_fen, count })),
  }) as const;

function report(till: TestTill, kind: 'reportTaken' | 'dayClosed'): Report {
  till.tell({ kind, operatorId: '9', at_ms: till.now_ms });
  const found = till.records.at(-1);
  if (found === undefined || !('report' in found.body)) throw new Error('no report');
  return found.body.report;
}

function sell(till: TestTill, price_fen: number, answer: 'approved' | null = 'approved'): string {
  till.tell({ kind: 'goodsEntered', goods: goods(price_fen) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan({ codeHmac: `hmac ${till.records.length}` }));
  if (answer !== null) till.pay(answers[answer]);
  return till.newest().attemptId;
}

describe('a shift', () => {
  test('is one at a time, and nothing is sold without it', () => {
    const till = TestTill.ready();
    expect(till.tell({ kind: 'shiftOpened', operatorId: '2', float_fen: 0 }).refusal).toBe('E-SHIFT-01');
    till.tell(close());
    expect(till.tell(close()).refusal).toBe('E-SALE-07');
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100) }).refusal).toBe('E-SALE-07');
    expect(till.tell(move('paidIn', 100)).refusal).toBe('E-SALE-07');
  });

  test('does not close over a sale on the counter; parked ones wait for the next', () => {
    const till = TestTill.ready();
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    expect(till.tell(close()).refusal).toBe('E-SHIFT-02');
    till.tell({ kind: 'saleParked' });
    expect(till.tell(close()).refusal).toBeNull();
  });

  test('counts what should be there, and what is', () => {
    const till = TestTill.tendering(1500);
    till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false });
    till.tell(move('paidIn', 3000));
    till.tell(move('paidOut', 1000));
    const { saleId, lines } = till.sale();
    till.tell({
      kind: 'returnOpened',
      saleId,
      lines: [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }],
      ...decided,
    });
    till.tell(close([10_000, 2], [500, 3], [100, 0], [1, 7]));
    expect(till.records.find((record) => record.type === 'shift.closed')?.body.shift).toMatchObject({
      number: 'H00000001',
      float_fen: 20_000,
      sales_fen: 1500,
      refunds_fen: 1500,
      paidIn_fen: 3000,
      paidOut_fen: 1000,
      expected_fen: 22_000,
      counted_fen: 21_507,
      overShort_fen: -493,
      counted: [
        { value_fen: 10_000, count: 2 },
        { value_fen: 500, count: 3 },
        { value_fen: 1, count: 7 },
      ],
    });
    till.tell({ kind: 'shiftOpened', operatorId: '2', float_fen: 500 });
    expect(till.state.shift).toMatchObject({ number: 'H00000002', float_fen: 500, sales_fen: 0 });
  });

  test('pays out no more than the drawer holds', () => {
    const till = TestTill.ready();
    expect(till.tell(move('paidOut', 20_001)).refusal).toBe('E-CASH-04');
    expect(till.tell(move('paidOut', 20_000)).refusal).toBeNull();
    expect(till.tell(move('paidOut', 1)).refusal).toBe('E-CASH-04');
    expect(till.state.period.cash.paidOut).toEqual({ count: 1, amount_fen: 20_000 });
  });
});

describe('the drawer', () => {
  const started = { kind: 'coreStarted', version: '1', runtime: '24', sentIds: [] } as const;

  test.each([
    ['may have gone', true, 'unknown'],
    ['did not go', false, 'failed'],
  ] as const)('a pulse that %s before a restart is not sent again', (_name, wasSent, outcome) => {
    const till = TestTill.ready();
    const { openId = '' } = till.state.drawer ?? {};
    const { effects } = till.tell({ ...started, sentDrawerIds: wasSent ? [openId] : [] });
    expect(till.state.drawer).toEqual({ openId, outcome });
    expect(effects).toEqual([]);
  });

  test('an answer to an older pulse leaves the newer one alone', () => {
    const till = TestTill.ready();
    const { openId = '' } = till.state.drawer ?? {};
    till.tell({ kind: 'drawerAsked', cause: 'noSale', ...decided });
    till.tell({ kind: 'drawerEnded', openId, outcome: 'opened', detail: '' });
    expect(till.state.drawer).toMatchObject({ outcome: 'opening' });
    expect(till.state.period.control.noSaleOpens).toBe(1);
    expect(till.state.period.cashiers['1']).toMatchObject({ noSaleOpens: 1, overrides: 1 });
  });
});

describe('asked for again, its answer having been lost', () => {
  test('cash moves once', () => {
    const till = TestTill.ready();
    const asked = { ...move('paidIn', 5000), after: till.state.counters.cashMove };
    expect([till.tell(asked).refusal, till.tell(asked).refusal]).toEqual([null, 'E-CASH-07']);
    expect(till.state.shift?.paidIn_fen).toBe(5000);
  });

  test('the drawer opens once', () => {
    const till = TestTill.ready();
    const after = till.state.counters.drawer;
    const asked = { kind: 'drawerAsked', cause: 'noSale', ...decided, after } as const;
    expect([till.tell(asked).refusal, till.tell(asked).refusal]).toEqual([null, 'E-CASH-08']);
    const openings = till.records.filter(({ type }) => type === 'drawer.asked');
    expect(openings).toHaveLength(2);
    expect(openings[1]?.body).not.toHaveProperty('after');
  });

  test('one day has one Z', () => {
    const till = TestTill.ready();
    const asked = { kind: 'dayClosed', operatorId: '9', at_ms: till.now_ms, zNumber: 1 } as const;
    expect([till.tell(asked).refusal, till.tell(asked).refusal]).toEqual([null, 'E-REP-05']);
    expect(till.records.filter(({ type }) => type === 'day.closed')).toHaveLength(1);
  });
});

/** Everything that can be open at once. */
function everythingOpen(): TestTill {
  const till = TestTill.ready();
  // Given back, not answered; and a refund that was refused.
  for (let count = 0; count < 2; count += 1) {
    sell(till, 1000);
    const { saleId, lines } = till.sale();
    till.now_ms = Date.parse('2026-11-24T02:00:00Z');
    till.tell({
      kind: 'returnOpened',
      saleId,
      lines: [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }],
      ...decided,
    });
  }
  const refused = { kind: 'refused', code: 'NOT_ALLOWED' } as const;
  till.tell({ kind: 'giveBack', giveBackId: 'G001000002', event: refused });
  // An exception, one still queued.
  till.line(false);
  sell(till, 300, null);
  till.tell({ kind: 'saleLeft' });
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  till.line(false);
  sell(till, 400, null);
  till.tell({ kind: 'saleLeft' });
  till.line(true);
  // In doubt and parked; reversing, paid in cash; one on the counter.
  sell(till, 500, null);
  till.tell({ kind: 'saleParked' });
  sell(till, 600, null);
  till.later(6000).tell({ kind: 'cashTaken', received_fen: 600, roundDown: false });
  till.tell({ kind: 'goodsEntered', goods: goods(700) });
  return till;
}

describe('X and Z', () => {
  test('a Z is never held up: what is open is listed, and carried into the next', () => {
    const till = everythingOpen();
    const before = till.state;
    const z = report(till, 'dayClosed');
    const kinds = z.carried.map((row) => row.kind).sort();
    const all = [
      'exception',
      'failedGiveBack',
      'giveBack',
      'inDoubt',
      'openSale',
      'parkedSale',
      'queued',
      'reversing',
    ];
    expect(kinds).toEqual(all);
    const { period: _old, receipts: _were, sequence: _was, ...kept } = before;
    const { period, receipts: _are, sequence: _is, ...still } = till.state;
    expect(still).toEqual(kept);
    expect(period).toMatchObject({ zNumber: 2, firstSequence: till.state.sequence + 1, sales: { count: 0 } });
    expect(report(till, 'dayClosed').carried).toEqual(z.carried);
  });

  test('late outcomes post in the open period and cite the Z of their opening', () => {
    const till = everythingOpen();
    report(till, 'dayClosed');
    const done = { kind: 'done', result: 'REFUNDED', reference: null } as const;
    till.tell({ kind: 'giveBack', giveBackId: 'G001000001', event: done });
    till.tell({ kind: 'giveBackPaid', giveBackId: 'G001000002', ...decided });
    const [lost = ''] = Object.keys(till.state.exceptions);
    till.tell({ kind: 'writtenOff', attemptId: lost, ...decided });
    for (const { attemptId, machine } of till.attempts()) {
      if (machine.state.kind === 'authorizing') till.pay(answers.approved, attemptId);
      if (machine.state.kind === 'reversing') till.pay(answers.acknowledged, attemptId);
    }
    const { late, sales } = report(till, 'dayClosed');
    expect(late.map((row) => [row.what, row.amount_fen, row.originalZ])).toEqual([
      ['refunded', 1000, 1],
      ['paidInCash', 1000, 1],
      ['writtenOff', 300, 1],
      ['approved', 500, 1],
      ['reversed', 600, 1],
    ]);
    // The parked sale that was paid is a sale of the period that it was completed in.
    expect(sales).toMatchObject({ count: 1, net_fen: 500 });
  });

  test('numbers are gapless, ranges touch, grand totals only grow', () => {
    const till = TestTill.ready();
    const reports: Report[] = [];
    for (let day = 1; day <= 4; day += 1) {
      for (let count = 0; count < day; count += 1) sell(till, 100 * day);
      expect(report(till, 'reportTaken')).toMatchObject({ xNumber: day, zNumber: day, kind: 'x' });
      reports.push(report(till, 'dayClosed'));
    }
    for (const [at, { zNumber, xNumber, ranges, grand, sales }] of reports.entries()) {
      const last = reports[at - 1];
      expect([zNumber, xNumber]).toEqual([at + 1, null]);
      expect(ranges.firstSequence).toBe(last ? last.ranges.lastSequence + 2 : 1);
      expect(Number(ranges.firstReceipt)).toBe(last ? Number(last.ranges.lastReceipt) + 1 : 1);
      expect(grand.salesBefore_fen).toBe(last?.grand.sales_fen ?? 0);
      expect(grand.sales_fen).toBe(grand.salesBefore_fen + sales.net_fen);
    }
    expect(reports.map((each) => each.sales.count)).toEqual([1, 2, 3, 4]);
  });

  test('a period in which nothing happened is a Z too', () => {
    const till = TestTill.ready();
    report(till, 'dayClosed');
    expect(report(till, 'dayClosed')).toMatchObject({
      zNumber: 2,
      businessDate: null,
      openedAt_ms: null,
      net_fen: 0,
      ranges: { firstReceipt: null, lastReceipt: null, firstSequence: till.state.sequence },
    });
  });

  test('two computations that differ seal nothing', () => {
    const till = TestTill.ready();
    const ours = report(till, 'reportTaken');
    const before = till.state.period;
    till.tell({ kind: 'reportDiffered', ours, second: {}, differences: ['net_fen: 0 != 1'] });
    expect(till.state.period).toEqual(before);
    expect(report(till, 'dayClosed').zNumber).toBe(1);
  });
});

describe('people', () => {
  test('wrong PINs are counted each, and forgotten after a right one', () => {
    const till = TestTill.ready();
    for (let count = 1; count <= 3; count += 1) {
      till.tell({ kind: 'pinWrong', operatorId: '2', lockedUntil_ms: count * 1000 });
      expect(till.state.pins).toEqual({ 2: { wrong: count, lockedUntil_ms: count * 1000 } });
    }
    till.tell({ kind: 'pinCleared', operatorId: '2' });
    expect(till.state.pins).toEqual({});
    expect(till.state.period.control.wrongPins).toBe(3);
  });

  test('a locked till keeps its sale; whoever signs in goes on with it', () => {
    const till = TestTill.tendering();
    till.tell({ kind: 'locked' });
    expect(till.state).toMatchObject({ isLocked: true, operatorId: null });
    expect(till.tell({ kind: 'locked' }).records).toEqual([]);
    till.tell({ kind: 'signedIn', operatorId: '2', role: 'cashier' });
    till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
    expect(till.state.period.cashiers['2']).toMatchObject({ sales: { count: 1, amount_fen: 1500 } });
    expect(till.state.period.control.locks).toBe(1);
  });
});

// Whatever happens, in whatever order: the state is the fold of the journal, the exposure its recomputation, and no rule breaks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { probes } from '../../../test/sim/machine-events.ts';
import { codeScan, fold, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { isProven } from '../payment/state.ts';
import { currentSale, due_fen, exposure, isBlocking } from './queries.ts';
import type { TillEvent } from './events.ts';
import type { TillRecord } from './records.ts';
import { emptyTill } from './state.ts';

/** Drawn numbers; what they mean depends on the till at that moment, so that most of them can happen. */
const draw = fc.record({
  chance: fc.noBias(fc.nat(99)),
  which: fc.noBias(fc.nat(1000)),
  wait_ms: fc.oneof(fc.constant(0), fc.nat(6000), fc.constantFrom(45_000, 90_000, 25 * 3600_000)),
});

/** What brings a sale on its way: goods, the tender step, a code, and then whatever may happen to its payments. */
function usual(till: TestTill, which: number): TillEvent | null {
  const sale = currentSale(till.state);
  const open = till.attempts().filter((attempt) => !isProven(attempt.machine.state));
  if (open.length > 0 && which % 3 > 0)
    return paymentEvent(till, open[which % open.length]?.attemptId, which);
  if (sale?.state === 'tendering' && !open.some(isBlocking)) {
    return codeScan({ codeHmac: `hmac ${which % 20}`, deferrable: which % 5 > 0 });
  }
  if (sale?.state === 'open' && sale.lines.length > 0 && which % 2 > 0) return { kind: 'tenderStarted' };
  return { kind: 'goodsEntered', goods: goods(100 + (which % 3), `B${which % 4}`) };
}

function unusual(till: TestTill, which: number): TillEvent | null {
  const attempts = till.attempts();
  const attemptId = attempts[which % Math.max(1, attempts.length)]?.attemptId;
  const lineId = currentSale(till.state)?.lastLineId ?? 'L1';
  const receiptId = till.state.lastReceiptId ?? 'none';
  const list: (TillEvent | null)[] = [
    {
      kind: 'coreStarted',
      version: '1',
      runtime: 'node',
      sentIds: attemptId ? [attemptId] : [],
      sentDrawerIds: [],
    },
    { kind: 'backToGoods' },
    { kind: 'saleCancelled' },
    { kind: 'saleLeft' },
    { kind: 'quantitySet', lineId, quantity: which % 4 },
    { kind: 'lineRemoved', lineId },
    {
      kind: 'routeObserved',
      routeId: ROUTE,
      online: which % 2 === 0,
      cause: null,
      layer: null,
      storeAndForward: true,
    },
    { kind: 'forwarded', routeId: ROUTE, window: 1 + (which % 3) },
    attemptId ? { kind: 'gaveUp', attemptId } : null,
    { kind: 'reprintAsked', receiptId, operatorId: '1' },
    till.state.lastReceiptId ? { kind: 'printEnded', receiptId, print: 'printed', problem: null } : null,
    paymentEvent(till, attemptId, which),
    codeScan({ codeHmac: `hmac ${which % 20}` }),
    { kind: 'clockStepped', by_ms: which },
    { kind: 'languageSet', language: 'en' },
  ];
  return list[which % list.length] ?? null;
}

/** Any event that the world may send to any attempt; a timer only where one is due. */
function paymentEvent(till: TestTill, attemptId: string | undefined, which: number): TillEvent | null {
  const machine = till.state.attempts[attemptId ?? '']?.machine;
  const probe = probes[which % probes.length];
  if (!attemptId || !machine || !probe || probe.event.kind === 'submitted') return null;
  if (probe.event.kind === 'timer' && machine.due === null) return null;
  return { kind: 'payment', attemptId, event: probe.event };
}

/** The exposure from the records alone, by other means than the till's own fold. */
function exposureOf(records: readonly TillRecord[]): { count: number; total_fen: number } {
  const open = new Map<string, number>();
  const amounts = new Map<string, number>();
  const closing = new Set(['approved', 'declined', 'notSent', 'expiredUnsent', 'reversed']);
  for (const { type, body } of records) {
    if (type === 'payment.opened') amounts.set(body.attempt.attemptId, body.attempt.amount_fen);
    if (type !== 'payment.opened' && type !== 'payment.moved') continue;
    const { attemptId, machine } = type === 'payment.opened' ? body.attempt : body;
    if (machine.deferred && !closing.has(machine.state.kind))
      open.set(attemptId, amounts.get(attemptId) ?? 0);
    else open.delete(attemptId);
  }
  return { count: open.size, total_fen: [...open.values()].reduce((sum, amount) => sum + amount, 0) };
}

const soldStates = new Set(['completed', 'completedPending', 'returned']);

function expectOrder(till: TestTill): void {
  const { count, total_fen } = exposure(till.state);
  expect({ count, total_fen }).toEqual(exposureOf(till.records));
  expect(count).toBeLessThanOrEqual(till.limits.count);
  for (const sale of Object.values(till.state.sales)) {
    if (sale.state === 'completed') expect(due_fen(till.state, sale)).toBe(0);
    expect(sale.receiptNumber === null).toBe(!soldStates.has(sale.state));
  }
  const numbers = Object.values(till.state.receipts)
    .filter((receipt) => receipt.kind === 'sale')
    .map((receipt) => Number(receipt.number));
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  const orders = till.attempts().map((attempt) => attempt.orderNumber);
  expect(new Set(orders).size).toBe(orders.length);
}

test('state = fold(journal), exposure = its recomputation, sales and receipts in order', () => {
  fc.assert(
    fc.property(fc.array(draw, { minLength: 20, maxLength: 120 }), (draws) => {
      const till = TestTill.ready();
      for (const one of draws) {
        till.later(one.wait_ms);
        const event = one.chance < 65 ? usual(till, one.which) : unusual(till, one.which);
        if (event !== null) till.tell(event);
        expectOrder(till);
      }
      expect(fold(emptyTill, till.records)).toEqual(till.state);
    }),
    { numRuns: 400 },
  );
});

// Whatever happens, in whatever order: the state is the fold of the journal, the exposure its recomputation, and no rule breaks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw, eventOf } from '../../../test/sim/random-events.ts';
import { fold, TestTill } from '../../../test/sim/till-kit.ts';
import { due_fen, exposure } from './queries.ts';
import type { TillRecord } from './records.ts';
import { emptyTill } from './state.ts';

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
        const event = eventOf(till, one);
        if (event !== null) till.tell(event);
        expectOrder(till);
      }
      expect(fold(emptyTill, till.records)).toEqual(till.state);
    }),
    { numRuns: 400 },
  );
});

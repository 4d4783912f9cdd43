// What has ended leaves memory and comes back when an event names it: no event is answered differently for that.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { draw, eventOf } from '../../test/sim/random-events.ts';
import { TestTill } from '../../test/sim/till-kit.ts';
import { prune } from '../domain/till/living.ts';
import { isWaiting } from '../domain/till/queries.ts';
import type { TillState } from '../domain/till/state.ts';
import { transition } from '../domain/till/transition.ts';
import type { OutboxRow, Store } from '../ports/journal.ts';
import { hydrate } from './living.ts';

/** A disk that holds everything. */
function diskOf({ sales, attempts, receipts, giveBacks }: TillState): Store {
  return {
    loadSale: (id: string) => sales[id] ?? null,
    loadAttempt: (id: string) => attempts[id] ?? null,
    loadReceipt: (id: string) => receipts[id] ?? null,
    loadGiveBack: (id: string) => giveBacks[id] ?? null,
    attemptsNaming: (text: string) => Object.values(attempts).filter((one) => one.orderNumber === text),
    openRows: () =>
      Object.values(receipts)
        .filter(isWaiting)
        .map(({ receiptId }) => ({ kind: 'print', reference: receiptId }) as OutboxRow),
    giveBacksOf: (saleId: string) => Object.values(giveBacks).filter((one) => one.saleId === saleId),
  } as Partial<Store> as Store;
}

test('a till that forgets what has ended does what one does that remembers all', () => {
  fc.assert(
    fc.property(fc.array(draw, { minLength: 60, maxLength: 200, size: 'max' }), (draws) => {
      const till = TestTill.ready();
      let living = prune(till.state);
      for (const one of draws) {
        till.later(one.wait_ms);
        const event = eventOf(till, one);
        if (event === null) continue;
        const loaded = hydrate(diskOf(till.state), living, event);
        const result = transition(loaded, event, till.surroundings());
        const { records, effects, refusal } = till.tell(event);
        expect(result).toMatchObject({ records, effects, refusal });
        living = refusal === null ? prune(result.state) : living;
        for (const [kind, all] of Object.entries({ sales: living.sales, attempts: living.attempts }))
          for (const [id, entity] of Object.entries(all))
            expect(till.state[kind as 'sales' | 'attempts'][id]).toEqual(entity);
      }
      const { sales: _s, attempts: _a, receipts: _r, giveBacks: _g, ...scalars } = till.state;
      expect(living).toMatchObject(scalars);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

test('a sale that is collected anew over a restart gets its marked copy', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-living-'));
  try {
    const before = openDrivenTill(directory);
    before.route(true);
    before.route(false);
    const attemptId = before.sell('130123456789012345');
    before.route(true);
    before.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
    before.answer(attemptId, { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
    const { receiptId } = before.store.loadSale('S001000001') ?? {};
    const print = before.store.openRows().find((one) => one.reference === receiptId);
    before.engine.post(
      { kind: 'printEnded', receiptId: receiptId ?? '', print: 'printed', problem: null },
      { closeRowId: print?.rowId ?? 0 },
    );
    // Another receipt is the last one now.
    before.engine.post({ kind: 'saleLeft' });
    before.answer(before.sell('130123456789012346'), { kind: 'approved', proof });
    expect(before.engine.ask({ kind: 'collectStarted', attemptId })).toBeNull();
    before.close();
    const after = openDrivenTill(directory);
    expect(after.engine.ask({ kind: 'cashTaken', received_fen: 450, roundDown: false })).toBeNull();
    const asked = after.store.journalAfter(0, 1000).filter((row) => row.type === 'receipt.reprintAsked');
    expect(asked.map((row) => JSON.parse(row.body) as unknown)).toMatchObject([{ receiptId, count: 1 }]);
    after.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a refund that ended long ago is found when a bill names it: paid in cash and given back, it is a loss', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-living-'));
  try {
    const till = openDrivenTill(directory);
    const { engine, store } = till;
    const decided = { operatorId: 'lin', approverId: 'chen', reason: '退款被拒' };
    till.route(true);
    const attemptId = till.sell('130123456789012345');
    till.answer(attemptId, { kind: 'approved', proof });
    const { saleId, orderNumber } = till.attempt(attemptId);
    const lineId = store.loadSale(saleId)?.lines[0]?.lineId ?? '';
    expect(
      engine.ask({ kind: 'returnOpened', saleId, lines: [{ lineId, quantity: 1 }], ...decided }),
    ).toBeNull();
    // The clearing day may have ended: then it is no void, and there is one give-back only.
    for (const { giveBackId } of store.giveBacksOf(saleId))
      engine.post({ kind: 'giveBack', giveBackId, event: { kind: 'refused', code: 'NOT_ENOUGH' } });
    const refund = store.giveBacksOf(saleId).at(-1);
    const { giveBackId = '', requestNumber: refundNumber = '' } = refund ?? {};
    if (refund?.machine.state.kind !== 'failed')
      engine.post({ kind: 'giveBack', giveBackId, event: { kind: 'refused', code: 'NOT_ENOUGH' } });
    expect(engine.ask({ kind: 'giveBackPaid', giveBackId, ...decided })).toBeNull();
    engine.post({ kind: 'saleLeft' });
    till.answer(till.sell('130123456789012346'), { kind: 'approved', proof });
    expect(engine.state.giveBacks[giveBackId]).toBeUndefined();
    const finding = { reconciliationId: 'B1', index: 0, class: 'refundMissingHere', effect_fen: -450 };
    const named = { ...finding, orderNumber, refundNumber };
    expect(
      engine.ask({ kind: 'findingSettled', finding: named, isReturnedThere: true, ...decided }),
    ).toBeNull();
    expect(engine.state.giveBacks[giveBackId]).toMatchObject({
      isLoss: true,
      machine: { state: { by: 'bill' } },
    });
    till.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});

// F7 without a number: the copy is for the customer who is here, or has just been.
import { beforeEach, expect, it } from 'vitest';
import { tea } from '../../fixtures/databases/till.ts';
import { engineStage } from '../../test/core/engine-stage.ts';
import { answers } from '../../test/sim/till-kit.ts';
import type { CommandDependencies } from './command-types.ts';
import { createHandlers } from './commands.ts';

const who = { operatorId: 'lin', approverId: 'lin' };

let stage: ReturnType<typeof engineStage>;
let handlers: ReturnType<typeof createHandlers>;
beforeEach(() => {
  stage = engineStage();
  const { engine, store } = stage;
  const enterGoods = () => engine.ask({ kind: 'goodsEntered', goods: tea });
  handlers = createHandlers({ engine, store, enterGoods } as unknown as CommandDependencies);
});

const enterTea = () => handlers['goods.enter']({ barcode: tea.barcode }, who);

/** One customer's payment is in doubt and his sale parked; the next one pays cash. `paid`: the first is found charged; its receipt. */
function besideParked(): { parkedSaleId: string; shown: string; paid(): string } {
  const { engine, route, sell, store } = stage;
  route(true);
  const attemptId = sell();
  const parkedSaleId = engine.state.attempts[attemptId]?.saleId ?? '';
  engine.post({ kind: 'payment', attemptId, event: answers.noAnswer });
  handlers['sale.park']({}, who);
  enterTea();
  handlers['sale.tender']({}, who);
  handlers['tender.cash']({ received_fen: 10_000, roundDown: false }, who);
  const shown = engine.state.sales[engine.state.currentSaleId ?? '']?.receiptId ?? '';
  const paid = () => {
    engine.post({ kind: 'payment', attemptId, event: answers.approved });
    return store.loadSale(parkedSaleId)?.receiptId ?? '';
  };
  return { parkedSaleId, shown, paid };
}

/** Whose receipt comes out, of the copies asked for now. */
function copied(): string[] {
  const { commits } = stage.store;
  const before = commits.length;
  expect(handlers['receipt.reprint']({}, who)).toMatchObject({ ok: true });
  return commits.slice(before).flatMap(({ receiptIds }) => [...receiptIds]);
}

function printed(receiptId: string): void {
  const proof = 'processId' as const;
  stage.engine.post({ kind: 'printEnded', receiptId, print: 'printed', problem: null, proof });
}

it('of who has just left the screen, and while the next one is served; not of a parked sale that was paid meanwhile', () => {
  const { shown, paid } = besideParked();
  expect(paid()).not.toBe(shown);
  expect(copied()).toEqual([shown]);
  handlers['sale.next']({}, who);
  printed(shown);
  expect(copied()).toEqual([shown]);
  enterTea();
  printed(shown);
  expect(copied()).toEqual([shown]);
});

it('not of a parked sale that is paid when nobody is at the counter', () => {
  const { shown, paid } = besideParked();
  handlers['sale.next']({}, who);
  expect(paid()).not.toBe('');
  expect(copied()).toEqual([shown]);
});

it('of the sale that was found and is on the screen, and not of it any more behind one that is paid', () => {
  const { parkedSaleId, shown, paid } = besideParked();
  const aside = paid();
  handlers['sale.next']({}, who);
  stage.engine.updateUi({ foundSale: { saleId: parkedSaleId, isUnsure: false } });
  expect(copied()).toEqual([aside]);
  enterTea();
  handlers['sale.tender']({}, who);
  expect(copied()).toEqual([shown]);
  handlers['sale.backToGoods']({}, who);
  handlers['sale.forget']({}, who);
  printed(shown);
  expect(copied()).toEqual([shown]);
});

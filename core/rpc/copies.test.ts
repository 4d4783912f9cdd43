// Which paper a copy is made of, and for whom.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { codeOf, pins, serve } from '../../test/core/served.ts';
import { answers } from '../../test/sim/till-kit.ts';

let served: ReturnType<typeof serve>;
let screen: ReturnType<ReturnType<typeof serve>['connect']>;
beforeEach(() => {
  served = serve();
  screen = served.connect(true);
});

describe('F7 is about the customer who is here, or has just been', () => {
  /** One customer's payment is in doubt and his sale parked; the next one pays cash; then the first is found charged. Both receipts. */
  function paidAside(): { aside: string; shown: string } {
    screen.signIn('lin');
    const { engine, route, sell } = served.stage;
    route(true);
    const attemptId = sell();
    const { saleId } = engine.state.attempts[attemptId] ?? { saleId: '' };
    engine.post({ kind: 'payment', attemptId, event: answers.noAnswer });
    screen.ask('sale.park');
    screen.ask('goods.enter', { barcode: '6901234567892' });
    screen.ask('sale.tender');
    screen.ask('tender.cash', { received_fen: 10_000 });
    const { receiptId: shown } = (screen.ask('snapshot.get').result as Snapshot).sale ?? {};
    engine.post({ kind: 'payment', attemptId, event: answers.approved });
    const aside = served.stage.store.loadSale(saleId)?.receiptId;
    if (!aside || !shown) throw new Error('both were sold');
    return { aside, shown };
  }

  /** Whose receipt comes out. */
  function copied(): string[] {
    const { commits } = served.stage.store;
    const before = commits.length;
    expect(codeOf(screen.ask('receipt.reprint', {}))).toBe('ok');
    return commits.slice(before).flatMap(({ receiptIds }) => [...receiptIds]);
  }

  it('the sale on the screen, as the card about a paper, not a parked one that was paid meanwhile', () => {
    const { shown } = paidAside();
    expect(screen.ask('snapshot.get').result).toMatchObject({ print: { receiptId: shown } });
    expect(copied()).toEqual([shown]);
  });

  it('who has just left the screen, and while the next one is served', () => {
    const { shown } = paidAside();
    screen.ask('sale.next');
    expect(copied()).toEqual([shown]);
    served.stage.engine.post({
      kind: 'printEnded',
      receiptId: shown,
      print: 'printed',
      problem: null,
      proof: 'processId',
    });
    screen.ask('goods.enter', { barcode: '6901234567892' });
    expect(copied()).toEqual([shown]);
  });

  it('the sale that was found and is on the screen', () => {
    const { aside, shown } = paidAside();
    screen.ask('sale.next');
    const { saleId } = served.stage.store.loadReceipt(aside) ?? { saleId: null };
    served.stage.engine.updateUi({ foundSale: { saleId: saleId ?? '', isUnsure: false } });
    expect(copied()).toEqual([aside]);
    screen.ask('sale.forget');
    expect(copied()).toEqual([shown]);
  });
});

describe('a copy of a paper that tells what the drawer should hold', () => {
  /** An X, and the count of each of these. */
  function papers(...counted: string[]): string[] {
    const { engine } = served.stage;
    const shiftIds = counted.map((operatorId) => {
      if (engine.state.shift === null) engine.post({ kind: 'shiftOpened', operatorId, float_fen: 500 });
      const { shiftId = '' } = engine.state.shift ?? {};
      engine.post({ kind: 'shiftClosed', operatorId, counted: [] });
      return shiftId;
    });
    engine.post({ kind: 'reportTaken', operatorId: 'chen', at_ms: 0 });
    return [...shiftIds, 'X001000001'];
  }

  it('needs a manager, wherever it is asked for; his own count a cashier prints himself', () => {
    const [own, others, x] = papers('lin', 'chen');
    const socket = served.connect(false);
    socket.signIn('lin');
    const copy = (receiptId: string | undefined, more: object = {}) =>
      codeOf(socket.ask('receipt.reprint', { receiptId, ...more }));
    expect([copy(x), copy(others), copy(own)]).toEqual(['E-AUTH-05', 'E-AUTH-05', 'ok']);
    expect(copy(x, { approval: { operatorId: 'lin', pin: pins.lin } })).toBe('E-AUTH-06');
    expect(copy(x, { approval: { operatorId: 'chen', pin: pins.chen } })).toBe('ok');
    const manager = served.connect(false);
    manager.signIn('chen');
    expect(codeOf(manager.ask('receipt.reprint', { receiptId: others }))).toBe('ok');
  });
});

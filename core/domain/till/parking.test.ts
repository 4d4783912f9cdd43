// Put aside, taken up again, dropped: what is paid or in doubt of a sale goes with it.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';

const park = { kind: 'saleParked' } as const;
const recall = (saleId: string) => ({ kind: 'saleRecalled', saleId }) as const;
const cancel = { kind: 'saleCancelled' } as const;

function halfPaid(): TestTill {
  const till = TestTill.tendering(1500);
  till.tell({ kind: 'walletPartSet', amount_fen: 500 });
  till.tell(codeScan());
  till.pay(answers.approved);
  return till;
}

const onlyBack = (till: TestTill) => {
  const all = Object.values(till.state.giveBacks);
  const one = all.at(-1);
  if (one === undefined) throw new Error('nothing is given back');
  return one;
};

describe('parking', () => {
  test('clears the counter, and gives the sale back as it was', () => {
    const till = TestTill.ready();
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    const { saleId } = till.sale();
    till.tell(park);
    expect(till.state).toMatchObject({ currentSaleId: null, parkedSaleIds: [saleId] });
    till.tell({ kind: 'goodsEntered', goods: goods(200) });
    expect(till.tell(recall(saleId)).refusal).toBe('E-SHIFT-02');
    till.tell(cancel);
    expect(till.tell(recall(saleId)).refusal).toBeNull();
    expect(till.sale()).toMatchObject({ saleId, state: 'open', lines: [{ price_fen: 100 }] });
    expect(till.tell(recall(saleId)).refusal).toBe('E-SALE-02');
  });

  test('in mid-payment leaves nothing on trust: what could not be sent then is not queued', () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan());
    const { saleId } = till.sale();
    till.tell(park);
    const { effects } = till.pay(answers.notSent);
    expect(effects).toEqual([{ kind: 'eraseCode', attemptId: till.newest().attemptId }]);
    expect(till.newest().machine.state).toMatchObject({ kind: 'notSent' });
    expect(till.state.sales[saleId]?.state).toBe('parked');
    till.tell(recall(saleId));
    till.line(false);
    expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBeNull();
    expect(till.state.sales[saleId]?.state).toBe('completedPending');
  });

  describe('in mid-payment, where codes are held for the line', () => {
    function holdingTill(): TestTill {
      const till = TestTill.tendering(1500);
      till.limits = { ...till.limits, mode: 'hold' };
      return till;
    }

    /** Within the life of a held code. */
    function lineIsBack(till: TestTill): void {
      till.later(30_000).line(true);
    }

    test('gives up the code that is held: who was sent away is not charged later', () => {
      const till = holdingTill();
      till.line(false);
      till.tell(codeScan());
      const { saleId } = till.sale();
      till.tell(park);
      lineIsBack(till);
      expect(till.newest().machine.state).toMatchObject({ kind: 'expiredUnsent', cause: 'holdEnded' });
      till.tell(recall(saleId));
      expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBeNull();
    });

    test('holds no code that turns out not to be sent afterwards', () => {
      const till = holdingTill();
      till.tell(codeScan());
      till.tell(park);
      till.line(false);
      till.pay(answers.notSent);
      lineIsBack(till);
      expect(till.newest().machine.state.kind).toBe('notSent');
    });
  });

  test('takes no empty sale, and twenty at most', () => {
    const till = TestTill.ready();
    expect(till.tell(park).refusal).toBe('E-SALE-02');
    for (let count = 0; count < 20; count += 1) {
      till.tell({ kind: 'goodsEntered', goods: goods(100) });
      expect(till.tell(park).refusal).toBeNull();
    }
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    expect(till.tell(park).refusal).toBe('E-SALE-06');
  });

  test('in doubt: asked on; approved while parked it completes and prints, and the counter is not disturbed', () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan());
    const { saleId } = till.sale();
    till.tell(park);
    till.tell({ kind: 'goodsEntered', goods: goods(300) });
    const other = till.sale().saleId;
    const { effects } = till.pay(answers.approved);
    expect(effects.map((effect) => effect.kind)).toEqual(['eraseCode', 'print']);
    expect(till.state.sales[saleId]).toMatchObject({ state: 'completed', receiptNumber: '00000001' });
    expect(till.state).toMatchObject({ currentSaleId: other, parkedSaleIds: [] });
    expect(till.tell(recall(saleId)).refusal).toBe('E-SALE-02');
  });

  test('in doubt: declined while parked it is recalled into the tender step', () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan());
    const { saleId } = till.sale();
    till.tell(park);
    till.pay(answers.declined);
    till.tell(recall(saleId));
    expect(till.sale().state).toBe('tendering');
    till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
    expect(till.sale().state).toBe('completed');
  });

  test('half paid and back: only the rest is due', () => {
    const till = halfPaid();
    const { saleId } = till.sale();
    till.tell(park);
    till.tell(recall(saleId));
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    expect(till.newest().amount_fen).toBe(1000);
  });
});

describe('dropping', () => {
  test('with nothing paid is done at once', () => {
    const till = TestTill.tendering();
    till.tell(cancel);
    expect(till.sale().state).toBe('cancelled');
    expect(till.state.giveBacks).toEqual({});
  });

  test('with a paid part voids it; dropped when that is proven', () => {
    const till = halfPaid();
    const { effects } = till.tell(cancel);
    expect(effects).toMatchObject([{ kind: 'giveBack', count: 1 }]);
    const back = onlyBack(till);
    expect(back).toMatchObject({ cause: 'dropped', method: 'void', amount_fen: 500, returnId: null });
    expect(till.sale().state).toBe('cancelling');
    till.tell({ kind: 'saleLeft' });
    const done = { kind: 'done', result: 'VOIDED', reference: null } as const;
    till.tell({ kind: 'giveBack', giveBackId: back.giveBackId, event: done });
    expect(till.state.sales[back.saleId]?.state).toBe('cancelled');
    expect(till.newest()).toMatchObject({ givenBack_fen: 500, givingBack_fen: 0 });
  });

  test('void refused, then refunded; never both', () => {
    const till = halfPaid();
    till.tell(cancel);
    const refused = { kind: 'refused', code: 'NOT_ALLOWED' } as const;
    const tell = (event: typeof refused | { kind: 'done'; result: string; reference: null }) =>
      till.tell({ kind: 'giveBack', giveBackId: onlyBack(till).giveBackId, event });
    tell(refused);
    expect(Object.values(till.state.giveBacks).map((one) => [one.method, one.machine.state.kind])).toEqual([
      ['void', 'failed'],
      ['refund', 'sending'],
    ]);
    expect(till.newest()).toMatchObject({ givenBack_fen: 0, givingBack_fen: 500 });
    tell({ kind: 'done', result: 'REFUNDED', reference: null });
    expect(till.sale().state).toBe('cancelled');
    expect(till.newest()).toMatchObject({ givenBack_fen: 500, givingBack_fen: 0 });
  });

  test('refund refused too: paid out in cash, once, and only then dropped', () => {
    const till = halfPaid();
    till.tell(cancel);
    const refused = { kind: 'refused', code: 'NOT_ALLOWED' } as const;
    for (let count = 0; count < 2; count += 1)
      till.tell({ kind: 'giveBack', giveBackId: onlyBack(till).giveBackId, event: refused });
    const { giveBackId } = onlyBack(till);
    expect(till.sale().state).toBe('cancelling');
    const [first] = Object.keys(till.state.giveBacks);
    const paid = { kind: 'giveBackPaid', operatorId: '1', approverId: '9', reason: 'asked' } as const;
    // The refused void is owed by its refund, not by itself.
    expect(till.tell({ ...paid, giveBackId: first ?? '' }).refusal).toBe('E-REF-04');
    expect(till.tell({ ...paid, giveBackId }).effects.map((one) => one.kind)).toEqual([
      'openDrawer',
      'print',
    ]);
    expect(till.tell({ ...paid, giveBackId }).refusal).toBe('E-REF-04');
    expect(till.sale().state).toBe('cancelled');
    expect(till.state.shift?.refunds_fen).toBe(500);
  });

  test('with a queued part takes it from the queue, unsent', () => {
    const till = TestTill.tendering(1500);
    till.line(false);
    till.tell({ kind: 'walletPartSet', amount_fen: 500 });
    till.tell(codeScan());
    expect(till.sale().state).toBe('tendering');
    till.tell(cancel);
    expect(till.newest().machine).toMatchObject({
      deferred: false,
      state: { kind: 'notSent', cause: 'cancelled' },
    });
    expect(till.sale().state).toBe('cancelled');
    expect(till.state.exceptions).toEqual({});
  });
});

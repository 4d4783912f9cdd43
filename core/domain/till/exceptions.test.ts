// Goods that have left on trust, and the money never came: collected anew, written off, or the goods come back.
import { newestCash } from '../sale/sale.ts';
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { twoParts } from '../../../test/sim/two-parts.ts';
import type { PaymentEvent } from '../payment/event.ts';
import { due_fen } from './queries.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };

/** A sale of 15 yuan queued, its goods gone. */
function pending(): TestTill {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell(codeScan());
  return till;
}

function lost(answer: 'declined' | 'approved' = 'declined'): TestTill {
  const till = pending();
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers[answer]);
  return till;
}

describe('on trust', () => {
  test('the customer has a receipt that says so, and the till goes on', () => {
    const till = pending();
    const completed = till.records.find((record) => record.type === 'sale.completed');
    expect(completed?.body).toMatchObject({ pending: true, receiptNumber: '00000001' });
    expect(till.sale().state).toBe('completedPending');
    expect(till.tell({ kind: 'saleLeft' }).refusal).toBeNull();
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100) }).refusal).toBeNull();
  });

  test('approved when forwarded: confirmed without a second paper', () => {
    const till = lost('approved');
    expect(till.sale().state).toBe('completed');
    expect(till.records.filter((record) => record.type === 'receipt.reprintAsked')).toEqual([]);
  });

  test('too old in the queue: an exception that says so', () => {
    const till = pending();
    till.later(25 * 3_600_000).pay({ kind: 'timer' });
    expect(Object.values(till.state.exceptions)).toMatchObject([{ reason: 'E-OFF-09', amount_fen: 1500 }]);
  });

  test('its code is lost: an exception that says so', () => {
    const till = pending();
    till.pay({ kind: 'codeLost' });
    expect(Object.values(till.state.exceptions)).toMatchObject([{ reason: 'E-OFF-10' }]);
  });
});

describe('the next customer', () => {
  test('is served although the money of the sale on the screen did not come; that sale stays an exception', () => {
    const till = lost();
    const [lostSale = ''] = Object.keys(till.state.sales);
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100) }).refusal).toBeNull();
    expect(till.state.currentSaleId).not.toBe(lostSale);
    expect(till.state.sales[lostSale]?.lines).toHaveLength(1);
    expect(Object.values(till.state.exceptions)).toMatchObject([{ saleId: lostSale }]);
  });

  test('waits while that sale is being paid anew', () => {
    const till = lost();
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    expect(till.newest().machine.state.kind).toBe('authorizing');
    expect(till.tell({ kind: 'goodsEntered', goods: goods(100) }).refusal).toBe('E-SCAN-06');
  });
});

describe('collected anew', () => {
  const collect = (till: TestTill) => {
    till.tell({ kind: 'saleLeft' });
    return till.tell({ kind: 'collectStarted', attemptId: Object.keys(till.state.exceptions)[0] ?? '' });
  };

  test('by a wallet: closed, confirmed, a marked copy for the customer', () => {
    const till = lost();
    expect(collect(till).refusal).toBeNull();
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    const { effects } = till.pay(answers.approved);
    expect(till.sale().state).toBe('completed');
    expect(till.state.exceptions).toEqual({});
    expect(effects).toContainEqual({ kind: 'print', receiptId: till.sale().receiptId, copy: 1 });
  });

  test('in cash, to the fen: tax was settled, nothing is rounded off', () => {
    const till = TestTill.tendering(1509);
    till.line(false);
    till.tell(codeScan());
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.declined);
    collect(till);
    till.cash = { roundDownTo_fen: 10, roundDownAlways: true };
    till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: true });
    expect(till.sale()).toMatchObject({ state: 'completed', cash: { amount_fen: 1509, rounding_fen: 0 } });
  });

  /** 10 yuan by a wallet on trust, 5 in cash of a note of 20; the wallet's do not come. */
  const lostBesideCash = () => {
    const till = TestTill.tendering(1500);
    till.line(false);
    till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
    till.tell(codeScan());
    till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false });
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.declined);
    return till;
  };

  test('in cash after cash: the change is that of the newest, on the paper stands what came in all', () => {
    const till = lostBesideCash();
    collect(till);
    till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false });
    expect(till.sale().state).toBe('completed');
    expect(newestCash(till.sale())).toMatchObject({ received_fen: 2000, change_fen: 1000 });
    expect(till.sale().cash).toMatchObject({ received_fen: 4000, change_fen: 2500 });
  });

  test('by a wallet after cash: nobody gets that change again', () => {
    const till = lostBesideCash();
    expect(newestCash(till.sale())).toMatchObject({ change_fen: 1500 });
    collect(till);
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    till.pay(answers.approved);
    expect(till.sale()).toMatchObject({ state: 'completed', cash: { change_fen: 1500 } });
    expect(newestCash(till.sale())).toBeNull();
  });

  test('written off after cash: nobody gets that change again', () => {
    const till = lostBesideCash();
    const [attemptId = ''] = Object.keys(till.state.exceptions);
    till.tell({ kind: 'writtenOff', attemptId, ...decided });
    expect(till.sale()).toMatchObject({ state: 'completed', writtenOff_fen: 1000 });
    expect(newestCash(till.sale())).toBeNull();
  });

  test('not over a sale that is on the counter, nor without a shift, nor what is no exception', () => {
    const till = lost();
    const [attemptId = ''] = Object.keys(till.state.exceptions);
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    expect(till.tell({ kind: 'collectStarted', attemptId }).refusal).toBe('E-SHIFT-02');
    till.tell({ kind: 'saleCancelled' });
    till.tell({ kind: 'shiftClosed', operatorId: '1', counted: [] });
    expect(till.tell({ kind: 'collectStarted', attemptId }).refusal).toBe('E-SALE-07');
    expect(till.tell({ kind: 'collectStarted', attemptId: 'P9' }).refusal).toBe('E-OFF-12');
  });

  /** A second try on trust, whose money does not come either; `meanwhile` before it is known. */
  const loseAgain = (till: TestTill, meanwhile: () => void = () => undefined) => {
    collect(till);
    till.line(false);
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    meanwhile();
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.declined);
  };

  test('lost once more: the sum is due once, stands there once, and is collected once', () => {
    const till = lost();
    const [attemptId = ''] = Object.keys(till.state.exceptions);
    loseAgain(till);
    expect(Object.keys(till.state.exceptions)).toEqual([attemptId]);
    expect(due_fen(till.state, till.sale())).toBe(1500);
    till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
    expect(till.state.exceptions).toEqual({});
    expect(till.sale().state).toBe('completed');
    expect(till.state.period.offline.collected).toEqual({ count: 1, amount_fen: 1500 });
  });

  test('a part lost while another part is being paid anew has an exception of its own', () => {
    const { till, first, second } = twoParts();
    const answer = (attemptId: string, event: PaymentEvent) =>
      till.tell({ kind: 'payment', attemptId, event });
    answer(first, answers.declined);
    collect(till);
    till.line(false);
    till.tell(codeScan({ codeHmac: 'hmac-3' }));
    const anew = till.newest().attemptId;
    answer(second, answers.declined);
    expect(Object.values(till.state.exceptions).map((one) => one.amount_fen)).toEqual([800, 700]);
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    answer(anew, answers.approved);
    expect(due_fen(till.state, till.sale())).toBe(700);
    till.tell({ kind: 'writtenOff', attemptId: second, ...decided });
    expect(till.state.exceptions).toEqual({});
    const { collected, writtenOff } = till.state.period.offline;
    expect([collected.amount_fen, writtenOff.amount_fen]).toEqual([800, 700]);
  });

  test('lost once more after the first was charged and given back for it: the exception is its own', () => {
    const till = lost();
    const [first = ''] = Object.keys(till.state.exceptions);
    loseAgain(till, () => till.tell({ kind: 'payment', attemptId: first, event: { ...answers.approved } }));
    const again = till.newest();
    expect(again.attemptId).not.toBe(first);
    expect(till.state.attempts[first]).toMatchObject({ surplus_fen: 1500 });
    expect(due_fen(till.state, till.sale())).toBe(1500);
    expect(Object.keys(till.state.exceptions)).toEqual([again.attemptId]);
  });

  test('lost once more and written off meanwhile: lost once, and nothing of it was collected', () => {
    const till = lost();
    const [attemptId = ''] = Object.keys(till.state.exceptions);
    loseAgain(till, () => till.tell({ kind: 'writtenOff', attemptId, ...decided }));
    expect(till.state.exceptions).toEqual({});
    expect(till.sale().state).toBe('completed');
    const { collected, writtenOff } = till.state.period.offline;
    expect({ collected, writtenOff }).toEqual({
      collected: { count: 0, amount_fen: 0 },
      writtenOff: { count: 1, amount_fen: 1500 },
    });
  });
});

describe('written off', () => {
  test('nothing is due any more; the period shows who bears it', () => {
    const till = lost();
    const [attemptId = ''] = Object.keys(till.state.exceptions);
    expect(till.tell({ kind: 'writtenOff', attemptId, ...decided }).refusal).toBeNull();
    expect(till.sale()).toMatchObject({ state: 'completed', writtenOff_fen: 1500 });
    expect(due_fen(till.state, till.sale())).toBe(0);
    expect(till.state.period.offline.writtenOff).toEqual({ count: 1, amount_fen: 1500 });
    expect(till.tell({ kind: 'writtenOff', attemptId, ...decided }).refusal).toBe('E-OFF-12');
  });
});

describe('the goods come back', () => {
  const whole = (till: TestTill) => {
    const { saleId, lines } = till.sale();
    const asked = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
    return till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided });
  };

  test('while queued: taken from the queue, nothing is given back', () => {
    const till = pending();
    expect(whole(till).refusal).toBeNull();
    expect(till.sale().state).toBe('returned');
    expect(till.newest().machine).toMatchObject({ deferred: false, state: { kind: 'notSent' } });
    expect([till.state.giveBacks, till.state.exceptions]).toEqual([{}, {}]);
    expect(till.state.period.offline.cancelled).toEqual({ count: 1, amount_fen: 1500 });
  });

  test('while in flight: reversed; an approval on the way is not kept', () => {
    const till = pending();
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    whole(till);
    expect(till.newest().machine.state.kind).toBe('reversing');
    till.pay(answers.approved);
    till.pay(answers.acknowledged);
    expect(till.newest().machine.state.kind).toBe('reversed');
    expect([till.state.giveBacks, till.state.exceptions]).toEqual([{}, {}]);
  });

  test('after it was lost: the exception needs nobody any more', () => {
    const till = lost();
    whole(till);
    expect(till.state.exceptions).toEqual({});
    expect(till.state.period.offline).toMatchObject({ collected: { count: 0 }, writtenOff: { count: 0 } });
    expect(till.sale()).toMatchObject({ state: 'returned', cashReturned_fen: 0 });
  });

  test('only whole', () => {
    const till = TestTill.ready();
    till.line(false);
    for (const barcode of ['A', 'B']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
    till.tell({ kind: 'tenderStarted' });
    till.tell(codeScan());
    const { saleId, lines } = till.sale();
    const one = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
    expect(till.tell({ kind: 'returnOpened', saleId, lines: one, ...decided }).refusal).toBe('E-RET-05');
  });
});

describe('collected anew, and left on the counter before it is paid', () => {
  function collecting(mode: 'hold' | 'queue'): TestTill {
    const till = lost();
    till.limits = { ...till.limits, mode };
    till.tell({ kind: 'saleLeft' });
    till.tell({ kind: 'collectStarted', attemptId: Object.keys(till.state.exceptions)[0] ?? '' });
    return till;
  }

  test('a code that waits for the line is given up: nobody is charged who was sent away', () => {
    const till = collecting('hold');
    till.line(false);
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    expect(till.newest().machine.state.kind).toBe('held');
    till.tell({ kind: 'saleLeft' });
    till.line(true);
    expect(till.newest().machine.state.kind).toBe('expiredUnsent');
  });

  test('a payment that could not be sent goes on no trust', () => {
    const till = collecting('queue');
    till.tell(codeScan({ codeHmac: 'hmac-2' }));
    till.tell({ kind: 'saleLeft' });
    till.pay({ ...answers.notSent, then: 'queue' });
    expect(till.newest().machine.state.kind).toBe('notSent');
  });
});

// A receipt of goods that nobody has paid for, or not wholly, does not look like one that was paid.
import { describe, expect, test } from 'vitest';
import { bandsOf } from '../../../test/core/receipt-bands.ts';
import { proof } from '../../../test/sim/machine-variants.ts';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { twoParts } from '../../../test/sim/two-parts.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'gone' };
const approved = (actual_fen: number) => ({ kind: 'approved', proof: { ...proof, actual_fen } }) as const;

/** Two kinds of goods, of 5.00 and 10.00, which left on trust; the line is up again, the payment declined. */
function lost(): TestTill {
  const till = TestTill.ready();
  till.tell({ kind: 'goodsEntered', goods: goods(500, '1') });
  till.tell({ kind: 'goodsEntered', goods: goods(1000, '2') });
  till.tell({ kind: 'tenderStarted' });
  till.line(false);
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  return till;
}

function collect(till: TestTill, part_fen: number): void {
  const [attemptId = ''] = Object.keys(till.state.exceptions);
  till.tell({ kind: 'collectStarted', attemptId });
  till.tell({ kind: 'walletPartSet', amount_fen: part_fen });
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
}

function writtenOff(till: TestTill): TestTill {
  till.tell({ kind: 'writtenOff', attemptId: till.newest().attemptId, ...decided });
  expect(till.sale().state).toBe('completed');
  return till;
}

function giveBackGoods(till: TestTill, count: 1 | 2): void {
  const { saleId, lines } = till.sale();
  const asked = lines.slice(0, count).map(({ lineId, quantity }) => ({ lineId, quantity }));
  till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided });
}

describe('an offline payment that was declined', () => {
  test('leaves the sale unpaid, and the receipt says so', () => {
    expect(bandsOf(lost())).toEqual(['未付 NOT PAID\n￥15.00']);
  });

  test('collected in part: the rest is not paid', () => {
    const till = lost();
    collect(till, 1000);
    till.pay(approved(1000));
    expect(bandsOf(till)).toEqual(['未付 NOT PAID\n￥5.00']);
  });

  test('collected by a payment without a result: undecided, and not asked for again', () => {
    const till = lost();
    collect(till, 1000);
    till.pay(answers.noAnswer);
    expect(bandsOf(till)).toEqual(['结果未定 NOT DECIDED\n￥10.00', '未付 NOT PAID\n￥5.00']);
  });

  test('collected in cash: nothing is said', () => {
    const till = lost();
    const [attemptId = ''] = Object.keys(till.state.exceptions);
    till.tell({ kind: 'collectStarted', attemptId });
    till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false });
    expect(bandsOf(till)).toEqual([]);
  });

  test('charged after all: nothing is said', () => {
    const till = lost();
    till.pay(approved(1500));
    expect(bandsOf(till)).toEqual([]);
  });
});

describe('money that was written off', () => {
  test('has not come, and nobody asks for it', () => {
    expect(bandsOf(writtenOff(lost()))).toEqual(['未收到 NOT RECEIVED\n￥15.00']);
  });

  test('has not come either where a part of the goods is back, for which nothing was given', () => {
    const till = writtenOff(lost());
    giveBackGoods(till, 1);
    expect(bandsOf(till)).toEqual(['未收到 NOT RECEIVED\n￥15.00', '部分退货 PARTLY RETURNED']);
  });

  test('has come where it was charged after that: what went back again was for the goods that are back', () => {
    const till = writtenOff(lost());
    giveBackGoods(till, 1);
    till.pay(approved(1500));
    expect(till.newest().surplus_fen).toBe(500);
    expect(bandsOf(till)).toEqual(['部分退货 PARTLY RETURNED']);
  });
});

test('written off and promised once more, and the other part lost: that part is asked for', () => {
  const { till, first, second } = twoParts();
  till.pay(answers.declined, first);
  till.line(false);
  till.tell({ kind: 'walletPartSet', amount_fen: 800 });
  till.tell(codeScan({ codeHmac: 'hmac-3' }));
  till.tell({ kind: 'writtenOff', attemptId: first, ...decided });
  till.line(true);
  till.pay(answers.declined, second);
  expect(bandsOf(till)).toEqual(['离线待确认', '未付 NOT PAID\n￥7.00']);
});

test('goods that came back unpaid: the money was never received, and nobody asks for it', () => {
  const till = lost();
  giveBackGoods(till, 2);
  expect(bandsOf(till)).toEqual(['未收到 NOT RECEIVED\n￥15.00', '已全部退货 RETURNED']);
});

test('抹零 is nobody’s debt', () => {
  const till = TestTill.tendering(1503);
  till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: true });
  expect(till.sale().cash?.rounding_fen).toBe(3);
  expect(bandsOf(till)).toEqual([]);
});

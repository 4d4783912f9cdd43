// Returns of what was paid: which tender gives how much back, by which method, and which slips are printed.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { expectedCash_fen } from './queries.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'faulty' };
const done = { kind: 'done', result: 'REFUNDED', reference: null } as const;
const refused = { kind: 'refused', code: 'NOT_ALLOWED' } as const;

/** Two waters of 5 yuan and one tea of 10; the first `wallet_fen` by a wallet, the rest in cash. */
function sold(wallet_fen: number): TestTill {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'goodsEntered', goods: goods(1000, 'B') });
  till.tell({ kind: 'tenderStarted' });
  if (wallet_fen > 0) {
    till.tell({ kind: 'walletPartSet', amount_fen: wallet_fen });
    till.tell(codeScan());
    till.pay(answers.approved);
  }
  till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false });
  expect(till.sale().state).toBe('completed');
  return till;
}

function takeBack(till: TestTill, ...asked: [at: number, quantity: number][]) {
  const { saleId, lines } = till.sale();
  const named = asked.map(([at, quantity]) => ({ lineId: lines[at]?.lineId ?? 'L99', quantity }));
  return till.tell({ kind: 'returnOpened', saleId, lines: named, ...decided });
}

const backs = (till: TestTill) => Object.values(till.state.giveBacks);

function answer(till: TestTill, event: GiveBackEvent, at = -1) {
  return till.tell({ kind: 'giveBack', giveBackId: backs(till).at(at)?.giveBackId ?? '', event });
}

const prints = (till: TestTill, from: number) =>
  till.records.slice(from).flatMap(({ type }) => (type.endsWith('slipAsked') ? [type] : []));

describe('a return', () => {
  test.each<[string, [number, number][]]>([
    ['of nothing', []],
    ['of a line that is not there', [[9, 1]]],
    [
      'of a line named twice',
      [
        [0, 1],
        [0, 1],
      ],
    ],
    ['of more than was sold', [[0, 3]]],
    ['of no piece', [[0, 0]]],
    ['of half a piece less', [[1, -1]]],
  ])('%s is refused', (_name, asked) => {
    expect(takeBack(sold(2000), ...asked).refusal).toBe('E-RET-02');
  });

  test('of an unknown sale, of one that was not completed, and once all is back', () => {
    const till = sold(2000);
    const lines = [{ lineId: 'L1', quantity: 1 }];
    expect(till.tell({ kind: 'returnOpened', saleId: 'S9', lines, ...decided }).refusal).toBe('E-RET-01');
    takeBack(till, [0, 2], [1, 1]);
    expect(till.sale().state).toBe('returned');
    expect(takeBack(till, [0, 1]).refusal).toBe('E-RET-02');
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    const { saleId } = till.sale();
    expect(till.tell({ kind: 'returnOpened', saleId, lines, ...decided }).refusal).toBe('E-RET-01');
  });

  test('counts pieces over all returns of the sale', () => {
    const till = sold(2000);
    expect(takeBack(till, [0, 1]).refusal).toBeNull();
    expect(takeBack(till, [0, 2]).refusal).toBe('E-RET-02');
    expect(takeBack(till, [0, 1]).refusal).toBeNull();
    expect(backs(till).map((one) => [one.method, one.amount_fen])).toEqual([
      ['refund', 500],
      ['refund', 500],
    ]);
    expect(till.state.grand.returns_fen).toBe(1000);
  });

  test('of a mixed sale goes to the wallet first, as far as it paid, then to the drawer', () => {
    const till = sold(700);
    takeBack(till, [0, 1]);
    expect(till.sale().cashReturned_fen).toBe(0);
    takeBack(till, [1, 1]);
    expect(backs(till).map((one) => one.amount_fen)).toEqual([500, 200]);
    expect(till.sale().cashReturned_fen).toBe(800);
    takeBack(till, [0, 1]);
    expect(till.sale()).toMatchObject({ state: 'returned', cashReturned_fen: 1300 });
    expect(till.state.shift && expectedCash_fen(till.state.shift)).toBe(20_000);
  });

  test('in cash needs a shift; to a wallet it does not', () => {
    const cash = sold(0);
    cash.tell({ kind: 'shiftClosed', operatorId: '1', counted: [] });
    expect(takeBack(cash, [0, 1]).refusal).toBe('E-SALE-07');
    const wallet = sold(2000);
    wallet.tell({ kind: 'shiftClosed', operatorId: '1', counted: [] });
    expect(takeBack(wallet, [0, 1]).refusal).toBeNull();
  });
});

describe('the method', () => {
  test.each([
    ['the same day', '2026-11-23T14:59:59Z', 'void'],
    ['after the cut-off at 23:00', '2026-11-23T15:00:00Z', 'refund'],
    ['the next day', '2026-11-24T02:00:00Z', 'refund'],
  ])('of a whole payment, %s', (_name, at, method) => {
    const till = sold(2000);
    till.now_ms = Date.parse(at);
    takeBack(till, [0, 2], [1, 1]);
    expect(backs(till)).toMatchObject([{ method, amount_fen: 2000, zNumber: 1 }]);
  });

  test('of a part, and of what is left after one, is a refund', () => {
    const till = sold(2000);
    takeBack(till, [0, 1]);
    takeBack(till, [0, 1], [1, 1]);
    expect(backs(till).map((one) => [one.method, one.amount_fen])).toEqual([
      ['refund', 500],
      ['refund', 1500],
    ]);
  });

  test('a void cut off on its way: refused, refunded on the same decision', () => {
    const till = sold(2000);
    takeBack(till, [0, 2], [1, 1]);
    answer(till, { kind: 'noAnswer', cause: 'ECONNRESET' });
    till.now_ms = Date.parse('2026-11-24T02:00:00Z');
    answer(till, { kind: 'timer' });
    answer(till, { kind: 'notFound' });
    answer(till, refused);
    expect(backs(till).map((one) => [one.method, one.machine.state.kind])).toEqual([
      ['void', 'failed'],
      ['refund', 'sending'],
    ]);
    expect(backs(till)[1]?.requestNumber).not.toBe(backs(till)[0]?.requestNumber);
    answer(till, done);
    expect(till.newest()).toMatchObject({ givenBack_fen: 2000, givingBack_fen: 0 });
    expect(till.state.period.wallets['WECHAT/WECHAT']).toMatchObject({
      voids: { count: 0 },
      refunds: { count: 1, amount_fen: 2000 },
    });
  });
});

describe('the slip', () => {
  test('waits for the first word, then is one', () => {
    const till = sold(2000);
    takeBack(till, [0, 1]);
    expect(prints(till, 0)).toEqual([]);
    answer(till, done);
    expect(prints(till, 0)).toEqual(['return.slipAsked']);
  });

  test('has no copy before it was asked for itself: a start would take its row for one of something that is out', () => {
    const till = sold(2000);
    takeBack(till, [0, 1]);
    const copy = { kind: 'reprintAsked', receiptId: 'T001000001', operatorId: '1' } as const;
    expect(till.tell(copy).refusal).toBe('E-PRN-10');
    answer(till, done);
    expect(till.tell(copy)).toMatchObject({ refusal: null, effects: [{ kind: 'print', copy: 1 }] });
  });

  test('says what is open when no word comes; the outcome has a paper of its own', () => {
    const till = sold(2000);
    takeBack(till, [0, 1]);
    answer(till, { kind: 'noAnswer', cause: 'ECONNRESET' });
    answer(till, { kind: 'timer' });
    answer(till, { kind: 'processing' });
    expect(prints(till, 0)).toEqual(['return.slipAsked']);
    answer(till, done);
    expect(prints(till, 0)).toEqual(['return.slipAsked', 'giveBack.slipAsked']);
  });

  test('is printed at once when the line is down, or all is cash', () => {
    const offline = sold(2000);
    offline.line(false);
    takeBack(offline, [0, 1]);
    expect(backs(offline)).toMatchObject([{ slipPrinted: true, machine: { state: { kind: 'requested' } } }]);
    const cash = sold(0);
    takeBack(cash, [0, 1]);
    expect(prints(cash, 0)).toEqual(['return.slipAsked']);
  });

  test('of a void that is refused after its slip: the refund adds its outcome, not the same slip again', () => {
    const till = sold(2000);
    takeBack(till, [0, 2], [1, 1]);
    answer(till, { kind: 'noAnswer', cause: 'ECONNRESET' });
    answer(till, refused);
    answer(till, done);
    expect(prints(till, 0)).toEqual(['return.slipAsked', 'giveBack.slipAsked']);
  });

  test('of a void that is refused when the line just went: printed now, as what is still open', () => {
    const till = sold(2000);
    takeBack(till, [0, 2], [1, 1]);
    till.line(false);
    answer(till, refused);
    expect(backs(till)[1]?.machine.state.kind).toBe('requested');
    expect(prints(till, 0)).toEqual(['return.slipAsked']);
  });
});

describe('a refund that is refused', () => {
  test('stays promised: no other tender gives the same money again; cash does, once', () => {
    const till = sold(700);
    takeBack(till, [0, 1]);
    answer(till, refused);
    expect(till.newest()).toMatchObject({ givenBack_fen: 0, givingBack_fen: 500 });
    const { giveBackId } = backs(till)[0] ?? { giveBackId: '' };
    expect(till.tell({ kind: 'giveBackPaid', giveBackId, ...decided }).refusal).toBeNull();
    expect(till.newest()).toMatchObject({ givenBack_fen: 500, givingBack_fen: 0 });
    expect(till.tell({ kind: 'giveBackPaid', giveBackId, ...decided }).refusal).toBe('E-REF-04');
    expect(till.state.shift && expectedCash_fen(till.state.shift)).toBe(20_000 + 1300 - 500);
  });

  test('is not paid in cash before it is proven, nor without a shift', () => {
    const till = sold(2000);
    takeBack(till, [0, 1]);
    const { giveBackId } = backs(till)[0] ?? { giveBackId: '' };
    expect(till.tell({ kind: 'giveBackPaid', giveBackId, ...decided }).refusal).toBe('E-REF-04');
    answer(till, refused);
    till.tell({ kind: 'shiftClosed', operatorId: '1', counted: [] });
    expect(till.tell({ kind: 'giveBackPaid', giveBackId, ...decided }).refusal).toBe('E-SALE-07');
  });

  test('and done all the same: counted beside the cash, and the promise is none any more', () => {
    const till = sold(2000);
    takeBack(till, [0, 1]);
    answer(till, refused);
    const { giveBackId } = backs(till)[0] ?? { giveBackId: '' };
    till.tell({ kind: 'giveBackPaid', giveBackId, ...decided });
    answer(till, done);
    expect(till.newest()).toMatchObject({ givenBack_fen: 1000, givingBack_fen: 0 });
  });

  test('a refused void that is done all the same leaves the promise of its refund alone', () => {
    const till = sold(2000);
    takeBack(till, [0, 2], [1, 1]);
    answer(till, refused);
    answer(till, done, 0);
    expect(till.newest()).toMatchObject({ givenBack_fen: 2000, givingBack_fen: 2000 });
    answer(till, done, 1);
    expect(till.newest()).toMatchObject({ givenBack_fen: 4000, givingBack_fen: 0 });
  });
});

test('what waits for the line goes when it is up; what was sent is asked about first', () => {
  const till = sold(2000);
  takeBack(till, [0, 1]);
  answer(till, { kind: 'noAnswer', cause: 'ECONNRESET' });
  till.line(false);
  takeBack(till, [0, 1]);
  till.line(true);
  expect(backs(till).map((one) => one.machine.state.kind)).toEqual(['inquiring', 'sending']);
});

test('after a restart what was marked sent is asked about, what was not is sent', () => {
  const till = sold(2000);
  takeBack(till, [0, 1]);
  takeBack(till, [0, 1]);
  const [first, second] = backs(till).map((one) => one.giveBackId);
  const started = { kind: 'coreStarted', version: '1', runtime: '24', sentDrawerIds: [] } as const;
  const { effects } = till.tell({ ...started, sentIds: [first ?? ''] });
  expect(effects).toContainEqual({ kind: 'askGiveBack', giveBackId: first, count: 1 });
  expect(effects.filter((effect) => effect.kind === 'giveBack')).toEqual([]);
  expect(till.state.giveBacks[second ?? '']?.machine.state).toEqual({ kind: 'requested', tries: 0 });
  expect(answer(till, { kind: 'timer' }).effects).toContainEqual({
    kind: 'giveBack',
    giveBackId: second,
    count: 1,
  });
});

// What a Z carried has an end on the next one, or is carried on; and money that went back twice is on both until somebody looked into it.
import { expect, it } from 'vitest';
import type { Report } from '../../../contract/report.ts';
import {
  backAnswers,
  backAt,
  checkBack,
  payBackInCash,
  retryBack,
  returning,
  settleBack,
  signedFor,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';

function z(till: TestTill): Report {
  till.tell({ kind: 'dayClosed', operatorId: '9', at_ms: till.now_ms });
  const closed = till.records.findLast((record) => record.type === 'day.closed');
  if (closed === undefined) throw new Error('no Z');
  return closed.body.report;
}

const carriedOn = ({ carried }: Report) =>
  carried.map(({ kind, number, amount_fen }) => [kind, number, amount_fen]);
const lateOn = ({ late }: Report) =>
  late.map(({ what, number, amount_fen, originalZ }) => [what, number, amount_fen, originalZ]);

/** Refused, paid out of the drawer, and given back by the wallet all the same. */
function twiceBack(): TestTill {
  const till = returning(1, backAnswers.refused);
  payBackInCash(till);
  tellBack(till, backAnswers.done);
  expect(backAt(till).isLoss).toBe(true);
  return till;
}

const seeLoss = (till: TestTill) =>
  till.tell({ kind: 'giveBackLossSeen', giveBackId: backAt(till).giveBackId, ...signedFor });

/** Sold on trust, and declined when the line was up again. */
function lost(price_fen = 1000): TestTill {
  const till = TestTill.ready();
  till.line(false);
  till.tell({ kind: 'goodsEntered', goods: goods(price_fen) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  return till;
}

function returnAll(till: TestTill, saleId: string): void {
  const lines = till.state.sales[saleId]?.lines.map(({ lineId, quantity }) => ({ lineId, quantity })) ?? [];
  expect(till.tell({ kind: 'returnOpened', saleId, lines, ...signedFor }).refusal).toBeNull();
}

it('money that went back twice is carried from Z to Z until somebody has looked into it', () => {
  const till = twiceBack();
  const { requestNumber } = backAt(till);
  const row = ['twiceBack', requestNumber, 500];
  expect(carriedOn(z(till))).toEqual([row]);
  expect(carriedOn(z(till))).toEqual([row]);
  seeLoss(till);
  const last = z(till);
  expect(carriedOn(last)).toEqual([]);
  expect(lateOn(last)).toEqual([['lossSeen', requestNumber, 500, 1]]);
});

it('a loss that was looked into in its own period is on its Z', () => {
  const till = twiceBack();
  seeLoss(till);
  const closed = z(till);
  expect(carriedOn(closed)).toEqual([]);
  expect(lateOn(closed)).toEqual([['lossSeen', backAt(till).requestNumber, 500, 1]]);
});

it('money that was carried as back twice, and is not after all, says so', () => {
  const till = returning(1, backAnswers.lost, { kind: 'timer' });
  settleBack(till, { isConfirmed: true, isNotBack: true });
  retryBack(till);
  // By the bill; the wire denies it later.
  tellBack(till, { kind: 'billShows' }, 0);
  tellBack(till, backAnswers.done);
  const [first, second] = [backAt(till, 0).requestNumber, backAt(till).requestNumber];
  expect(carriedOn(z(till))).toEqual([['twiceBack', second, 500]]);
  tellBack(till, backAnswers.refused, 0);
  const last = z(till);
  expect(carriedOn(last)).toEqual([]);
  expect(lateOn(last)).toEqual([
    ['refundFailed', first, 500, 1],
    ['notTwice', second, 500, 1],
  ]);
});

it('money found with the customer in its name, and then billed as the one before it, was never back twice', () => {
  const till = returning(1, backAnswers.lost, { kind: 'timer' });
  settleBack(till, { isConfirmed: true, isNotBack: true });
  retryBack(till);
  tellBack(till, { ...backAnswers.refused, perhapsBack: true });
  checkBack(till);
  z(till);
  tellBack(till, { kind: 'billShows' }, 0);
  expect(lateOn(z(till)).map(([what]) => what)).toEqual(['refunded', 'refundFailed']);
});

it('a lost payment whose goods came back has its outcome on the next Z', () => {
  const till = lost();
  const { orderNumber, saleId } = till.newest();
  expect(carriedOn(z(till))).toEqual([['exception', orderNumber, 1000]]);
  returnAll(till, saleId);
  const second = z(till);
  expect(carriedOn(second)).toEqual([]);
  expect(lateOn(second)).toEqual([['returned', orderNumber, 1000, 1]]);
});

it('of a payment that was lost and paid anew in part, what came back is what was carried', () => {
  const till = lost();
  const { orderNumber, saleId, attemptId } = till.newest();
  till.tell({ kind: 'saleLeft' });
  till.tell({ kind: 'collectStarted', attemptId });
  till.tell({ kind: 'walletPartSet', amount_fen: 600 });
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  till.pay(answers.approved);
  till.tell({ kind: 'saleLeft' });
  expect(carriedOn(z(till))).toEqual([['exception', orderNumber, 400]]);
  returnAll(till, saleId);
  expect(lateOn(z(till))).toContainEqual(['returned', orderNumber, 400, 1]);
});

it('a void that was carried and is refused has its outcome on the next Z; the refund after it has its own', () => {
  const till = returning(2, backAnswers.lost);
  const { requestNumber } = backAt(till);
  expect(carriedOn(z(till))).toEqual([['giveBack', requestNumber, 1000]]);
  tellBack(till, backAnswers.refused);
  const refund = backAt(till).requestNumber;
  const second = z(till);
  expect(lateOn(second)).toEqual([['voidRefused', requestNumber, 1000, 1]]);
  expect(carriedOn(second)).toEqual([['giveBack', refund, 1000]]);
  tellBack(till, backAnswers.done);
  expect(lateOn(z(till))).toEqual([['refunded', refund, 1000, 2]]);
});

it('a failed refund that was carried, and that another one takes the place of, says so', () => {
  const till = returning(1, backAnswers.refused);
  const { requestNumber } = backAt(till);
  expect(carriedOn(z(till))).toEqual([['failedGiveBack', requestNumber, 500]]);
  retryBack(till);
  const again = backAt(till).requestNumber;
  const second = z(till);
  expect(lateOn(second)).toEqual([['replaced', requestNumber, 500, 1]]);
  tellBack(till, backAnswers.refused);
  expect(carriedOn(z(till))).toEqual([['failedGiveBack', again, 500]]);
  // The first one did it after all: nobody owes the second.
  tellBack(till, backAnswers.done, 0);
  const last = z(till);
  expect(carriedOn(last)).toEqual([]);
  expect(lateOn(last)).toEqual([
    ['refunded', requestNumber, 500, 1],
    ['backByAnother', again, 500, 2],
  ]);
});

it("the office's word of a cashier, approved in place by a manager, is an override", () => {
  const till = TestTill.disputed('WINDOW_CLOSED');
  const { orderNumber } = till.newest();
  const finding = { class: 'stillPending', orderNumber, effect_fen: 0 };
  expect(till.tell({ kind: 'findingSettled', finding, isConfirmed: true, ...signedFor }).refusal).toBeNull();
  const { control, cashiers } = z(till);
  expect(control.overrides).toBe(1);
  expect(cashiers.map(({ operatorId, overrides }) => [operatorId, overrides])).toEqual([['1', 1]]);
});

it('a till that goes on under an older program tells what that told', () => {
  const till = twiceBack();
  const { reportRules: _, ...before } = till.state;
  till.state = before;
  expect(carriedOn(z(till))).toEqual([]);
  seeLoss(till);
  expect(lateOn(z(till))).toEqual([]);
  till.tell({ kind: 'coreStarted', version: '2', runtime: '24', sentIds: [], sentDrawerIds: [] });
  expect(till.state.reportRules).toBe(2);
});

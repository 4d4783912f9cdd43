// An approval that comes after its payment had counted as lost: kept where it pays, given back where nobody needs it, counted once.
import { expect, test } from 'vitest';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { due_fen } from './queries.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };
const openGiveBacks = (till: TestTill) =>
  Object.values(till.state.giveBacks).map((one) => [one.attemptId, one.cause, one.method, one.amount_fen]);

/** 15 yuan in the tender step; a part of it, or all, was queued and then refused. The lost attempt's id. */
function lostInTender(part_fen: number | null): { till: TestTill; lost: string } {
  const till = TestTill.tendering(1500);
  till.line(false);
  if (part_fen !== null) till.tell({ kind: 'walletPartSet', amount_fen: part_fen });
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  return { till, lost: till.newest().attemptId };
}

/** 6 and 4 yuan of 10, both queued and then refused; the goods have left. */
function lostTwice(): { till: TestTill; first: string; second: string } {
  const till = TestTill.tendering(1000);
  till.line(false);
  till.tell({ kind: 'walletPartSet', amount_fen: 600 });
  till.tell(codeScan());
  const first = till.newest().attemptId;
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  const second = till.newest().attemptId;
  expect(till.sale().state).toBe('completedPending');
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
  for (const attemptId of [first, second]) till.pay(answers.declined, attemptId);
  expect(Object.keys(till.state.exceptions)).toEqual([first, second]);
  return { till, first, second };
}

test('a part that is lost before the goods left is due again, and no exception', () => {
  const { till } = lostInTender(500);
  expect(till.state.exceptions).toEqual({});
  expect(due_fen(till.state, till.sale())).toBe(1500);
});

test('while another payment is on its way: the late one is kept, the other one given back', () => {
  const { till, lost } = lostInTender(500);
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  const other = till.newest().attemptId;
  till.pay(answers.approved, lost);
  expect(till.sale().state).toBe('tendering');
  till.pay(answers.approved, other);
  expect(till.sale().state).toBe('completed');
  expect(openGiveBacks(till)).toEqual([[other, 'surplus', 'refund', 500]]);
  expect(due_fen(till.state, till.sale())).toBe(0);
});

test('while it is collected anew by another payment, which then is not needed', () => {
  const { till, first, second } = lostTwice();
  till.tell({ kind: 'writtenOff', attemptId: first, ...decided });
  till.tell({ kind: 'saleLeft' });
  till.tell({ kind: 'collectStarted', attemptId: second });
  till.tell(codeScan({ codeHmac: 'hmac-3' }));
  const again = till.newest().attemptId;
  for (const attemptId of [first, second]) till.pay(answers.approved, attemptId);
  expect(till.sale().state).toBe('completed');
  till.pay(answers.approved, again);
  expect(openGiveBacks(till)).toEqual([[again, 'surplus', 'void', 400]]);
});

test('ends its own exception at once: it can neither be written off nor hide another one', () => {
  const { till, first, second } = lostTwice();
  till.pay(answers.approved, first);
  expect(Object.keys(till.state.exceptions)).toEqual([second]);
  expect(till.sale().state).toBe('completedPending');
  expect(till.tell({ kind: 'writtenOff', attemptId: first, ...decided }).refusal).toBe('E-OFF-12');
  expect(due_fen(till.state, till.sale())).toBe(400);
});

test('after the sale was paid in cash it goes back whole', () => {
  const { till, lost } = lostInTender(null);
  till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
  till.pay(answers.approved, lost);
  expect(openGiveBacks(till)).toEqual([[lost, 'surplus', 'void', 1500]]);
});

test('worth more than what is still due, it is kept in part', () => {
  const { till, lost } = lostInTender(1200);
  till.tell({ kind: 'walletPartSet', amount_fen: 800 });
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  till.pay(answers.approved);
  till.pay(answers.approved, lost);
  expect(till.sale().state).toBe('completed');
  expect(openGiveBacks(till)).toEqual([[lost, 'surplus', 'refund', 500]]);
});

/** 12 yuan were lost, 8 of 15 are paid, a third payment is in doubt when the first turns out charged: all is covered, and more. */
function coveredInDoubt(): { till: TestTill; doubted: string } {
  const { till, lost } = lostInTender(1200);
  till.tell({ kind: 'walletPartSet', amount_fen: 800 });
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  till.pay(answers.approved);
  till.tell(codeScan({ codeHmac: 'hmac-3' }));
  const doubted = till.newest().attemptId;
  till.pay(answers.approved, lost);
  expect(till.sale().state).toBe('tendering');
  expect(openGiveBacks(till)).toEqual([[lost, 'surplus', 'refund', 500]]);
  return { till, doubted };
}

test('with a third payment in doubt the sale waits for its end, and no code is taken', () => {
  const { till, doubted } = coveredInDoubt();
  expect(till.tell(codeScan({ codeHmac: 'hmac-4' })).refusal).toBe('E-SCAN-08');
  till.pay(answers.declined, doubted);
  expect(till.sale().state).toBe('completed');
  expect(Object.keys(till.state.giveBacks)).toHaveLength(1);
});

test('after goods came back that nobody had paid for, only what the rest is worth is kept', () => {
  const till = TestTill.ready();
  till.line(false);
  till.tell({ kind: 'goodsEntered', goods: goods(1000, 'A') });
  till.tell({ kind: 'goodsEntered', goods: goods(500, 'B') });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  till.tell({ kind: 'writtenOff', attemptId: till.newest().attemptId, ...decided });
  const { saleId, lines } = till.sale();
  const back = (at: number) => {
    const asked = [{ lineId: lines[at]?.lineId ?? '', quantity: 1 }];
    return till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided }).refusal;
  };
  expect(back(1)).toBeNull();
  expect(till.state.giveBacks).toEqual({});
  till.pay(answers.approved);
  expect(openGiveBacks(till).map((one) => one[3])).toEqual([500]);
  expect(back(0)).toBeNull();
  expect(openGiveBacks(till).map((one) => one.slice(1))).toEqual([
    ['surplus', 'refund', 500],
    ['return', 'refund', 1000],
  ]);
});

test('cash in place of a payment in doubt is not taken when the late one has paid all by then', () => {
  const { till } = coveredInDoubt();
  till.later(6000);
  const drawer = till.state.drawer;
  expect(till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false }).refusal).toBeNull();
  expect(till.sale()).toMatchObject({ state: 'completed', cash: null });
  expect(till.state.drawer).toBe(drawer);
});

test.each([0, -1])('a wallet part of %d fen is none', (amount_fen) => {
  const till = TestTill.tendering();
  expect(till.tell({ kind: 'walletPartSet', amount_fen }).refusal).toBe('E-CASH-03');
});

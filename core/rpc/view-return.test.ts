// What the return screen is told: by the transition itself before it is done, by what was recorded afterwards. In a real database: two goods
// of 60 and 40 yuan, 60 by a wallet taken offline and 40 in cash, and the wallet's money never came.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReturnMoney, ReturnPreview } from '../../contract/snapshot.ts';
import { type DrivenTill, openDrivenTill, proof, tea } from '../../fixtures/databases/till.ts';
import { returnHandlers } from './commands-return.ts';
import type { Ask, CommandDependencies } from './command-types.ts';

const CODE = '130123456789011001';
const who = { operatorId: 'lin', approverId: 'chen' };
let directory: string;
let till: DrivenTill;
let handlers: ReturnType<typeof returnHandlers>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-money-'));
  till = openDrivenTill(join(directory, 'state'));
  const { engine } = till;
  const ask: Ask = (event) => {
    const code = engine.ask(event);
    return code === null ? { ok: true, result: null } : { ok: false, code, detail: '' };
  };
  handlers = returnHandlers(till as unknown as CommandDependencies, ask);
});

afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

function must(event: Parameters<DrivenTill['engine']['ask']>[0], options = {}): void {
  expect([event.kind, till.engine.ask(event, options)]).toEqual([event.kind, null]);
}

/** 60 by wallet and 40 in cash; the sale has left the counter. */
function sold(isOnline: boolean): { saleId: string; attemptId: string } {
  till.route(true);
  if (!isOnline) till.route(false);
  must({ kind: 'goodsEntered', goods: { ...tea, barcode: 'A', price_fen: 6_000 } });
  must({ kind: 'goodsEntered', goods: { ...tea, barcode: 'B', price_fen: 4_000 } });
  must({ kind: 'tenderStarted' });
  must({ kind: 'walletPartSet', amount_fen: 6_000 });
  const codeHmac = till.vault.fingerprint(CODE);
  const scanned = { codeMask: 'x', codeHmac, deferrable: true, queuedBefore: false };
  must({ kind: 'codeScanned', routeId: 'gateway', scheme: 'WECHAT', ...scanned }, { code: CODE });
  const saleId = till.engine.state.currentSaleId ?? '';
  const attemptId = till.engine.state.sales[saleId]?.attemptIds[0] ?? '';
  if (isOnline) till.answer(attemptId, { kind: 'approved', proof: { ...proof, actual_fen: 6_000 } });
  must({ kind: 'cashTaken', received_fen: 4_000, roundDown: false });
  must({ kind: 'saleLeft' });
  return { saleId, attemptId };
}

function soldAndLost(): { saleId: string; attemptId: string } {
  const one = sold(false);
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  till.answer(one.attemptId, { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
  return one;
}

/** The lines of these prices. */
function linesOf(saleId: string, ...prices_fen: number[]) {
  const lines = till.store.loadSale(saleId)?.lines ?? [];
  return lines
    .filter((line) => prices_fen.includes(line.price_fen))
    .map(({ lineId }) => ({ lineId, quantity: 1 }));
}

function preview(saleId: string, ...prices_fen: number[]): ReturnPreview {
  const answer = handlers['return.preview']({ saleId, lines: linesOf(saleId, ...prices_fen) }, who);
  if (!answer.ok) throw new Error(answer.code);
  return answer.result as ReturnPreview;
}

function open(saleId: string, ...prices_fen: number[]): ReturnMoney {
  const lines = linesOf(saleId, ...prices_fen);
  const answer = handlers['return.open']({ saleId, lines, reason: '质量问题' }, who);
  if (!answer.ok) throw new Error(answer.code);
  return answer.result as ReturnMoney;
}

/** What the drawer and the wallets have really lost by returns. */
function given() {
  const wallets = Object.values(till.engine.state.giveBacks).map((one) => one.amount_fen);
  return { cash_fen: till.engine.state.shift?.refunds_fen, wallets };
}

describe('a part that was never paid', () => {
  test('written off: the good that it was for gives back nothing, and nothing else is said', () => {
    const { saleId, attemptId } = soldAndLost();
    must({ kind: 'writtenOff', attemptId, reason: '找不到顾客', ...who });
    const nothing = {
      worth_fen: 6_000,
      unpaid_fen: 6_000,
      doubt_fen: 0,
      wasReversed: false,
      cash_fen: 0,
      wallets: [],
    };
    expect(preview(saleId, 6_000)).toEqual({ refusal: null, money: nothing });
    expect(open(saleId, 6_000)).toEqual(nothing);
    expect(given()).toEqual({ cash_fen: 0, wallets: [] });
    // What is left was paid in cash.
    const rest = {
      worth_fen: 4_000,
      unpaid_fen: 0,
      doubt_fen: 0,
      wasReversed: false,
      cash_fen: 4_000,
      wallets: [],
    };
    expect(open(saleId, 4_000)).toEqual(rest);
    expect(given()).toEqual({ cash_fen: 4_000, wallets: [] });
  });

  test('with its exception open: all of it comes back, the cash alone is given', () => {
    const { saleId } = soldAndLost();
    expect(preview(saleId, 6_000)).toEqual({ refusal: 'E-RET-05' });
    const money = {
      worth_fen: 10_000,
      unpaid_fen: 6_000,
      doubt_fen: 0,
      wasReversed: false,
      cash_fen: 4_000,
      wallets: [],
    };
    expect(preview(saleId, 6_000, 4_000)).toEqual({ refusal: null, money });
    expect(open(saleId, 6_000, 4_000)).toEqual(money);
    expect(given()).toEqual({ cash_fen: 4_000, wallets: [] });
  });
});

describe('an offline payment that was not proven', () => {
  const money = { worth_fen: 10_000, unpaid_fen: 6_000, wasReversed: false, cash_fen: 4_000, wallets: [] };

  test('sent, and its answer lost: the part may have been charged, before and after the return', () => {
    const { saleId, attemptId } = sold(false);
    till.route(true);
    till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
    till.answer(attemptId, { kind: 'noAnswer', cause: 'ECONNRESET' });
    const inDoubt = { ...money, doubt_fen: 6_000 };
    expect(preview(saleId, 6_000, 4_000)).toEqual({ refusal: null, money: inDoubt });
    expect(open(saleId, 6_000, 4_000)).toEqual(inDoubt);
    expect(till.attempt(attemptId).machine.state.kind).toBe('reversing');
  });

  test('undone by the acquirer: nobody calls it never paid, as the slip does not', () => {
    const { saleId, attemptId } = sold(false);
    till.route(true);
    till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
    till.answer(attemptId, { kind: 'noAnswer', cause: 'TIMED_OUT' });
    till.engine.post({ kind: 'payment', attemptId, event: { kind: 'timer' } });
    till.answer(attemptId, { kind: 'hostReversed', result: 'REFUNDED' });
    expect(till.attempt(attemptId).machine.state.kind).toBe('reversed');
    const undone = { ...money, doubt_fen: 0, wasReversed: true };
    expect(preview(saleId, 6_000, 4_000)).toEqual({ refusal: null, money: undone });
    expect(open(saleId, 6_000, 4_000)).toEqual(undone);
  });

  test('still queued: nothing of it was sent, and the return drops it', () => {
    const { saleId } = sold(false);
    const never = { ...money, doubt_fen: 0 };
    expect(preview(saleId, 6_000, 4_000)).toEqual({ refusal: null, money: never });
    expect(open(saleId, 6_000, 4_000)).toEqual(never);
  });
});

test('where all was paid, both say the wallet first, and the recorded one names its give-back', () => {
  const { saleId, attemptId } = sold(true);
  const wallet = { attemptId, scheme: 'WECHAT', amount_fen: 6_000 };
  const money = { worth_fen: 10_000, unpaid_fen: 0, doubt_fen: 0, wasReversed: false, cash_fen: 4_000 };
  expect(preview(saleId, 6_000, 4_000)).toEqual({
    refusal: null,
    money: { ...money, wallets: [{ ...wallet, giveBackId: null }] },
  });
  const opened = open(saleId, 6_000, 4_000);
  const [giveBackId] = Object.keys(till.engine.state.giveBacks);
  expect(opened).toEqual({ ...money, wallets: [{ ...wallet, giveBackId }] });
  expect(given()).toEqual({ cash_fen: 4_000, wallets: [6_000] });
});

test('asked for again, for its answer was late or lost, a return of one piece of two is not one of both', () => {
  for (let piece = 0; piece < 2; piece += 1) must({ kind: 'goodsEntered', goods: tea });
  must({ kind: 'tenderStarted' });
  must({ kind: 'cashTaken', received_fen: 900, roundDown: false });
  const saleId = till.engine.state.currentSaleId ?? '';
  must({ kind: 'saleLeft' });
  const [line = { lineId: '', quantity: 1 }] = linesOf(saleId, tea.price_fen);
  const returnOne = (returned: number) => {
    const asked = { saleId, lines: [{ ...line, returned }], reason: '质量问题' };
    return handlers['return.open'](asked, who);
  };
  expect(returnOne(0).ok).toBe(true);
  expect(returnOne(0)).toMatchObject({ ok: false, code: 'E-RET-09' });
  expect(given()).toEqual({ cash_fen: 450, wallets: [] });
  // Whose screen says that one is back brings the other.
  expect(returnOne(1).ok).toBe(true);
  expect(given()).toEqual({ cash_fen: 900, wallets: [] });
});

test('a preview does nothing', () => {
  const { saleId } = sold(true);
  const { head, state } = till.engine;
  expect(preview(saleId, 6_000)).toMatchObject({ refusal: null });
  expect(preview('S0')).toEqual({ refusal: 'E-RET-01' });
  expect([till.engine.head, till.engine.state]).toEqual([head, state]);
  expect(till.engine.ui.foundSale).toBeNull();
});

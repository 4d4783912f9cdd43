// What was sold is found again: a payment by any number of the acquirer's however old it is, a sale by time, sum and wallet.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeOlder } from '../fixtures/databases/older.ts';
import { type DrivenTill, openDrivenTill, proof, tea } from '../fixtures/databases/till.ts';
import type { SoldQuery } from '../core/ports/journal.ts';
import { createNaming, createSold } from './sold.ts';
import { openStore } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

let directory = '';
let state = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-sold-'));
  state = join(directory, 's');
});
afterEach(() => rmSync(directory, { recursive: true }));

const numbers = {
  acquirerOrderId: '2026112390000771',
  thirdPartyOrderId: '4200002026112390004444',
  retrievalRefNum: '261123009999',
};

/** One payment, and so many newer ones than a look through the newest would reach. */
function withManyNewer(): { sql: Database.Database; attemptId: string } {
  const till = openDrivenTill(state);
  till.route(true);
  const attemptId = till.sell('130123456789012345');
  till.answer(attemptId, { kind: 'approved', proof: { ...proof, ...numbers } });
  till.close();
  const sql = new Database(join(state, 'journal.db'));
  sql
    .prepare(
      `WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 6000)
       INSERT INTO attempt SELECT attempt_id || 'X' || printf('%06d', n), order_number || n, sale_id, state, proven, deferred, amount_fen, code_hmac,
         json_set(body, '$.attemptId', attempt_id || 'X' || n, '$.orderNumber', order_number || n,
           '$.machine.state.proof.acquirerOrderId', printf('20261124%08d', n), '$.machine.state.proof.thirdPartyOrderId', printf('43%020d', n),
           '$.machine.state.proof.retrievalRefNum', '')
       FROM count, attempt WHERE attempt_id = ?`,
    )
    .run(attemptId);
  return { sql, attemptId };
}

it('a payment older than thousands is found by each number of the acquirer, whole or by its end', () => {
  const { sql, attemptId } = withManyNewer();
  const naming = createNaming(sql);
  for (const number of Object.values(numbers)) {
    expect(naming(number).map((one) => one.attemptId)).toEqual([attemptId]);
    expect(naming(number.slice(-8)).map((one) => one.attemptId)).toEqual([attemptId]);
    expect(naming(number.slice(-6)).map((one) => one.attemptId)).toContain(attemptId);
  }
  expect(naming('2026112390000772')).toEqual([]);
  sql.close();
});

it('of the same end the newest stand first, and a number that is gone with its approval names nobody', () => {
  const { sql, attemptId } = withManyNewer();
  sql
    .prepare('UPDATE attempt SET body = json_set(body, ?, ?) WHERE attempt_id = ?')
    .run('$.machine.state.proof.retrievalRefNum', '261124009999', `${attemptId}X000005`);
  const found = createNaming(sql)('009999').map((one) => one.attemptId);
  expect(found).toEqual([`${attemptId}X5`, attemptId]);
  sql.prepare("UPDATE attempt SET state = 'reversed' WHERE attempt_id = ?").run(attemptId);
  expect(createNaming(sql)(numbers.acquirerOrderId)).toEqual([]);
  sql.close();
});

const any: SoldQuery = { from_ms: null, to_ms: null, sum_fen: null, wallet: null, before: null, limit: 9 };

/** Four sales: wallet, cash, wallet, one that is not paid yet. */
function sellSome(till: DrivenTill): string[] {
  till.route(true);
  const saleIds: string[] = [];
  const leave = () => {
    saleIds.push(till.engine.state.currentSaleId ?? '');
    till.engine.ask({ kind: 'saleLeft' });
  };
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  leave();
  till.answer(till.sell('130123456789012346'), { kind: 'declined', code: 'X', reason: 'other' });
  till.engine.ask({ kind: 'cashTaken', received_fen: 450, roundDown: false });
  leave();
  till.answer(till.sell('130123456789012347'), { kind: 'approved', proof });
  leave();
  till.sell('130123456789012348');
  return saleIds;
}

it('sold sales come newest first, by time, sum and wallet, a page at a time', () => {
  const till = openDrivenTill(state);
  const [first = '', second = '', third = ''] = sellSome(till);
  const ids = (query: Partial<SoldQuery>) => till.store.soldSaleIds({ ...any, ...query });
  expect(ids({})).toEqual([third, second, first]);
  expect(ids({ limit: 2 })).toEqual([third, second]);
  expect(ids({ before: till.store.loadSale(second)?.receiptNumber ?? '' })).toEqual([first]);
  expect(ids({ wallet: 'CASH' })).toEqual([second]);
  expect(ids({ wallet: 'ALIPAY' })).toEqual([]);
  // The second was declined: that is no way in which it was paid.
  expect(ids({ wallet: 'WECHAT' })).toEqual([third, first]);
  expect(ids({ sum_fen: 450 })).toHaveLength(3);
  expect(ids({ sum_fen: 45 })).toEqual([]);
  const at_ms = till.store.loadSale(second)?.completedAt_ms ?? 0;
  expect(ids({ from_ms: at_ms })).toContain(second);
  expect(ids({ to_ms: at_ms })).not.toContain(second);
  till.close();
  expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
});

it.each([2, 3])('a journal of schema %d is browsed like a new one', (schema) => {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  copyFileSync(
    join(import.meta.dirname, `../fixtures/databases/schema-${schema}.db`),
    join(state, 'journal.db'),
  );
  const store = openStore(state);
  const saleIds = store.soldSaleIds(any);
  expect(saleIds.length).toBeGreaterThan(3);
  expect(store.soldSaleIds({ ...any, wallet: 'CASH' })).toHaveLength(1);
  expect(store.attemptsNaming(proof.retrievalRefNum).length).toBeGreaterThan(1);
  store.close();
  expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
});

it('verification names a row that is not what was sold', () => {
  const till = openDrivenTill(state);
  sellSome(till);
  till.close();
  const sql = new Database(join(state, 'journal.db'));
  sql.exec("UPDATE sold SET sums = ' 1 ' WHERE number = 2");
  sql.exec('DELETE FROM sold WHERE number = 3');
  sql.close();
  const { differences } = verifyStateDirectory(state);
  expect(differences).toEqual(['sold 3 is missing', 'sold 2 differs']);
});

/** Of 10.03: all in cash, 抹零 of 3 fen; then 6.00 by a wallet and the rest in cash, 抹零 again; then all by a wallet. */
function sellRounded(till: DrivenTill): string[] {
  const { engine } = till;
  till.route(true);
  const goods = { ...tea, price_fen: 1003 };
  return [0, 600, 1003].map((wallet_fen, index) => {
    engine.ask({ kind: 'goodsEntered', goods });
    engine.ask({ kind: 'tenderStarted' });
    const saleId = engine.state.currentSaleId ?? '';
    if (wallet_fen > 0) {
      engine.ask({ kind: 'walletPartSet', amount_fen: wallet_fen });
      const code = `13012345678901235${index}`;
      const scanned = { codeMask: '13', codeHmac: till.vault.fingerprint(code), deferrable: true };
      const where = { routeId: 'gateway', scheme: 'WECHAT', queuedBefore: false };
      engine.ask({ kind: 'codeScanned', ...where, ...scanned }, { code });
      const attemptId = engine.state.sales[saleId]?.attemptIds.at(-1) ?? '';
      till.answer(attemptId, { kind: 'approved', proof: { ...proof, actual_fen: wallet_fen } });
    }
    if (wallet_fen < 1003) engine.ask({ kind: 'cashTaken', received_fen: 2000, roundDown: true });
    expect(engine.state.sales[saleId]?.receiptNumber).not.toBeNull();
    engine.ask({ kind: 'saleLeft' });
    return saleId;
  });
}

it.each(['as written', 'carried over from schema 3'])(
  'what was paid in cash is a sum to browse by: %s',
  (how) => {
    const till = openDrivenTill(state);
    const [cash = '', mixed = '', wallet = ''] = sellRounded(till);
    till.close();
    if (how !== 'as written') makeOlder(state, 3);
    const store = openStore(state);
    const of = (sum_fen: number) => store.soldSaleIds({ ...any, sum_fen });
    expect(of(1003)).toEqual([wallet, mixed, cash]);
    expect(of(1000)).toEqual([mixed, cash]);
    expect(of(600)).toEqual([mixed]);
    expect(of(400)).toEqual([mixed]);
    expect(of(403)).toEqual([]);
    expect(store.soldSaleIds({ ...any, wallet: 'CASH' })).toEqual([mixed, cash]);
    store.close();
    expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
  },
);

it('a payment that may yet come counts until it provably did not', () => {
  const till = openDrivenTill(state);
  till.route(false);
  const queued = [346, 347].map((end) => {
    const attemptId = till.sell(`130123456789012${end}`);
    const saleId = till.engine.state.currentSaleId ?? '';
    till.engine.ask({ kind: 'saleLeft' });
    return { attemptId, saleId };
  });
  const [declined, approved] = queued;
  const byWallet = () => till.store.soldSaleIds({ ...any, wallet: 'WECHAT' });
  expect(byWallet()).toEqual([approved?.saleId, declined?.saleId]);
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 2 });
  till.answer(declined?.attemptId ?? '', { kind: 'declined', code: 'X', reason: 'other' });
  till.answer(approved?.attemptId ?? '', { kind: 'approved', proof });
  expect(byWallet()).toEqual([approved?.saleId]);
  till.close();
  expect(verifyStateDirectory(state)).toMatchObject({ ok: true, differences: [] });
  makeOlder(state, 3);
  const store = openStore(state);
  expect(store.soldSaleIds({ ...any, wallet: 'WECHAT' })).toEqual([approved?.saleId]);
  store.close();
});

it('from the tenth restore on numbers have nine digits, and are newer than those of eight', () => {
  const till = openDrivenTill(state);
  const [, second = '', third = ''] = sellSome(till);
  till.close();
  const sql = new Database(join(state, 'journal.db'));
  sql.exec('UPDATE sold SET number = 100000003 WHERE number = 3');
  const sold = createSold(sql);
  expect(sold({ ...any, limit: 2 })).toEqual([third, second]);
  expect(sold({ ...any, limit: 1, before: '100000003' })).toEqual([second]);
  const [{ detail = '' } = {}] = sql
    .prepare('EXPLAIN QUERY PLAN SELECT sale_id FROM sold WHERE number < 9 ORDER BY number DESC LIMIT 9')
    .all() as { detail?: string }[];
  expect(detail).toMatch(/USING INTEGER PRIMARY KEY/);
  sql.close();
});

it('a number that no bad disk has left whole keeps no till from being carried over, and is named', () => {
  const till = openDrivenTill(state);
  sellSome(till);
  till.close();
  makeOlder(state, 3);
  const sql = new Database(join(state, 'journal.db'));
  sql.exec("UPDATE sale SET receipt_number = '0000000q' WHERE receipt_number = '00000003'");
  sql.exec("UPDATE sale SET receipt_number = '2p000000' WHERE receipt_number = '00000001'");
  sql.close();
  openStore(state).close();
  expect(verifyStateDirectory(state).differences).toContain('sold 3 is missing');
});

// What was sold is found again: a payment by any number of the acquirer's however old it is, a sale by time, sum and wallet.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import type { SoldQuery } from '../core/ports/journal.ts';
import { createNaming } from './sold.ts';
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
  sql.exec("UPDATE sold SET sums = ' 1 ' WHERE receipt_number = '00000002'");
  sql.exec("DELETE FROM sold WHERE receipt_number = '00000003'");
  sql.close();
  const { differences } = verifyStateDirectory(state);
  expect(differences).toEqual(['sold 00000003 is missing', 'sold 00000002 differs']);
});

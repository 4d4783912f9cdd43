// node bench/finding.ts [--payments 100000] [--directory DIR]
// How long it takes to find an old payment by the acquirer's number, and sold sales by time and sum, in a journal of years.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SoldQuery } from '../core/ports/journal.ts';
import { openSql, type Sql } from '../db/open.ts';
import { createNaming, createSold } from '../db/sold.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { median } from './support/figures.ts';

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '100000' },
    directory: { type: 'string', default: '.cache' },
  },
});
const payments = Number(values.payments);
const ROUNDS = 30;
const MINUTE_ms = 60_000;
const FIRST_ms = Date.UTC(2026, 0, 1);

/** Scattered over its eight digits, as an acquirer's counter that other shops use too. */
const numberOf = (payment: number): string => String((payment * 7919) % 100_000_000).padStart(8, '0');

/** One payment of the real engine, copied. */
function fill(sql: Sql, attemptId: string): void {
  sql.function('number_of', { deterministic: true }, (payment) => numberOf(Number(payment)));
  sql
    .prepare(
      `WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < :payments)
       INSERT INTO attempt SELECT attempt_id || 'X' || printf('%09d', n), order_number || n, sale_id, state, proven, deferred, amount_fen, code_hmac,
         json_set(body, '$.attemptId', attempt_id || 'X' || n, '$.orderNumber', order_number || n,
           '$.machine.state.proof.acquirerOrderId', '20261124' || number_of(n),
           '$.machine.state.proof.thirdPartyOrderId', '4200' || number_of(n * 13), '$.machine.state.proof.retrievalRefNum', '2611' || number_of(n * 17))
       FROM count, attempt WHERE attempt_id = :attemptId`,
    )
    .run({ payments, attemptId });
  sql
    .prepare(
      `WITH RECURSIVE count(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM count WHERE n < :payments)
       INSERT INTO sold SELECT n, 'S' || n, ${FIRST_ms} + n * ${MINUTE_ms}, printf(' %d %d ', n % 5000, n % 5000), ' WECHAT ' FROM count`,
    )
    .run({ payments });
  sql.pragma('wal_checkpoint(TRUNCATE)');
}

function say(name: string, once: (round: number) => readonly unknown[]): void {
  let found = 0;
  const took_ms = Array.from({ length: ROUNDS }, (_, round) => {
    const started_ms = performance.now();
    found = once(round).length;
    return performance.now() - started_ms;
  });
  process.stdout.write(
    `| ${name} | ${found} | ${median(took_ms).toFixed(2)} ms | ${Math.max(...took_ms).toFixed(2)} ms |\n`,
  );
}

const directory = mkdtempSync(join(values.directory, 'finding-'));
const till = openDrivenTill(join(directory, 's'));
till.route(true);
const attemptId = till.sell('130123456789012345');
till.answer(attemptId, { kind: 'approved', proof });
till.close();
const sql = openSql(join(directory, 's', 'journal.db'));
fill(sql, attemptId);
const naming = createNaming(sql);
const sold = createSold(sql);
const any: SoldQuery = { from_ms: null, to_ms: null, sum_fen: null, wallet: null, before: null, limit: 9 };
const day: SoldQuery = { ...any, from_ms: FIRST_ms, to_ms: FIRST_ms + 24 * 60 * MINUTE_ms };
process.stdout.write(
  `${payments.toLocaleString('en')} payments, ${ROUNDS} rounds\n| what | found | median | max |\n|---|---|---|---|\n`,
);
say('one of the oldest, by the whole number', (round) => naming(`20261124${numberOf(round + 1)}`));
say('one of the oldest, by its last six digits', (round) => naming(numberOf(round + 1).slice(-6)));
say('a number that is nowhere', (round) => naming(`99999999${numberOf(round)}`));
say('the newest sales', () => sold(any));
say('sales of the oldest day', () => sold(day));
say('sales of one sum, over all the time', (round) => sold({ ...any, sum_fen: 77 + round }));
say('a sum that is nowhere', () => sold({ ...any, sum_fen: 99_999 }));
say('a wallet by which nobody has paid', () => sold({ ...any, wallet: 'UNIONPAY' }));
sql.close();
rmSync(directory, { recursive: true });

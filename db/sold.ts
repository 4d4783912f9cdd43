// Finding what was sold: sales by time, sum and wallet, payments by the numbers that people can read off a phone or a slip.
import type { SoldQuery } from '../core/ports/journal.ts';
import type { Attempt } from '../core/domain/till/state.ts';
import { numberEnds } from './migrations/0004-finding.ts';
import type { Sql } from './open.ts';

/** An end that so many numbers share names nobody. */
const SAME_END_attempts = 500;

/** Customers ask within days, by the end of a code or of our number, which no index knows: a shop's month, read in milliseconds. */
const ASKED_attempts = 5_000;

type Row = { attemptId: string; body: string };

const attemptOf = ({ body }: Row): Attempt => JSON.parse(body) as Attempt;

/** Newest first. */
export function createNaming(sql: Sql): (text: string) => Attempt[] {
  const columns = 'SELECT attempt_id AS attemptId, body';
  const byNumber = sql.prepare(`${columns} FROM attempt WHERE order_number = ?`);
  const byEnd = numberEnds.map((end) =>
    sql.prepare(
      `${columns} FROM attempt WHERE state = 'approved' AND ${end} = substr(:text, -6) AND instr(body, :text) > 0
       ORDER BY attempt_id DESC LIMIT ${SAME_END_attempts}`,
    ),
  );
  const holding = sql.prepare(
    `SELECT attemptId, body FROM (${columns} FROM attempt ORDER BY attempt_id DESC LIMIT ${ASKED_attempts})
     WHERE instr(body, :text) > 0`,
  );
  return (text) => {
    const exact = byNumber.get(text) as Row | undefined;
    if (exact !== undefined) return [attemptOf(exact)];
    const found = [...byEnd, holding].flatMap((statement) => statement.all({ text }) as Row[]);
    const rows = new Map(found.map((row) => [row.attemptId, row]));
    return [...rows.values()].toSorted((a, b) => (a.attemptId < b.attemptId ? 1 : -1)).map(attemptOf);
  };
}

/** Newest first: every row is short, so that a look through years of them takes milliseconds. */
export function createSold(sql: Sql): (query: SoldQuery) => string[] {
  const chosen = sql
    .prepare(
      `SELECT sale_id FROM sold
       WHERE number < :before AND completed_at_ms >= :from_ms AND completed_at_ms < :to_ms
         AND instr(sums, :sum) > 0 AND instr(wallets, :wallet) > 0
       ORDER BY number DESC LIMIT :limit`,
    )
    .pluck();
  return ({ from_ms, to_ms, sum_fen, wallet, before, limit }) =>
    chosen.all({
      before: before === null ? Number.MAX_SAFE_INTEGER : Number(before),
      from_ms: from_ms ?? 0,
      to_ms: to_ms ?? Number.MAX_SAFE_INTEGER,
      sum: sum_fen === null ? ' ' : ` ${sum_fen} `,
      wallet: wallet === null ? ' ' : ` ${wallet} `,
      limit,
    }) as string[];
}

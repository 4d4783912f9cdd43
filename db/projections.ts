// The projections: the till's living state as rows, rewritten in the commit that appends the records they follow from.
import type { Commit, ExceptionRow } from '../core/ports/journal.ts';
import type { Sale } from '../core/domain/sale/sale.ts';
import { isProven } from '../core/domain/payment/state.ts';
import { type Attempt, emptyTill, type Receipt, type TillState } from '../core/domain/till/state.ts';
import type { Sql } from './open.ts';

/** The scalar part of the state: everything but the entities, which have rows of their own. */
type TillRow = Omit<TillState, 'sales' | 'attempts' | 'receipts'>;

function scalarsOf(state: TillState): TillRow {
  const { sales: _sales, attempts: _attempts, receipts: _receipts, ...scalars } = state;
  return scalars;
}

export type Projections = {
  write(commit: Commit): void;
  load(): TillState;
  attempt(attemptId: string): Attempt | null;
  sale(saleId: string): Sale | null;
  receipt(receiptId: string): Receipt | null;
  isCodeQueued(codeHmac: string): boolean;
  exceptions(): ExceptionRow[];
};

/** The columns of an attempt's row, as written and as verified. */
export function attemptColumns(attempt: Attempt): (string | number)[] {
  const { state, deferred } = attempt.machine;
  return [
    attempt.attemptId,
    attempt.orderNumber,
    attempt.saleId,
    state.kind,
    isProven(state) ? 1 : 0,
    deferred ? 1 : 0,
    attempt.amount_fen,
    attempt.codeHmac,
  ];
}

export function saleColumns(sale: Sale): (string | null)[] {
  return [sale.saleId, sale.state, sale.receiptNumber];
}

export function receiptColumns(receipt: Receipt): string[] {
  return [receipt.receiptId, receipt.number, receipt.saleId];
}

function prepareWrites(sql: Sql) {
  return {
    till: sql.prepare(
      'INSERT INTO till (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    ),
    sale: sql.prepare(
      'INSERT OR REPLACE INTO sale (sale_id, state, receipt_number, body) VALUES (?, ?, ?, ?)',
    ),
    attempt: sql.prepare(
      `INSERT INTO attempt (attempt_id, order_number, sale_id, state, proven, deferred, amount_fen, code_hmac, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (attempt_id) DO UPDATE SET
         state = excluded.state, proven = excluded.proven, deferred = excluded.deferred, body = excluded.body`,
    ),
    receipt: sql.prepare(
      'INSERT OR REPLACE INTO receipt (receipt_id, number, sale_id, body) VALUES (?, ?, ?, ?)',
    ),
    exception: sql.prepare(
      'INSERT OR REPLACE INTO exception (attempt_id, reason, acquirer_code, at_ms) VALUES (?, ?, ?, ?)',
    ),
  };
}

function writer(sql: Sql): Projections['write'] {
  const statements = prepareWrites(sql);
  return (commit) => {
    const { state } = commit;
    statements.till.run(JSON.stringify(scalarsOf(state)));
    for (const saleId of commit.saleIds) {
      const sale = state.sales[saleId];
      if (sale) statements.sale.run(...saleColumns(sale), JSON.stringify(sale));
    }
    for (const attemptId of commit.attemptIds) {
      const attempt = state.attempts[attemptId];
      if (attempt) statements.attempt.run(...attemptColumns(attempt), JSON.stringify(attempt));
    }
    for (const receiptId of commit.receiptIds) {
      const receipt = state.receipts[receiptId];
      if (receipt) statements.receipt.run(...receiptColumns(receipt), JSON.stringify(receipt));
    }
    for (const record of commit.records) {
      if (record.type !== 'exception.raised') continue;
      const { attemptId, reason, acquirerCode, at_ms } = record.body;
      statements.exception.run(attemptId, reason, acquirerCode, at_ms);
    }
  };
}

function parsed<Type>(row: unknown): Type | null {
  if (row === undefined) return null;
  return JSON.parse((row as { body: string }).body) as Type;
}

/** Everything alive: the current sale, unproven attempts, their sales with all their attempts, and unprinted receipts. */
function loader(sql: Sql, one: Pick<Projections, 'attempt' | 'sale' | 'receipt'>): () => TillState {
  return () => {
    const scalars = parsed<TillRow>(sql.prepare('SELECT body FROM till WHERE id = 1').get());
    if (scalars === null) return emptyTill;
    const state: TillState = { ...scalars, sales: {}, attempts: {}, receipts: {} };
    const unproven = sql
      .prepare('SELECT DISTINCT sale_id FROM attempt WHERE proven = 0 ORDER BY sale_id')
      .all() as { sale_id: string }[];
    const saleIds = new Set(unproven.map((row) => row.sale_id));
    if (scalars.currentSaleId !== null) saleIds.add(scalars.currentSaleId);
    const receiptIds = sql
      .prepare("SELECT DISTINCT reference FROM outbox WHERE kind = 'print' ORDER BY reference")
      .all() as { reference: string }[];
    for (const id of [...receiptIds.map((row) => row.reference), scalars.lastReceiptId ?? '']) {
      const receipt = one.receipt(id);
      if (!receipt) continue;
      state.receipts[receipt.receiptId] = receipt;
      saleIds.add(receipt.saleId);
    }
    for (const saleId of saleIds) {
      const sale = one.sale(saleId);
      if (!sale) continue;
      state.sales[saleId] = sale;
      for (const attemptId of sale.attemptIds) {
        const attempt = one.attempt(attemptId);
        if (attempt) state.attempts[attemptId] = attempt;
      }
    }
    return state;
  };
}

export function createProjections(sql: Sql): Projections {
  const attemptById = sql.prepare('SELECT body FROM attempt WHERE attempt_id = ?');
  const saleById = sql.prepare('SELECT body FROM sale WHERE sale_id = ?');
  const receiptById = sql.prepare('SELECT body FROM receipt WHERE receipt_id = ?');
  const queuedCode = sql.prepare(
    'SELECT 1 FROM attempt WHERE code_hmac = ? AND proven = 0 AND deferred = 1 LIMIT 1',
  );
  const exceptionRows = sql.prepare(
    `SELECT exception.attempt_id AS attemptId, attempt.order_number AS orderNumber, attempt.sale_id AS saleId,
            sale.receipt_number AS receiptNumber, attempt.amount_fen AS amount_fen, exception.reason AS reason,
            exception.acquirer_code AS acquirerCode, exception.at_ms AS at_ms
     FROM exception JOIN attempt USING (attempt_id) JOIN sale ON sale.sale_id = attempt.sale_id
     ORDER BY exception.at_ms, exception.attempt_id LIMIT 500`,
  );
  const one = {
    attempt: (attemptId: string) => parsed<Attempt>(attemptById.get(attemptId)),
    sale: (saleId: string) => parsed<Sale>(saleById.get(saleId)),
    receipt: (receiptId: string) => parsed<Receipt>(receiptById.get(receiptId)),
  };
  return {
    ...one,
    write: writer(sql),
    load: loader(sql, one),
    isCodeQueued: (codeHmac) => queuedCode.get(codeHmac) !== undefined,
    exceptions: () => exceptionRows.all() as ExceptionRow[],
  };
}

// What the till's own files say after it has stopped, read without its code where that is possible.
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type AttemptRow = {
  orderNumber: string;
  saleId: string;
  state: string;
  proven: number;
  amount_fen: number;
};
export type SaleRow = { saleId: string; state: string; hasCash: number };
export type GiveBackRow = {
  requestNumber: string;
  orderNumber: string;
  method: 'void' | 'refund';
  state: string;
  open: number;
  amount_fen: number;
};
/** `number` as it stands on the paper. `total_fen`: of a sold sale, without what was rounded off; null for every other paper. */
export type ReceiptRow = { kind: string; number: string; total_fen: number | null };

export type Books = {
  attempts: AttemptRow[];
  sales: SaleRow[];
  giveBacks: GiveBackRow[];
  receipts: ReceiptRow[];
  /** In the order of the journal. */
  zNumbers: number[];
  drawerAsked: number;
  /** Pulses that were asked and never ended. */
  drawerOpen: string[];
};

function openIds(sql: Database.Database, type: string): string[] {
  const found = sql
    .prepare("SELECT json_extract(body, '$.openId') AS openId FROM journal WHERE type = ? ORDER BY sequence")
    .all(type) as { openId: string }[];
  return found.map((row) => row.openId);
}

export function readBooks(stateDirectory: string): Books {
  const sql = new Database(join(stateDirectory, 'journal.db'), { readonly: true });
  const rows = <Row>(query: string): Row[] => sql.prepare(query).all() as Row[];
  try {
    const asked = openIds(sql, 'drawer.asked');
    const ended = new Set(openIds(sql, 'drawer.ended'));
    return {
      attempts: rows(`SELECT order_number AS orderNumber, sale_id AS saleId, state, proven, amount_fen
        FROM attempt ORDER BY attempt_id`),
      sales: rows(`SELECT sale_id AS saleId, state, json_extract(body, '$.cash') IS NOT NULL AS hasCash
        FROM sale ORDER BY sale_id`),
      giveBacks:
        rows(`SELECT request_number AS requestNumber, json_extract(body, '$.orderNumber') AS orderNumber,
        json_extract(body, '$.method') AS method, state, open, amount_fen FROM give_back ORDER BY give_back_id`),
      receipts: rows(`SELECT kind, CASE kind WHEN 'giveBack' THEN subject ELSE number END AS number,
        (SELECT json_extract(body, '$.total_fen') - json_extract(body, '$.rounding_fen') FROM journal
          WHERE type = 'sale.completed' AND json_extract(body, '$.receiptId') = receipt_id) AS total_fen
        FROM receipt ORDER BY receipt_id`),
      zNumbers: rows<{ zNumber: number }>(`SELECT json_extract(body, '$.report.zNumber') AS zNumber
        FROM journal WHERE type = 'day.closed' ORDER BY sequence`).map((row) => row.zNumber),
      drawerAsked: asked.length,
      drawerOpen: asked.filter((openId) => !ended.has(openId)),
    };
  } finally {
    sql.close();
  }
}

/** How many rows of the outbox wait; readable beside a running core. */
export function openOutboxRows(stateDirectory: string): number {
  const sql = new Database(join(stateDirectory, 'journal.db'), { readonly: true });
  try {
    return (sql.prepare('SELECT count(*) AS count FROM outbox').get() as { count: number }).count;
  } finally {
    sql.close();
  }
}

// Compares what a till says after a crash with what the acquirer really did, and with what came out of the printer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { verifyStateDirectory } from '../../db/verify.ts';
import type { OrderTruth } from '../../fixtures/acquirers/gateway/ledger-read.ts';

export type Evidence = {
  stateDirectory: string;
  /** Only the orders of this run. */
  ledger: readonly OrderTruth[];
  /** Texts of the papers of this run, oldest first. */
  papers: readonly string[];
  /** The newest journal head that the core told anybody before it died. */
  acknowledged: { sequence: number; shortHash: string } | null;
  /** Full payment codes shown in this run. */
  codes: readonly string[];
};

type AttemptRow = { orderNumber: string; saleId: string; state: string; proven: number; amount_fen: number };
type SaleRow = { saleId: string; state: string };

const COPY = 'POSSIBLE COPY';

function net_fen(truth: OrderTruth | undefined): number {
  return truth === undefined ? 0 : truth.charged_fen - truth.givenBack_fen;
}

function judgeAttempts(attempts: readonly AttemptRow[], ledger: ReadonlyMap<string, OrderTruth>): string[] {
  const problems: string[] = [];
  for (const attempt of attempts) {
    const truth = ledger.get(attempt.orderNumber);
    const label = `${attempt.orderNumber} (${attempt.state}, ledger ${truth?.state ?? 'nothing'})`;
    if (attempt.proven !== 1) problems.push(`${label} is not proven`);
    if ((truth?.charges ?? 0) > 1) problems.push(`${label} was charged ${truth?.charges} times`);
    const expected_fen = attempt.state === 'approved' ? attempt.amount_fen : 0;
    if (net_fen(truth) !== expected_fen)
      problems.push(`${label}: ${net_fen(truth)} fen kept, ${expected_fen} expected`);
  }
  for (const order of ledger.keys()) {
    if (!attempts.some((attempt) => attempt.orderNumber === order))
      problems.push(`${order} is in no journal`);
  }
  return problems;
}

function judgeSales(
  sales: readonly SaleRow[],
  attempts: readonly AttemptRow[],
  papers: readonly string[],
): string[] {
  const problems: string[] = [];
  for (const { saleId, state } of sales) {
    const kept = attempts.filter(
      (attempt) => attempt.saleId === saleId && attempt.state === 'approved',
    ).length;
    if (kept > 1) problems.push(`sale ${saleId} keeps ${kept} charges`);
    if ((kept === 1) !== (state === 'completed'))
      problems.push(`sale ${saleId} is ${state} with ${kept} charges kept`);
  }
  const isCompleted = sales.some((sale) => sale.state === 'completed');
  const originals = papers.filter((text) => !text.includes(COPY)).length;
  if (originals > 1) problems.push(`${originals} receipts without a copy mark`);
  if (isCompleted !== papers.length > 0)
    problems.push(`${papers.length} papers for a sale that is ${sales[0]?.state}`);
  return problems;
}

function judgeJournal(sql: Database.Database, evidence: Evidence): string[] {
  const problems: string[] = [];
  const verified = verifyStateDirectory(evidence.stateDirectory);
  if (!verified.ok)
    problems.push(`journal: ${verified.fault?.detail ?? ''} ${verified.differences.join(', ')}`);
  const { acknowledged } = evidence;
  if (acknowledged === null || acknowledged.sequence === 0) return problems;
  const row = sql.prepare('SELECT hash FROM journal WHERE sequence = ?').get(acknowledged.sequence) as
    | { hash: string }
    | undefined;
  if (row?.hash.startsWith(acknowledged.shortHash) !== true) {
    problems.push(`acknowledged record ${acknowledged.sequence} is lost`);
  }
  return problems;
}

/** Payment codes found in the clear in any file of the state directory. */
export function leakedCodes(stateDirectory: string, codes: readonly string[]): string[] {
  const files = readdirSync(stateDirectory).filter((name) => !name.endsWith('.sock'));
  return files.flatMap((name) => {
    const bytes = readFileSync(join(stateDirectory, name));
    return codes
      .filter((code) => bytes.includes(code))
      .map((code) => `code ${code.slice(0, 6)}... stands in ${name}`);
  });
}

/** Every broken promise, in words; none when all is well. The core must have ended. */
export function judge(evidence: Evidence): string[] {
  const sql = new Database(join(evidence.stateDirectory, 'journal.db'), { readonly: true });
  try {
    const attempts = sql
      .prepare(
        'SELECT order_number AS orderNumber, sale_id AS saleId, state, proven, amount_fen FROM attempt',
      )
      .all() as AttemptRow[];
    const sales = sql.prepare('SELECT sale_id AS saleId, state FROM sale').all() as SaleRow[];
    const ledger = new Map(evidence.ledger.map((truth) => [truth.merchantOrderId, truth]));
    return [
      ...judgeJournal(sql, evidence),
      ...judgeAttempts(attempts, ledger),
      ...judgeSales(sales, attempts, evidence.papers),
      ...leakedCodes(evidence.stateDirectory, evidence.codes),
    ];
  } finally {
    sql.close();
  }
}

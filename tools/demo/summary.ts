// summary.json: what became of every sale, read from the till's own file after the core has stopped.
import { join } from 'node:path';
import type { Attempt } from '../../core/domain/till/state.ts';
import type { Sale } from '../../core/domain/sale/sale.ts';
import { saleTotal_fen } from '../../core/domain/sale/sale.ts';
import { paid_fen, returnedShare } from '../../core/domain/sale/settled.ts';
import { journalRows } from '../../db/journal.ts';
import { openSql, type Sql } from '../../db/open.ts';

export type Outcome = 'paid' | 'notCharged' | 'givenBack' | 'queued' | 'exception';

export type SaleSummary = {
  saleId: string;
  step: string;
  amount_fen: number;
  outcome: Outcome;
  /** `kept_fen`: what the till believes to have of it. */
  attempts: { orderNumber: string; state: string; kept_fen: number }[];
  cash_fen: number;
  rounding_fen: number;
  returned_fen: number;
  journalSeq: number;
  receipts: string[];
};

function bodies<Type>(sql: Sql, query: string): Type[] {
  return (sql.prepare(query).all() as { body: string }[]).map((row) => JSON.parse(row.body) as Type);
}

/** Sequence of the last record that speaks of each sale. */
function lastSequences(sql: Sql, attempts: ReadonlyMap<string, Attempt>): Map<string, number> {
  const last = new Map<string, number>();
  for (const row of journalRows(sql)) {
    const body = JSON.parse(row.body) as { saleId?: string; attemptId?: string; attempt?: Attempt };
    const saleId = body.saleId ?? body.attempt?.saleId ?? attempts.get(body.attemptId ?? '')?.saleId;
    if (saleId !== undefined) last.set(saleId, row.sequence);
  }
  return last;
}

/** What came back, by what each line was settled at. */
function returned_fen(sale: Sale): number {
  const shares = sale.settled.flatMap((line) => {
    const count = sale.returned[line.lineId] ?? 0;
    return count === 0 ? [] : [returnedShare(line, 0, count)];
  });
  return paid_fen(shares);
}

function outcomeOf(attempts: readonly Attempt[], exceptions: ReadonlySet<string>, hasCash: boolean): Outcome {
  if (attempts.some((one) => exceptions.has(one.attemptId))) return 'exception';
  const kinds = attempts.map((one) => one.machine.state.kind);
  if (kinds.includes('approved') || hasCash) return 'paid';
  if (kinds.includes('queued')) return 'queued';
  const isGivenBack = attempts.some(
    ({ machine: { state } }) => state.kind === 'reversed' && state.result !== 'NOT_CHARGED',
  );
  if (isGivenBack) return 'givenBack';
  const isOver = kinds.every((kind) =>
    ['declined', 'notSent', 'expiredUnsent', 'reversed', 'closed'].includes(kind),
  );
  if (!isOver) throw new Error(`a sale has no proof: ${kinds.join()}`);
  return 'notCharged';
}

/** `steps`: saleId -> step; `receipts`: receipt number -> file names of its papers. */
export function summarize(
  stateDirectory: string,
  steps: ReadonlyMap<string, string>,
  receipts: ReadonlyMap<string, readonly string[]>,
): SaleSummary[] {
  const sql = openSql(join(stateDirectory, 'journal.db'), { readonly: true });
  try {
    const sales = bodies<Sale>(sql, 'SELECT body FROM sale ORDER BY sale_id');
    const attempts = new Map(
      bodies<Attempt>(sql, 'SELECT body FROM attempt ORDER BY attempt_id').map((one) => [one.attemptId, one]),
    );
    const exceptionRows = sql.prepare('SELECT attempt_id FROM exception ORDER BY attempt_id').all();
    const exceptions = new Set((exceptionRows as { attempt_id: string }[]).map((row) => row.attempt_id));
    const sequences = lastSequences(sql, attempts);
    return sales.map((sale) => {
      const own = sale.attemptIds.flatMap((attemptId) => attempts.get(attemptId) ?? []);
      return {
        saleId: sale.saleId,
        step: steps.get(sale.saleId) ?? '',
        amount_fen: saleTotal_fen(sale),
        outcome: outcomeOf(own, exceptions, sale.cash !== null),
        attempts: own.map((one) => ({
          orderNumber: one.orderNumber,
          state: one.machine.state.kind,
          kept_fen: one.machine.state.kind === 'approved' ? one.amount_fen - one.givenBack_fen : 0,
        })),
        cash_fen: (sale.cash?.amount_fen ?? 0) - sale.cashReturned_fen,
        rounding_fen: sale.cash?.rounding_fen ?? 0,
        returned_fen: returned_fen(sale),
        journalSeq: sequences.get(sale.saleId) ?? 0,
        receipts: [...(receipts.get(sale.receiptNumber ?? '') ?? [])],
      };
    });
  } finally {
    sql.close();
  }
}

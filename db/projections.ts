// The projections: the till's living state as rows, rewritten in the commit that appends the records they follow from.
import type { CodeUse, CodeUseQuery, Commit, ExceptionRow, SoldQuery } from '../core/ports/journal.ts';
import type { Sale } from '../core/domain/sale/sale.ts';
import type { GiveBack } from '../core/domain/giveback/give-back.ts';
import { type Attempt, emptyTill, type Receipt, type TillState } from '../core/domain/till/state.ts';
import { createCodeUse } from './code-use.ts';
import { DatabaseRefused } from './errors.ts';
import { lazily } from './lazily.ts';
import type { TillRow } from './projection-columns.ts';
import { createWriter } from './projection-writer.ts';
import type { Sql, Statement } from './open.ts';
import { createNaming, createSold } from './sold.ts';

export type Projections = {
  write(commit: Commit, sequence: number): void;
  load(): TillState;
  attempt(attemptId: string): Attempt | null;
  attemptsNaming(text: string): Attempt[];
  soldSaleIds(query: SoldQuery): string[];
  sale(saleId: string): Sale | null;
  saleByReceiptNumber(number: string): Sale | null;
  receipt(receiptId: string): Receipt | null;
  giveBack(giveBackId: string): GiveBack | null;
  giveBacksOf(saleId: string): GiveBack[];
  codeUse(query: CodeUseQuery): CodeUse;
  exceptions(): ExceptionRow[];
};

function parsed<Type>(row: unknown): Type | null {
  if (row === undefined) return null;
  return JSON.parse((row as { body: string }).body) as Type;
}

/** Made ready once: whoever looks at a till's state loads it more than once. */
function prepareLoad(sql: Sql) {
  return {
    till: sql.prepare('SELECT body FROM till WHERE id = 1'),
    period: sql.prepare('SELECT body FROM period WHERE id = 1'),
    papers: sql
      .prepare("SELECT DISTINCT reference FROM outbox WHERE kind = 'print' ORDER BY reference")
      .pluck(),
    unprovenIds: sql.prepare('SELECT attempt_id FROM attempt WHERE proven = 0 ORDER BY attempt_id').pluck(),
    unprovenOne: sql.prepare(
      'SELECT sale_id AS saleId, proven = 0 AS isOpen FROM attempt NOT INDEXED WHERE attempt_id = ?',
    ),
    unprovenSales: sql.prepare('SELECT attempt_id AS id, sale_id AS saleId FROM attempt WHERE proven = 0'),
    owedIds: sql.prepare('SELECT give_back_id FROM give_back WHERE open = 1 ORDER BY give_back_id').pluck(),
    owedOne: sql.prepare(
      'SELECT sale_id AS saleId, open = 1 AS isOpen FROM give_back NOT INDEXED WHERE give_back_id = ?',
    ),
    owedSales: sql.prepare('SELECT give_back_id AS id, sale_id AS saleId FROM give_back WHERE open = 1'),
  };
}

type Loading = ReturnType<typeof prepareLoad>;

/** @throws DatabaseRefused E-DB-01: the index names a row that is not there, not open, or twice; the right one is then missing. */
function openOnes(ids: Statement, rowOf: Statement): string[] {
  const found = (ids.all() as string[]).map((id) => ({
    id,
    row: rowOf.get(id) as { saleId: string; isOpen: number } | undefined,
  }));
  const wrong = found.find(({ id, row }, at) => row?.isOpen !== 1 || found[at + 1]?.id === id);
  if (wrong !== undefined)
    throw new DatabaseRefused('E-DB-01', `the index of what is open names ${wrong.id}`);
  return found.map(({ row }) => row?.saleId ?? '');
}

/** Found by small indexes alone; each entry is checked against its row, since nothing else at a start does. */
function openSaleIds(loading: Loading): Set<string> {
  const unproven = openOnes(loading.unprovenIds, loading.unprovenOne);
  const owed = openOnes(loading.owedIds, loading.owedOne);
  return new Set([...unproven, ...owed].toSorted());
}

type Loaded = Pick<TillState, 'sales' | 'attempts' | 'receipts' | 'giveBacks'>;
type Rows = Pick<Projections, 'attempt' | 'sale' | 'receipt' | 'giveBacksOf'>;

/** @throws DatabaseRefused E-DB-01: left out, an open payment would never be asked about again, and what is owed would be forgotten. */
function there<Row>(row: Row | null, what: string, isIt: (row: Row) => boolean): Row {
  if (row === null) throw new DatabaseRefused('E-DB-01', `${what} is named, and is not there`);
  if (!isIt(row)) throw new DatabaseRefused('E-DB-01', `in the row of ${what} lies another one`);
  return row;
}

/** Whole with its payments: it is written again with all of them. */
function loadSale(one: Rows, saleId: string, into: Loaded): void {
  const sale = there(one.sale(saleId), `sale ${saleId}`, (row) => row.saleId === saleId);
  into.sales[saleId] = sale;
  for (const attemptId of sale.attemptIds) {
    const isIt = (row: Attempt) => row.attemptId === attemptId && row.saleId === saleId;
    into.attempts[attemptId] = there(one.attempt(attemptId), `payment ${attemptId} of ${saleId}`, isIt);
  }
  for (const giveBack of one.giveBacksOf(saleId)) {
    const { giveBackId } = giveBack;
    into.giveBacks[giveBackId] = there(giveBack, `give-back ${giveBackId}`, (row) => row.saleId === saleId);
  }
}

/** One that its column puts under another sale than its own would be loaded with neither. */
function assertAllOpenIn(loading: Loading, { attempts, giveBacks }: Loaded): void {
  const wrong = (open: Statement, loaded: Record<string, { saleId: string }>) =>
    (open.all() as { id: string; saleId: string }[]).find(({ id, saleId }) => loaded[id]?.saleId !== saleId);
  const found = wrong(loading.unprovenSales, attempts) ?? wrong(loading.owedSales, giveBacks);
  if (found !== undefined)
    throw new DatabaseRefused('E-DB-01', `${found.id} is not of the sale ${found.saleId} that it names`);
}

/** Everything alive: the sales on the counter, parked or in doubt, with all that belongs to them, and unprinted papers. */
function loader(sql: Sql, one: Rows): () => TillState {
  const loading = prepareLoad(sql);
  return () => {
    const scalars = parsed<TillRow>(loading.till.get());
    if (scalars === null) return emptyTill;
    const period = parsed<TillState['period']>(loading.period.get());
    const state: TillState = {
      ...scalars,
      period: period ?? emptyTill.period,
      sales: {},
      attempts: {},
      receipts: {},
      giveBacks: {},
    };
    const saleIds = openSaleIds(loading);
    for (const saleId of scalars.parkedSaleIds) saleIds.add(saleId);
    for (const { saleId } of Object.values(scalars.exceptions)) saleIds.add(saleId);
    if (scalars.currentSaleId !== null) saleIds.add(scalars.currentSaleId);
    const last = scalars.lastReceiptId === null ? [] : [scalars.lastReceiptId];
    for (const id of [...(loading.papers.all() as string[]), ...last]) {
      const receipt = there(one.receipt(id), `receipt ${id}`, (row) => row.receiptId === id);
      state.receipts[id] = receipt;
      // Of an old sale, too: it is drawn from when the paper comes, or comes again.
      if (receipt.saleId !== null) saleIds.add(receipt.saleId);
    }
    for (const saleId of saleIds) loadSale(one, saleId, state);
    assertAllOpenIn(loading, state);
    return state;
  };
}

/** What somebody has to see to, oldest first. */
export function createExceptions(sql: Sql): () => ExceptionRow[] {
  const exceptionRows = sql.prepare(
    `SELECT exception.attempt_id AS attemptId, attempt.order_number AS orderNumber, attempt.sale_id AS saleId,
            sale.receipt_number AS receiptNumber, attempt.amount_fen AS amount_fen, exception.reason AS reason,
            exception.acquirer_code AS acquirerCode, exception.at_ms AS at_ms
     FROM exception JOIN attempt USING (attempt_id) JOIN sale ON sale.sale_id = attempt.sale_id
     WHERE exception.closed IS NULL
     ORDER BY exception.at_ms, exception.attempt_id LIMIT 500`,
  );
  return () => exceptionRows.all() as ExceptionRow[];
}

export function createProjections(sql: Sql): Projections {
  const attemptById = sql.prepare('SELECT body FROM attempt WHERE attempt_id = ?');
  const saleById = sql.prepare('SELECT body FROM sale WHERE sale_id = ?');
  const saleByNumber = sql.prepare('SELECT body FROM sale WHERE receipt_number = ?');
  const giveBackById = sql.prepare('SELECT body FROM give_back WHERE give_back_id = ?');
  const giveBacks = sql.prepare('SELECT body FROM give_back WHERE sale_id = ? ORDER BY give_back_id');
  const receiptById = sql.prepare('SELECT body FROM receipt WHERE receipt_id = ?');
  const naming = lazily(() => createNaming(sql));
  const sold = lazily(() => createSold(sql));
  const exceptions = lazily(() => createExceptions(sql));
  const one = {
    attempt: (attemptId: string) => parsed<Attempt>(attemptById.get(attemptId)),
    sale: (saleId: string) => parsed<Sale>(saleById.get(saleId)),
    giveBacksOf: (saleId: string) =>
      (giveBacks.all(saleId) as { body: string }[]).map((row) => JSON.parse(row.body) as GiveBack),
    receipt: (receiptId: string) => parsed<Receipt>(receiptById.get(receiptId)),
  };
  return {
    ...one,
    attemptsNaming: (text) => naming()(text),
    soldSaleIds: (query) => sold()(query),
    write: createWriter(sql),
    load: loader(sql, one),
    saleByReceiptNumber: (number) => parsed<Sale>(saleByNumber.get(number)),
    giveBack: (giveBackId) => parsed<GiveBack>(giveBackById.get(giveBackId)),
    codeUse: createCodeUse(sql),
    exceptions: () => exceptions()(),
  };
}

// The outbox is no fold of the journal, so nothing recomputes it: what must hold of its rows is asked here. A row that a bad
// disk has changed would send the wrong thing, or end the core at every start.
import type { DeliveryClass, OutboxKind } from '../core/ports/journal.ts';
import type { Sql, Statement } from './open.ts';

const deliveryClasses: Record<OutboxKind, DeliveryClass> = {
  authorize: 'once',
  inquire: 'repeatable',
  reverse: 'repeatable',
  present: 'repeatable',
  closePresented: 'repeatable',
  giveBack: 'keyed',
  askGiveBack: 'repeatable',
  openDrawer: 'at-most-once',
  print: 'mark-copy',
};

/** `open`: of a subject that still asks for something. A row of another one would send what nobody wants. */
type Subject = { table: string; id: string; open: string };

const subjects: Record<Exclude<OutboxKind, 'openDrawer'>, Subject> = {
  authorize: { table: 'attempt', id: 'attempt_id', open: 'proven = 0' },
  inquire: { table: 'attempt', id: 'attempt_id', open: 'proven = 0' },
  reverse: { table: 'attempt', id: 'attempt_id', open: 'proven = 0' },
  present: { table: 'attempt', id: 'attempt_id', open: 'proven = 0' },
  closePresented: { table: 'attempt', id: 'attempt_id', open: 'proven = 0' },
  giveBack: { table: 'give_back', id: 'give_back_id', open: 'open = 1' },
  askGiveBack: { table: 'give_back', id: 'give_back_id', open: 'open = 1' },
  // Copies are marked by their number: one that nobody asked for is none, and an original that has come out is no original twice.
  // Of a body that is no JSON any more SQLite would end the question.
  print: {
    table: 'receipt',
    id: 'receipt_id',
    open: `CASE WHEN json_valid(body) THEN json_extract(body, '$.reprints') >= @count AND @count >= CASE
      WHEN json_extract(body, '$.print') = 'pending' THEN 0
      WHEN json_extract(body, '$.print') = 'failed' AND coalesce(json_extract(body, '$.proof'), 'nothing') = 'nothing' THEN 0
      ELSE 1 END END`,
  },
};

type Row = {
  rowId: number;
  kind: string;
  deliveryClass: string;
  reference: string;
  count: number;
  state: string;
};

type Prepare = (query: string) => Statement;

function isKind(kind: string): kind is OutboxKind {
  return Object.hasOwn(deliveryClasses, kind);
}

/** The sequence of its record stands in a row's number: the commit that made it is in the journal. */
function isDated({ rowId }: Row, end: number): boolean {
  return rowId > 0 && rowId < (end + 1) * 1000;
}

/** The journal's last record. */
function endOf(sql: Sql): number {
  const row = sql.prepare('SELECT coalesce(max(sequence), 0) AS end FROM journal').get() as { end: number };
  return row.end;
}

/** The same question for each row of a kind is made ready once. */
function preparer(sql: Sql): Prepare {
  const ready = new Map<string, Statement>();
  return (query) => {
    const known = ready.get(query) ?? sql.prepare(query);
    ready.set(query, known);
    return known;
  };
}

/** Found at once, since it is asked newest first; a name that nobody asked for is looked for in the whole journal, and refused. */
function isDrawerAsked(prepare: Prepare, openId: string): boolean {
  const last = prepare(
    `SELECT type FROM journal WHERE type IN ('drawer.asked', 'drawer.ended')
       AND CASE WHEN json_valid(body) THEN json_extract(body, '$.openId') END = ? ORDER BY sequence DESC LIMIT 1`,
  ).get(openId) as { type: string } | undefined;
  return last?.type === 'drawer.asked';
}

function faultOf(prepare: Prepare, row: Row, end: number): string | null {
  const { kind, deliveryClass, reference, count, state } = row;
  if (!isKind(kind)) return `is of no kind: ${JSON.stringify(kind)}`;
  if (deliveryClasses[kind] !== deliveryClass) return `is delivered as ${JSON.stringify(deliveryClass)}`;
  if (state !== 'pending' && state !== 'sent') return `is neither pending nor sent: ${JSON.stringify(state)}`;
  if (!isDated(row, end)) return 'is of no commit in the journal';
  if (kind === 'openDrawer')
    return isDrawerAsked(prepare, reference)
      ? null
      : `names ${JSON.stringify(reference)}, no opening of the drawer`;
  const { table, id, open } = subjects[kind];
  const found = prepare(`SELECT 1 FROM ${table} WHERE ${id} = @reference AND ${open}`).get(
    kind === 'print' ? { reference, count } : { reference },
  );
  return found === undefined ? `names ${JSON.stringify(reference)}, which is not there or not open` : null;
}

/** What was let go and not answered has its row: without it nobody would know that it was sent. */
function missingRows(sql: Sql): string[] {
  const rows = sql
    .prepare(
      `SELECT attempt_id AS id FROM attempt WHERE state = 'authorizing' AND proven = 0
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'authorize' AND reference = attempt_id)
       UNION ALL SELECT give_back_id FROM give_back WHERE open = 1 AND state = 'sending'
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'giveBack' AND reference = give_back_id)
       ORDER BY 1`,
    )
    .all() as { id: string }[];
  return rows.map(({ id }) => `outbox: the row of ${id} is missing`);
}

/** One of them would be another one's, whose own work nobody does. */
function twins(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { rowId, kind, reference, count } of rows) {
    const work = `${kind} ${reference} ${count}`;
    if (seen.has(work)) faults.push(`outbox row ${rowId} is there twice: ${JSON.stringify(work)}`);
    seen.add(work);
  }
  return faults;
}

/** Cheap: the outbox is as short as what is open. */
export function outboxFaults(sql: Sql): string[] {
  const rows = sql
    .prepare(
      'SELECT row_id AS rowId, kind, delivery_class AS deliveryClass, reference, count, state FROM outbox ORDER BY row_id',
    )
    .all() as Row[];
  const prepare = preparer(sql);
  const end = endOf(sql);
  const faults = rows.flatMap((row) => {
    const fault = faultOf(prepare, row, end);
    return fault === null ? [] : [`outbox row ${row.rowId} ${fault}`];
  });
  return [...faults, ...twins(rows), ...missingRows(sql)];
}

// The rows of what is open, held against the records they come from: the start goes on from them and journals what it makes of
// them, so that a flipped bit in one would become a record, and no verification would ever find it.
import { isDeepStrictEqual } from 'node:util';
import { DatabaseRefused } from './errors.ts';
import type { Sql } from './open.ts';

/** What is open is of late: nearly always all of it is found in a few. What is older is left to the verification. */
const MOST_records = 20_000;
const PAGE_records = 500;

type Entity = Record<string, unknown> & { machine: unknown };
type RecordRow = { sequence: number; type: string; body: string };
type Body = {
  attemptId?: string;
  giveBackId?: string;
  machine?: unknown;
  party?: unknown;
  attempt?: Entity;
  giveBack?: Entity;
};

/** Fields that no record changes. */
const fixed = ['orderNumber', 'requestNumber', 'amount_fen', 'saleId', 'attemptId', 'codeHmac', 'routeId'];

function openRows(sql: Sql): Map<string, Entity> {
  const rows = sql
    .prepare(
      `SELECT attempt_id AS id, body FROM attempt WHERE proven = 0
       UNION ALL SELECT give_back_id, body FROM give_back WHERE open = 1 ORDER BY id`,
    )
    .all() as { id: string; body: string }[];
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Entity]));
}

function* newestFirst(sql: Sql): Generator<RecordRow> {
  const page = sql.prepare(
    'SELECT sequence, type, body FROM journal WHERE sequence < ? ORDER BY sequence DESC LIMIT ?',
  );
  let before = Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < MOST_records; read += PAGE_records) {
    const rows = page.all(before, PAGE_records) as RecordRow[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    before = last.sequence;
  }
}

const tellMachine: ReadonlySet<string> = new Set([
  'payment.opened',
  'payment.moved',
  'giveBack.opened',
  'giveBack.moved',
]);

/** @throws DatabaseRefused E-DB-04 naming the row. */
export function assertLivingRows(sql: Sql, file: string): void {
  const left = openRows(sql);
  const moved = new Set<string>();
  const hasParty = new Set<string>();
  const refuse = (id: string, what: string): never => {
    throw new DatabaseRefused('E-DB-04', `${file}: ${what} of ${id} is not what its record says`);
  };
  if (left.size === 0) return;
  for (const { type, body } of newestFirst(sql)) {
    if (!tellMachine.has(type)) continue;
    const said = JSON.parse(body) as Body;
    const opened = said.attempt ?? said.giveBack;
    const id =
      said.giveBackId ??
      said.attemptId ??
      String(said.giveBack?.['giveBackId'] ?? said.attempt?.['attemptId']);
    const row = left.get(id);
    if (row === undefined) continue;
    if (!moved.has(id) && !isDeepStrictEqual(row.machine, said.machine ?? opened?.machine))
      refuse(id, 'the state');
    moved.add(id);
    // The newest word counts: a payment of the queue may be forwarded to another party than it was taken for.
    const party = said.party ?? opened?.['party'];
    if (!hasParty.has(id) && (party !== undefined || opened !== undefined) && row['party'] !== party)
      refuse(id, 'party');
    if (party !== undefined) hasParty.add(id);
    if (opened === undefined) continue;
    const changed = fixed.find((field) => !isDeepStrictEqual(row[field], opened[field]));
    if (changed !== undefined) refuse(id, changed);
    left.delete(id);
    if (left.size === 0) return;
  }
}

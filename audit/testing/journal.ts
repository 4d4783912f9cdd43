// What the tests do with a journal: audit it, alter it, and chain it anew as a forger would.
import { type Audit, createAudit } from '../audit.ts';
import type { JournalRow } from '../chain.ts';
import { chained } from './random-till.ts';

export type Field = readonly (string | number)[];

export function audited(rows: Iterable<JournalRow>): Audit {
  const audit = createAudit();
  for (const row of rows) audit.take(row);
  return audit;
}

export function isReport(row: JournalRow): boolean {
  return row.type === 'report.taken' || row.type === 'day.closed';
}

/** `lines[0].gross_fen`. */
export function pathText(field: Field): string {
  let text = '';
  for (const part of field)
    text += typeof part === 'number' ? `[${part}]` : `${text === '' ? '' : '.'}${part}`;
  return text;
}

/** Every leaf below a value: numbers, texts, truths, nulls. */
export function leavesOf(value: unknown, below: Field = []): Field[] {
  if (typeof value !== 'object' || value === null) return [below];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([name, each]) => leavesOf(each, [...below, name]));
}

/** Every list below a value that holds something. */
export function listsOf(value: unknown, below: Field = []): Field[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) && value.length > 0 ? [below] : [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [...own, ...entries.flatMap(([name, each]) => listsOf(each, [...below, name]))];
}

export function at(body: unknown, field: Field): unknown {
  return field.reduce<unknown>((value, part) => (value as Record<string | number, unknown>)[part], body);
}

/** A copy of the body with one field set, or one element of a list dropped. */
export function withField(body: unknown, field: Field, value: unknown): unknown {
  const copy = structuredClone(body);
  const parent = at(copy, field.slice(0, -1)) as Record<string | number, unknown>;
  parent[field.at(-1) ?? ''] = value;
  return copy;
}

/** The journal with one record's body changed, and all hashes after it made anew. `hidesHead`: also the heads in its reports. */
export function forged(
  rows: readonly JournalRow[],
  index: number,
  body: unknown,
  options: { hidesHead: boolean },
): JournalRow[] {
  const result = rows.slice(0, index);
  let head = rows[index - 1]?.hash ?? '0'.repeat(64);
  for (let each = index; each < rows.length; each += 1) {
    const row = rows[each];
    if (row === undefined) break;
    let text = each === index ? JSON.stringify(body) : row.body;
    if (options.hidesHead && each > index && isReport(row)) {
      const old = JSON.parse(text) as { report: { ranges: { head: string } } };
      old.report.ranges.head = head;
      text = JSON.stringify(old);
    }
    const kept = chained(head, { sequence: row.sequence, at: row.at, type: row.type, body: text });
    head = kept.hash;
    result.push(kept);
  }
  return result;
}

// One row of a bill by the names of its columns; whatever is wrong with a cell is told with its place.
import { BadBill } from './bill.ts';
import type { Line } from './text.ts';

export type Row = {
  line: number;
  /** The cell's text, trimmed. */
  text(column: string): string;
  /** Fails when the cell is empty. */
  filled(column: string): string;
  /** Yuan as whole fen, with its sign. */
  fen(column: string): number;
  whole(column: string): number;
  /** `YYYY-MM-DD HH:mm:ss` */
  time(column: string): string;
  fail(column: string, what: string): BadBill;
};

/** "-1.50", "12", "0.01000" -> fen; null when it is no amount, or finer than a fen. */
export function fenOfYuan(text: string): number | null {
  const [, sign = '', yuan = '', decimals = ''] = /^(-?)(\d{1,9})(?:\.(\d{1,8}))?$/.exec(text) ?? [];
  if (yuan === '' || /[1-9]/.test(decimals.slice(2))) return null;
  const fen = Number(`${yuan}${decimals.slice(0, 2).padEnd(2, '0')}`);
  return sign === '-' && fen !== 0 ? -fen : fen;
}

function isTime(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const at_ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(at_ms).toISOString() === `${text.replace(' ', 'T')}.000Z`;
}

/** Where each column stands. @throws BadBill naming the first that is missing or stands there twice. */
export function columnsOf(
  file: string,
  { number, names }: { number: number; names: readonly string[] },
  needed: readonly string[],
): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, raw] of names.entries()) {
    const name = raw.trim();
    if (places.has(name) && needed.includes(name)) {
      throw new BadBill({ file, line: number, column: name }, 'stands there twice');
    }
    places.set(name, index);
  }
  for (const name of needed) {
    if (!places.has(name)) throw new BadBill({ file, line: number, column: name }, 'is missing');
  }
  return places;
}

export function rowOf(
  file: string,
  { number }: Line,
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
): Row {
  const fail = (column: string, what: string) => new BadBill({ file, line: number, column }, what);
  /** What is read is printed later: nothing in it may move a terminal's cursor. */
  function text(column: string): string {
    const cell = (cells[places.get(column) ?? -1] ?? '').trim();
    if (/\p{Cc}/u.test(cell)) throw fail(column, 'holds a control character');
    return cell;
  }
  const shown = (column: string) => JSON.stringify(text(column).slice(0, 60));
  function filled(column: string): string {
    if (text(column) === '') throw fail(column, 'is empty');
    return text(column);
  }
  function fen(column: string): number {
    const found = fenOfYuan(text(column));
    if (found === null) throw fail(column, `${shown(column)} is no amount in yuan and whole fen`);
    return found;
  }
  function whole(column: string): number {
    if (!/^-?\d{1,11}$/.test(text(column))) throw fail(column, `${shown(column)} is no whole number`);
    return Number(text(column)) + 0;
  }
  function time(column: string): string {
    if (!isTime(text(column))) throw fail(column, `${shown(column)} is no time YYYY-MM-DD HH:mm:ss`);
    return text(column);
  }
  return { line: number, text, filled, fen, whole, time, fail };
}

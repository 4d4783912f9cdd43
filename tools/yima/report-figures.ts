// A report as rows of figures, whatever its shape: one row per figure, for a spreadsheet or a person.
import type { Report } from '../../contract/report.ts';

/**
 * `section`: wallets, cash ...; `field`: the path below it; `key`: what tells one row of a list from another (a rate, a
 * scheme over a rail, a cashier ...). A figure is a count, or an amount, or both; a text stands in `text`.
 */
export type Figure = {
  section: string;
  field: string;
  key: string;
  count: number | null;
  amount_fen: number | null;
  text: string | null;
};

type Place = { section: string; path: readonly string[]; key: string };
type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isAmount = (name: string): boolean => name.endsWith('_fen');

/** The fields that name a row of a list, in this order. */
const keyFields = ['rate_bp', 'scheme', 'rail', 'operatorId', 'hour', 'kind', 'what', 'number', 'id'];

function keyOf(row: Fields): { key: string; names: ReadonlySet<string> } {
  const names = keyFields.filter((name) => Object.hasOwn(row, name));
  return { key: names.map((name) => String(row[name])).join('/'), names: new Set(names) };
}

/** `{count, amount_fen}`, and nothing else: one figure. */
function isCounted(value: unknown): value is { count: number; amount_fen: number } {
  return isFields(value) && Object.keys(value).toSorted().join() === 'amount_fen,count';
}

function plain({ section, path, key }: Place, value: unknown): Figure {
  const name = path.at(-1) ?? section;
  const figure: Figure = { section, field: path.join('.'), key, count: null, amount_fen: null, text: null };
  if (typeof value !== 'number') return { ...figure, text: typeof value === 'string' ? value : '' };
  return isAmount(name) ? { ...figure, amount_fen: value } : { ...figure, count: value };
}

function rowsOf(place: Place, value: unknown): Figure[] {
  if (isCounted(value)) {
    const { section, path, key } = place;
    return [{ section, field: path.join('.'), key, ...value, text: null }];
  }
  if (Array.isArray(value)) return value.flatMap((row: Fields) => listRow(place, row));
  if (!isFields(value)) return [plain(place, value)];
  return Object.entries(value).flatMap(([name, one]) =>
    rowsOf({ ...place, path: [...place.path, name] }, one),
  );
}

function listRow(place: Place, row: Fields): Figure[] {
  const { key, names } = keyOf(row);
  return Object.entries(row)
    .filter(([name]) => !names.has(name))
    .flatMap(([name, value]) => rowsOf({ ...place, path: [...place.path, name], key }, value));
}

/** Every figure of the report, in its order. */
export function figuresOf(report: Report): Figure[] {
  return Object.entries(report).flatMap(([section, value]) =>
    isFields(value)
      ? rowsOf({ section, path: [], key: '' }, value)
      : rowsOf({ section: 'report', path: [section], key: '' }, value),
  );
}

/** RFC 4180; a text that a spreadsheet would run as a formula is kept a text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A text stands in the key's column: a name, a date or a hash is no sum. */
export function csvOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ section, field, key, count, amount_fen, text }) =>
    [section, field, text ?? key, count ?? '', amount_fen ?? '']
      .map((cell) => quoted(String(cell)))
      .join(','),
  );
  return ['section,field,key,count,amount_fen', ...rows].join('\n');
}

/** `heads`: the lines above the figures. */
export function textOf(heads: readonly string[], figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ section, field }) => section.length + field.length + 1));
  const rows = figures.map(({ section, field, key, count, amount_fen, text }) => {
    const value = [
      text ?? key,
      count === null ? '' : `${count}`,
      amount_fen === null ? '' : `${amount_fen} fen`,
    ];
    return `${`${section} ${field}`.padEnd(width)}  ${value.filter((part) => part !== '').join('  ')}`.trimEnd();
  });
  return [...heads, ...rows].join('\n');
}

// One line of UnionPay's ZM file: its fields by name, its amounts with their letters, its time without a year.
import { BadBill, isDate } from './bill.ts';
import { type Row, rowOf } from './row.ts';
import { type ByteLine, decodedCell } from './text.ts';
import { LEAST_bytes, MOST_bytes, spans } from './unionpay-fields.ts';

const places: ReadonlyMap<string, number> = new Map(spans.map(({ name }, index) => [name, index]));

/** One line's cells by their places; a line whose fields are not where they belong is refused. */
function cellsOf(file: string, { number, bytes }: ByteLine): string[] {
  const place = { file, line: number };
  if (bytes.length < LEAST_bytes || bytes.length > MOST_bytes)
    throw new BadBill(place, `has ${bytes.length} bytes, not ${LEAST_bytes} to ${MOST_bytes}: is it whole?`);
  return spans.map(({ name, from, width }) => {
    const column = { ...place, column: name };
    const after = bytes[from + width];
    if (after !== undefined && after !== 0x20)
      throw new BadBill(column, 'is not followed by a space: the fields are not in their places');
    return decodedCell(column, bytes.subarray(from, from + width));
  });
}

/** `C000000000950` as fen, `D...` below zero; a zero may stand without its letter. Null where the field is empty. */
export function signed_fen(row: Row, column: string): number | null {
  const text = row.text(column);
  if (text === '') return null;
  const [, letter = '', digits = ''] = /^([CD]?)(\d{12})$/.exec(text) ?? [];
  const amount_fen = Number(digits);
  if (digits === '' || (letter === '' && amount_fen !== 0))
    throw row.fail(column, `${JSON.stringify(text)} is no amount: C or D, and 12 digits of fen`);
  return letter === 'D' && amount_fen !== 0 ? -amount_fen : amount_fen;
}

export function filled_fen(row: Row, column: string): number {
  const amount_fen = signed_fen(row, column);
  if (amount_fen === null) throw row.fail(column, 'is empty');
  return amount_fen;
}

export function wholeAmount_fen(row: Row): number {
  const text = row.text('交易金额');
  if (!/^\d{12}$/.test(text)) throw row.fail('交易金额', `${JSON.stringify(text)} is not 12 digits of fen`);
  return Number(text);
}

/** @throws BadBill naming the line and the first field that is not in its place */
export function unionpayRow(file: string, line: ByteLine): Row {
  return rowOf(file, { number: line.number, text: '' }, cellsOf(file, line), places);
}

function distance_ms(one: string, other: string): number {
  return Math.abs(Date.parse(one) - Date.parse(other));
}

/** MMddHHmmss of the year that brings it nearest to the day that is billed. */
export function timeOf(row: Row, billDate: string): string {
  const text = row.text('交易传输时间');
  const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1);
  const [month = '', day = '', hour = '', minute = '', second = ''] = parts ?? [];
  const own = Number(billDate.slice(0, 4));
  const found = [own - 1, own, own + 1]
    .map((year) => `${year}-${month}-${day}`)
    .filter(isDate)
    .toSorted((a, b) => distance_ms(a, billDate) - distance_ms(b, billDate))[0];
  const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (parts === undefined || found === undefined || !isClock)
    throw row.fail('交易传输时间', `${JSON.stringify(text)} is no time MMddHHmmss`);
  return `${found} ${hour}:${minute}:${second}`;
}

// The findings as one table for a spreadsheet: UTF-8 with a byte order mark, RFC 4180, no cell that runs as a formula.
import { classes, whoWords } from './classes.ts';
import type { Finding } from './match/finding.ts';
import type { Reconciliation } from './reconcile.ts';
import { hereText, linesText, recordsText, thereText } from './summary.ts';

type Column = [name: string, textOf: (one: Finding) => string | number];

const columns: readonly Column[] = [
  ['class', (one) => one.class],
  ['类别', (one) => classes[one.class].name.zh],
  ['meaning', (one) => classes[one.class].name.en],
  ['order_number', (one) => one.orderNumber],
  ['refund_number', (one) => one.refundNumber ?? ''],
  ['bill_lines', linesText],
  ['journal_records', recordsText],
  ['there', thereText],
  ['here', hereText],
  ['bill_fen', (one) => one.bill_fen],
  ['till_fen', (one) => one.till_fen],
  ['effect_fen', (one) => one.effect_fen],
  ['kept_fen', (one) => one.kept_fen],
  ['fee_expected_fen', (one) => one.feeExpected_fen ?? ''],
  ['谁处理', (one) => whoWords[classes[one.class].who].zh],
  ['who', (one) => whoWords[classes[one.class].who].en],
  ['下一步', (one) => classes[one.class].next.zh],
  ['next', (one) => classes[one.class].next.en],
];

/** A text that a spreadsheet would run, or round as a long number, gets an apostrophe; our own numbers keep their sign. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const isFormula = /^[\s\0]*[=+\-@\t\r|%]/.test(value) && value !== '-';
  const safe = isFormula || /^\d{12,}$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** All findings, agreements too. */
export function csvOf({ findings }: Reconciliation): string {
  const rows = findings.map((one) => columns.map(([, textOf]) => cell(textOf(one))).join(','));
  return `\uFEFF${[columns.map(([name]) => name).join(','), ...rows].join('\r\n')}\r\n`;
}

// What a report shows: blocks of rows of text, for the screen. The figures are the report's own; nothing is computed here
// but the text of a number.
import type { CountAndAmount } from '../../../contract/report.ts';
import { formatYuan } from '../../lib/format.ts';

export type Row = { label: string; values: string[]; isStrong?: boolean };

export type Block = {
  title: string;
  /** Headings of the values, where a row has more than one. */
  heads?: string[];
  rows: Row[];
  /** Something in it wants a person's eye. */
  isAlarming?: boolean;
};

export const money = (label: string, amount_fen: number, isStrong = false): Row => ({
  label,
  values: [formatYuan(amount_fen)],
  ...(isStrong ? { isStrong } : {}),
});

export const count = (label: string, number: number): Row => ({ label, values: [String(number)] });

export const both = (
  label: string,
  { count: number, amount_fen }: CountAndAmount,
  isStrong = false,
): Row => ({
  label,
  values: [String(number), formatYuan(amount_fen)],
  ...(isStrong ? { isStrong } : {}),
});

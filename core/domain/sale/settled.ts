// A completed sale in fen, line by line: 抹零 and tax allocated once, stored, and given back by the same numbers. Pure.
import { assert } from '../assert.ts';
import { allocate_fen, includedTax_fen, sum_fen } from '../money.ts';
import { type Line, lineAmount_fen, type SettledLine } from './sale.ts';

/** Tax is rounded once per rate, on the whole sale, then allocated to the lines: lines and header agree to the fen. */
export function settleLines(lines: readonly Line[], rounding_fen: number): SettledLine[] {
  const gross = lines.map(lineAmount_fen);
  const roundings = allocate_fen(rounding_fen, gross);
  const paid = gross.map((amount_fen, index) => amount_fen - (roundings[index] ?? 0));
  const taxes = lines.map(() => 0);
  for (const rate_bp of new Set(lines.map((line) => line.tax_bp))) {
    const own = lines.flatMap((line, index) => (line.tax_bp === rate_bp ? [index] : []));
    const weights = own.map((index) => paid[index] ?? 0);
    const shares = allocate_fen(includedTax_fen(sum_fen(weights), rate_bp), weights);
    own.forEach((index, position) => {
      taxes[index] = shares[position] ?? 0;
    });
  }
  return lines.map((line, index) => ({
    lineId: line.lineId,
    quantity: line.quantity,
    tax_bp: line.tax_bp,
    gross_fen: gross[index] ?? 0,
    rounding_fen: roundings[index] ?? 0,
    tax_fen: taxes[index] ?? 0,
  }));
}

/** The part of an amount that belongs to the first `count` of `quantity` equal parts. */
function upTo_fen(amount_fen: number, count: number, quantity: number): number {
  return Number((BigInt(amount_fen) * BigInt(count)) / BigInt(quantity));
}

/**
 * What `quantity` more pieces of a line give back when `returned` are back already. Cumulative, so that returning a line in any
 * order of parts gives back exactly what was paid: a sale and all its returns sum to zero.
 */
export function returnedShare(line: SettledLine, returned: number, quantity: number): SettledLine {
  assert(
    quantity > 0 && returned >= 0 && returned + quantity <= line.quantity,
    'more is returned than was sold',
  );
  const whole_fen = line.gross_fen - line.rounding_fen;
  const paidUpTo_fen = (count: number) => upTo_fen(whole_fen, count, line.quantity);
  // Tax follows the money, not the pieces: a piece that was paid with nothing holds none.
  const taxUpTo_fen = (count: number) =>
    whole_fen === 0 ? 0 : upTo_fen(line.tax_fen, paidUpTo_fen(count), whole_fen);
  const after = returned + quantity;
  const gross_fen =
    upTo_fen(line.gross_fen, after, line.quantity) - upTo_fen(line.gross_fen, returned, line.quantity);
  return {
    lineId: line.lineId,
    quantity,
    tax_bp: line.tax_bp,
    gross_fen,
    rounding_fen: gross_fen - (paidUpTo_fen(after) - paidUpTo_fen(returned)),
    tax_fen: taxUpTo_fen(after) - taxUpTo_fen(returned),
  };
}

/** What was paid for the first pieces of each line, as many as named: what all returns of them are worth together. */
export function paidFor_fen(lines: readonly SettledLine[], pieces: Readonly<Record<string, number>>): number {
  return paid_fen(
    lines.flatMap((line) => {
      const quantity = pieces[line.lineId] ?? 0;
      return quantity > 0 ? [returnedShare(line, 0, quantity)] : [];
    }),
  );
}

export function paid_fen(lines: readonly SettledLine[]): number {
  return sum_fen(lines.map((line) => line.gross_fen - line.rounding_fen));
}

// Which pieces of a sold sale come back, and what they are worth. The sums are the core's (`back_fen`); nothing is counted
// here by price, and nothing is split over the tenders. Pure, for its test.
import type { SaleFound } from '../../../contract/snapshot.ts';

type Line = SaleFound['lines'][number];

/** Pieces by line. A line that is not named brings back nothing. */
export type Selection = Readonly<Record<string, number>>;

export function leftOf(line: Line): number {
  return Math.max(0, line.quantity - line.returned);
}

export function chosenOf(selection: Selection, line: Line): number {
  return Math.min(selection[line.lineId] ?? 0, leftOf(line));
}

/** One piece more or fewer, never below none nor above what is left. */
export function stepped(selection: Selection, line: Line, step: number): Selection {
  const count = Math.min(Math.max(chosenOf(selection, line) + step, 0), leftOf(line));
  return { ...selection, [line.lineId]: count };
}

export function everything(found: SaleFound): Selection {
  return Object.fromEntries(found.lines.map((line) => [line.lineId, leftOf(line)]));
}

/** What these pieces of one line were sold for. */
export function backOf_fen(selection: Selection, line: Line): number {
  const count = chosenOf(selection, line);
  return count === 0 ? 0 : (line.back_fen[count - 1] ?? 0);
}

/** As they are asked for: with how many were back when they were chosen, so that a call made again returns nothing more. */
export function linesOf(
  selection: Selection,
  found: SaleFound,
): { lineId: string; quantity: number; returned: number }[] {
  return found.lines
    .map((line) => ({
      lineId: line.lineId,
      quantity: chosenOf(selection, line),
      returned: line.returned,
    }))
    .filter(({ quantity }) => quantity > 0);
}

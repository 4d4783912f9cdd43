// Which pieces of a sold sale come back, and what that gives back. The sums are the core's (`back_fen`); nothing is counted
// here by price. Pure, for its test.
import type { SaleFound } from '../../../contract/snapshot.ts';

type Line = SaleFound['lines'][number];
type Tender = SaleFound['tenders'][number];

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

/** What these pieces of one line give back. */
export function backOf_fen(selection: Selection, line: Line): number {
  const count = chosenOf(selection, line);
  return count === 0 ? 0 : (line.back_fen[count - 1] ?? 0);
}

export function backSum_fen(selection: Selection, found: SaleFound): number {
  return found.lines.reduce((sum, line) => sum + backOf_fen(selection, line), 0);
}

export function linesOf(selection: Selection, found: SaleFound): { lineId: string; quantity: number }[] {
  return found.lines
    .map((line) => ({ lineId: line.lineId, quantity: chosenOf(selection, line) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Where the money goes: each tender up to its cap, in the order the core gives (wallets first, then cash). */
export function splitOver(
  tenders: readonly Tender[],
  sum_fen: number,
): { parts: (Tender & { back_fen: number })[]; missing_fen: number } {
  let missing_fen = sum_fen;
  const parts = tenders.map((tender) => {
    const back_fen = Math.min(missing_fen, tender.left_fen);
    missing_fen -= back_fen;
    return { ...tender, back_fen };
  });
  return { parts, missing_fen };
}

/** The part that is handed over the counter. */
export function cashOf_fen(parts: readonly { scheme: string | null; back_fen: number }[]): number {
  return parts.filter(({ scheme }) => scheme === null).reduce((sum, { back_fen }) => sum + back_fen, 0);
}

// Where the money of a return goes, in rows: the core's own split, and in words what nobody has paid and nobody gets back. Pure, for its test.
import type { ReturnMoney, SaleFound } from '../../../contract/snapshot.ts';

/** `scheme` null: cash. `left_fen`: what this tender may give back at most. */
export type BackRow = { scheme: string | null; left_fen: number; back_fen: number };

export function back_fen({ worth_fen, unpaid_fen }: ReturnMoney): number {
  return worth_fen - unpaid_fen;
}

/** All tenders of the sale; `money` null while nothing is chosen, or the core has not answered yet. */
export function backRows({ tenders }: SaleFound, money: ReturnMoney | null): BackRow[] {
  const backBy_fen = new Map(money?.wallets.map(({ attemptId, amount_fen }) => [attemptId, amount_fen]));
  return tenders.map(({ tender, scheme, left_fen }) => ({
    scheme,
    left_fen,
    back_fen: (scheme === null ? money?.cash_fen : backBy_fen.get(tender)) ?? 0,
  }));
}

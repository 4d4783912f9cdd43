// Notes that moved since the last Z, by why they moved: counted where they change hands, not where the till writes it down.
export type Moved = { count: number; amount_fen: number };

export type Tally = {
  cashSales: Moved;
  rounding_fen: number;
  cashRefunds: Moved;
  paidIn: Moved;
  paidOut: Moved;
  returns: Moved;
  noSaleOpens: number;
  writtenOff: Moved;
  /** Of each shift counted: what the model knows to be too much or missing. */
  overShort_fen: number[];
};

const none = (): Moved => ({ count: 0, amount_fen: 0 });

export function emptyTally(): Tally {
  return {
    cashSales: none(),
    rounding_fen: 0,
    cashRefunds: none(),
    paidIn: none(),
    paidOut: none(),
    returns: none(),
    noSaleOpens: 0,
    writtenOff: none(),
    overShort_fen: [],
  };
}

export function add(moved: Moved, amount_fen: number): void {
  moved.count += 1;
  moved.amount_fen += amount_fen;
}

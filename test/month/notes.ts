// Real money: notes and coins in the drawer, counted piece by piece. What the till believes is nowhere in it.
export type Pieces = ReadonlyMap<number, number>;

export const denominations_fen = [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1];

export function valueOf_fen(pieces: Pieces): number {
  return [...pieces].reduce((sum, [value_fen, count]) => sum + value_fen * count, 0);
}

/** Out of a full purse: as few pieces as there are. */
export function notesFor(amount_fen: number): Pieces {
  let left_fen = amount_fen;
  const pieces = new Map<number, number>();
  for (const value_fen of denominations_fen) {
    const count = Math.floor(left_fen / value_fen);
    if (count > 0) pieces.set(value_fen, count);
    left_fen -= count * value_fen;
  }
  return pieces;
}

/** What a drawer starts with. */
export const standardFloat: Pieces = new Map([
  [2000, 5],
  [1000, 15],
  [500, 20],
  [100, 60],
  [50, 40],
  [10, 80],
  [5, 40],
  [2, 60],
  [1, 60],
]);

export class Drawer {
  #pieces = new Map<number, number>();
  /** What is known to be missing (or too much) in it: nobody booked it, the count will show it. */
  knownDifference_fen = 0;

  get value_fen(): number {
    return valueOf_fen(this.#pieces);
  }

  get pieces(): Pieces {
    return this.#pieces;
  }

  fill(pieces: Pieces): void {
    this.#pieces = new Map(pieces);
  }

  put(pieces: Pieces): void {
    for (const [value_fen, count] of pieces) {
      this.#pieces.set(value_fen, (this.#pieces.get(value_fen) ?? 0) + count);
    }
  }

  /** The pieces for this amount, largest first, or null when it can't be made of what is there. */
  change(amount_fen: number, also: Pieces = new Map()): Pieces | null {
    let left_fen = amount_fen;
    const found = new Map<number, number>();
    for (const value_fen of denominations_fen) {
      const there = (this.#pieces.get(value_fen) ?? 0) + (also.get(value_fen) ?? 0);
      const count = Math.min(there, Math.floor(left_fen / value_fen));
      if (count > 0) found.set(value_fen, count);
      left_fen -= count * value_fen;
    }
    return left_fen === 0 ? found : null;
  }

  take(pieces: Pieces): void {
    for (const [value_fen, count] of pieces) {
      const left = (this.#pieces.get(value_fen) ?? 0) - count;
      if (left < 0) throw new Error(`the drawer has no ${count} pieces of ${value_fen}`);
      this.#pieces.set(value_fen, left);
    }
  }

  /** A piece that is there at least once. */
  somePiece(from_fen: number): number | null {
    return (
      denominations_fen.find(
        (value_fen) => value_fen <= from_fen && (this.#pieces.get(value_fen) ?? 0) > 0,
      ) ?? null
    );
  }
}

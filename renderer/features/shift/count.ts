// The blind count while it is being typed: pieces by denomination, the largest first. Pure, for its test.

export type Counts = readonly string[];

/** More pieces of one kind than a drawer holds are a slip of the finger. */
const COUNT_digits = 5;

export function typeCount(counts: Counts, index: number, digit: string): Counts {
  return counts.map((text, at) => {
    if (at !== index) return text;
    return text === '0' ? digit : (text + digit).slice(0, COUNT_digits);
  });
}

export function eraseCount(counts: Counts, index: number): Counts {
  return counts.map((text, at) => (at === index ? text.slice(0, -1) : text));
}

/** What the core is told: every denomination, those left empty as none. */
export function countedOf(denominations_fen: readonly number[], counts: Counts) {
  return denominations_fen.map((value_fen, index) => ({ value_fen, count: Number(counts[index] ?? '') }));
}

export function countedSum_fen(denominations_fen: readonly number[], counts: Counts): number {
  return countedOf(denominations_fen, counts).reduce(
    (sum, { value_fen, count }) => sum + value_fen * count,
    0,
  );
}

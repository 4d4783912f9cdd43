// Whole-number money: products may pass 2^53 on the way, so they are reckoned as big integers.

/** The tax inside a price: paid x rate / (10000 + rate), halves upwards. */
export function taxIncluded_fen(paid_fen: number, rate_bp: number): number {
  const whole = 10_000n + BigInt(rate_bp);
  return Number((2n * BigInt(paid_fen) * BigInt(rate_bp) + whole) / (2n * whole));
}

/** amount x part / whole, upwards. */
export function shareUp_fen(amount_fen: number, part: number, whole: number): number {
  return Number((BigInt(amount_fen) * BigInt(part) + BigInt(whole) - 1n) / BigInt(whole));
}

export function times(price_fen: number, quantity: number): number {
  return Number(BigInt(price_fen) * BigInt(quantity));
}

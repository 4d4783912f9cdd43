// Integer fen. No float ever: every constructor and sum asserts a safe integer.
import { assert } from './assert.ts';

/** Largest amount that a till handles: 10 million yuan. Above it something is wrong with the input. */
export const AMOUNT_LIMIT_fen = 1_000_000_000;

export function assertFen(amount_fen: number, what: string): void {
  assert(Number.isSafeInteger(amount_fen), `${what} is not an integer number of fen: ${amount_fen}`);
  assert(Math.abs(amount_fen) <= AMOUNT_LIMIT_fen, `${what} is over the limit: ${amount_fen}`);
}

export function sum_fen(amounts_fen: readonly number[]): number {
  let total_fen = 0;
  for (const amount_fen of amounts_fen) {
    total_fen += amount_fen;
    assertFen(total_fen, 'a sum');
  }
  return total_fen;
}

/** "87.41" from 8741; "-5.00" from -500. For people, never parsed back. Grand totals outgrow the limit of one amount. */
export function yuanText(amount_fen: number): string {
  assert(Number.isSafeInteger(amount_fen), `an amount to show is no number of fen: ${amount_fen}`);
  const sign = amount_fen < 0 ? '-' : '';
  const digits = String(Math.abs(amount_fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * Splits `total_fen` by weights, to the fen: shares sum to the total, none is larger than its weight when the weights sum to at
 * least the total. Largest remainder, ties by position. Exact in BigInt: total x weight may pass 2^53.
 */
export function allocate_fen(total_fen: number, weights: readonly number[]): number[] {
  assertFen(total_fen, 'a total to allocate');
  assert(
    total_fen >= 0 && weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    'bad shares',
  );
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) {
    assert(total_fen === 0, `nothing to allocate ${total_fen} fen to`);
    return weights.map(() => 0);
  }
  const exact = weights.map((weight) => BigInt(total_fen) * BigInt(weight));
  const shares = exact.map((product) => Number(product / sum));
  const left = total_fen - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

const WHOLE_bp = 10_000;

/** The VAT inside a tax-inclusive amount, half a fen up: gross x rate / (1 + rate). */
export function includedTax_fen(gross_fen: number, rate_bp: number): number {
  assertFen(gross_fen, 'a taxed amount');
  const numerator = BigInt(gross_fen) * BigInt(rate_bp);
  const denominator = BigInt(WHOLE_bp + rate_bp);
  return Number((2n * numerator + denominator) / (2n * denominator));
}

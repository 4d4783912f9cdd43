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

/** "87.41" from 8741; "-5.00" from -500. For people, never parsed back. */
export function yuanText(amount_fen: number): string {
  assertFen(amount_fen, 'an amount to show');
  const sign = amount_fen < 0 ? '-' : '';
  const digits = String(Math.abs(amount_fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

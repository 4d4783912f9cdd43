// Alipay's yuan ("88.80", always text) <-> integer fen, digit by digit: no amount is ever a float.
import { assert } from '../../core/domain/assert.ts';

/** 8880 -> "88.80". Throws a Defect for anything but a whole, non-negative amount. */
export function yuanOf(amount_fen: number): string {
  assert(Number.isSafeInteger(amount_fen) && amount_fen >= 0, 'an amount is a whole number of fen');
  const digits = String(amount_fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "88.8", "88.80", "88" -> 8880; null when it is no amount. At most 999 999 999.99 (the scheme takes 100 000 000). */
export function fenOf(yuan: unknown): number | null {
  const match = typeof yuan === 'string' ? /^(0|[1-9]\d{0,8})(?:\.(\d{1,2}))?$/.exec(yuan) : null;
  return match?.[1] === undefined ? null : Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
}

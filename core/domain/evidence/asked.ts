// Which payment does a customer mean? By our order number, the acquirer's own, or the last digits of either or of the code. Pure.
import { isPaymentNumber } from '../scan/payment-number.ts';
import { maskDigits } from '../scan/router.ts';
import type { Attempt } from '../till/state.ts';

/** Of a code only its last four digits are kept. */
const CODE_END_digits = 4;
/** The ends of acquirers' numbers are alike from one payment to the next. */
const NUMBER_END_digits = 6;

/** As it may stand on a screen: whole where it is a payment's number, else masked wherever it might be a code. */
export function shownNumber(text: string): string {
  return isPaymentNumber(text) ? text : maskDigits(text);
}

function numbersOf({ machine: { state }, orderNumber }: Attempt): string[] {
  if (state.kind !== 'approved') return [orderNumber];
  const { acquirerOrderId, thirdPartyOrderId, retrievalRefNum } = state.proof;
  return [orderNumber, acquirerOrderId, thirdPartyOrderId, retrievalRefNum].filter((one) => one !== '');
}

/** True when the payment is one that `text` may mean. */
export function isMeant(attempt: Attempt, text: string): boolean {
  const numbers = numbersOf(attempt);
  if (numbers.includes(text)) return true;
  if (!/^\d+$/.test(text)) return false;
  if (text.length === CODE_END_digits) return attempt.codeMask.endsWith(text);
  return text.length >= NUMBER_END_digits && numbers.some((one) => one.endsWith(text));
}

/** What the row of each payment that is meant surely holds: the end of a code stands behind its mask. */
export function heldText(text: string): string {
  return /^\d+$/.test(text) && text.length === CODE_END_digits ? `*${text}` : text;
}

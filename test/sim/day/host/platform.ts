// The merchant's own page at the acquirer: a person gives money back there, under a number that no till knows.
import type { Ledger } from './ledger.ts';

export function platformNumber(requestNumber: string): string {
  return `P${requestNumber}`;
}

/** The number of the request beside which it was given back there, or the number itself. */
export function tillsNumber(requestNumber: string): string {
  return requestNumber.replace(/^P/, '');
}

type Asked = { beside: string; orderNumber: string; amount_fen: number };

/** `beside`: the till's own request for the same money, which must not have arrived, and is refused if it comes now: too little is left. */
export function refundOnPlatform(books: Ledger, { beside, orderNumber, amount_fen }: Asked): boolean {
  const order = books.order(orderNumber);
  if (order?.state !== 'paid' || books.refund(beside) !== undefined) return false;
  if (books.refund(platformNumber(beside)) !== undefined) return false;
  const left_fen = order.charged_fen - order.refunded_fen - order.reserved_fen;
  if (amount_fen > left_fen || 2 * amount_fen <= left_fen) return false;
  const done = books.openRefund(platformNumber(beside), orderNumber, amount_fen);
  done.state = 'done';
  books.payOut(done, order);
  return true;
}

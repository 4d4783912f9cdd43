// `present` and `close`, and the customers who scan a presented code: "Main scan" of the protocol page.
import { type Answer, type Desk, paramError } from './desk.ts';
import { type Fields, readOrderNumber, readPresent } from './fields.ts';
import type { Order } from './ledger.ts';
import { isoOf } from './times.ts';

/** `pays` false: they look at the amount and turn away. */
export type Customer = { payCode: string; takes_ms: number; pays: boolean };

/** What the app says to who scans: it is being paid now, or why not. */
export type ScanWord = 'taken' | 'unknown' | 'busy' | 'over';

/** The code ends by the host's own clock, whoever looks. */
function settleEnd(desk: Desk, order: Order): void {
  const { shown } = order;
  if (order.state !== 'presented' || shown === null || desk.now_ms() < shown.endsAt_ms) return;
  desk.saw('codeRanOut');
  end(order, 'ORDER_EXPIRED');
}

function end(order: Order, failCode: string): void {
  order.state = 'failed';
  order.failCode = failCode;
}

export function present(desk: Desk, fields: Fields): Answer {
  const request = readPresent(fields);
  if (request === null) return paramError;
  const known = desk.books.order(request.orderNumber);
  if (known !== undefined) return presentedBefore(desk, known, request.content);
  // Ended already when it arrives: it is not made, now or later.
  const order = desk.books.open(request.orderNumber, 'presented');
  const { chance } = desk;
  const shorter_ms = chance.happens(0.05) ? chance.whole(1000, 30_000) : 0;
  const endsAt_ms = Math.floor((request.expiresAt_ms - shorter_ms) / 1000) * 1000;
  order.amount_fen = request.amount_fen;
  order.content = request.content;
  order.shown = {
    content: `https://qr.host.invalid/${order.serial}/${chance.whole(100_000, 999_999)}`,
    endsAt_ms,
    isPaying: false,
    wasScanned: false,
  };
  return presentedBefore(desk, order, request.content);
}

function presentedBefore(desk: Desk, order: Order, content: string): Answer {
  settleEnd(desk, order);
  const { shown, state } = order;
  if (state === 'paid') return { errCode: 'ORDER_PAID' };
  if (state === 'failed' && order.failCode === 'ORDER_EXPIRED') return { errCode: 'ORDER_EXPIRED' };
  if (state !== 'presented' || shown === null) {
    desk.saw('presentOnClosedNumber');
    return { errCode: 'ORDER_CLOSED' };
  }
  if (order.content !== content) return { errCode: 'DUPLICATE_ORDER' };
  return {
    errCode: '00',
    merchantOrderId: order.orderNumber,
    transactionAmount: order.amount_fen,
    qrCode: shown.content,
    expiresAt: isoOf(shown.endsAt_ms),
  };
}

/** It never gives money back. */
export function close(desk: Desk, fields: Fields): Answer {
  const orderNumber = readOrderNumber(fields);
  if (orderNumber === null) return paramError;
  const known = desk.books.order(orderNumber);
  if (known !== undefined) settleEnd(desk, known);
  const isDone = known?.state === 'paid' || known?.state === 'voided' || known?.state === 'reversed';
  if (isDone) return { errCode: '00', merchantOrderId: orderNumber, closeResult: 'PAID' };
  if (known?.shown?.isPaying === true) {
    desk.saw('closeWhilePaying');
    return { errCode: 'PROCESSING' };
  }
  // What nobody has scanned is no order there, and what is no order can't be closed.
  if (!desk.endsCodes && known?.shown?.wasScanned !== true) {
    desk.saw('closeRefused');
    return { errCode: 'NOT_SUPPORTED' };
  }
  const order = known ?? desk.books.open(orderNumber, 'presented');
  if (known === undefined) desk.saw('closeOfUnknownNumber');
  if (order.state === 'presented') end(order, 'ORDER_CLOSED');
  return { errCode: '00', merchantOrderId: orderNumber, closeResult: 'CLOSED' };
}

/** What a query says of a code that nobody has paid; null: as of any other order. */
export function wordOnCode(desk: Desk, order: Order): 'FF' | '1' | null {
  if (order.shown === null) return null;
  settleEnd(desk, order);
  const isOpen = order.state === 'presented';
  const isEnded = order.state === 'failed';
  if ((isOpen || isEnded) && !desk.endsCodes && !order.shown.wasScanned) return 'FF';
  return isOpen ? '1' : null;
}

/** Somebody could still be charged for it: who pays already, or who has a picture of its code. */
export function isPayable(desk: Desk, order: Order): boolean {
  settleEnd(desk, order);
  return order.state === 'presented';
}

export function scan(desk: Desk, content: string, customer: Customer): ScanWord {
  const order = desk.books.orderOfCode(content);
  if (order === undefined || order.shown === null) return 'unknown';
  settleEnd(desk, order);
  if (order.state !== 'presented') {
    desk.saw(order.state === 'paid' ? 'scanOfPaidCode' : 'scanOfEndedCode');
    return 'over';
  }
  if (order.shown.isPaying) {
    desk.saw('scanTwice');
    return 'busy';
  }
  order.shown.isPaying = true;
  order.shown.wasScanned = true;
  desk.after(customer.takes_ms, () => decide(desk, order, customer));
  return 'taken';
}

function decide(desk: Desk, order: Order, { payCode, pays }: Customer): void {
  const { shown } = order;
  if (shown === null) return;
  shown.isPaying = false;
  settleEnd(desk, order);
  if (order.state !== 'presented' || !pays) return desk.saw('customerTurnedAway');
  if (shown.endsAt_ms - desk.now_ms() <= 1000) desk.saw('paidInLastSecond');
  order.code = payCode;
  desk.books.charge(order);
}

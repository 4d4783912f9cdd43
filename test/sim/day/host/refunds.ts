// `refund` and `query-refund`: rule 4 of the protocol page. A refused refund stays refused, but where nothing is kept of it.
import { type Answer, type Desk, paramError } from './desk.ts';
import { type Fields, readAmount_fen, readOrderNumber, readRequestNumber } from './fields.ts';
import type { Order, Refund } from './ledger.ts';
import { refundFate, refundVerdict } from './mood.ts';

export function refund(desk: Desk, fields: Fields): Answer {
  const orderNumber = readOrderNumber(fields);
  const requestNumber = readRequestNumber(fields);
  const amount_fen = readAmount_fen(fields);
  if (orderNumber === null || requestNumber === null || amount_fen === null) return paramError;
  const known = desk.books.refund(requestNumber);
  if (known !== undefined && known.isForgotten !== true) {
    const isSame = known.orderNumber === orderNumber && known.amount_fen === amount_fen;
    desk.saw(isSame ? 'refundRepeated' : 'refundOtherContent');
    return isSame ? wordOn(desk, known) : { errCode: 'DUPLICATE_REFUND' };
  }
  const order = desk.books.order(orderNumber);
  // Nobody can say yet whether there is something to give back; the number stays free.
  if (order?.state === 'processing') return { errCode: 'PROCESSING' };
  if (known !== undefined) desk.saw('refundAskedAgain');
  const fresh = desk.books.openRefund(requestNumber, orderNumber, amount_fen);
  const refusal = refusalOf(order, amount_fen);
  if (order === undefined || refusal !== null) {
    desk.saw('refundAgainstTheRules');
    fail(fresh, refusal ?? 'ORDER_NOT_FOUND');
  } else begin(desk, order, fresh);
  // What is taken and fails later has a number that is spent.
  fresh.isForgotten = desk.forgetsRefusals && fresh.state === 'failed';
  return wordOn(desk, fresh);
}

function refusalOf(order: Order | undefined, amount_fen: number): string | null {
  if (order === undefined) return 'ORDER_NOT_FOUND';
  if (order.state !== 'paid') return 'ORDER_NOT_PAID';
  const left_fen = order.charged_fen - order.refunded_fen - order.reserved_fen;
  return amount_fen > left_fen ? 'REFUND_EXCEEDS' : null;
}

function begin(desk: Desk, order: Order, fresh: Refund): void {
  const fate = refundFate(desk.mood(), desk.chance);
  desk.saw(fate === 'approve' ? 'refundDone' : fate);
  const { failCode, after_ms } = refundVerdict(fate, desk.chance);
  order.reserved_fen += fresh.amount_fen;
  const decide = (): void => {
    order.reserved_fen -= fresh.amount_fen;
    if (failCode !== null) return fail(fresh, failCode);
    fresh.state = 'done';
    desk.books.payOut(fresh, order);
  };
  if (after_ms === 0) decide();
  else desk.after(after_ms, decide);
}

function fail(refused: Refund, failCode: string): void {
  refused.state = 'failed';
  refused.failCode = failCode;
}

function wordOn(desk: Desk, known: Refund): Answer {
  switch (known.state) {
    case 'failed':
      return { errCode: known.failCode };
    case 'processing':
      return { errCode: '0000' };
    case 'done': {
      const refundedAmount = desk.books.order(known.orderNumber)?.refunded_fen;
      return { errCode: '00', refundOrderId: numberOf(known), refundedAmount };
    }
  }
}

export function queryRefund(desk: Desk, fields: Fields): Answer {
  const requestNumber = readRequestNumber(fields);
  if (requestNumber === null) return paramError;
  const found = desk.books.refund(requestNumber);
  const known = found?.isForgotten === true ? undefined : found;
  switch (known?.state) {
    case undefined:
      return { errCode: '00', refundResCode: 'FF' };
    case 'processing':
      return { errCode: '00', refundResCode: '1' };
    case 'failed':
      return { errCode: '00', refundResCode: '5', failCode: known?.failCode };
    case 'done':
      return { errCode: '00', refundResCode: '0', refundOrderId: known && numberOf(known) };
  }
}

function numberOf({ serial }: Refund): string {
  return `R${String(serial).padStart(12, '0')}`;
}

// Alipay's messages <-> payment events. Pure: what an answer proves is decided here and nowhere else.
// Source: payments.md 3.4 and the pages named in docs/acquirers/alipay.md.
import { z } from 'zod';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ApprovalProof } from '../../core/domain/payment/state.ts';
import type { AuthorizeOrder, OrderReference } from '../../core/ports/acquirer.ts';
import { alipayDeclines, alipayReversalRefusals } from './codes.ts';
import { fenOf, yuanOf } from './money.ts';

/** What every payment carries of the shop and the terminal (银发〔2021〕259号 binds terminal, merchant and address). */
export type ShopFacts = {
  /** What the customer reads in the bill, as `subjectOf` makes it. */
  subject: string;
  storeId: string | null;
  terminalId: string;
  operatorId: string | null;
  /** FACE_TO_FACE_PAYMENT, or OFFLINE_PAYMENT where that was contracted. */
  productCode: string;
  /** An order that nobody paid dies after so many minutes (the scheme's default is 3 h, it recommends 5 and more); null = the default. */
  orderLife_min: number | null;
  /** `terminal_params` as Alipay agreed with the merchant; their content isn't public. Null: not sent. */
  terminalParams: Readonly<Record<string, unknown>> | null;
};

/** Alipay takes no `/`, `=` or `&`; a comma, a quote or a line break would tear the row of its bill, where the name stands again. */
export function subjectOf(storeName: string): string {
  return storeName.replaceAll(/[/=&,"\p{Cc}]/gu, ' ').trim();
}

export function payContent(shop: ShopFacts, order: AuthorizeOrder): Record<string, unknown> {
  return {
    out_trade_no: order.orderNumber,
    scene: 'bar_code',
    auth_code: order.code,
    total_amount: yuanOf(order.amount_fen),
    subject: shop.subject,
    product_code: shop.productCode,
    ...shopContent(shop),
    ...(shop.orderLife_min === null ? {} : { timeout_express: `${shop.orderLife_min}m` }),
    ...(shop.terminalParams === null ? {} : { terminal_params: JSON.stringify(shop.terminalParams) }),
  };
}

export function shopContent({ storeId, operatorId, terminalId }: ShopFacts): Record<string, unknown> {
  return {
    terminal_id: terminalId,
    ...(storeId === null ? {} : { store_id: storeId }),
    ...(operatorId === null ? {} : { operator_id: operatorId }),
  };
}

export function orderContent(orderNumber: string): Record<string, unknown> {
  return { out_trade_no: orderNumber };
}

const envelope = z.object({ code: z.string().min(1).max(16), sub_code: z.string().min(1).max(96).nullish() });

/** `code`, and the reason to tell: the more exact of both codes. Null: no envelope at all. */
export function headOf(json: unknown): { code: string; reason: string } | null {
  const found = envelope.safeParse(json);
  return found.success ? { code: found.data.code, reason: found.data.sub_code ?? found.data.code } : null;
}

const subject = z.object({
  out_trade_no: z.string().nullish(),
  total_amount: z.string().nullish(),
  trans_currency: z.string().nullish(),
});

/**
 * Whatever it says, it says of somebody else's order. Only paid and closed answers must name theirs; a refusal may name it, and
 * says 0.00 for amounts that it does not know.
 */
export function isForeign(json: unknown, { orderNumber, amount_fen }: OrderReference): boolean {
  const found = subject.safeParse(json);
  if (!found.success) return true;
  const { out_trade_no, total_amount, trans_currency } = found.data;
  const told_fen = fenOf(total_amount) ?? 0;
  if ((out_trade_no ?? orderNumber) !== orderNumber) return true;
  return (told_fen !== 0 && told_fen !== amount_fen) || (trans_currency ?? 'CNY') !== 'CNY';
}

const charge = z.object({
  out_trade_no: z.string(),
  trade_no: z.string().min(1).max(64),
  total_amount: z.string(),
  /** `gmt_payment` of pay, `send_pay_date` of query. */
  paidAt: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  buyer_pay_amount: z.string().nullish(),
  receipt_amount: z.string().nullish(),
});

/**
 * What the payer paid. Of some answers it is said that they carry 0.00 for both amounts of a paid order (unconfirmed): then, or
 * when nothing is told, it counts as the whole.
 */
function actualOf({ buyer_pay_amount, receipt_amount }: z.infer<typeof charge>, amount_fen: number): number {
  const paid_fen = fenOf(buyer_pay_amount);
  const isTold = paid_fen !== null && (paid_fen > 0 || (fenOf(receipt_amount) ?? 0) > 0);
  return isTold ? paid_fen : amount_fen;
}

function proofOf(found: z.infer<typeof charge>, amount_fen: number): ApprovalProof {
  return {
    acquirerOrderId: found.trade_no,
    retrievalRefNum: '',
    systemTraceNum: '',
    batchNo: '',
    paidAt: `${found.paidAt.replace(' ', 'T')}+08:00`,
    settlementDate: found.paidAt.slice(0, 10).replaceAll('-', ''),
    rail: 'ALIPAY',
    // Not told: fund_bill_list is where the money came from, and partner wallets share the codes (docs/payment-codes.md).
    payerApp: null,
    thirdPartyOrderId: found.trade_no,
    actual_fen: actualOf(found, amount_fen),
  };
}

/** Approved only when number and amount are ours; a paid answer for something else proves nothing and raises the alarm. */
function approvedOr(
  json: unknown,
  order: OrderReference,
  unproven: (code: string) => PaymentEvent,
): PaymentEvent {
  const { gmt_payment, send_pay_date, ...rest } = json as Record<string, unknown>;
  const found = charge.safeParse({ ...rest, paidAt: gmt_payment ?? send_pay_date });
  if (!found.success) return unproven(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  const isOurs =
    found.data.out_trade_no === order.orderNumber && fenOf(found.data.total_amount) === order.amount_fen;
  return isOurs ? { kind: 'approved', proof: proofOf(found.data, order.amount_fen) } : unproven('MISMATCH');
}

const status = z.object({ trade_status: z.string().max(64) });

function statusOf(json: unknown): string | null {
  const found = status.safeParse(json);
  return found.success ? found.data.trade_status : null;
}

const PAID = ['TRADE_SUCCESS', 'TRADE_FINISHED'];

/** alipay.trade.pay: 10000 charged, 10003 the customer is asked, 40004 refused with a `sub_code`, all else unknown. */
export function readPayAnswer(json: unknown, order: OrderReference): PaymentEvent {
  const undecided = (code: string): PaymentEvent => ({ kind: 'undecided', code });
  const head = headOf(json);
  if (head === null) return undecided('NO_CODE');
  if (isForeign(json, order)) return undecided('MISMATCH');
  switch (head.code) {
    case '10000': {
      const told = statusOf(json);
      return told === null || PAID.includes(told) ? approvedOr(json, order, undecided) : undecided(told);
    }
    case '10003':
      return { kind: 'awaiting' };
    case '40004': {
      const reason = Object.hasOwn(alipayDeclines, head.reason) ? alipayDeclines[head.reason] : undefined;
      return reason === undefined ? undecided(head.reason) : { kind: 'declined', code: head.reason, reason };
    }
    default:
      return undecided(head.reason);
  }
}

/** alipay.trade.query. TRADE_CLOSED: closed unpaid, or wholly given back; both ways nobody is charged. */
export function readQueryAnswer(json: unknown, order: OrderReference): PaymentEvent {
  const failed = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause });
  const head = headOf(json);
  if (head === null) return failed('NO_CODE');
  if (isForeign(json, order)) return failed('MISMATCH');
  // an order that is shown is made by whoever scans it first
  if (head.code === '40004' && head.reason === 'ACQ.TRADE_NOT_EXIST')
    return order.presented === true ? { kind: 'processing' } : { kind: 'notFound' };
  if (head.code !== '10000') return failed(head.reason);
  const told = statusOf(json);
  switch (told) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return approvedOr(json, order, failed);
    case 'WAIT_BUYER_PAY':
      return { kind: 'awaiting' };
    case 'TRADE_CLOSED':
      return namesOrder(json, order) ? { kind: 'hostReversed', result: told } : failed('INCOMPLETE');
    default:
      return failed(told ?? 'NO_TRADE_STATUS');
  }
}

function namesOrder(json: unknown, order: OrderReference): boolean {
  return subject.safeParse(json).data?.out_trade_no === order.orderNumber;
}

const cancel = z.object({ retry_flag: z.enum(['Y', 'N']).nullish(), action: z.string().max(32).nullish() });

const REVERSALS: Readonly<Record<string, string>> = { close: 'CLOSED', refund: 'REFUNDED' };

/**
 * alipay.trade.cancel. A success without an `action` means that no such order was found: it is no proof by itself, a request
 * that is still on its way can make the order afterwards.
 */
export function readReversalAnswer(json: unknown, order: OrderReference): PaymentEvent {
  const pending = (cause: string): PaymentEvent => ({ kind: 'reversalPending', cause });
  const head = headOf(json);
  if (head === null) return pending('NO_CODE');
  if (isForeign(json, order)) return pending('MISMATCH');
  if (head.code === '40004' && head.reason === 'ACQ.TRADE_NOT_EXIST')
    return { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };
  if (head.code === '40004' && alipayReversalRefusals.has(head.reason))
    return { kind: 'reversalRefused', cause: head.reason };
  if (head.code !== '10000') return pending(head.reason);
  const found = cancel.safeParse(json);
  if (!found.success) return pending('NO_CANCEL_RESULT');
  const { retry_flag, action } = found.data;
  if (retry_flag === 'Y') return pending('RETRY');
  if (typeof action !== 'string') return { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };
  const result = Object.hasOwn(REVERSALS, action) ? REVERSALS[action] : undefined;
  return result === undefined ? pending(`ACTION_${action}`) : { kind: 'reversalAcknowledged', result };
}

/** Both a paid and a refused answer mean that somebody at Alipay read our request and knows our keys. */
export function readProbeAnswer(json: unknown): string | null {
  const head = headOf(json);
  if (head === null) return 'NO_CODE';
  return head.code === '10000' || head.code === '40004' ? null : head.reason;
}

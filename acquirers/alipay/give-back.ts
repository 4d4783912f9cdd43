// Refunds of Alipay <-> give-back events. Pure. `out_request_no` is our request number: the same number gives back once.
// Source: payments.md 3.4; the refund and refund-query pages named in docs/acquirers/alipay.md.
import { z } from 'zod';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { headOf, type ShopFacts, shopContent } from './codec.ts';
import { alipayRefundRefusal } from './codes.ts';
import { fenOf, yuanOf } from './money.ts';

export function refundContent(shop: ShopFacts, order: GiveBackOrder): Record<string, unknown> {
  return {
    out_trade_no: order.orderNumber,
    out_request_no: order.requestNumber,
    refund_amount: yuanOf(order.amount_fen),
    ...shopContent(shop),
  };
}

export function refundInquiryContent(order: GiveBackOrder): Record<string, unknown> {
  return { out_trade_no: order.orderNumber, out_request_no: order.requestNumber };
}

const undecided = (code: string): GiveBackEvent => ({ kind: 'undecided', code });
const inquiryFailed = (cause: string): GiveBackEvent => ({ kind: 'inquiryFailed', cause });

const subject = z.object({ out_trade_no: z.string().nullish(), out_request_no: z.string().nullish() });

/** False when the answer names another order or another request: it then proves nothing. */
function speaksOf(json: unknown, { orderNumber, requestNumber }: GiveBackOrder): boolean {
  const found = subject.safeParse(json);
  if (!found.success) return false;
  const { out_trade_no, out_request_no } = found.data;
  return (out_trade_no ?? orderNumber) === orderNumber && (out_request_no ?? requestNumber) === requestNumber;
}

const refund = z.object({
  out_trade_no: z.string(),
  /** Y: this very request moved money. N: it did not, for it is a repetition, or not done yet. */
  fund_change: z.enum(['Y', 'N']),
  /** The sum of all refunds of the order, ours included. */
  refund_fee: z.string(),
});

export function readRefundAnswer(json: unknown, order: GiveBackOrder): GiveBackEvent {
  const head = headOf(json);
  if (head === null) return undecided('NO_CODE');
  if (!speaksOf(json, order)) return undecided('MISMATCH');
  const refusal = head.code === '40004' ? alipayRefundRefusal(head.reason) : null;
  if (refusal !== null) return refusal;
  if (head.code !== '10000') return undecided(head.reason);
  const found = refund.safeParse(json);
  if (!found.success) return undecided(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  if (found.data.fund_change === 'N') return undecided('FUND_CHANGE_N');
  const sum_fen = fenOf(found.data.refund_fee);
  if (sum_fen === null || sum_fen < order.amount_fen || sum_fen > order.paid_fen)
    return undecided('MISMATCH');
  return { kind: 'done', result: 'REFUNDED', reference: null };
}

const inquiry = z.object({
  out_trade_no: z.string().nullish(),
  out_request_no: z.string().nullish(),
  refund_status: z.string().max(64).nullish(),
  refund_amount: z.string().nullish(),
});

/**
 * alipay.trade.fastpay.refund.query: 10000 says only that the question was understood. Without `refund_status` no refund of this
 * number was received, or it failed: the same request may go again. Older servers told an amount and no status: that stays open.
 */
export function readRefundInquiry(json: unknown, order: GiveBackOrder): GiveBackEvent {
  const head = headOf(json);
  if (head === null) return inquiryFailed('NO_CODE');
  if (!speaksOf(json, order)) return inquiryFailed('MISMATCH');
  if (head.code === '40004' && /^(ACQ\.)?TRADE_NOT_EXIST$/.test(head.reason)) return { kind: 'notFound' };
  if (head.code !== '10000') return inquiryFailed(head.reason);
  const found = inquiry.safeParse(json);
  if (!found.success) return inquiryFailed('NO_REFUND_RESULT');
  const { out_trade_no, out_request_no, refund_status, refund_amount } = found.data;
  if (typeof refund_status !== 'string')
    return typeof refund_amount === 'string' ? inquiryFailed('NO_REFUND_STATUS') : { kind: 'notFound' };
  if (refund_status !== 'REFUND_SUCCESS') return inquiryFailed(refund_status);
  const isOurs = out_trade_no === order.orderNumber && out_request_no === order.requestNumber;
  if (!isOurs || fenOf(refund_amount) !== order.amount_fen) return inquiryFailed('MISMATCH');
  return { kind: 'done', result: 'REFUNDED', reference: null };
}

// Refunds of WeChat Pay <-> give-back events. Pure. Source: the reference page payments, 3.2, and pay.weixin.qq.com "apply for a
// refund": its answer says only that the request was taken; whether the money is back, the refund's query says.
import { z } from 'zod';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { incomplete, refusalCode } from './codec.ts';
import type { Answer } from './message.ts';
import { wechatRefundRefusal } from './codes.ts';

/** `out_refund_no` is the key: the same number is given back once, however often it is asked for. */
export function refundBody(order: GiveBackOrder): Record<string, unknown> {
  return {
    out_trade_no: order.orderNumber,
    out_refund_no: order.requestNumber,
    amount: { refund: order.amount_fen, total: order.paid_fen, currency: 'CNY' },
  };
}

const refund = z.object({
  refund_id: z.string().min(1).max(64),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  status: z.string().min(1).max(32),
  amount: z.object({ refund: z.int(), total: z.int(), currency: z.string().nullish() }),
});

type Refund = z.infer<typeof refund>;

/** The refund, when the answer is about ours: number, order, both amounts and currency. */
function refundOf(json: unknown, order: GiveBackOrder): Refund | { fault: string } {
  const found = refund.safeParse(json);
  if (!found.success) return { fault: incomplete(found.error) };
  const { out_refund_no, out_trade_no, amount } = found.data;
  const isOurs =
    out_refund_no === order.requestNumber &&
    out_trade_no === order.orderNumber &&
    amount.refund === order.amount_fen &&
    amount.total === order.paid_fen &&
    (amount.currency ?? 'CNY') === 'CNY';
  return isOurs ? found.data : { fault: 'MISMATCH' };
}

export function readRefundAnswer(answer: Answer, order: GiveBackOrder): GiveBackEvent {
  if (answer.status >= 400) {
    const code = refusalCode(answer);
    const mayRefuse = answer.status !== 401 && answer.status !== 429;
    return (mayRefuse ? wechatRefundRefusal(code) : null) ?? { kind: 'undecided', code };
  }
  if (answer.status !== 200) return { kind: 'undecided', code: `HTTP_${answer.status}` };
  const found = refundOf(answer.json, order);
  if ('fault' in found) return { kind: 'undecided', code: found.fault };
  const isTaken = found.status === 'PROCESSING' || found.status === 'SUCCESS';
  return { kind: isTaken ? 'accepted' : 'undecided', code: found.status };
}

export function readRefundInquiry(answer: Answer, order: GiveBackOrder): GiveBackEvent {
  const failed = (cause: string): GiveBackEvent => ({ kind: 'inquiryFailed', cause });
  if (answer.status >= 400) {
    const code = refusalCode(answer);
    return answer.status === 404 && code === 'RESOURCE_NOT_EXISTS' ? { kind: 'notFound' } : failed(code);
  }
  if (answer.status !== 200) return failed(`HTTP_${answer.status}`);
  const found = refundOf(answer.json, order);
  if ('fault' in found) return failed(found.fault);
  switch (found.status) {
    case 'SUCCESS':
      return { kind: 'done', result: 'REFUNDED', reference: found.refund_id };
    case 'PROCESSING':
      return { kind: 'processing' };
    case 'CLOSED':
      return { kind: 'refused', code: 'CLOSED', spent: true };
    // ABNORMAL: the customer's card or account takes no money; the shop must act on the merchant platform
    default:
      return failed(found.status);
  }
}

// A refused reversal that its code alone does not explain: a look at the order tells what became of it. Pure.
// Sources: the only published v3 table of a reversal (global papay, pay.weixin.qq.com api_external chapter5_1_10) has codes that no page of ours
// has, spelt in two ways; the table of the mainland call is published nowhere that we could read (docs/acquirers/wechatpay.md).
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { refusalCode, speaksOfOrder } from './codec.ts';
import { wechatReversalNoSuchOrder, wechatReversalNotNow, wechatReversalPaid } from './codes.ts';
import type { Answer } from './message.ts';

/** Null: read as it stands. Else the code of a believed refusal, which repeating the reversal for seven days would tell no more of. */
export function refusalToLookInto(answer: Answer, read: PaymentEvent): string | null {
  if (read.kind !== 'reversalPending' || answer.status < 400 || !speaksOfOrder(answer)) return null;
  const code = refusalCode(answer);
  return wechatReversalNotNow.has(code) ? null : code;
}

/**
 * Over by both accounts is an acknowledgement, and no more: the machine looks once again. That there is no such order counts only where the
 * refusal says so too, for the query's books may lag; and "paid" is final only where the refusal sends us to the refund.
 */
export function afterReversalRefusal(code: string, found: PaymentEvent): PaymentEvent {
  const pending: PaymentEvent = { kind: 'reversalPending', cause: code };
  switch (found.kind) {
    case 'hostReversed':
      return { kind: 'reversalAcknowledged', result: found.result };
    case 'declined':
      return { kind: 'reversalAcknowledged', result: found.code };
    case 'notFound':
      return wechatReversalNoSuchOrder.has(code)
        ? { kind: 'reversalAcknowledged', result: 'NOT_FOUND' }
        : pending;
    case 'approved':
      return wechatReversalPaid.has(code) ? { kind: 'reversalRefused', cause: code } : pending;
    default:
      return pending;
  }
}

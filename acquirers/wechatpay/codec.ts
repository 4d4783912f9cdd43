// WeChat Pay orders <-> payment events. Pure: what an answer proves is decided here and nowhere else.
// Source: the reference page payments, 3.2 and 3.3; what is `optional` in the official field lists may be missing here too.
import { z } from 'zod';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ApprovalProof } from '../../core/domain/payment/state.ts';
import type { AuthorizeOrder, OrderReference } from '../../core/ports/acquirer.ts';
import type { Answer } from './message.ts';
import { wechatDeclines, wechatNoSuchOrder, wechatReversalNoSuchOrder, wechatReversalOver } from './codes.ts';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

/** What every payment says of shop and terminal (银发〔2021〕259号: serial number, address in the network, shop). */
export type MerchantFacts = {
  appId: string;
  merchantId: string;
  /** What the customer reads in WeChat, which takes 127: cut there, by bytes to be sure. */
  description: string;
  deviceId: string;
  deviceIp: string;
  /** The shop's own number of this shop. */
  storeOutId: string;
  /** What a native order alone has room for; each where it is known. `areaCode`: GB/T 2260, six digits. */
  store?: { name?: string; areaCode?: string; address?: string };
  /** Where WeChat sends its notices of native orders, which it wants to be told; without it there are none (no main scan). */
  notifyUrl?: string;
};

export const CURRENCY = 'CNY';
const DESCRIPTION_bytes = 127;

export function payBody(facts: MerchantFacts, order: AuthorizeOrder): Record<string, unknown> {
  return {
    appid: facts.appId,
    mchid: facts.merchantId,
    description: cut(facts.description),
    out_trade_no: order.orderNumber,
    payer: { auth_code: order.code },
    amount: { total: order.amount_fen, currency: CURRENCY },
    scene_info: {
      device_id: facts.deviceId,
      device_ip: facts.deviceIp,
      store_info: { out_id: facts.storeOutId },
    },
  };
}

export function cut(text: string): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > DESCRIPTION_bytes) break;
    kept += character;
  }
  return kept;
}

export function reversalBody(facts: MerchantFacts): Record<string, unknown> {
  return { appid: facts.appId, mchid: facts.merchantId };
}

const refusal = z.object({ code: z.string().min(1).max(64) });

/** What an answer below 500 with a refusal says; `HTTP_4xx` when it says nothing. */
export function refusalCode({ status, json }: Answer): string {
  const found = refusal.safeParse(json);
  return found.success ? found.data.code : `HTTP_${status}`;
}

/** 401 is about a signature, 429 about how often we ask: neither speaks of the order. */
export const speaksOfOrder = ({ status }: Answer): boolean => status !== 401 && status !== 429;

const subject = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string().min(1).max(32),
  appid: z.string().nullish(),
  amount: z.object({ total: z.int().nullish(), currency: z.string().nullish() }).nullish(),
});

const paid = z.object({
  transaction_id: z.string().min(1).max(64),
  success_time: z.iso.datetime({ offset: true }),
  amount: z.object({ total: z.int(), payer_total: z.int().nonnegative().nullish() }),
});

/** The state of our order, or why the answer is not about it. */
function tradeStateOf(
  json: unknown,
  facts: MerchantFacts,
  order: OrderReference,
): { state: string } | { fault: string } {
  const found = subject.safeParse(json);
  if (!found.success) return { fault: incomplete(found.error) };
  const { mchid, out_trade_no, trade_state, appid, amount } = found.data;
  const isOurs =
    mchid === facts.merchantId &&
    out_trade_no === order.orderNumber &&
    (appid ?? facts.appId) === facts.appId &&
    (amount?.total ?? order.amount_fen) === order.amount_fen &&
    (amount?.currency ?? CURRENCY) === CURRENCY;
  return isOurs ? { state: trade_state } : { fault: 'MISMATCH' };
}

export function incomplete(error: z.ZodError): string {
  return `INCOMPLETE_${error.issues[0]?.path.join('.') ?? ''}`;
}

/** yyyyMMdd in Asia/Shanghai. */
function shanghaiDate(instant: string): string {
  return new Date(Date.parse(instant) + SHANGHAI_OFFSET_ms).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Called when the order is ours by `tradeStateOf`. */
function approvedOr(
  json: unknown,
  order: OrderReference,
  unproven: (cause: string) => PaymentEvent,
): PaymentEvent {
  const found = paid.safeParse(json);
  if (!found.success) return unproven(incomplete(found.error));
  const { transaction_id: orderId, success_time: paidAt, amount } = found.data;
  const actual_fen = amount.payer_total ?? amount.total;
  if (amount.total !== order.amount_fen || actual_fen > amount.total) return unproven('MISMATCH');
  const proof: ApprovalProof = {
    acquirerOrderId: orderId,
    retrievalRefNum: '',
    systemTraceNum: '',
    batchNo: '',
    paidAt,
    settlementDate: shanghaiDate(paidAt),
    rail: 'WECHAT',
    // Not told: bank_type is where the money came from, and a code of ours is scanned by other apps too (docs/payment-codes.md).
    payerApp: null,
    thirdPartyOrderId: orderId,
    actual_fen,
  };
  return { kind: 'approved', proof };
}

export function readPayAnswer(answer: Answer, facts: MerchantFacts, order: OrderReference): PaymentEvent {
  const undecided = (code: string): PaymentEvent => ({ kind: 'undecided', code });
  if (answer.status >= 400) return payRefusal(answer, order);
  const found = tradeStateOf(answer.json, facts, order);
  if ('fault' in found) return undecided(found.fault);
  // 202: accepted, the customer is asked (binarywang/WxJava issue 4050)
  if (found.state === 'USERPAYING') return { kind: 'awaiting' };
  if (found.state === 'SUCCESS' && answer.status === 200) return approvedOr(answer.json, order, undecided);
  return undecided(found.state);
}

const refusalSubject = z.object({ out_trade_no: z.string().nullish() });

function payRefusal(answer: Answer, order: OrderReference): PaymentEvent {
  const code = refusalCode(answer);
  const named = refusalSubject.safeParse(answer.json);
  const isForeign = !named.success || (named.data.out_trade_no ?? order.orderNumber) !== order.orderNumber;
  if (isForeign) return { kind: 'undecided', code: 'MISMATCH' };
  if (code === 'USERPAYING') return { kind: 'awaiting' };
  const isListed = speaksOfOrder(answer) && Object.hasOwn(wechatDeclines, code);
  const reason = isListed ? wechatDeclines[code] : undefined;
  return reason === undefined ? { kind: 'undecided', code } : { kind: 'declined', code, reason };
}

export function readQueryAnswer(answer: Answer, facts: MerchantFacts, order: OrderReference): PaymentEvent {
  const failed = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause });
  if (answer.status >= 400) return isNoSuchOrder(answer) ? missing(order) : failed(refusalCode(answer));
  if (answer.status !== 200) return failed(`HTTP_${answer.status}`);
  const found = tradeStateOf(answer.json, facts, order);
  if ('fault' in found) return failed(found.fault);
  switch (found.state) {
    case 'SUCCESS':
      return approvedOr(answer.json, order, failed);
    case 'USERPAYING':
      return { kind: 'awaiting' };
    case 'NOTPAY':
      return { kind: 'processing' };
    case 'CLOSED':
      return { kind: 'declined', code: 'CLOSED', reason: 'orderClosed' };
    case 'REVOKED':
      return { kind: 'hostReversed', result: 'REVOKED' };
    // REFUND does not say how much went back; PAYERROR is not final, the order still has to be reversed; and whatever is new
    default:
      return failed(found.state);
  }
}

/** A code that is shown may still be on its way to WeChat's books. */
function missing({ presented }: OrderReference): PaymentEvent {
  return presented === true ? { kind: 'processing' } : { kind: 'notFound' };
}

function isNoSuchOrder(answer: Answer, codes = wechatNoSuchOrder): boolean {
  return answer.status === 404 && codes.has(refusalCode(answer));
}

const echo = z.object({ mchid: z.string(), out_trade_no: z.string() });

/**
 * 200 with our own number, or 204, says "done". "No such order", "closed" and "reversed" are acknowledgements too: without
 * tombstones the machine waits until nothing can be in flight, and asks what became of the order. All else is asked again, most of
 * it after a look at the order (reversal.ts).
 */
export function readReversalAnswer(
  answer: Answer,
  facts: MerchantFacts,
  order: OrderReference,
): PaymentEvent {
  const pending = (cause: string): PaymentEvent => ({ kind: 'reversalPending', cause });
  if (answer.status === 204) return { kind: 'reversalAcknowledged', result: 'REVERSED' };
  if (isNoSuchOrder(answer, wechatReversalNoSuchOrder))
    return { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };
  if (answer.status >= 400) {
    const code = refusalCode(answer);
    const isOver = speaksOfOrder(answer) && wechatReversalOver.has(code);
    return isOver ? { kind: 'reversalAcknowledged', result: code } : pending(code);
  }
  if (answer.status !== 200) return pending(`HTTP_${answer.status}`);
  const found = echo.safeParse(answer.json);
  if (!found.success) return pending(incomplete(found.error));
  const isOurs = found.data.mchid === facts.merchantId && found.data.out_trade_no === order.orderNumber;
  return isOurs ? { kind: 'reversalAcknowledged', result: 'REVERSED' } : pending('MISMATCH');
}

// UnionPay's messages <-> payment events. Pure: what an answer proves is decided here and nowhere else.
// Source: payments.md 3.5 and the demos named in docs/acquirers/unionpay.md.
import { z } from 'zod';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ApprovalProof } from '../../core/domain/payment/state.ts';
import type { AuthorizeOrder, OrderReference } from '../../core/ports/acquirer.ts';
import { codeRow, doneOrigins, reversalRefusals, stillProcessing } from './codes.ts';
import type { Fields } from './signature.ts';
import { dateNear, timeOfTrace, txnTimeOf } from './times.ts';

/** What every request of this contract says. */
export type MerchantFacts = {
  merchantId: string;
  /** 8 letters or digits. */
  terminalId: string;
  /** Where UnionPay sends its notices: a merchant's relay (docs/notices.md), or nowhere. The till asks either way. */
  backUrl: string;
  /** Of purchases and order codes: what the merchant's contract asks for and no public page names. They take the place of none of ours. */
  terminalFields?: Fields;
};

/** 156: yuan. */
export const CURRENCY = '156';
const AMOUNT = /^(0|[1-9]\d{0,11})$/;

export const isAmount = (text: string): boolean => AMOUNT.test(text);

/** An order of ACP is its number and its time, both ours. */
export type OrderKey = { orderId: string; txnTime: string };

export function orderKey({ orderNumber, openedAt_ms }: Omit<OrderReference, 'timeout_ms'>): OrderKey {
  return { orderId: orderNumber, txnTime: txnTimeOf(openedAt_ms) };
}

export function purchaseFields(facts: MerchantFacts, order: AuthorizeOrder): Fields {
  return {
    ...facts.terminalFields,
    txnType: '01',
    txnSubType: '06',
    channelType: '08',
    backUrl: facts.backUrl,
    ...orderKey(order),
    txnAmt: String(order.amount_fen),
    currencyCode: CURRENCY,
    qrNo: order.code,
    termId: facts.terminalId,
  };
}

export function queryFields(key: OrderKey): Fields {
  return { txnType: '00', txnSubType: '00', ...key };
}

/** Of the order itself: it has no number of its own. */
export function reversalFields(key: OrderKey): Fields {
  return { txnType: '99', txnSubType: '01', channelType: '08', ...key };
}

/** `TT`, or null: an answer without it says nothing. */
export function codeOf({ respCode }: Fields): string | null {
  return /^[0-9A-Z]{2}$/.test(respCode ?? '') ? (respCode as string) : null;
}

/** It says of itself that it answers something else. */
export function isForeign(fields: Fields, { merchantId }: MerchantFacts, key: OrderKey): boolean {
  const told = { merId: merchantId, ...key };
  return Object.entries(told).some(([name, ours]) => (fields[name] ?? ours) !== ours);
}

/** It names us, and the very order. Only such an answer proves something. */
export function namesOrder(fields: Fields, { merchantId }: MerchantFacts, key: OrderKey): boolean {
  const { merId, orderId, txnTime } = fields;
  return merId === merchantId && orderId === key.orderId && txnTime === key.txnTime;
}

/** Undefined amounts and currencies are no contradiction; other ones are. */
export function isOtherMoney({ txnAmt, currencyCode }: Fields, amount_fen: number): boolean {
  return (txnAmt ?? String(amount_fen)) !== String(amount_fen) || (currencyCode ?? CURRENCY) !== CURRENCY;
}

const charge = z.object({
  txnAmt: z.string().regex(AMOUNT),
  currencyCode: z.literal(CURRENCY),
  queryId: z.string().regex(/^\w{1,32}$/),
  traceNo: z.string().regex(/^\d{1,12}$/),
  /** MMDDhhmmss, UnionPay's clock. */
  traceTime: z.string().regex(/^\d{10}$/),
  /** MMDD, the clearing day. */
  settleDate: z.string().regex(/^\d{4}$/),
});

function proofOf(found: z.infer<typeof charge>, order: OrderReference): ApprovalProof | null {
  const paidAt = timeOfTrace(found.traceTime, order.openedAt_ms);
  const settlementDate = dateNear(found.settleDate, order.openedAt_ms);
  if (paidAt === null || settlementDate === null) return null;
  return {
    acquirerOrderId: found.queryId,
    retrievalRefNum: '',
    systemTraceNum: found.traceNo,
    batchNo: '',
    paidAt,
    settlementDate,
    rail: 'UNIONPAY',
    // Not told: what an answer may tell is the card (docs/payment-codes.md).
    payerApp: null,
    thirdPartyOrderId: found.queryId,
    // `settleAmt` is what is cleared with the shop, not what the customer paid: no field read here tells that apart.
    actual_fen: order.amount_fen,
  };
}

/** Approved only when number, time, amount, currency and kind are ours. */
function approvedOr(fields: Fields, order: OrderReference): PaymentEvent {
  const failed = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause });
  if (isOtherMoney(fields, order.amount_fen)) return failed('MISMATCH');
  const found = charge.safeParse(fields);
  if (!found.success) return failed(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  const proof = proofOf(found.data, order);
  return proof === null ? failed('INCOMPLETE_date') : { kind: 'approved', proof };
}

/** 01/06: 00 says only that the purchase was accepted; a query must say what became of it. */
export function readPurchaseAnswer(
  fields: Fields,
  facts: MerchantFacts,
  order: AuthorizeOrder,
): PaymentEvent {
  const undecided = (code: string): PaymentEvent => ({ kind: 'undecided', code });
  const code = codeOf(fields);
  const key = orderKey(order);
  if (code === null) return undecided('NO_CODE');
  if (isForeign(fields, facts, key) || isOtherMoney(fields, order.amount_fen)) return undecided('MISMATCH');
  if (code === '00') return undecided('ACCEPTED');
  const reason = codeRow(code)?.declines ?? null;
  if (reason === null) return undecided(code);
  const isOurs = namesOrder(fields, facts, key) && (fields['txnType'] ?? '01') === '01';
  return isOurs ? { kind: 'declined', code, reason } : undecided(`UNNAMED ${code}`);
}

/** What `origRespCode` says of the purchase. After a reversal "paid" and "processing" may be of before it: no proof (no source tells). */
function readOrigin(fields: Fields, order: OrderReference): PaymentEvent {
  const failed = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause });
  const known = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause, isKnown: true });
  const origin = fields['origRespCode'] ?? '';
  const isDone = doneOrigins.has(origin);
  const isOpen = isDone || stillProcessing.has(origin);
  if (isOpen && order.afterReversal === true) return known(`REVERSED_OR_${origin}`);
  if (isDone) return approvedOr(fields, order);
  // of a code that is shown: somebody may be paying it
  if (isOpen) return { kind: order.presented === true ? 'awaiting' : 'processing' };
  const reason = codeRow(origin)?.declines ?? null;
  if (reason === null)
    return /^\w{2}$/.test(origin) ? known(`ORIGINAL_${origin}`) : failed('NO_ORIGINAL_CODE');
  if (isOtherMoney(fields, order.amount_fen)) return failed('MISMATCH');
  // a try that failed, of a code that can be scanned again
  if (order.presented === true) return { kind: 'processing' };
  // Said of the order itself it is proof, and no word on the settings of today, which behind the one-way door would prove nothing.
  const isOld = order.afterReversal === true && reason === 'configuration';
  return { kind: 'declined', code: origin, reason: isOld ? 'other' : reason };
}

/** 00/00: `respCode` is of the question itself, `origRespCode` of the order. */
export function readQueryAnswer(fields: Fields, facts: MerchantFacts, order: OrderReference): PaymentEvent {
  const failed = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause });
  const code = codeOf(fields);
  const key = orderKey(order);
  if (code === null) return failed('NO_CODE');
  if (isForeign(fields, facts, key)) return failed('MISMATCH');
  if (code === '34') return { kind: order.presented === true ? 'processing' : 'notFound' };
  if (code !== '00') return failed(code);
  if (!namesOrder(fields, facts, key)) return failed('MISMATCH');
  if (fields['txnType'] !== '01') return failed('OTHER_KIND');
  return readOrigin(fields, order);
}

/**
 * 99/01. 34: nothing there to reverse; that closes no number, and an order on its way can come afterwards: the look that follows decides.
 * 35 says so, or that it is in no state for it: looked into (reversal.ts).
 */
export function readReversalAnswer(
  fields: Fields,
  facts: MerchantFacts,
  order: OrderReference,
): PaymentEvent {
  const pending = (cause: string): PaymentEvent => ({ kind: 'reversalPending', cause });
  const code = codeOf(fields);
  const key = orderKey(order);
  if (code === null) return pending('NO_CODE');
  if (isForeign(fields, facts, key) || (fields['txnType'] ?? '99') !== '99') return pending('MISMATCH');
  if (code === '00')
    return namesOrder(fields, facts, key)
      ? { kind: 'reversalAcknowledged', result: 'REVERSED' }
      : pending('UNNAMED 00');
  if (code === '34') return { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };
  return reversalRefusals.has(code) ? { kind: 'reversalRefused', cause: code } : pending(code);
}

/** Whatever is said of an order that never exists, with a good signature, proves line and keys. 37: asked too often. */
export function readProbeAnswer(fields: Fields): string | null {
  const code = codeOf(fields);
  if (code === null) return 'NO_CODE';
  return ['00', '34', '37'].includes(code) ? null : code;
}

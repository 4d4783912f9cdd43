// Voids and refunds of the gateway <-> give-back events. Pure: what an answer proves is decided here and nowhere else.
// Source: the gateway protocol page (`voidpayment`, `refund`, `query-refund`, rules 2, 4 and 5).
import { z } from 'zod';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { deviceBody, orderBody, type TerminalFacts } from './codec.ts';
import { gatewayRefundRefusal, gatewayVoidRefusals } from './codes.ts';

export function giveBackBody(terminal: TerminalFacts, order: GiveBackOrder): Record<string, unknown> {
  const common = { ...orderBody(terminal, order.orderNumber), ...deviceBody(terminal) };
  return order.method === 'void'
    ? { ...common, reason: 'VOID' }
    : { ...common, refundRequestId: order.requestNumber, transactionAmount: order.amount_fen };
}

/** A void has no number of its own at the acquirer: the order itself tells what became of it. */
export function giveBackInquiryBody(terminal: TerminalFacts, order: GiveBackOrder): Record<string, unknown> {
  const { merchantCode, terminalCode } = terminal;
  return order.method === 'void'
    ? orderBody(terminal, order.orderNumber)
    : { merchantCode, terminalCode, refundRequestId: order.requestNumber };
}

const envelope = z.object({ errCode: z.string().min(1).max(64) });

/** What an answer may repeat of its request; `transactionAmount` is the refund's on `refund`, the order's on `query`. */
const subject = z.object({
  merchantOrderId: z.string().nullish(),
  refundRequestId: z.string().nullish(),
  transactionAmount: z.int().nullish(),
});

/** False when the answer names another order, request or amount: it then proves nothing. */
function speaksOf(json: unknown, order: GiveBackOrder, amount_fen: number): boolean {
  const found = subject.safeParse(json);
  if (!found.success) return false;
  const { merchantOrderId, refundRequestId, transactionAmount } = found.data;
  return (
    (merchantOrderId ?? order.orderNumber) === order.orderNumber &&
    (refundRequestId ?? order.requestNumber) === order.requestNumber &&
    (transactionAmount ?? amount_fen) === amount_fen
  );
}

const undecided = (code: string): GiveBackEvent => ({ kind: 'undecided', code });
const inquiryFailed = (cause: string): GiveBackEvent => ({ kind: 'inquiryFailed', cause });

export function readGiveBackAnswer(json: unknown, order: GiveBackOrder): GiveBackEvent {
  const head = envelope.safeParse(json);
  if (!head.success) return undecided('NO_ERRCODE');
  if (!speaksOf(json, order, order.amount_fen)) return undecided('MISMATCH');
  const { errCode } = head.data;
  return order.method === 'void' ? voidEvent(errCode, json) : refundEvent(errCode, json, order);
}

const refundDone = z.object({ refundOrderId: z.string().min(1).max(64), refundedAmount: z.int() });

function refundEvent(errCode: string, json: unknown, order: GiveBackOrder): GiveBackEvent {
  if (errCode === '0000') return { kind: 'accepted', code: errCode };
  if (errCode !== '00') return gatewayRefundRefusal(errCode) ?? undecided(errCode);
  const found = refundDone.safeParse(json);
  if (!found.success) return undecided(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  // the sum of all refunds of this order includes ours
  if (found.data.refundedAmount < order.amount_fen) return undecided('MISMATCH');
  return { kind: 'done', result: 'REFUNDED', reference: found.data.refundOrderId };
}

const voidDone = z.object({ voidResult: z.enum(['REVERSED', 'NOT_CHARGED', 'VOIDED']) });

function voidEvent(errCode: string, json: unknown): GiveBackEvent {
  if (errCode === 'PROCESSING') return { kind: 'accepted', code: errCode };
  if (gatewayVoidRefusals.has(errCode)) return { kind: 'refused', code: errCode };
  if (errCode !== '00') return undecided(errCode);
  const found = voidDone.safeParse(json);
  if (!found.success) return undecided('NO_VOID_RESULT');
  const { voidResult } = found.data;
  // we hold the approval of this payment: "not charged" contradicts it, and nothing was given back
  if (voidResult === 'NOT_CHARGED') return undecided(voidResult);
  return { kind: 'done', result: voidResult, reference: null };
}

export function readGiveBackInquiry(json: unknown, order: GiveBackOrder): GiveBackEvent {
  const head = envelope.safeParse(json);
  if (!head.success) return inquiryFailed('NO_ERRCODE');
  if (head.data.errCode !== '00') return inquiryFailed(head.data.errCode);
  const isVoid = order.method === 'void';
  if (!speaksOf(json, order, isVoid ? order.paid_fen : order.amount_fen)) return inquiryFailed('MISMATCH');
  return isVoid ? voidInquiryEvent(json, order) : refundInquiryEvent(json, order);
}

const resultCode = z.union([z.string(), z.int()]).transform(String);

const refundQuery = z.object({
  refundResCode: resultCode,
  refundOrderId: z.string().max(64).nullish(),
  refundedAmount: z.int().nullish(),
  failCode: z.string().max(64).nullish(),
});

/** `query-refund`: 0 done, 1 processing, 5 failed, FF no such refund. */
function refundInquiryEvent(json: unknown, order: GiveBackOrder): GiveBackEvent {
  const found = refundQuery.safeParse(json);
  if (!found.success) return inquiryFailed('NO_REFUND_RESULT');
  const { refundResCode, refundOrderId, refundedAmount, failCode } = found.data;
  switch (refundResCode) {
    case '0':
      return (refundedAmount ?? order.amount_fen) < order.amount_fen
        ? inquiryFailed('MISMATCH')
        : { kind: 'done', result: 'REFUNDED', reference: refundOrderId ?? null };
    case '1':
      return { kind: 'processing' };
    case '5':
      // The outcome of this number, for ever (rule 6).
      return {
        ...(gatewayRefundRefusal(failCode ?? '') ?? { kind: 'refused', code: failCode ?? 'FAILED' }),
        spent: true,
      };
    case 'FF':
      return { kind: 'notFound' };
    default:
      return inquiryFailed(`REFUND_QUERY_${refundResCode}`);
  }
}

const orderQuery = z.object({ queryResCode: resultCode, refundedAmount: z.int().nullish() });

/** `query` of the order that was to be voided: 0 still paid, 1 processing, 2 voided, 3 refunded, 4 reversed. */
function voidInquiryEvent(json: unknown, order: GiveBackOrder): GiveBackEvent {
  const found = orderQuery.safeParse(json);
  if (!found.success) return inquiryFailed('NO_QUERY_RESULT');
  const { queryResCode, refundedAmount } = found.data;
  switch (queryResCode) {
    case '0':
      return { kind: 'notFound' };
    case '1':
      return { kind: 'processing' };
    case '2':
      return { kind: 'done', result: 'VOIDED', reference: null };
    case '3':
      if (typeof refundedAmount !== 'number') return inquiryFailed('NO_REFUNDED_AMOUNT');
      return refundedAmount >= order.paid_fen
        ? { kind: 'done', result: 'REFUNDED', reference: null }
        : { kind: 'notFound' };
    case '4':
      return { kind: 'done', result: 'REVERSED', reference: null };
    default:
      return inquiryFailed(`QUERY_${queryResCode}`);
  }
}

// Voids and refunds of UnionPay <-> give-back events. Pure. Each is an order of its own, named by our request number and its time:
// the same request gives back once, and a query by the same two tells what became of it.
// Source: payments.md 3.5 [UP1]: void 31/00 whole and of the same clearing day, refund 04/00 in parts and repeatedly.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { codeOf, isForeign, isOtherMoney, type MerchantFacts, namesOrder, type OrderKey } from './codec.ts';
import {
  doneOrigins,
  stillProcessing,
  unionpayBackAlready,
  unionpayFailedGiveBack,
  unionpayRefundRefusal,
} from './codes.ts';
import type { Fields } from './signature.ts';
import { txnTimeOf } from './times.ts';

const kinds = { void: '31', refund: '04' } as const;

export function giveBackKey({ requestNumber, giveBackOpenedAt_ms }: GiveBackOrder): OrderKey {
  return { orderId: requestNumber, txnTime: txnTimeOf(giveBackOpenedAt_ms) };
}

export function giveBackFields({ backUrl, terminalId }: MerchantFacts, order: GiveBackOrder): Fields {
  return {
    txnType: kinds[order.method],
    txnSubType: '00',
    channelType: '08',
    backUrl,
    ...giveBackKey(order),
    origQryId: order.acquirerOrderId,
    txnAmt: String(order.amount_fen),
    termId: terminalId,
  };
}

const undecided = (code: string): GiveBackEvent => ({ kind: 'undecided', code });
const failed = (cause: string): GiveBackEvent => ({ kind: 'inquiryFailed', cause });

/** 00: accepted, a query must say what became of it. */
export function readGiveBackAnswer(
  fields: Fields,
  facts: MerchantFacts,
  order: GiveBackOrder,
): GiveBackEvent {
  const code = codeOf(fields);
  const key = giveBackKey(order);
  if (code === null) return undecided('NO_CODE');
  if (isForeign(fields, facts, key) || isOtherMoney(fields, order.amount_fen)) return undecided('MISMATCH');
  if ((fields['txnType'] ?? kinds[order.method]) !== kinds[order.method]) return undecided('MISMATCH');
  if (!namesOrder(fields, facts, key)) return undecided(`UNNAMED ${code}`);
  if (code === '00') return { kind: 'accepted', code: 'ACCEPTED' };
  return unionpayRefundRefusal(code) ?? undecided(code);
}

/**
 * Null: read as it stands. A refusal may answer a copy of our request, or the second sending of one that was late: it stands only where a query
 * by its own number and time finds no such request, or that it failed. `perhapsBack`: its money is back, if not by it, then by other means.
 */
export function refusalToLookInto(event: GiveBackEvent): Extract<GiveBackEvent, { kind: 'refused' }> | null {
  if (event.kind === 'refused') return event;
  const isBack = event.kind === 'undecided' && unionpayBackAlready.has(event.code);
  return isBack ? { kind: 'refused', code: event.code, perhapsBack: true } : null;
}

function readOrigin(fields: Fields, order: GiveBackOrder): GiveBackEvent {
  const origin = fields['origRespCode'] ?? '';
  if (stillProcessing.has(origin)) return { kind: 'processing' };
  if (isOtherMoney(fields, order.amount_fen)) return failed('MISMATCH');
  if (doneOrigins.has(origin)) {
    const { txnAmt, queryId } = fields;
    if (txnAmt === undefined) return failed('INCOMPLETE_txnAmt');
    const result = order.method === 'void' ? 'VOIDED' : 'REFUNDED';
    return { kind: 'done', result, reference: queryId ?? null };
  }
  const refusal = unionpayFailedGiveBack(origin);
  if (refusal !== null) return refusal;
  return failed(/^\w{2}$/.test(origin) ? `ORIGINAL_${origin}` : 'NO_ORIGINAL_CODE');
}

/** 34: no such void or refund: the same request may go again, under the same number and time. */
export function readGiveBackInquiry(
  fields: Fields,
  facts: MerchantFacts,
  order: GiveBackOrder,
): GiveBackEvent {
  const code = codeOf(fields);
  const key = giveBackKey(order);
  if (code === null) return failed('NO_CODE');
  if (isForeign(fields, facts, key)) return failed('MISMATCH');
  if (code === '34') return { kind: 'notFound' };
  if (code !== '00') return failed(code);
  if (!namesOrder(fields, facts, key)) return failed('MISMATCH');
  return fields['txnType'] === kinds[order.method] ? readOrigin(fields, order) : failed('OTHER_KIND');
}

// What somebody on the way may write in the place of an answer: the words of the protocol page, and no signature of his own.
import type { CallRequest } from '../../../../acquirers/gateway/message.ts';
import type { Chance } from '../../../month/random.ts';
import type { WireAnswer } from './host.ts';

const NOBODYS_code = 'https://qr.host.invalid/0/000000';

/** What a payment, found or answered, would say of itself. */
function paidFields({ body }: CallRequest, transactionAmount: number): Record<string, unknown> {
  const { merchantOrderId } = body;
  return {
    merchantOrderId,
    transactionAmount,
    orderId: 'H20260101000000001',
    retrievalRefNum: '000000000001',
    systemTraceNum: '000001',
    batchNo: '260101',
    transactionTime: '2026-01-01T12:00:00+08:00',
    settlementDate: '20260101',
    rail: 'WECHAT',
    thirdPartyOrderId: 'T00000000000000000001',
    actualTransactionAmount: transactionAmount,
  };
}

/** Says of everything that it went well, in the words of the protocol. */
function flattering(request: CallRequest, amount_fen: number): object {
  const { path, body } = request;
  const { merchantOrderId, expiresAt } = body;
  const paid = paidFields(request, amount_fen);
  switch (path.replace(/.*\//, '')) {
    case 'query':
      return { errCode: '00', queryResCode: '0', ...paid };
    case 'voidpayment':
      return { errCode: '00', voidResult: body['reason'] === 'VOID' ? 'VOIDED' : 'REVERSED' };
    case 'refund':
      return { errCode: '00', refundOrderId: 'R000000000001', refundedAmount: body['transactionAmount'] };
    case 'query-refund':
      return { errCode: '00', refundResCode: '0', refundOrderId: 'R000000000001' };
    case 'close':
      return { errCode: '00', merchantOrderId, closeResult: 'CLOSED' };
    case 'present':
      return {
        errCode: '00',
        merchantOrderId,
        transactionAmount: amount_fen,
        qrCode: NOBODYS_code,
        expiresAt,
      };
    default:
      return { errCode: '00', ...paid };
  }
}

/** Says of everything that it never was, or that nobody will have it. */
function unflattering({ path, body }: CallRequest, chance: Chance): object {
  const { merchantOrderId } = body;
  switch (path.replace(/.*\//, '')) {
    case 'query':
      return chance.pick([
        { errCode: '00', queryResCode: '5', failCode: 'BALANCE_NOT_ENOUGH' },
        { errCode: '00', queryResCode: 'FF' },
        { errCode: '00', queryResCode: '4' },
      ]);
    case 'voidpayment':
      return { errCode: '00', voidResult: 'NOT_CHARGED' };
    case 'refund':
      return { errCode: 'REFUND_EXCEEDS' };
    case 'query-refund':
      return { errCode: '00', refundResCode: '5', failCode: 'REFUND_EXCEEDS' };
    case 'close':
      return { errCode: '00', merchantOrderId, closeResult: 'PAID' };
    default:
      return { errCode: 'BALANCE_NOT_ENOUGH' };
  }
}

/** Somebody on the way says something else, under the signature of what was there. `amount_fen`: of the order. */
export function forged(
  request: CallRequest,
  own: WireAnswer,
  amount_fen: number,
  chance: Chance,
): WireAnswer {
  const words = [flattering(request, amount_fen), unflattering(request, chance)];
  const [body, other] = (chance.happens(0.5) ? words : words.toReversed()).map((answer) =>
    Buffer.from(JSON.stringify({ errInfo: '', ...answer })),
  );
  return { ...own, status: 200, body: (body?.equals(own.body) === true ? other : body) ?? own.body };
}

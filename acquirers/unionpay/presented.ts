// Order codes of ACP (main scan, 01/07) <-> events of the port. Pure. Sources: UnionPay's demo of open.unionpay.com acpAPIId=726 as public code
// 21184207539 and 22297479219 keep it; `payTimeout` of an order code: 29565860768; docs/acquirers/unionpay.md, "Main scan".
import type { PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import {
  CURRENCY,
  codeOf,
  isForeign,
  isOtherMoney,
  type MerchantFacts,
  namesOrder,
  orderKey,
} from './codec.ts';
import { codeRow, unionpayPresentUndecided } from './codes.ts';
import type { Fields } from './signature.ts';
import { txnTimeOf } from './times.ts';

export function presentFields(facts: MerchantFacts, order: PresentedOrder): Fields {
  return {
    ...facts.terminalFields,
    txnType: '01',
    txnSubType: '07',
    channelType: '08',
    backUrl: facts.backUrl,
    ...orderKey(order),
    txnAmt: String(order.amount_fen),
    currencyCode: CURRENCY,
    // of an order code: how long the code itself is good (without it a day)
    payTimeout: txnTimeOf(order.expiresAt_ms),
    termId: facts.terminalId,
  };
}

/** 12 ("repeated") is in doubt: an order of this number is there, and its code is lost. */
export function readPresentAnswer(fields: Fields, facts: MerchantFacts, order: PresentedOrder): PresentEvent {
  const undecided: (code: string) => PresentEvent = unionpayPresentUndecided;
  const code = codeOf(fields);
  const key = orderKey(order);
  if (code === null) return undecided('NO_CODE');
  if (isForeign(fields, facts, key) || isOtherMoney(fields, order.amount_fen)) return undecided('MISMATCH');
  const { txnType, txnSubType, qrCode = '' } = fields;
  const isOurs =
    namesOrder(fields, facts, key) && (txnType ?? '01') === '01' && (txnSubType ?? '07') === '07';
  const reason = codeRow(code)?.declines ?? null;
  if (code !== '00' && reason === null) return undecided(code);
  if (!isOurs) return undecided(`UNNAMED ${code}`);
  if (reason !== null) return { kind: 'refused', code, reason };
  const isCode = /^https?:\/\/[\x21-\x7e]{1,500}$/.test(qrCode);
  return isCode ? { kind: 'presented', content: qrCode, endsAt_ms: null } : undecided('NO_QR_CODE');
}

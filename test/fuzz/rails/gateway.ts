// The gateway, from docs/gateway-protocol.md.
import { createHmac, hash } from 'node:crypto';
import {
  payBody,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
} from '../../../acquirers/gateway/codec.ts';
import { readGiveBackAnswer, readGiveBackInquiry } from '../../../acquirers/gateway/give-back.ts';
import { believe, prepare, type Signing } from '../../../acquirers/gateway/message.ts';
import { readCloseAnswer, readPresentAnswer } from '../../../acquirers/gateway/presented.ts';
import { timestampOf } from '../../../acquirers/gateway/signature.ts';
import type { Received } from '../../../acquirers/transport/https.ts';
import { closingEvent } from '../../../acquirers/transport/presented.ts';
import {
  authorization,
  type Fields,
  isOrAbsent,
  lookProves,
  order,
  type Question,
  type Rail,
  type Read,
  refund,
  shown,
  shownReference,
  stillOpen,
  WALL_ms,
} from '../rail.ts';
import { gatewaySays } from './codes.ts';

export const appKey = Buffer.from('a key of the fuzzer, 32 bytes ..');
const NONCE = '0123456789abcdef';
export const signing = { key: { appId: 'fuzz', appKey }, nonce: () => NONCE, wall_ms: () => WALL_ms };

const charge = {
  merchantOrderId: order.orderNumber,
  transactionAmount: order.amount_fen,
  orderId: 'H20261128000000001',
  retrievalRefNum: '000000000001',
  systemTraceNum: '000001',
  batchNo: '261128',
  transactionTime: '2026-11-28T18:00:00+08:00',
  settlementDate: '20261128',
  rail: 'WECHAT',
  thirdPartyOrderId: 'T1',
  actualTransactionAmount: order.amount_fen,
};

const said = (...all: Fields[]) => all.map((one) => ({ status: 200, said: one }));

const queries = said(
  { errCode: '00', queryResCode: '0', ...charge },
  { errCode: '00', queryResCode: '1' },
  { errCode: '00', queryResCode: '3', refundedAmount: order.amount_fen },
  { errCode: '00', queryResCode: '3', refundedAmount: order.amount_fen - 1, ...charge },
  { errCode: '00', queryResCode: '4' },
  { errCode: '00', queryResCode: '5', failCode: 'RISK_REJECTED' },
  { errCode: '00', queryResCode: 'FF' },
);

const honest: Rail['honest'] = {
  pay: said(
    { errCode: '00', ...charge },
    { errCode: 'USER_PAYING' },
    { errCode: 'BALANCE_NOT_ENOUGH' },
    { errCode: 'SYSTEM_ERROR' },
    { errCode: '0000' },
  ),
  query: queries,
  reverse: said(
    { errCode: '00', voidResult: 'REVERSED' },
    { errCode: '00', voidResult: 'NOT_CHARGED' },
    { errCode: 'PROCESSING' },
  ),
  refund: said(
    {
      errCode: '00',
      refundOrderId: 'R1',
      refundedAmount: refund.amount_fen,
      refundRequestId: refund.requestNumber,
    },
    { errCode: '0000' },
    { errCode: 'REFUND_EXCEEDS' },
  ),
  present: said(
    {
      errCode: '00',
      merchantOrderId: order.orderNumber,
      transactionAmount: order.amount_fen,
      qrCode: 'https://qr.example/p/1',
      expiresAt: '2026-11-28T18:05:00+08:00',
    },
    { errCode: 'NOT_SUPPORTED' },
    { errCode: 'ORDER_PAID' },
  ),
  close: said(
    { errCode: '00', merchantOrderId: order.orderNumber, closeResult: 'CLOSED' },
    { errCode: '00', closeResult: 'PAID', ...charge },
    { errCode: 'PROCESSING' },
    { errCode: 'TERMINAL_INVALID' },
  ),
  look: queries,
  refundQuery: said(
    { errCode: '00', refundResCode: '0', refundOrderId: 'R1', refundedAmount: refund.amount_fen },
    { errCode: '00', refundResCode: '1' },
    { errCode: '00', refundResCode: '5', failCode: 'ACCOUNT_CLOSED' },
    { errCode: '00', refundResCode: 'FF' },
  ),
};

/** An answer as the server signs it with this key. */
export function sealBy(key: Buffer, text: string, status: number): Received {
  const body = Buffer.from(text, 'utf8');
  const at = timestampOf(WALL_ms);
  const signature = createHmac('sha256', key)
    .update(`${NONCE}${at}${hash('sha256', body)}`)
    .digest('base64');
  return { status, headers: { 'body-signature': `Timestamp="${at}", Signature="${signature}"` }, body };
}

const terminal = {
  merchantCode: '898310000000001',
  terminalCode: '00810001',
  deviceType: '04',
  ip: '192.0.2.7',
};

function prepared(): Buffer {
  return prepare(signing, { path: '/pay', body: payBody(terminal, authorization), timeout_ms: 1000 }).body;
}

function bare(request: Buffer, answer: Buffer): void {
  for (const bytes of [request, answer]) createHmac('sha256', appKey).update(hash('sha256', bytes)).digest();
}

/** `by`: who must have signed it. */
export function readBy(by: Signing, question: Question, received: Received): Read {
  const outcome = believe(by, received, NONCE, 1);
  if (outcome.kind !== 'answered') return null;
  switch (question) {
    case 'pay':
      return readPayAnswer(outcome.json, authorization);
    case 'query':
      return readQueryAnswer(outcome.json, order);
    case 'reverse':
      return readReversalAnswer(outcome.json, order);
    case 'refund':
      return readGiveBackAnswer(outcome.json, refund);
    case 'refundQuery':
      return readGiveBackInquiry(outcome.json, refund);
    case 'present':
      return readPresentAnswer(outcome.json, shown);
    case 'close':
      return readCloseAnswer(outcome.json, shown);
    case 'look':
      return closingEvent(readQueryAnswer(outcome.json, shownReference), stillOpen, true);
  }
}

function isOfOrder({ merchantOrderId, transactionAmount }: Fields): boolean {
  return isOrAbsent(merchantOrderId, order.orderNumber) && isOrAbsent(transactionAmount, order.amount_fen);
}

function isOfRefund({ merchantOrderId, transactionAmount, refundRequestId }: Fields): boolean {
  return (
    isOrAbsent(merchantOrderId, order.orderNumber) &&
    isOrAbsent(transactionAmount, refund.amount_fen) &&
    isOrAbsent(refundRequestId, refund.requestNumber)
  );
}

function charged(all: Fields): string[] {
  const isOurs =
    all['merchantOrderId'] === order.orderNumber && all['transactionAmount'] === order.amount_fen;
  return isOurs ? ['approved'] : [];
}

function queryProves(all: Fields): string[] {
  switch (String(all['queryResCode'])) {
    case '0':
      return charged(all);
    case '2':
    case '4':
      return ['hostReversed'];
    case '3': {
      const { refundedAmount } = all;
      if (typeof refundedAmount !== 'number' || refundedAmount < 1) return [];
      return refundedAmount >= order.amount_fen ? ['hostReversed'] : charged(all);
    }
    case '5':
      return ['declined'];
    case 'FF':
      return ['notFound'];
    default:
      return [];
  }
}

const isOf = (list: string, code: unknown): boolean => list.split(' ').includes(String(code));
const settings = 'MERCHANT_INVALID TERMINAL_INVALID PARAM_ERROR NOT_SUPPORTED';

function presentProves(all: Fields): string[] {
  const { errCode, qrCode, expiresAt } = all;
  if (isOf(`${settings} ORDER_CLOSED ORDER_EXPIRED LIMIT_EXCEEDED`, errCode)) return ['refused'];
  const isCode = typeof qrCode === 'string' && qrCode.length >= 8;
  const isInTime = Date.parse(String(expiresAt)) <= shown.expiresAt_ms;
  return errCode === '00' && charged(all).length > 0 && isCode && isInTime ? ['presented'] : [];
}

function closeProves(all: Fields): string[] {
  const { errCode, merchantOrderId, closeResult } = all;
  if (isOf(settings, errCode)) return ['closeRefused'];
  const isClosed = errCode === '00' && merchantOrderId === order.orderNumber && closeResult === 'CLOSED';
  return isClosed ? ['closed'] : [];
}

const refundWords: Readonly<Record<string, string>> = { '0': 'done', '5': 'refused', FF: 'notFound' };

function proves(question: Question, all: Fields): readonly string[] {
  const { errCode } = all;
  const isDone = errCode === '00';
  switch (question) {
    case 'pay':
      if (!isOfOrder(all)) return [];
      return isDone ? charged(all) : gatewaySays.notCharged.has(String(errCode)) ? ['declined'] : [];
    case 'query':
      return isDone && isOfOrder(all) ? queryProves(all) : [];
    case 'reverse': {
      const isResult = ['REVERSED', 'NOT_CHARGED', 'VOIDED'].includes(String(all['voidResult']));
      return isDone && isOfOrder(all) && isResult ? ['reversalAcknowledged'] : [];
    }
    case 'refund':
      if (!isOfRefund(all)) return [];
      if (!isDone) return gatewaySays.notGivenBack.has(String(errCode)) ? ['refused'] : [];
      return Number(all['refundedAmount']) >= refund.amount_fen ? ['done'] : [];
    case 'refundQuery':
      return isDone && isOfRefund(all) ? [refundWords[String(all['refundResCode'])] ?? ''] : [];
    case 'present':
      return isOfOrder(all) ? presentProves(all) : [];
    case 'close':
      return isOfOrder(all) ? closeProves(all) : [];
    case 'look':
      if (!isDone || !isOfOrder(all)) return [];
      return String(all['queryResCode']) === '1' ? ['closed'] : lookProves(queryProves(all));
  }
}

export const gatewayRail: Rail = {
  name: 'gateway',
  honest,
  seal: (_question, text, status) => sealBy(appKey, text, status),
  prepare: prepared,
  bare,
  read: (question, received) => readBy(signing, question, received),
  proves,
};

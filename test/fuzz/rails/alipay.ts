// Alipay, from docs/acquirers/alipay.md. The signature covers the text of one member; what stands around it is anybody's.
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  payContent,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
} from '../../../acquirers/alipay/codec.ts';
import { readRefundAnswer, readRefundInquiry } from '../../../acquirers/alipay/give-back.ts';
import { believe, prepare } from '../../../acquirers/alipay/message.ts';
import { readCloseAnswer, readPrecreateAnswer } from '../../../acquirers/alipay/presented.ts';
import { alipayShopDefaults } from '../../../acquirers/alipay/profile.ts';
import { loadKeys } from '../../../acquirers/alipay/signature.ts';
import type { Received } from '../../../acquirers/transport/https.ts';
import { closingEvent } from '../../../acquirers/transport/presented.ts';
import {
  authorization,
  bareRsa,
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
import { alipaySays } from './codes.ts';

const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = loadKeys({
  appId: '2014072300007148',
  privateKey: own.privateKey,
  trust: { kind: 'publicKey', publicKey: alipay.publicKey },
});
export const signing = { keys, wall_ms: () => WALL_ms };

const methods: Readonly<Record<Question, string>> = {
  pay: 'alipay.trade.pay',
  query: 'alipay.trade.query',
  reverse: 'alipay.trade.cancel',
  refund: 'alipay.trade.refund',
  refundQuery: 'alipay.trade.fastpay.refund.query',
  present: 'alipay.trade.precreate',
  close: 'alipay.trade.close',
  look: 'alipay.trade.query',
};

const head = { code: '10000', msg: 'Success' };
const subject = { out_trade_no: order.orderNumber, trade_no: '2026112822001400000000000001' };
const charge = {
  ...head,
  ...subject,
  total_amount: '12.90',
  buyer_pay_amount: '12.90',
  receipt_amount: '12.90',
};
const refusal = (sub_code: string) => ({ code: '40004', msg: 'Business Failed', sub_code, sub_msg: 'x' });
const said = (...all: Fields[]) => all.map((one) => ({ status: 200, said: one }));

const queries = said(
  { ...charge, send_pay_date: '2026-11-28 18:00:00', trade_status: 'TRADE_SUCCESS' },
  { ...head, ...subject, total_amount: '12.90', trade_status: 'WAIT_BUYER_PAY' },
  { ...head, ...subject, total_amount: '12.90', trade_status: 'TRADE_CLOSED' },
  refusal('ACQ.TRADE_NOT_EXIST'),
);

const honest: Rail['honest'] = {
  pay: said(
    { ...charge, gmt_payment: '2026-11-28 18:00:00' },
    { code: '10003', msg: 'x', ...subject },
    { code: '20000', msg: 'x', sub_code: 'aop.ACQ.SYSTEM_ERROR' },
    refusal('ACQ.BUYER_BALANCE_NOT_ENOUGH'),
  ),
  query: queries,
  reverse: said(
    { ...head, ...subject, retry_flag: 'N', action: 'refund' },
    { ...head, ...subject, retry_flag: 'N', action: 'close' },
    { ...head, ...subject, retry_flag: 'Y' },
    { ...head, out_trade_no: order.orderNumber, retry_flag: 'N' },
    refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR'),
  ),
  present: said(
    { ...head, out_trade_no: order.orderNumber, qr_code: 'https://qr.alipay.com/bavh4wjlxf12tper3a' },
    refusal('ACQ.ACCESS_FORBIDDEN'),
    refusal('ACQ.TRADE_HAS_SUCCESS'),
  ),
  close: said({ ...head, ...subject }, refusal('ACQ.TRADE_NOT_EXIST'), refusal('ACQ.INVALID_PARAMETER')),
  look: queries,
  refund: said(
    { ...head, ...subject, fund_change: 'Y', refund_fee: '4.00' },
    { ...head, ...subject, fund_change: 'N', refund_fee: '4.00' },
    refusal('ACQ.SELLER_BALANCE_NOT_ENOUGH'),
  ),
  refundQuery: said(
    {
      ...head,
      ...subject,
      out_request_no: refund.requestNumber,
      refund_amount: '4.00',
      total_amount: '12.90',
      refund_status: 'REFUND_SUCCESS',
    },
    head,
    refusal('TRADE_NOT_EXIST'),
  ),
};

export function sealAs(method: string, text: string, status: number): Received {
  const signature = sign('RSA-SHA256', Buffer.from(text), alipay.privateKey).toString('base64');
  const name = `${method.replaceAll('.', '_')}_response`;
  return { status, headers: {}, body: Buffer.from(`{"${name}":${text},"sign":"${signature}"}`) };
}

/** `signed` without its own member. */
export function forgeAs(method: string, text: string, { body, ...rest }: Received): Received {
  const signature = /"sign":"([^"]*)"\}$/.exec(body.toString())?.[1] ?? '';
  const name = `${method.replaceAll('.', '_')}_response`;
  return { ...rest, body: Buffer.from(`{"${name}":${text},"sign":"${signature}"}`) };
}

const shop = { ...alipayShopDefaults, subject: '好邻居便利店', terminalId: '00810001' };

function prepared(): Buffer {
  return prepare(signing, { method: methods.pay, content: payContent(shop, authorization), timeout_ms: 1000 })
    .body;
}

const bare = bareRsa(own.privateKey, alipay);

function read(question: Question, received: Received): Read {
  const request = { method: methods[question], content: {}, timeout_ms: 1000 };
  const outcome = believe(signing, request, received, 1);
  if (outcome.kind !== 'answered') return null;
  switch (question) {
    case 'pay':
      return readPayAnswer(outcome.json, authorization);
    case 'query':
      return readQueryAnswer(outcome.json, order);
    case 'reverse':
      return readReversalAnswer(outcome.json, order);
    case 'refund':
      return readRefundAnswer(outcome.json, refund);
    case 'refundQuery':
      return readRefundInquiry(outcome.json, refund);
    case 'present':
      return readPrecreateAnswer(outcome.json, shown);
    case 'close':
      return readCloseAnswer(outcome.json, shown);
    case 'look':
      return closingEvent(readQueryAnswer(outcome.json, shownReference), stillOpen, true);
  }
}

/** Yuan as Alipay writes them, with two places at most. */
const isYuan = (value: unknown, fen: number) => {
  const [whole = '', part = ''] = String(value).split('.');
  return (
    /^\d+$/.test(whole) && /^\d{0,2}$/.test(part) && Number(whole) * 100 + Number(part.padEnd(2, '0')) === fen
  );
};

function isForeign(question: Question, { out_trade_no, out_request_no }: Fields): boolean {
  const isOfRefund = question === 'refund' || question === 'refundQuery';
  if (!isOrAbsent(out_trade_no, order.orderNumber)) return true;
  return isOfRefund && !isOrAbsent(out_request_no, refund.requestNumber);
}

function charged(all: Fields): string[] {
  const isOurs = all['out_trade_no'] === order.orderNumber && isYuan(all['total_amount'], order.amount_fen);
  return isOurs ? ['approved'] : [];
}

const reasonOf = ({ code, sub_code }: Fields) => String(sub_code ?? code);

function queryProves(all: Fields): string[] {
  const { code, trade_status, out_trade_no } = all;
  if (code === '40004') return reasonOf(all) === 'ACQ.TRADE_NOT_EXIST' ? ['notFound'] : [];
  if (code !== '10000') return [];
  if (trade_status === 'TRADE_SUCCESS' || trade_status === 'TRADE_FINISHED') return charged(all);
  return trade_status === 'TRADE_CLOSED' && out_trade_no === order.orderNumber ? ['hostReversed'] : [];
}

function reverseProves(all: Fields): string[] {
  const { code, retry_flag, action } = all;
  if (code === '40004' && reasonOf(all) === 'ACQ.TRADE_NOT_EXIST') return ['reversalAcknowledged'];
  if (code === '40004') return alipaySays.notCancelled.has(reasonOf(all)) ? ['reversalRefused'] : [];
  const isAction = action === undefined || action === null || action === 'close' || action === 'refund';
  return code === '10000' && retry_flag !== 'Y' && isAction ? ['reversalAcknowledged'] : [];
}

function refundQueryProves(all: Fields): string[] {
  const { code, refund_status, refund_amount, out_trade_no, out_request_no } = all;
  if (code === '40004') return reasonOf(all).endsWith('TRADE_NOT_EXIST') ? ['notFound'] : [];
  if (code !== '10000') return [];
  if (typeof refund_status !== 'string') return typeof refund_amount === 'string' ? [] : ['notFound'];
  const isOurs = out_trade_no === order.orderNumber && out_request_no === refund.requestNumber;
  const isDone = refund_status === 'REFUND_SUCCESS' && isOurs && isYuan(refund_amount, refund.amount_fen);
  return isDone ? ['done'] : [];
}

const presentRefusals =
  'TRADE_HAS_CLOSE TOTAL_FEE_EXCEED PRODUCT_AMOUNT_LIMIT_ERROR ACCESS_FORBIDDEN PARTNER_ERROR INVALID_PARAMETER EXIST_FORBIDDEN_WORD'
    .split(' ')
    .map((name) => `ACQ.${name}`);

function presentProves(all: Fields): string[] {
  const { code, out_trade_no, qr_code } = all;
  if (code === '40004') return presentRefusals.includes(reasonOf(all)) ? ['refused'] : [];
  const isOurs = code === '10000' && out_trade_no === order.orderNumber;
  return isOurs && String(qr_code).startsWith('https://qr.alipay.com/') ? ['presented'] : [];
}

function proves(question: Question, all: Fields): readonly string[] {
  if (isForeign(question, all)) return [];
  const { code } = all;
  switch (question) {
    case 'pay':
      if (code === '10000') return charged(all);
      return code === '40004' && alipaySays.notCharged.has(reasonOf(all)) ? ['declined'] : [];
    case 'query':
      return queryProves(all);
    case 'reverse':
      return reverseProves(all);
    case 'refund':
      if (code === '10000') return all['fund_change'] === 'Y' ? ['done'] : [];
      return code === '40004' && alipaySays.notGivenBack.has(reasonOf(all)) ? ['refused'] : [];
    case 'refundQuery':
      return refundQueryProves(all);
    case 'present':
      return presentProves(all);
    case 'close': {
      const isRefusal = ['ACQ.INVALID_PARAMETER', 'ACQ.ACCESS_FORBIDDEN'].includes(reasonOf(all));
      return code === '40004' && isRefusal ? ['closeRefused'] : [];
    }
    case 'look':
      return lookProves(queryProves(all));
  }
}

export const alipayRail: Rail = {
  name: 'alipay',
  honest,
  seal: (question, text, status) => sealAs(methods[question], text, status),
  forge: (question, text, signed) => forgeAs(methods[question], text, signed),
  prepare: prepared,
  bare,
  read,
  proves,
};

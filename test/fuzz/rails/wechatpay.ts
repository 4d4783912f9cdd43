// WeChat Pay, from docs/acquirers/wechatpay.md. HTTP's status stands outside the signature: a proxy may change it.
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  payBody,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
} from '../../../acquirers/wechatpay/codec.ts';
import { believe, prepare, type Signing } from '../../../acquirers/wechatpay/message.ts';
import { readCloseAnswer, readNativeAnswer } from '../../../acquirers/wechatpay/native.ts';
import { readRefundAnswer, readRefundInquiry } from '../../../acquirers/wechatpay/refund.ts';
import { readPlatformKeys } from '../../../acquirers/wechatpay/signature.ts';
import type { Received } from '../../../acquirers/transport/https.ts';
import { closingEvent } from '../../../acquirers/transport/presented.ts';
import {
  authorization,
  bareRsa,
  fieldsOf,
  type Fields,
  isOrAbsent,
  lookProves,
  order,
  type Question,
  type Rail,
  type Read,
  refund,
  shownReference,
  stillOpen,
  WALL_ms,
} from '../rail.ts';
import { wechatSays } from './codes.ts';
import { merchantFacts as facts } from '../../../fixtures/acquirers/wechatpay/merchant-facts.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
export const signing: Signing = {
  merchantKey: { merchantId: '1900000109', serial: 'S', key: pair.privateKey },
  platformKeys: readPlatformKeys([{ serial: 'PUB_KEY_ID_1', pem }]),
  answerSerial: null,
  prefix: '',
  nonce: () => 'n',
  wall_ms: () => WALL_ms,
};

const subject = { appid: 'wx1', mchid: facts.merchantId, out_trade_no: order.orderNumber };
const charge = {
  ...subject,
  transaction_id: '4200000000202611280000000001',
  trade_state: 'SUCCESS',
  success_time: '2026-11-28T18:00:00+08:00',
  amount: { total: order.amount_fen, payer_total: order.amount_fen, currency: 'CNY' },
};
const back = {
  refund_id: '50000000002026112800000001',
  out_refund_no: refund.requestNumber,
  out_trade_no: order.orderNumber,
  status: 'SUCCESS',
  amount: { refund: refund.amount_fen, total: refund.paid_fen, currency: 'CNY' },
};
const ok = (said: Fields) => ({ status: 200, said });
const refused = (status: number, code: string) => ({ status, said: { code, message: 'x' } });

const queries = [
  ok(charge),
  ok({ ...subject, trade_state: 'NOTPAY' }),
  ok({ ...subject, trade_state: 'REVOKED' }),
  ok({ ...subject, trade_state: 'CLOSED' }),
  refused(404, 'ORDER_NOT_EXIST'),
];

const honest: Rail['honest'] = {
  pay: [
    ok(charge),
    { status: 202, said: { ...subject, trade_state: 'USERPAYING' } },
    refused(400, 'NOTENOUGH'),
    refused(500, 'SYSTEM_ERROR'),
  ],
  query: queries,
  reverse: [
    ok(subject),
    { status: 204, said: {} },
    refused(404, 'ORDER_NOT_EXIST'),
    refused(400, 'USERPAYING'),
    refused(404, 'NOT_FOUND'),
    refused(400, 'ORDER_CLOSED'),
    refused(400, 'ORDER_PAID'),
  ],
  refund: [ok({ ...back, status: 'PROCESSING' }), refused(403, 'NOT_ENOUGH')],
  present: [
    ok({ code_url: 'weixin://wxpay/bizpayurl?pr=p4lpSuKzz' }),
    refused(403, 'NO_AUTH'),
    refused(400, 'ORDERPAID'),
  ],
  close: [{ status: 204, said: {} }, refused(400, 'ORDERPAID'), refused(404, 'MCH_NOT_EXISTS')],
  look: queries,
  refundQuery: [ok(back), ok({ ...back, status: 'CLOSED' }), refused(404, 'RESOURCE_NOT_EXISTS')],
};

function seal(_question: Question, text: string, status: number): Received {
  const body = Buffer.from(text, 'utf8');
  const timestamp = String(WALL_ms / 1000);
  const signed = Buffer.concat([Buffer.from(`${timestamp}\nn\n`), body, Buffer.from('\n')]);
  const headers = {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'n',
    'wechatpay-serial': 'PUB_KEY_ID_1',
    'wechatpay-signature': sign('RSA-SHA256', signed, pair.privateKey).toString('base64'),
  };
  return { status, headers, body };
}

function prepared(): Buffer {
  const { body } = prepare(signing, {
    path: '/v3/pay/transactions/codepay',
    body: payBody(facts, authorization),
    timeout_ms: 1000,
  });
  return body ?? Buffer.alloc(0);
}

const bare = bareRsa(pair.privateKey, pair);

function read(question: Question, received: Received): Read {
  const outcome = believe(signing, received, 1);
  if (outcome.kind !== 'answered') return null;
  switch (question) {
    case 'pay':
      return readPayAnswer(outcome.answer, facts, authorization);
    case 'query':
      return readQueryAnswer(outcome.answer, facts, order);
    case 'reverse':
      return readReversalAnswer(outcome.answer, facts, order);
    case 'refund':
      return readRefundAnswer(outcome.answer, refund);
    case 'refundQuery':
      return readRefundInquiry(outcome.answer, refund);
    case 'present':
      return readNativeAnswer(outcome.answer);
    case 'close':
      return readCloseAnswer(outcome.answer);
    case 'look':
      return closingEvent(readQueryAnswer(outcome.answer, facts, shownReference), stillOpen, true);
  }
}

function isOurs(all: Fields): boolean {
  const amount = fieldsOf(all['amount']);
  return (
    all['mchid'] === facts.merchantId &&
    all['out_trade_no'] === order.orderNumber &&
    isOrAbsent(all['appid'], facts.appId) &&
    isOrAbsent(amount['total'], order.amount_fen) &&
    isOrAbsent(amount['currency'], 'CNY')
  );
}

function charged(all: Fields): string[] {
  return isOurs(all) && fieldsOf(all['amount'])['total'] === order.amount_fen ? ['approved'] : [];
}

const queryWords: Readonly<Record<string, string>> = { REVOKED: 'hostReversed', CLOSED: 'declined' };

function ofRefund(all: Fields): boolean {
  const amount = fieldsOf(all['amount']);
  return (
    all['out_refund_no'] === refund.requestNumber &&
    all['out_trade_no'] === order.orderNumber &&
    amount['refund'] === refund.amount_fen &&
    amount['total'] === refund.paid_fen
  );
}

const isOf = (list: string, code: string): boolean => list.split(' ').includes(code);

function queryProves(all: Fields, status: number): readonly string[] {
  if (status !== 200)
    return status === 404 && wechatSays.noSuchOrder.has(String(all['code'])) ? ['notFound'] : [];
  if (all['trade_state'] === 'SUCCESS') return charged(all);
  return isOurs(all) ? [queryWords[String(all['trade_state'])] ?? ''] : [];
}

function presentProves(all: Fields, status: number): readonly string[] {
  const { code_url } = all;
  if (status === 200)
    return typeof code_url === 'string' && code_url.startsWith('weixin://') ? ['presented'] : [];
  const refusals = 'PARAM_ERROR NO_AUTH NOAUTH MCH_NOT_EXISTS APPID_MCHID_NOT_MATCH ORDER_CLOSED ORDERCLOSED';
  const isRead = status >= 400 && status !== 401 && status !== 429;
  return isRead && isOf(refusals, String(all['code'])) ? ['refused'] : [];
}

function closeProves(all: Fields, status: number): readonly string[] {
  const isRead = status >= 400 && status !== 401 && status !== 429;
  return isRead && isOf('PARAM_ERROR NO_AUTH MCH_NOT_EXISTS', String(all['code'])) ? ['closeRefused'] : [];
}

function proves(question: Question, all: Fields, status: number): readonly string[] {
  const code = String(all['code']);
  switch (question) {
    case 'pay':
      if (status === 200) return all['trade_state'] === 'SUCCESS' ? charged(all) : [];
      return status >= 400 && wechatSays.notCharged.has(code) ? ['declined'] : [];
    case 'query':
      return queryProves(all, status);
    case 'present':
      return presentProves(all, status);
    case 'close':
      return closeProves(all, status);
    case 'look':
      if (status === 200 && all['trade_state'] === 'NOTPAY') return isOurs(all) ? ['closed'] : [];
      return lookProves(queryProves(all, status));
    case 'reverse': {
      const isMissing = status === 404 && wechatSays.nothingToReverse.has(code);
      const isRead = status >= 400 && status !== 401 && status !== 429;
      const isOver = isRead && wechatSays.reversedBefore.has(code);
      const isEcho = all['mchid'] === facts.merchantId && all['out_trade_no'] === order.orderNumber;
      return status === 204 || isMissing || isOver || (status === 200 && isEcho)
        ? ['reversalAcknowledged']
        : [];
    }
    case 'refund':
      return status >= 400 && wechatSays.notGivenBack.has(code) ? ['refused'] : [];
    case 'refundQuery':
      if (status !== 200) return status === 404 && code === 'RESOURCE_NOT_EXISTS' ? ['notFound'] : [];
      if (!ofRefund(all)) return [];
      return all['status'] === 'SUCCESS' ? ['done'] : all['status'] === 'CLOSED' ? ['refused'] : [];
  }
}

export const wechatRail: Rail = { name: 'wechatpay', honest, seal, prepare: prepared, bare, read, proves };

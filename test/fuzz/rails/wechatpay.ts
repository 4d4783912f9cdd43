// WeChat Pay, from docs/acquirers/wechatpay.md. HTTP's status stands outside the signature: a proxy may change it.
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  payBody,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
} from '../../../acquirers/wechatpay/codec.ts';
import { believe, prepare, type Signing } from '../../../acquirers/wechatpay/message.ts';
import {
  wechatDeclines,
  wechatNoSuchOrder,
  wechatRefundRefusals,
} from '../../../acquirers/wechatpay/profile.ts';
import { readRefundAnswer, readRefundInquiry } from '../../../acquirers/wechatpay/refund.ts';
import { readPlatformKeys } from '../../../acquirers/wechatpay/signature.ts';
import type { Received } from '../../../acquirers/transport/https.ts';
import {
  authorization,
  bareRsa,
  fieldsOf,
  type Fields,
  isOrAbsent,
  order,
  type Question,
  type Rail,
  type Read,
  refund,
  WALL_ms,
} from '../rail.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const signing: Signing = {
  merchantKey: { merchantId: '1900000109', serial: 'S', key: pair.privateKey },
  platformKeys: readPlatformKeys([{ serial: 'PUB_KEY_ID_1', pem }]),
  answerSerial: null,
  prefix: '',
  nonce: () => 'n',
  wall_ms: () => WALL_ms,
};
const facts = {
  appId: 'wx1',
  merchantId: '1900000109',
  description: 'x',
  deviceId: '1',
  deviceIp: '192.0.2.7',
  storeOutId: '1',
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

const honest: Rail['honest'] = {
  pay: [
    ok(charge),
    { status: 202, said: { ...subject, trade_state: 'USERPAYING' } },
    refused(400, 'NOTENOUGH'),
    refused(500, 'SYSTEM_ERROR'),
  ],
  query: [
    ok(charge),
    ok({ ...subject, trade_state: 'NOTPAY' }),
    ok({ ...subject, trade_state: 'REVOKED' }),
    ok({ ...subject, trade_state: 'CLOSED' }),
    refused(404, 'ORDER_NOT_EXIST'),
  ],
  reverse: [
    ok(subject),
    { status: 204, said: {} },
    refused(404, 'ORDER_NOT_EXIST'),
    refused(400, 'USERPAYING'),
  ],
  refund: [ok({ ...back, status: 'PROCESSING' }), refused(403, 'NOT_ENOUGH')],
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

function proves(question: Question, all: Fields, status: number): readonly string[] {
  const code = String(all['code']);
  const isMissing = status === 404 && wechatNoSuchOrder.has(code);
  switch (question) {
    case 'pay':
      if (status === 200) return all['trade_state'] === 'SUCCESS' ? charged(all) : [];
      return status >= 400 && Object.keys(wechatDeclines).includes(code) ? ['declined'] : [];
    case 'query':
      if (status !== 200) return isMissing ? ['notFound'] : [];
      if (all['trade_state'] === 'SUCCESS') return charged(all);
      return isOurs(all) ? [queryWords[String(all['trade_state'])] ?? ''] : [];
    case 'reverse': {
      const isOver = status >= 400 && (code === 'ORDERREVERSED' || code === 'ORDERCLOSED');
      const isEcho = all['mchid'] === facts.merchantId && all['out_trade_no'] === order.orderNumber;
      return status === 204 || isMissing || isOver || (status === 200 && isEcho)
        ? ['reversalAcknowledged']
        : [];
    }
    case 'refund':
      return status >= 400 && wechatRefundRefusals.has(code) ? ['refused'] : [];
    case 'refundQuery':
      if (status !== 200) return status === 404 && code === 'RESOURCE_NOT_EXISTS' ? ['notFound'] : [];
      if (!ofRefund(all)) return [];
      return all['status'] === 'SUCCESS' ? ['done'] : all['status'] === 'CLOSED' ? ['refused'] : [];
  }
}

export const wechatRail: Rail = { name: 'wechatpay', honest, seal, prepare: prepared, bare, read, proves };

// UnionPay ACP, from docs/acquirers/unionpay.md. An answer is an unencoded form with the certificate that it is signed by.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKeys } from '../../../acquirers/unionpay/certificate.ts';
import {
  purchaseFields,
  readPurchaseAnswer,
  readQueryAnswer,
  readReversalAnswer,
} from '../../../acquirers/unionpay/codec.ts';
import { readGiveBackAnswer, readGiveBackInquiry } from '../../../acquirers/unionpay/give-back.ts';
import { believe, prepare } from '../../../acquirers/unionpay/message.ts';
import { readPresentAnswer } from '../../../acquirers/unionpay/presented.ts';
import { signatureOf } from '../../../acquirers/unionpay/signature.ts';
import type { Received } from '../../../acquirers/transport/https.ts';
import { closingEvent } from '../../../acquirers/transport/presented.ts';
import { makeUnionpayKeys } from '../../../fixtures/acquirers/unionpay/keys.ts';
import { facts, keySettings } from '../../acquirers/unionpay.ts';
import {
  authorization,
  bareRsa,
  type Fields,
  lookProves,
  order,
  type Question,
  type Rail,
  type Read,
  refund,
  shown,
  shownReference,
  stillOpen,
} from '../rail.ts';
import { unionpaySays } from './codes.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-fuzz-unionpay-'));
const files = makeUnionpayKeys(directory);
const keys = loadKeys(keySettings(files));
const signerPem = readFileSync(files.signerKeyFile, 'utf8');
const signerKey = createPrivateKey(signerPem);
const signPubKeyCert = readFileSync(files.signerCertFile, 'utf8');
rmSync(directory, { recursive: true });

/** Of the till, and of the UnionPay that it speaks with. */
export const unionpayParties = {
  merchantId: facts.merchantId,
  keys,
  signer: { key: signerPem, certificate: signPubKeyCert },
};

/** The certificates begin today. */
export const signing = { keys, merchantId: facts.merchantId, wall_ms: () => Date.now() };

const named = { merId: facts.merchantId, orderId: order.orderNumber, txnTime: '20261128180000' };
const backNamed = { merId: facts.merchantId, orderId: refund.requestNumber, txnTime: '20261128190000' };
const money = { txnAmt: String(order.amount_fen), currencyCode: '156' };
const traced = {
  queryId: '512611281800006516528',
  traceNo: '651652',
  traceTime: '1128180001',
  settleDate: '1128',
};
const said = (...all: Fields[]) => all.map((one) => ({ status: 200, said: one }));

const queries = said(
  { ...named, ...money, ...traced, txnType: '01', respCode: '00', origRespCode: '00' },
  { ...named, ...money, ...traced, txnType: '01', respCode: '00', origRespCode: 'A6' },
  { ...named, ...money, txnType: '01', respCode: '00', origRespCode: '05' },
  { ...named, ...money, txnType: '01', respCode: '00', origRespCode: '38' },
  { ...named, respCode: '34' },
);

const honest: Rail['honest'] = {
  pay: said(
    { ...named, ...money, txnType: '01', respCode: '00' },
    { ...named, txnType: '01', respCode: '64' },
    { ...named, txnType: '01', respCode: '05' },
    { respCode: '11' },
  ),
  query: queries,
  reverse: said(
    { ...named, txnType: '99', respCode: '00' },
    { ...named, respCode: '34' },
    { ...named, respCode: '39' },
    { respCode: '99' },
  ),
  refund: said(
    { ...backNamed, txnType: '04', txnAmt: '400', respCode: '00' },
    { ...backNamed, txnType: '04', respCode: '36' },
  ),
  present: said(
    {
      ...named,
      ...money,
      txnType: '01',
      txnSubType: '07',
      respCode: '00',
      qrCode: 'https://qr.95516.com/1/2',
    },
    { ...named, txnType: '01', txnSubType: '07', respCode: '32' },
    { ...named, txnType: '01', txnSubType: '07', respCode: '12' },
  ),
  // there is no call that closes: the same look, while the code lives
  close: queries,
  look: queries,
  refundQuery: said(
    { ...backNamed, ...traced, txnType: '04', txnAmt: '400', respCode: '00', origRespCode: '00' },
    { ...backNamed, txnType: '04', txnAmt: '400', respCode: '00', origRespCode: '04' },
    { ...backNamed, txnType: '04', txnAmt: '400', respCode: '00', origRespCode: '60' },
    { ...backNamed, respCode: '34' },
  ),
};

/** A form knows texts only. */
function texts(all: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]));
}

function parsed(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? texts(value as Fields)
      : { said: text };
  } catch (error) {
    if (error instanceof SyntaxError) return { said: text };
    throw error;
  }
}

const whole = (text: string): Record<string, string> => ({
  version: '5.1.0',
  encoding: 'UTF-8',
  signMethod: '01',
  ...parsed(text),
  signPubKeyCert,
});

const formOf = (fields: Record<string, string>): Buffer =>
  Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join('&'),
  );

function seal(_question: Question, text: string, status: number): Received {
  const fields = whole(text);
  return { status, headers: {}, body: formOf({ ...fields, signature: signatureOf(signerKey, fields) }) };
}

function forge(_question: Question, text: string, { body, ...rest }: Received): Received {
  const signature = /&signature=(.*)$/s.exec(body.toString())?.[1] ?? '';
  return { ...rest, body: formOf({ ...whole(text), signature }) };
}

function prepared(): Buffer {
  return prepare(signing, {
    path: '/backTransReq.do',
    fields: purchaseFields(facts, authorization),
    timeout_ms: 1000,
  }).body;
}

/** Without the chain of the answer's certificate, which is checked each time. */
const bare = bareRsa(keys.privateKey, { privateKey: signerKey, publicKey: createPublicKey(signerKey) });

function read(question: Question, received: Received): Read {
  const outcome = believe(signing, received, 1);
  if (outcome.kind !== 'answered') return null;
  switch (question) {
    case 'pay':
      return readPurchaseAnswer(outcome.fields, facts, authorization);
    case 'query':
      return readQueryAnswer(outcome.fields, facts, order);
    case 'reverse':
      return readReversalAnswer(outcome.fields, facts, order);
    case 'refund':
      return readGiveBackAnswer(outcome.fields, facts, refund);
    case 'refundQuery':
      return readGiveBackInquiry(outcome.fields, facts, refund);
    case 'present':
      return readPresentAnswer(outcome.fields, facts, shown);
    case 'close':
    case 'look': {
      const found = readQueryAnswer(outcome.fields, facts, shownReference);
      return closingEvent(found, stillOpen, question === 'look');
    }
  }
}

type Texts = Record<string, string>;
const names = ['merId', 'orderId', 'txnTime'] as const;
const isNamed = (all: Texts, key: typeof named) => names.every((name) => all[name] === key[name]);
const isForeign = (all: Texts, key: typeof named) =>
  names.some((name) => (all[name] ?? key[name]) !== key[name]);
const isMoney = ({ txnAmt, currencyCode }: Texts, amount_fen: number) =>
  (txnAmt ?? String(amount_fen)) === String(amount_fen) && (currencyCode ?? '156') === '156';

function queryProves(all: Texts): string[] {
  const { respCode, origRespCode = '', txnType, txnAmt, currencyCode } = all;
  if (respCode === '34') return isForeign(all, named) ? [] : ['notFound'];
  if (respCode !== '00' || !isNamed(all, named) || txnType !== '01' || !isMoney(all, order.amount_fen))
    return [];
  if (unionpaySays.done.has(origRespCode))
    return txnAmt === money.txnAmt && currencyCode === '156' ? ['approved'] : [];
  return unionpaySays.notCharged.has(origRespCode) ? ['declined'] : [];
}

function refundQueryProves(all: Texts): string[] {
  const { respCode, origRespCode = '', txnType, txnAmt } = all;
  if (respCode === '34') return isForeign(all, backNamed) ? [] : ['notFound'];
  if (respCode !== '00' || !isNamed(all, backNamed) || txnType !== '04' || !isMoney(all, refund.amount_fen))
    return [];
  if (unionpaySays.done.has(origRespCode)) return txnAmt === String(refund.amount_fen) ? ['done'] : [];
  const hasFailed =
    unionpaySays.notGivenBack.has(origRespCode) || unionpaySays.failedBefore.has(origRespCode);
  return hasFailed ? ['refused'] : [];
}

function reverseProves(all: Texts): string[] {
  const { respCode = '', txnType = '99' } = all;
  if (isForeign(all, named) || txnType !== '99') return [];
  if (respCode === '00') return isNamed(all, named) ? ['reversalAcknowledged'] : [];
  if (respCode === '34') return ['reversalAcknowledged'];
  return unionpaySays.notReversed.has(respCode) ? ['reversalRefused'] : [];
}

function presentProves(all: Texts): string[] {
  const { respCode = '', txnType = '01', txnSubType = '07', qrCode = '' } = all;
  const isOurs = isNamed(all, named) && isMoney(all, order.amount_fen);
  if (!isOurs || txnType !== '01' || txnSubType !== '07') return [];
  if (respCode === '00') return /^https?:/.test(qrCode) ? ['presented'] : [];
  return unionpaySays.notCharged.has(respCode) ? ['refused'] : [];
}

function proves(question: Question, fields: Fields): readonly string[] {
  const all = texts(fields);
  const { respCode = '' } = all;
  switch (question) {
    case 'pay': {
      const isOurs =
        isNamed(all, named) && isMoney(all, order.amount_fen) && (all['txnType'] ?? '01') === '01';
      return isOurs && unionpaySays.notCharged.has(respCode) ? ['declined'] : [];
    }
    case 'query':
      return queryProves(all);
    case 'reverse':
      return reverseProves(all);
    case 'refund': {
      const isOurs =
        isNamed(all, backNamed) && isMoney(all, refund.amount_fen) && (all['txnType'] ?? '04') === '04';
      return isOurs && unionpaySays.notGivenBack.has(respCode) ? ['refused'] : [];
    }
    case 'refundQuery':
      return refundQueryProves(all);
    case 'present':
      return presentProves(all);
    case 'close':
      return queryProves(all).includes('approved') ? ['paidMeanwhile'] : [];
    case 'look':
      return lookProves(queryProves(all));
  }
}

export const unionpayRail: Rail = {
  name: 'unionpay',
  honest,
  seal,
  forge,
  prepare: prepared,
  bare,
  read,
  proves,
};

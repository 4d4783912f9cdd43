// The day's bill of each acquirer, as its call answers: the bill itself in a signed answer (gateway, UnionPay), or the place where it lies
// (WeChat Pay, Alipay). From docs/acquirers and docs/gateway-protocol.md.
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { BILL_method, readBillOffer as readAlipayOffer } from '../../../acquirers/alipay/bill.ts';
import { believe as believeAlipay } from '../../../acquirers/alipay/message.ts';
import { readBillAnswer as readGatewayBill } from '../../../acquirers/gateway/bill.ts';
import { believe as believeGateway } from '../../../acquirers/gateway/message.ts';
import { BILL_LIMIT_bytes, type BillAnswer } from '../../../acquirers/transport/bill.ts';
import { readBillAnswer as readUnionpayBill } from '../../../acquirers/unionpay/bill.ts';
import { believe as believeUnionpay } from '../../../acquirers/unionpay/message.ts';
import { readBillOffer as readWechatOffer } from '../../../acquirers/wechatpay/bill.ts';
import { believe as believeWechat } from '../../../acquirers/wechatpay/message.ts';
import { zipOf } from '../../../fixtures/bills/zip.ts';
import { type Fields, WALL_ms } from '../rail.ts';
import { forgeAs, sealAs, signing as alipaySigning } from '../rails/alipay.ts';
import { appKey, sealBy, signing as gatewaySigning } from '../rails/gateway.ts';
import { signing as unionpaySigning, unionpayParties, unionpayRail } from '../rails/unionpay.ts';
import { signing as wechatSigning, wechatRail } from '../rails/wechatpay.ts';
import type { Talk, Told } from './talk.ts';

export const DATE = '2026-11-28';
const claims = new Set(['offered', 'fetched', 'none', 'notReady']);
const kinds = new Set([...claims, 'refused', 'damaged']);
const ok = (said: Fields) => ({ status: 200, said });

/** A bill that unpacks to too much would be one of its own kind. */
function toldOf(answer: BillAnswer | { kind: 'offered'; url: URL; sha1?: string }): Told {
  if (answer.kind === 'offered') {
    const offered = { ...answer, url: answer.url.href };
    return offered;
  }
  if (answer.kind === 'fetched' && answer.file.bytes.length > BILL_LIMIT_bytes)
    throw new Error('too many bytes');
  return answer;
}

const offer = {
  download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
  hash_type: 'SHA1',
  hash_value: 'a'.repeat(40),
};

const wechat: Talk = {
  name: 'wechatpay bill',
  honest: [
    ok(offer),
    { status: 400, said: { code: 'NO_STATEMENT_EXIST', message: 'x' } },
    { status: 400, said: { code: 'STATEMENT_CREATING', message: 'x' } },
    { status: 403, said: { code: 'NO_AUTH', message: 'x' } },
  ],
  seal: (text, status) => wechatRail.seal('pay', text, status),
  read: (received) => {
    const outcome = believeWechat(wechatSigning, received, 1);
    return outcome.kind === 'answered' ? toldOf(readWechatOffer(outcome.answer, 'https:')) : null;
  },
  kinds,
  claims,
  proves: (said, status) => {
    if (status === 200) return /^[0-9a-f]{40}$/i.test(String(said['hash_value'])) ? ['offered'] : [];
    if (said['code'] === 'STATEMENT_CREATING') return ['notReady'];
    return said['code'] === 'NO_STATEMENT_EXIST' ? ['none'] : [];
  },
};

const place = {
  code: '10000',
  msg: 'Success',
  bill_download_url: 'http://dwbillcenter.alipay.com/downloadBillFile.resource?token=x',
};
const refusal = (sub_code: string) => ok({ code: '40004', msg: 'Business Failed', sub_code, sub_msg: 'x' });

const alipay: Talk = {
  name: 'alipay bill',
  honest: [
    ok(place),
    refusal('isp.bill_not_exist'),
    refusal('isv.invalid_arguments'),
    refusal('isv.no_rights'),
  ],
  seal: (text, status) => sealAs(BILL_method, text, status),
  forge: (text, signed) => forgeAs(BILL_method, text, signed),
  read: (received) => {
    const request = { method: BILL_method, content: {}, timeout_ms: 1000 };
    const outcome = believeAlipay(alipaySigning, request, received, 1);
    if (outcome.kind !== 'answered') return null;
    return toldOf(readAlipayOffer(outcome.json, { date: DATE, wall_ms: WALL_ms, protocol: 'https:' }));
  },
  kinds,
  claims,
  proves: ({ code, bill_download_url: url, sub_code }) => {
    if (String(code) === '10000') return /^https?:/i.test(String(url).trim()) ? ['offered'] : [];
    return /bill.not.exist|arguments/i.test(String(sub_code)) ? ['notReady', 'none'] : [];
  },
};

const party = {
  merchantCode: '898310000000001',
  terminalCode: '00810001',
  deviceType: '04',
  ip: '192.0.2.7',
};
const first = `BILL,1,${party.merchantCode},20261128`;
const content = gzipSync(`${first}\r\nx\r\n`).toString('base64');

/** The first line of the file in it; null: there is none. */
function firstLine(packed: unknown): string | null {
  try {
    return (
      gunzipSync(Buffer.from(String(packed), 'base64'))
        .toString('utf8')
        .split(/\r?\n/)[0] ?? null
    );
  } catch {
    return null; // not gzip: nothing was said
  }
}

const gateway: Talk = {
  name: 'gateway bill',
  honest: [
    ok({ errCode: '00', settlementDate: '20261128', fileName: 'BILL-20261128.csv', content }),
    ok({ errCode: 'BILL_NOT_READY' }),
    ok({ errCode: 'BILL_NOT_FOUND' }),
    ok({ errCode: 'PARAM_ERROR' }),
  ],
  seal: (text, status) => sealBy(appKey, text, status),
  read: (received) => {
    const outcome = believeGateway(gatewaySigning, received, gatewaySigning.nonce(), 1);
    return outcome.kind === 'answered' ? toldOf(readGatewayBill(outcome.json, party, DATE)) : null;
  },
  kinds,
  claims,
  proves: ({ errCode, settlementDate, content: packed }) => {
    if (errCode === 'BILL_NOT_READY') return ['notReady'];
    if (errCode === 'BILL_NOT_FOUND') return ['none'];
    return errCode === '00' && settlementDate === '20261128' && firstLine(packed) === first
      ? ['fetched']
      : [];
  },
};

const key = { merchantId: unionpayParties.merchantId, date: DATE, txnTime: '20261129100000' };
const named = {
  merId: key.merchantId,
  txnTime: key.txnTime,
  txnType: '76',
  txnSubType: '01',
  fileType: '00',
  settleDate: '1128',
};
const archive = zipOf([
  { name: `INN26112888ZM_${key.merchantId}`, bytes: Buffer.from('S22 one line\n') },
  { name: `INN26112888ZME_${key.merchantId}`, bytes: Buffer.alloc(0) },
]);
const fileContent = deflateSync(archive).toString('base64');

const unionpay: Talk = {
  name: 'unionpay bill',
  honest: [
    ok({ ...named, respCode: '00', fileContent }),
    ok({ ...named, respCode: '98' }),
    ok({ ...named, respCode: '99' }),
  ],
  seal: (text, status) => unionpayRail.seal('pay', text, status),
  forge: (text, signed) => unionpayRail.forge?.('pay', text, signed) ?? signed,
  read: (received) => {
    const outcome = believeUnionpay(unionpaySigning, received, 1);
    return outcome.kind === 'answered' ? toldOf(readUnionpayBill(outcome.fields, key, WALL_ms)) : null;
  },
  kinds,
  claims,
  proves: (said) => {
    if (said['merId'] !== key.merchantId || said['txnTime'] !== key.txnTime) return [];
    if (String(said['respCode']) === '98') return ['notReady', 'none'];
    const same = String(said['fileContent']).replaceAll(/\s/g, '') === fileContent;
    return String(said['respCode']) === '00' && same ? ['fetched'] : [];
  },
};

export const billTalks: readonly Talk[] = [wechat, alipay, gateway, unionpay];

// What the gateway's answers about a bill mean.
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { billBody, readBillAnswer } from './bill.ts';

const party = { merchantCode: '898310148160001', terminalCode: '00810001' };
const date = '2026-11-28';
const text = 'BILL,1,898310148160001,20261128\ntype\nEND,0,0,0,0,0\n';
const packed = (content: string) => gzipSync(content).toString('base64');
const good = {
  errCode: '00',
  settlementDate: '20261128',
  fileName: 'BILL_898310148160001_20261128.csv',
  content: packed(text),
};

it('asks for a clearing day', () => {
  expect(billBody({ ...party }, date)).toEqual({ ...party, settlementDate: '20261128' });
});

it('takes the bill, its lines ended either way', () => {
  for (const sent of [text, text.replaceAll('\n', '\r\n')]) {
    expect(readBillAnswer({ ...good, content: packed(sent) }, party, date)).toEqual({
      kind: 'fetched',
      file: { name: good.fileName, bytes: Buffer.from(sent), proof: 'signature' },
    });
  }
});

it.each([
  ['BILL_NOT_READY', 'notReady'],
  ['BILL_NOT_FOUND', 'none'],
  ['NOT_SUPPORTED', 'refused'],
  ['SIGN_ERROR', 'refused'],
  ['MERCHANT_INVALID', 'refused'],
  ['SYSTEM_ERROR', 'refused'],
  ['constructor', 'refused'],
  ['toString', 'refused'],
  ['__proto__', 'refused'],
])('%s is %s', (errCode, kind) => {
  expect(readBillAnswer({ errCode }, party, date)).toEqual({ kind, cause: errCode });
});

it.each<[unknown, string | RegExp]>([
  [null, 'NO_CODE'],
  [{ errCode: '00' }, 'NO_BILL'],
  [{ ...good, content: '%' }, 'NO_BILL'],
  [{ ...good, settlementDate: '20261127' }, 'ANOTHER_DAY 20261127'],
  [{ ...good, content: Buffer.from(text).toString('base64') }, /^GZIP /],
  [{ ...good, content: good.content.slice(0, 40) }, /^GZIP /],
  [{ ...good, content: packed(text.replace('0001,2026', '0002,2026')) }, /^ANOTHER_BILL/],
  [{ ...good, content: packed(text.replace('20261128', '20261127')) }, /^ANOTHER_BILL/],
  [{ ...good, content: packed('') }, /^ANOTHER_BILL/],
])('does not take %j', (json, cause) => {
  expect(readBillAnswer(json, party, date)).toEqual({
    kind: 'damaged',
    cause: typeof cause === 'string' ? cause : expect.stringMatching(cause),
  });
});

// What UnionPay's answers about a statement mean, and which file of the archive it is.
import { spawnSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zipOf } from '../../fixtures/bills/zip.ts';
import { billFields, billUrl, readBillAnswer } from './bill.ts';
import type { Fields } from './signature.ts';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const key = { merchantId: '777290058110048', date: '2026-11-28', txnTime: '20261129100000' };
const named: Fields = { merId: key.merchantId, txnTime: key.txnTime, respCode: '00' };
const read = (fields: Fields, wall_ms = shanghai('2026-11-29T10:00:00')) =>
  readBillAnswer(fields, key, wall_ms);

it('asks for the general file of a day without its year', () => {
  expect(billFields(key)).toEqual({
    txnType: '76',
    txnSubType: '01',
    fileType: '00',
    settleDate: '1128',
    txnTime: key.txnTime,
  });
});

it.each([
  ['https://gateway.95516.com/gateway/api', 'https://filedownload.95516.com'],
  ['https://gateway.test.95516.com/gateway/api', 'https://filedownload.test.95516.com'],
  ['https://relay.example.com:8443/unionpay', 'https://relay.example.com:8443'],
  ['https://gateway.95516.com.example.com/gateway/api', 'https://gateway.95516.com.example.com'],
])('where payments go to %s, files come from %s', (base, files) => expect(billUrl(base)).toBe(files));

const detail = { name: 'INN26112888ZM_777290058110048', bytes: Buffer.from('S22 one line\n') };
const errors = { name: 'INN26112888ZME_777290058110048', bytes: Buffer.alloc(0) };
const packed = (files: { name: string; bytes: Buffer }[]) => deflateSync(zipOf(files)).toString('base64');

it('takes the ZM file and nothing else of the archive', () => {
  const answer = read({ ...named, fileContent: packed([errors, detail]) });
  expect(answer).toEqual({ kind: 'fetched', file: { ...detail, proof: 'signature' } });
});

it('reads what Python packs', () => {
  const program =
    "import sys,zipfile,io,zlib,base64\nb = io.BytesIO()\nwith zipfile.ZipFile(b, 'w', 8) as z: z.writestr('INN26112888ZM_777290058110048', 'S22 one line\\n')\nprint(base64.b64encode(zlib.compress(b.getvalue())).decode(), end='')";
  const run = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  expect(read({ ...named, fileContent: run.stdout })).toMatchObject({ kind: 'fetched', file: detail });
});

it.each([
  ['98', '2026-11-29T11:59:59', 'notReady'],
  ['98', '2026-11-29T12:00:00', 'none'],
  ['99', '2026-11-30T10:00:00', 'refused'],
  ['11', '2026-11-30T10:00:00', 'refused'],
  ['01', '2026-11-28T10:00:00', 'refused'],
])('%s at %s is %s', (cause, at, kind) => {
  expect(read({ ...named, respCode: cause }, shanghai(at))).toEqual({ kind, cause });
});

it.each<[Fields, string | RegExp]>([
  [{ ...named, merId: '777290058110049' }, 'ANOTHER_QUESTION merId'],
  [{ ...named, txnTime: '20261129100001' }, 'ANOTHER_QUESTION txnTime'],
  [{ ...named, settleDate: '1127' }, 'ANOTHER_QUESTION settleDate'],
  [{ ...named, txnType: '00' }, 'ANOTHER_QUESTION txnType'],
  [{ respCode: '98' }, 'ANOTHER_QUESTION'],
  [{ merId: key.merchantId, txnTime: key.txnTime }, 'NO_CODE'],
  [named, 'BASE64'],
  [{ ...named, fileContent: '%%%' }, 'BASE64'],
  [{ ...named, fileContent: Buffer.from('plain').toString('base64') }, /^DEFLATE /],
  [{ ...named, fileContent: deflateSync('plain').toString('base64') }, /^ZIP no end record/],
  [{ ...named, fileContent: packed([errors]) }, /^0 files INN\*ZM in it: INN26112888ZME_/],
  [{ ...named, fileContent: packed([detail, { ...detail, name: 'INN26112889ZM_1' }]) }, /^2 files/],
  [
    { ...named, fileContent: packed([{ ...detail, name: 'INN25112888ZM_777290058110048' }]) },
    /^ANOTHER_DAY /,
  ],
])('%j is not believed', (fields, cause) => {
  expect(read(fields)).toEqual({
    kind: 'damaged',
    cause: typeof cause === 'string' ? cause : expect.stringMatching(cause),
  });
});

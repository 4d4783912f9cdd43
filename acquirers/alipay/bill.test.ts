// What Alipay's answers about a bill mean, by their code and by the hour, and which file of the archive is the bill.
import { expect, it } from 'vitest';
import { zipOf } from '../../fixtures/bills/zip.ts';
import { billContent, readBillOffer, unpackBill } from './bill.ts';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const date = '2026-11-28';
const later_ms = shanghai('2026-11-29T10:00:00');
const read = (json: unknown, wall_ms = later_ms) =>
  readBillOffer(json, { date, wall_ms, protocol: 'https:' });
const refused = (sub_code: string) => ({ code: '40004', msg: 'Business Failed', sub_code });
const offered = (bill_download_url: unknown) => ({ code: '10000', msg: 'Success', bill_download_url });

it('asks for the bill of payments', () => {
  expect(billContent(date)).toEqual({ bill_type: 'trade', bill_date: date });
});

it.each([
  ['https://dwbillcenter.alipay.com/a?token=1', 'https://dwbillcenter.alipay.com/a?token=1'],
  ['http://dwbillcenter.alipay.com/a?token=1', 'https://dwbillcenter.alipay.com/a?token=1'],
])('%s is asked for as %s', (told, asked) => {
  expect(read(offered(told))).toEqual({ kind: 'offered', url: new URL(asked) });
});

it.each([
  [offered('ftp://dwbillcenter.alipay.com/a'), 'DOWNLOAD_URL ftp:'],
  [offered('file:///etc/passwd'), 'DOWNLOAD_URL file:'],
  [offered('a'), 'DOWNLOAD_URL'],
  [offered(undefined), 'DOWNLOAD_URL'],
  [{}, 'NO_CODE'],
  [null, 'NO_CODE'],
])('does not follow %j', (json, cause) => expect(read(json)).toEqual({ kind: 'damaged', cause }));

it.each([
  ['isp.bill_not_exist', '2026-11-28T23:00:00', 'notReady'],
  ['isp.bill_not_exist', '2026-11-29T09:59:59', 'notReady'],
  ['isp.bill_not_exist', '2026-11-29T10:00:00', 'none'],
  ['BILL_NOT_EXIST', '2026-11-30T00:00:00', 'none'],
  ['NO_BILL_DATA', '2026-11-29T09:59:59', 'notReady'],
  ['NO_BILL_DATA', '2026-11-29T10:00:00', 'none'],
  ['isp.no_bill_data', '2026-11-30T00:00:00', 'none'],
  ['SYSTEM_RATE_LIMIT', '2026-11-30T00:00:00', 'notReady'],
  ['isv.system-rate-limit', '2026-11-30T00:00:00', 'notReady'],
  ['USER_RATE_LIMIT', '2026-11-30T00:00:00', 'notReady'],
  ['isv.invalid_arguments', '2026-11-28T23:59:59', 'notReady'],
  ['isv.invalid_arguments', '2026-11-29T00:00:00', 'refused'],
  ['INVAILID_ARGUMENTS', '2026-11-28T12:00:00', 'notReady'],
  ['isv.insufficient-isv-permissions', '2026-11-28T12:00:00', 'refused'],
  ['isv.invalid-signature', '2026-11-30T12:00:00', 'refused'],
])('%s at %s is %s', (cause, at, kind) => {
  expect(read(refused(cause), shanghai(at))).toEqual({ kind, cause });
});

const file = (name: string) => ({ name, bytes: Buffer.from(name) });

it('takes the detail and nothing else of the archive', () => {
  const detail = file('20880011_20261128_业务明细.csv');
  const others = ['20880011_20261128_业务明细(汇总).csv', '20880011_20261128_账务明细.csv'].map(file);
  expect(unpackBill(zipOf([...others, detail]))).toEqual({
    kind: 'fetched',
    file: { ...detail, proof: 'sums' },
  });
});

it.each([
  [zipOf([]), /^0 files/],
  [zipOf([file('a_业务明细(汇总).csv')]), /^0 files .*汇总/],
  [zipOf([file('a_业务明细.csv'), file('b_业务明细.csv')]), /^2 files/],
  [Buffer.from('<html>下载超时,请重新下载</html>'), /^ZIP no end record/],
])('refuses an archive where it is not clear which is the bill', (bytes, cause) => {
  expect(unpackBill(bytes)).toEqual({ kind: 'damaged', cause: expect.stringMatching(cause) });
});

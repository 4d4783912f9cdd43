// The bill over TLS from the simulator's own books, and what each fault on the way makes of it.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { readSimulatorKeys } from '../../fixtures/acquirers/wechatpay/caller.ts';
import {
  connectWechatPayControl,
  type FaultRequest,
  type WechatPayControl,
} from '../../fixtures/acquirers/wechatpay/client.ts';
import { startWechatPay, type WechatPayProcess } from '../../fixtures/acquirers/wechatpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { shanghaiTime } from '../../fixtures/bills/line.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import type { FetchBill } from '../transport/bill.ts';
import { createWechatPay } from './adapter.ts';
import { wechatBills } from './bill-call.ts';
import type { WechatPayAccess } from './call.ts';
import { wechatCodeRules } from './profile.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-wechat-bill-'));
const NUMBER = '2611280001000200000000001';
let process_: WechatPayProcess;
let control: WechatPayControl;
let fetchBill: FetchBill;
let access: WechatPayAccess;
let today = '';

beforeAll(async () => {
  process_ = await startWechatPay({ directory });
  control = await connectWechatPayControl(process_.control);
  const { appId, merchantId, url } = process_;
  access = {
    ...readSimulatorKeys(process_),
    baseUrl: url,
    connectTimeout_ms: 10_000,
    nonce: () => randomBytes(16).toString('hex'),
    wall_ms: () => Date.now(),
  };
  fetchBill = wechatBills(merchantId, access);
  const facts = { description: '一码', deviceId: '1', deviceIp: '192.0.2.7', storeOutId: '1' };
  const acquirer = createWechatPay({
    id: 'wechat',
    rules: wechatCodeRules,
    probeTimeout_ms: 20_000,
    merchant: { appId, merchantId, ...facts },
    call: access,
  });
  const order = { orderNumber: NUMBER, openedAt_ms: 0, amount_fen: 1290, timeout_ms: 20_000 };
  const paid = await new Promise<PaymentEvent>((resolve) =>
    acquirer.authorize({ ...order, code: codeMaker(3).wechat(), deferred: null }, resolve),
  );
  if (paid.kind !== 'approved') throw new Error(`the payment is ${paid.kind}`);
  await acquirer.close();
  const charge = readFileSync(process_.ledgerFile, 'utf8').split('\n')[0] ?? '';
  today = shanghaiTime(Date.parse((JSON.parse(charge) as { at: string }).at)).slice(0, 10);
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

it('fetches the bill, which our reader takes', async () => {
  const answer = await fetchBill(today);
  expect(answer).toMatchObject({
    kind: 'fetched',
    file: { name: `wechatpay-1900000109-ALL-${today}.csv`, proof: 'digest' },
  });
  if (answer.kind !== 'fetched') return;
  const bill = readBill('wechatpay', { file: 'x', bytes: answer.file.bytes, billDate: today });
  expect(bill.entries).toMatchObject([{ orderNumber: NUMBER, amount_fen: 1290, kind: 'payment' }]);
});

it('is told that there is none of a day without payments', async () => {
  expect(await fetchBill('2026-01-01')).toEqual({ kind: 'none', cause: 'NO_STATEMENT_EXIST' });
});

it.each<[FaultRequest, { kind: string; cause: unknown }]>([
  [{ fault: 'billCreating' }, { kind: 'notReady', cause: 'STATEMENT_CREATING' }],
  [
    { fault: 'badSignature', call: 'bill' },
    { kind: 'damaged', cause: 'badSignature' },
  ],
  [
    { fault: 'noSignature', call: 'bill' },
    { kind: 'damaged', cause: 'unsigned' },
  ],
  [
    { fault: 'staleSignature', call: 'bill' },
    { kind: 'damaged', cause: 'staleSignature' },
  ],
  [{ fault: 'wrongDigest' }, { kind: 'damaged', cause: expect.stringMatching(/^SHA1 /) }],
  [{ fault: 'tornFile' }, { kind: 'damaged', cause: expect.stringMatching(/^GZIP /) }],
  [
    { fault: 'http5xx', call: 'bill' },
    { kind: 'damaged', cause: 'HTTP_503' },
  ],
  [
    { fault: 'http5xx', call: 'billFile' },
    { kind: 'damaged', cause: 'HTTP_503 instead of the bill' },
  ],
  [
    { fault: 'html', call: 'billFile' },
    { kind: 'damaged', cause: expect.stringMatching(/^SHA1 /) },
  ],
  [
    { fault: 'dropAnswer', call: 'bill' },
    { kind: 'noAnswer', cause: expect.any(String) },
  ],
  [
    { fault: 'dropAnswer', call: 'billFile' },
    { kind: 'noAnswer', cause: expect.any(String) },
  ],
])('%j', async (fault, expected) => {
  await control.faults.set(fault);
  expect(await fetchBill(today)).toEqual(expected);
});

it("is refused with another merchant's number", async () => {
  const stranger = wechatBills('1900000999', access);
  expect(await stranger(today)).toEqual({ kind: 'refused', cause: 'SIGN_ERROR' });
});

it('a client that others wrote fetches the same bytes by the same digest', async () => {
  type Answer = { data: unknown };
  type Client = { request(path: string, method: string, data?: object, settings?: object): Promise<Answer> };
  const { Decorator } = createRequire(import.meta.url)('wechatpay-axios-plugin') as {
    Decorator: new (settings: object) => Client;
  };
  const { keys, url, merchantId, caFile } = process_;
  const read = (file: string) => readFileSync(file, 'utf8');
  const client = new Decorator({
    baseURL: url,
    httpsAgent: new Agent({ ca: read(caFile) }),
    mchid: merchantId,
    serial: keys.merchantSerial,
    privateKey: read(keys.merchantKeyFile),
    certs: { [keys.platformSerial]: read(keys.platformCertificateFile) },
  });
  const params = { bill_date: today, bill_type: 'ALL', tar_type: 'GZIP' };
  const { data } = await client.request('v3/bill/tradebill', 'GET', undefined, { params });
  const { download_url, hash_value } = data as { download_url: string; hash_value: string };
  const token = new URL(download_url).searchParams.get('token');
  // Its own check of signatures would refuse the download, which has none (pay.weixin.qq.com 4013071254).
  const file = await client.request('v3/billdownload/file', 'GET', undefined, {
    params: { token },
    responseType: 'arraybuffer',
    transformResponse: (received: unknown) => received,
  });
  const bytes = gunzipSync(file.data as Buffer);
  expect(createHash('sha1').update(bytes).digest('hex')).toBe(hash_value);
  const ours = await fetchBill(today);
  expect(ours.kind === 'fetched' && ours.file.bytes.equals(bytes)).toBe(true);
});

it("asks once more by the server's clock where this machine's is wrong", async () => {
  await control.faults.set({ fault: 'clockSkew', ms: 20 * 60_000 });
  expect(await fetchBill(today)).toMatchObject({ kind: 'fetched' });
});

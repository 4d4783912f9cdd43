// A client that others wrote (wechatpay-axios-plugin) against our simulator and our signatures: two implementations that
// agree are hardly wrong in the same way.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readSimulatorKeys } from '../../fixtures/acquirers/wechatpay/caller.ts';
import { connectWechatPayControl, type WechatPayControl } from '../../fixtures/acquirers/wechatpay/client.ts';
import { truthOf } from '../../fixtures/acquirers/wechatpay/ledger.ts';
import { startWechatPay, type WechatPayProcess } from '../../fixtures/acquirers/wechatpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { payBody } from './codec.ts';
import { closeBody, nativeBody } from './native.ts';
import { prepare, type Signing } from './message.ts';
import { openSealed } from './sealed.ts';
import { readPlatformKeys } from './signature.ts';

type Answer = { status: number; data: Record<string, unknown> | string };
/** Of its interface what is used here; its own types don't compile. */
type Library = {
  Decorator: new (
    settings: object,
  ) => {
    request(path: string, method: string, data?: object, settings?: object): Promise<Answer>;
  };
  Formatter: {
    request(method: string, path: string, timestamp: string, nonce: string, body?: string): string;
  };
  Rsa: { verify(message: string, signature: string, key: string): boolean };
  Aes: { AesGcm: { encrypt(text: string, key: string, nonce: string, data?: string): string } };
};
const require = createRequire(import.meta.url);
const library = require('wechatpay-axios-plugin') as Library;

const directory = mkdtempSync(join(tmpdir(), 'yima-wechat-second-'));
const codes = codeMaker(13);
let process_: WechatPayProcess;
let control: WechatPayControl;

beforeAll(async () => {
  process_ = await startWechatPay({ directory });
  control = await connectWechatPayControl(process_.control);
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

function client(change: object = {}): InstanceType<Library['Decorator']> {
  const { keys, url, merchantId, caFile } = process_;
  const read = (file: string) => readFileSync(file, 'utf8');
  return new library.Decorator({
    baseURL: url,
    httpsAgent: new Agent({ ca: read(caFile) }),
    mchid: merchantId,
    serial: keys.merchantSerial,
    privateKey: read(keys.merchantKeyFile),
    certs: {
      [keys.platformSerial]: read(keys.platformCertificateFile),
      [keys.publicKeyId]: read(keys.publicKeyFile),
    },
    // it shows refusals as answers then, and verifies their signatures
    validateStatus: () => true,
    ...change,
  });
}

let count = 0;
const factsOf = ({ appId, merchantId }: WechatPayProcess) => ({
  appId,
  merchantId,
  description: '一码便利店',
  deviceId: '20260002',
  deviceIp: '192.0.2.7',
  storeOutId: 'A1111',
  notifyUrl: 'https://pay.example.com/notify',
});
const orderBody = (code = codes.wechat()) => {
  const facts = factsOf(process_);
  const orderNumber = `2611280001000202${String(++count).padStart(9, '0')}`;
  return payBody(facts, {
    orderNumber,
    openedAt_ms: 0,
    amount_fen: 700,
    code,
    deferred: null,
    timeout_ms: 0,
  });
};
const codepay = 'v3/pay/transactions/codepay';
const orders = 'v3/pay/transactions/out-trade-no';

it('pays, asks, gives back a part, asks again, and reverses the rest', async () => {
  const body = orderBody();
  const number = String(body['out_trade_no']);
  const { merchantId: mchid, appId: appid } = process_;
  const paid = await client().request(codepay, 'POST', body);
  expect(paid).toMatchObject({ status: 200, data: { trade_state: 'SUCCESS', amount: { total: 700 } } });
  const found = await client().request(`${orders}/${number}`, 'GET', undefined, { params: { mchid } });
  expect(found.data).toEqual(paid.data);
  const amount = { refund: 300, total: 700, currency: 'CNY' };
  const refund = { out_trade_no: number, out_refund_no: `R${number}`, amount };
  const taken = await client().request('v3/refund/domestic/refunds', 'POST', refund);
  expect(taken.data).toMatchObject({ status: 'PROCESSING', out_refund_no: `R${number}` });
  const back = await client().request(`v3/refund/domestic/refunds/R${number}`, 'GET');
  expect(back.data).toMatchObject({ status: 'SUCCESS', amount: { refund: 300 } });
  const reversed = await client().request(`${orders}/${number}/reverse`, 'POST', { appid, mchid });
  expect(reversed).toMatchObject({ status: 200, data: { out_trade_no: number } });
  expect(truthOf(process_.ledgerFile, number)).toEqual({ charges: 1, charged_fen: 700, givenBack_fen: 700 });
});

it('orders a code, has it paid by who scans it, and closes another', async () => {
  const facts = factsOf(process_);
  const mchid = facts.merchantId;
  const order = { openedAt_ms: 0, amount_fen: 700, expiresAt_ms: Date.now() + 300_000, timeout_ms: 0 };
  const ordered = async (orderNumber: string) => {
    const body = nativeBody(facts, { ...order, orderNumber });
    const answer = await client().request('v3/pay/transactions/native', 'POST', body);
    expect(answer).toMatchObject({ status: 200, data: { code_url: expect.stringMatching(/^weixin:/) } });
    return String((answer.data as Record<string, unknown>)['code_url']);
  };
  const state = async (number: string) =>
    (await client().request(`${orders}/${number}`, 'GET', undefined, { params: { mchid } })).data;
  const close = (number: string) => client().request(`${orders}/${number}/close`, 'POST', closeBody(facts));
  const first = await ordered('NATIVE1');
  expect(await state('NATIVE1')).toMatchObject({ trade_state: 'NOTPAY' });
  await control.scan(first);
  expect(await state('NATIVE1')).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'NATIVE' });
  expect(await close('NATIVE1')).toMatchObject({ status: 400, data: { code: 'ORDERPAID' } });
  const second = await ordered('NATIVE2');
  expect(await close('NATIVE2')).toMatchObject({ status: 204 });
  expect(await state('NATIVE2')).toMatchObject({ trade_state: 'CLOSED' });
  await expect(control.scan(second)).rejects.toThrow('over');
  expect(await close('NOBODY9')).toMatchObject({ status: 204 });
});

it('verifies 204 without a body, 202, and refusals', async () => {
  const { merchantId: mchid, appId: appid } = process_;
  await control.settings({ reverseStatus: 204 });
  await control.faults.set({ fault: 'awaitCustomer', count: 1 });
  const body = orderBody();
  const number = String(body['out_trade_no']);
  const waiting = await client().request(codepay, 'POST', body);
  expect(waiting).toMatchObject({ status: 202, data: { trade_state: 'USERPAYING' } });
  expect(await client().request(`${orders}/${number}/reverse`, 'POST', { appid, mchid })).toMatchObject({
    status: 204,
  });
  const refused = await client().request(codepay, 'POST', orderBody('990000000000000000'));
  expect(refused).toMatchObject({ status: 400, data: { code: 'AUTH_CODE_INVALID' } });
  const missing = await client().request(`${orders}/NOSUCHORDER`, 'GET', undefined, { params: { mchid } });
  expect(missing).toMatchObject({ status: 404, data: { code: 'ORDER_NOT_EXIST' } });
});

it('verifies answers by the key that it asked for', async () => {
  const { keys } = process_;
  const certs = { [keys.publicKeyId]: readFileSync(keys.publicKeyFile, 'utf8') };
  await expect(client({ certs }).request(codepay, 'POST', orderBody())).rejects.toThrow(
    'Cannot found the serial',
  );
  const headers = { 'Wechatpay-Serial': keys.publicKeyId };
  const paid = await client({ certs }).request(codepay, 'POST', orderBody(), { headers });
  expect(paid).toMatchObject({ status: 200, data: { trade_state: 'SUCCESS' } });
});

it.each([
  ['badSignature', 'failed'],
  ['noSignature', 'incomplete'],
  ['staleSignature', 'time offset'],
  ['unknownSerial', 'Cannot found the serial'],
] as const)('finds %s', async (fault, message) => {
  await control.faults.set({ fault });
  await expect(client().request(codepay, 'POST', orderBody())).rejects.toThrow(message);
});

it("is refused with another merchant's key, as our adapter would be", async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const answer = await client({ privateKey }).request(codepay, 'POST', orderBody());
  expect(answer).toMatchObject({ status: 401, data: { code: 'SIGN_ERROR' } });
});

it('verifies what the adapter signs: with a body, and without', () => {
  const { merchantId } = process_;
  const { merchantKey, merchantSerial: serial, platformKeys } = readSimulatorKeys(process_);
  const signing: Signing = {
    merchantKey: { merchantId, serial, key: merchantKey },
    platformKeys: readPlatformKeys(platformKeys),
    answerSerial: null,
    prefix: '/mock',
    nonce: () => randomBytes(16).toString('hex'),
    wall_ms: () => Date.now(),
  };
  const certificate = readFileSync(process_.keys.merchantCertificateFile, 'utf8');
  const path = `/v3/pay/transactions/out-trade-no/A1?mchid=${merchantId}`;
  for (const body of [orderBody(), null]) {
    const sent = prepare(signing, { path, body, timeout_ms: 1 });
    const field = (name: string) =>
      new RegExp(`[ ,]${name}="([^"]*)"`).exec(sent.headers['authorization'] ?? '')?.[1] ?? '';
    expect([field('mchid'), field('serial_no')]).toEqual([merchantId, serial]);
    const text = sent.body?.toString('utf8') ?? '';
    const message = library.Formatter.request(
      body === null ? 'GET' : 'POST',
      `/mock${path}`,
      field('timestamp'),
      field('nonce_str'),
      text,
    );
    expect(library.Rsa.verify(message, field('signature'), certificate)).toBe(true);
    expect(library.Rsa.verify(`${message}\n`, field('signature'), certificate)).toBe(false);
  }
});

it('seals what we open', () => {
  const key = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb';
  const ciphertext = library.Aes.AesGcm.encrypt('一码', key, '14b16c03dc1b', 'certificate');
  const opened = openSealed(Buffer.from(key), {
    nonce: '14b16c03dc1b',
    associatedData: 'certificate',
    ciphertext,
  });
  expect(opened?.toString()).toBe('一码');
});

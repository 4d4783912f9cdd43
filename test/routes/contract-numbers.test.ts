// What an Alipay or UnionPay contract has of its own reaches its acquirer: the terminal number, and which face-to-face contract was signed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configurationSchema, withRoutes } from '../../contract/configuration.ts';
import { openAcquirer } from '../../core/acquirers.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PresentEvent } from '../../core/ports/acquirer.ts';
import { systemClock } from '../../core/system.ts';
import { type AlipayControl, connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-contract-'));
const example = readFileSync(
  new URL('../../docs/configuration.wallets.example.json', import.meta.url),
  'utf8',
);
const codes = codeMaker(77);
let alipay: AlipayProcess;
let unionpay: UnionpayProcess;
let controls: { alipay: AlipayControl; unionpay: UnionpayControl };
let orders = 0;

beforeAll(async () => {
  alipay = await startAlipay({ directory: join(directory, 'a'), productCode: 'OFFLINE_PAYMENT' });
  unionpay = await startUnionpay({ directory: join(directory, 'u') });
  controls = {
    alipay: await connectAlipayControl(alipay.control),
    unionpay: await connectUnionpayControl(unionpay.control),
  };
});
afterAll(async () => {
  controls.alipay.close();
  controls.unionpay.close();
  await Promise.all([alipay.stop(), unionpay.stop()]);
  rmSync(directory, { recursive: true });
});

type Keys = Record<string, unknown>;

const filesOf = {
  alipay: (): Keys => ({
    appId: alipay.appId,
    merchantKeyFile: alipay.keys.merchantKeyFile,
    keys: { kind: 'publicKey', alipayPublicKeyFile: alipay.keys.alipayPublicKeyFile },
  }),
  unionpay: (): Keys => ({
    merId: unionpay.merchantId,
    merchantKeyFile: unionpay.keys.merchantKeyFile,
    merchantCertificateFile: unionpay.keys.merchantCertFile,
    rootCertificateFile: unionpay.keys.rootCertFile,
    intermediateCertificateFile: unionpay.keys.intermediateCertFile,
  }),
};

/** The example's till, with this one route; a key of `own` that is undefined is left out. */
function opened(adapter: 'alipay' | 'unionpay', own: Keys) {
  const file = JSON.parse(example) as { routes: Keys[]; terminal: object };
  const terminal = { ...file.terminal, terminalCode: '20260002' };
  const shown = file.routes.find((one) => one['adapter'] === adapter);
  const one = JSON.parse(JSON.stringify({ ...shown, ...filesOf[adapter](), ...own })) as Keys;
  const configuration = withRoutes(configurationSchema.parse({ ...file, terminal, routes: [one] }));
  const [route] = configuration.routes;
  if (route === undefined) throw new Error('no route');
  const process = adapter === 'alipay' ? alipay : unionpay;
  const target = { baseUrl: process.url, ca: readFileSync(process.caFile, 'utf8'), timeout_ms: 10_000 };
  return openAcquirer({ route, place: 'route', configuration, target, clock: systemClock() }).acquirer;
}

const newOrder = () => ({
  orderNumber: `20260002001${String((orders += 1)).padStart(14, '0')}`,
  openedAt_ms: Date.now(),
  amount_fen: 1230,
  timeout_ms: 20_000,
});

async function paid(
  adapter: 'alipay' | 'unionpay',
  own: Keys,
): Promise<{ event: PaymentEvent; terminal: unknown }> {
  const acquirer = opened(adapter, own);
  const order = { ...newOrder(), code: codes[adapter](), deferred: null };
  const event = await new Promise<PaymentEvent>((post) => acquirer.authorize(order, post));
  await acquirer.close();
  const isIt = (one: Keys) => one['event'] === 'request' && one['merchantOrderId'] === order.orderNumber;
  const [request] = controls[adapter].events.filter(isIt);
  return { event, terminal: request?.['terminal_id'] ?? request?.['termId'] };
}

async function presented(own: Keys): Promise<PresentEvent> {
  const acquirer = opened('alipay', own);
  const order = { ...newOrder(), expiresAt_ms: Date.now() + 300_000 };
  const event = await new Promise<PresentEvent>((post) => acquirer.present(order, post));
  await acquirer.close();
  return event;
}

it('each is told its own terminal number, or the till’s', async () => {
  const express = { productCode: 'OFFLINE_PAYMENT' };
  expect((await paid('alipay', express)).terminal).toBe('NJ_001_2');
  expect((await paid('alipay', { ...express, terminalId: undefined })).terminal).toBe('20260002');
  expect((await paid('unionpay', {})).terminal).toBe('01080209');
  expect((await paid('unionpay', { termId: undefined })).terminal).toBe('20260002');
});

it('the express face-to-face contract takes payments and shows codes under its own product only', async () => {
  const express = { productCode: 'OFFLINE_PAYMENT' };
  expect((await paid('alipay', express)).event.kind).toBe('approved');
  expect((await presented(express)).kind).toBe('presented');
  const forbidden = { code: 'ACQ.ACCESS_FORBIDDEN', reason: 'configuration' };
  expect((await paid('alipay', {})).event).toEqual({ kind: 'declined', ...forbidden });
  expect(await presented({})).toEqual({ kind: 'refused', ...forbidden });
});

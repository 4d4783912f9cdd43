// Alipay changes what it signs with in the middle of the day, over real TLS: with the new key configured beside the old one no payment
// is in doubt; without it every one is, and none is believed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import { type AlipayKeyFiles, makeSuccessor } from '../../fixtures/acquirers/alipay/keys.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { alipaySettings } from '../../test/acquirers/alipay.ts';
import { createAlipay } from './adapter.ts';

type Signing = Pick<AlipayKeyFiles, 'alipayPublicKeyFile' | 'alipayCertFile'>;

let directory = '';
const running: AlipayProcess[] = [];
const codes = codeMaker(32);
const read = (file: string): string => readFileSync(file, 'utf8');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-alipay-rotation-'));
});
afterAll(async () => {
  for (const simulator of running) await simulator.stop();
  rmSync(directory, { recursive: true });
});

/** A till that was started with the given files of Alipay's, the newest last. */
function tillWith(simulator: AlipayProcess, certificates: boolean, given: Signing[]) {
  const { keys } = simulator;
  const joined = (name: keyof Signing): string => given.map((files) => read(files[name])).join('');
  const trust = certificates
    ? ({
        kind: 'certificate',
        appCertificate: read(keys.appCertFile),
        alipayCertificate: joined('alipayCertFile'),
        rootCertificates: read(keys.rootCertFile),
      } as const)
    : ({ kind: 'publicKey', publicKey: joined('alipayPublicKeyFile') } as const);
  return createAlipay(alipaySettings(simulator, { storeId: 'NJ_001', trust }));
}

let orders = 0;
function pay(till: ReturnType<typeof tillWith>): Promise<PaymentEvent> {
  orders += 1;
  const orderNumber = `YM0081000200${String(orders).padStart(10, '0')}`;
  const order = { orderNumber, openedAt_ms: 0, amount_fen: 1230, code: codes.alipay(), deferred: null };
  return new Promise((post) => till.authorize({ ...order, timeout_ms: 20_000 }, post));
}

const kindOf = async (till: ReturnType<typeof tillWith>): Promise<string> => {
  const event = await pay(till);
  return event.kind === 'undecided' ? event.code : event.kind;
};

it.each<[boolean, string]>([
  [false, 'BAD_SIGNATURE'],
  [true, 'OTHER_CERTIFICATE'],
])('the day Alipay changes its key, certificate mode: %s', async (certificates, doubt) => {
  const simulator = await startAlipay({ directory: join(directory, String(certificates)), certificates });
  running.push(simulator);
  const control = await connectAlipayControl(simulator.control);
  const next = makeSuccessor(simulator.keys);
  const tills = [[simulator.keys], [simulator.keys, next], [next]].map((given) =>
    tillWith(simulator, certificates, given),
  );
  const tellAll = async (): Promise<string[]> => {
    const told: string[] = [];
    for (const till of tills) told.push(await kindOf(till));
    return told;
  };
  expect(await tellAll()).toEqual(['approved', 'approved', doubt]);
  await control.changeKeys();
  expect(await tellAll()).toEqual([doubt, 'approved', 'approved']);
  control.close();
});

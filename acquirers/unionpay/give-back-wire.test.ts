// Voids and refunds against the simulator, over real TLS: whole, in parts, over the cap, in doubt.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, GiveBackOrder } from '../../core/ports/acquirer.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { facts, keySettings } from '../../test/acquirers/unionpay.ts';
import { createUnionPay } from './adapter.ts';
import { unionpayCodeRules } from './profile.ts';

let directory = '';
let simulator: UnionpayProcess;
let control: UnionpayControl;
let unionpay: Acquirer;
let numbers = 0;
const codes = codeMaker(43);
const timeout_ms = 20_000;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-'));
  simulator = await startUnionpay({ directory });
  control = await connectUnionpayControl(simulator.control);
  unionpay = createUnionPay({
    id: 'unionpay',
    rules: unionpayCodeRules,
    merchant: { ...facts, merchantId: simulator.merchantId },
    probeTimeout_ms: 20_000,
    call: {
      baseUrl: simulator.url,
      ca: readFileSync(simulator.caFile, 'utf8'),
      connectTimeout_ms: 10_000,
      wall_ms: () => Date.now(),
      keys: keySettings(simulator.keys),
    },
  });
});
afterEach(async () => {
  await control.faults.clear();
  await control.accept();
});
afterAll(async () => {
  await unionpay.close();
  control.close();
  await simulator.stop();
  rmSync(directory, { recursive: true });
});

const giveBack = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((post) => unionpay.giveBack(order, post));
const inquire = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((post) => unionpay.inquireGiveBack(order, post));
const done = { kind: 'done', result: 'REFUNDED', reference: expect.stringMatching(/^51\d+$/) as string };
const accepted = { kind: 'accepted', code: 'ACCEPTED' };

/** A payment of 10.00, and a give-back of it that nobody has sent. */
async function give(amount_fen: number, of?: GiveBackOrder): Promise<GiveBackOrder> {
  numbers += 1;
  const number = String(numbers).padStart(15, '0');
  const requestNumber = `R00810001${number}`;
  const giveBackOpenedAt_ms = Date.now();
  if (of !== undefined) return { ...of, requestNumber, giveBackOpenedAt_ms, amount_fen };
  const orderNumber = `00810001${number}`;
  const order = { orderNumber, openedAt_ms: Date.now(), amount_fen: 1000, timeout_ms };
  await new Promise((post) => unionpay.authorize({ ...order, code: codes.unionpay(), deferred: null }, post));
  const paid = await new Promise<PaymentEvent>((post) => unionpay.inquire(order, post));
  if (paid.kind !== 'approved') throw new Error(`not paid: ${paid.kind}`);
  const { acquirerOrderId } = paid.proof;
  return {
    ...order,
    method: 'refund',
    requestNumber,
    giveBackOpenedAt_ms,
    acquirerOrderId,
    amount_fen,
    paid_fen: 1000,
  };
}

async function givenBack_fen({ orderNumber }: GiveBackOrder): Promise<number> {
  const found = (await control.orders()).find(({ orderId }) => orderId === orderNumber);
  return found?.givenBack_fen ?? 0;
}

it('voids the whole', async () => {
  const order: GiveBackOrder = { ...(await give(1000)), method: 'void' };
  expect(await giveBack(order)).toEqual(accepted);
  expect(await inquire(order)).toEqual({ ...done, result: 'VOIDED' });
  expect(await givenBack_fen(order)).toBe(1000);
});

it('is back by A6, the success with a flaw', async () => {
  const order = await give(300);
  await giveBack(order);
  await control.faults.set({ fault: 'originSays', call: 'query', code: 'A6', count: 1 });
  expect(await inquire(order)).toEqual(done);
});

it('a void of another clearing day is refused', async () => {
  const order: GiveBackOrder = { ...(await give(1000)), method: 'void' };
  await control.faults.set({ fault: 'decline', call: 'void', code: '39', count: 1 });
  expect(await giveBack(order)).toEqual({ kind: 'refused', code: '39' });
  expect(await givenBack_fen(order)).toBe(0);
});

it('gives back in parts, twice, and never more than was paid', async () => {
  const first = await give(300);
  const second = await give(300, first);
  const tooMuch = await give(401, first);
  for (const one of [first, second]) {
    expect(await giveBack(one)).toEqual(accepted);
    expect(await inquire(one)).toEqual(done);
  }
  expect(await giveBack(tooMuch)).toEqual({ kind: 'refused', code: '36', perhapsBack: true });
  expect(await inquire(tooMuch)).toEqual({ kind: 'notFound' });
  expect(await givenBack_fen(first)).toBe(600);
});

it('a void after a refund is refused, and a person must look: its money is back, and not by it', async () => {
  const part = await give(300);
  await giveBack(part);
  const whole: GiveBackOrder = { ...(await give(1000, part)), method: 'void' };
  expect(await giveBack(whole)).toEqual({ kind: 'refused', code: '45', perhapsBack: true });
  expect(await givenBack_fen(part)).toBe(300);
});

it.each(['35', '45'])(
  '%s to a copy of our own request: the query finds what the first one did',
  async (code) => {
    const order = await give(300);
    await giveBack(order);
    await control.faults.set({ fault: 'decline', call: 'refund', code, count: 1 });
    expect(await giveBack(order)).toEqual(done);
    expect(await givenBack_fen(order)).toBe(300);
  },
);

it.each([[{ fault: 'badSignature', call: 'query' }], [{ fault: 'dropAnswer', call: 'query' }]] as const)(
  '45, and then %j: undecided, so that it is asked again',
  async (fault) => {
    const order = await give(300);
    await control.faults.set({ fault: 'decline', call: 'refund', code: '45', count: 1 });
    await control.faults.set({ ...fault, count: 1 });
    expect(await giveBack(order)).toEqual({ kind: 'undecided', code: '45' });
  },
);

it('gives back once, however often the same request is sent', async () => {
  const order = await give(300);
  await giveBack(order);
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: '12' });
  expect(await inquire(order)).toEqual(done);
  expect(await givenBack_fen(order)).toBe(300);
});

it('loses the answer, and finds the refund', async () => {
  await control.faults.set({ fault: 'dropAnswer', call: 'refund', count: 1 });
  const order = await give(300);
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await inquire(order)).toEqual(done);
});

it('loses the request, finds nothing, and sends the same again', async () => {
  await control.faults.set({ fault: 'dropRequest', call: 'refund', count: 1 });
  const order = await give(300);
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await inquire(order)).toEqual({ kind: 'notFound' });
  expect(await giveBack(order)).toEqual(accepted);
  expect(await givenBack_fen(order)).toBe(300);
});

it('is processed for a while, and done or failed', async () => {
  await control.faults.set({ fault: 'wait', call: 'refund', count: 2 });
  const good = await give(300);
  const bad = await give(300, good);
  for (const one of [good, bad]) {
    expect(await giveBack(one)).toEqual(accepted);
    expect(await inquire(one)).toEqual({ kind: 'processing' });
  }
  await control.decide(good.requestNumber);
  await control.decide(bad.requestNumber, '60');
  expect(await inquire(good)).toEqual(done);
  expect(await inquire(bad)).toEqual({ kind: 'refused', code: '60' });
  expect(await givenBack_fen(good)).toBe(300);
});

it.each([
  ['html', 'NOT_FORM'],
  ['http5xx', 'HTTP_503'],
  ['badSignature', 'BAD_SIGNATURE'],
  ['noSignature', 'UNSIGNED 00'],
  ['rogueCertificate', 'CERTIFICATE_CHAIN'],
  ['wrongOrder', 'MISMATCH'],
] as const)('%s is doubt, though the money went back', async (fault, cause) => {
  const order = await give(300);
  await control.faults.set({ fault, call: 'refund', count: 1 });
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: cause });
  await control.faults.set({ fault, call: 'query', count: 1 });
  expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause });
  expect(await inquire(order)).toEqual(done);
  expect(await givenBack_fen(order)).toBe(300);
});

it('a refund of another amount is not ours', async () => {
  const order = await give(300);
  await giveBack(order);
  await control.faults.set({ fault: 'wrongAmount', call: 'query', count: 1 });
  expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
});

it('refused connection: nothing was sent', async () => {
  const order = await give(300);
  await control.refuse();
  expect(await giveBack(order)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
  expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
});

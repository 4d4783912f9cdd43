// Refunds over real TLS against the simulator: the money goes back once, whatever happens on the way.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, GiveBackOrder } from '../../core/ports/acquirer.ts';
import { readSimulatorKeys } from '../../fixtures/acquirers/wechatpay/caller.ts';
import { connectWechatPayControl, type WechatPayControl } from '../../fixtures/acquirers/wechatpay/client.ts';
import { truthOf } from '../../fixtures/acquirers/wechatpay/ledger.ts';
import { startWechatPay, type WechatPayProcess } from '../../fixtures/acquirers/wechatpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { createWechatPay } from './adapter.ts';
import { wechatTable } from './code-rows.ts';
import { wechatRefundRefusal } from './codes.ts';
import { refusedBy } from '../../test/acquirers/code-rows.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-wechat-back-'));
const codes = codeMaker(12);
let process_: WechatPayProcess;
let control: WechatPayControl;
let acquirer: Acquirer;
let count = 0;

beforeAll(async () => {
  process_ = await startWechatPay({ directory });
  control = await connectWechatPayControl(process_.control);
  const { appId, merchantId, url } = process_;
  acquirer = createWechatPay({
    id: 'wechat',
    rules: [],
    probeTimeout_ms: 20_000,
    merchant: {
      appId,
      merchantId,
      description: '一码便利店',
      deviceId: '20260002',
      deviceIp: '192.0.2.7',
      storeOutId: 'A1111',
    },
    call: {
      ...readSimulatorKeys(process_),
      baseUrl: url,
      connectTimeout_ms: 10_000,
      nonce: () => randomBytes(16).toString('hex'),
      wall_ms: () => Date.now(),
    },
  });
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  await acquirer.close();
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

/** A payment of 1290 fen; what it returns makes refunds of it. */
async function paid(): Promise<(amount_fen: number) => GiveBackOrder> {
  const orderNumber = `2611280001000201${String(++count).padStart(9, '0')}`;
  const sent = {
    orderNumber,
    openedAt_ms: 0,
    amount_fen: 1290,
    code: codes.wechat(),
    deferred: null,
    timeout_ms: 20_000,
  };
  const event = await new Promise<PaymentEvent>((resolve) => acquirer.authorize(sent, resolve));
  expect(event.kind).toBe('approved');
  return (amount_fen) => ({
    method: 'refund',
    requestNumber: `R2611280001000201${String(++count).padStart(8, '0')}`,
    orderNumber,
    giveBackOpenedAt_ms: 0,
    openedAt_ms: 0,
    acquirerOrderId: 'A-1',
    amount_fen,
    paid_fen: 1290,
    timeout_ms: 20_000,
  });
}
const giveBack = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((resolve) => acquirer.giveBack(order, resolve));
const ask = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((resolve) => acquirer.inquireGiveBack(order, resolve));
const givenBack_fen = ({ orderNumber }: GiveBackOrder) =>
  truthOf(process_.ledgerFile, orderNumber).givenBack_fen;
const done = { kind: 'done', result: 'REFUNDED', reference: expect.stringMatching(/^50300\d+$/) };

it('the whole of it: taken, then done by its query; the order then says REFUND, which proves nothing', async () => {
  const order = (await paid())(1290);
  expect(await giveBack(order)).toEqual({ kind: 'accepted', code: 'PROCESSING' });
  expect(await ask(order)).toEqual(done);
  expect(givenBack_fen(order)).toBe(1290);
  const { orderNumber } = order;
  const found = await new Promise<PaymentEvent>((resolve) =>
    acquirer.inquire({ orderNumber, openedAt_ms: 0, amount_fen: 1290, timeout_ms: 20_000 }, resolve),
  );
  expect(found).toEqual({ kind: 'inquiryFailed', cause: 'REFUND' });
});

it('two parts, each once, however often they are asked for; never more than was paid', async () => {
  const refund = await paid();
  const [first, second, third] = [refund(500), refund(790), refund(1)];
  for (const order of [first, first, second, second]) {
    expect((await giveBack(order)).kind).toBe('accepted');
    expect(await ask(order)).toEqual(done);
  }
  expect(await giveBack(third)).toEqual({
    kind: 'refused',
    code: 'INVALID_REQUEST',
    perhapsBack: true,
  });
  expect(await ask(third)).toEqual({ kind: 'notFound' });
  expect(givenBack_fen(first)).toBe(1290);
});

it("unknown, then found: the lost answer's refund is there", async () => {
  const order = (await paid())(400);
  await control.faults.set({ fault: 'dropAnswer', call: 'refund', count: 1 });
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await ask(order)).toEqual(done);
  expect((await giveBack(order)).kind).toBe('accepted');
  expect(givenBack_fen(order)).toBe(400);
});

it('unknown, then not found: the same request goes again', async () => {
  const order = (await paid())(400);
  await control.faults.set({ fault: 'dropRequest', call: 'refund', count: 1 });
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await ask(order)).toEqual({ kind: 'notFound' });
  expect((await giveBack(order)).kind).toBe('accepted');
  expect(givenBack_fen(order)).toBe(400);
});

it('a system error leaves doubt; the refund may have been taken', async () => {
  const order = (await paid())(400);
  await control.faults.set({ fault: 'systemError', call: 'refund', count: 1 });
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: 'HTTP_500' });
  expect(await ask(order)).toEqual(done);
});

it.each(refusedBy(wechatTable, wechatRefundRefusal))('%s: refused, and nothing goes back', async (code) => {
  const order = (await paid())(400);
  await control.faults.set({ fault: 'decline', call: 'refund', code, count: 1 });
  expect(await giveBack(order)).toMatchObject({ kind: 'refused', code });
  expect(givenBack_fen(order)).toBe(0);
});

it.each(refusedBy(wechatTable, wechatRefundRefusal))(
  '%s that a copy of a taken request drew is no refusal',
  async (code) => {
    const order = (await paid())(400);
    await control.faults.set({ fault: 'copy', call: 'refund', code, count: 1 });
    expect(await giveBack(order)).toEqual(done);
    const slow = (await paid())(400);
    await control.faults.set({ fault: 'slowRefund', call: 'refund', count: 1 });
    await control.faults.set({ fault: 'copy', call: 'refund', code, count: 1 });
    expect(await giveBack(slow)).toEqual({ kind: 'accepted', code: 'PROCESSING' });
    const unsure = (await paid())(400);
    await control.faults.set({ fault: 'copy', call: 'refund', code, count: 1 });
    await control.faults.set({ fault: 'dropAnswer', call: 'queryRefund', count: 1 });
    expect(await giveBack(unsure)).toEqual({ kind: 'undecided', code });
  },
);

it.each([
  ['RESOURCE_NOT_EXISTS', 404],
  ['FREQUENCY_LIMITED', 429],
])('%s: the same request goes again', async (code, status) => {
  const order = (await paid())(400);
  await control.faults.set({ fault: 'decline', call: 'refund', code, status, count: 1 });
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code });
  expect(await ask(order)).toEqual({ kind: 'notFound' });
  expect((await giveBack(order)).kind).toBe('accepted');
  expect(await ask(order)).toEqual(done);
});

it.each([
  ['refund', done],
  ['refundClosed', { kind: 'refused', code: 'CLOSED', spent: true }],
  ['refundAbnormal', { kind: 'inquiryFailed', cause: 'ABNORMAL' }],
] as const)('a slow one ends as %s', async (outcome, event) => {
  const order = (await paid())(400);
  await control.faults.set({ fault: 'slowRefund', count: 1, call: 'refund' });
  expect((await giveBack(order)).kind).toBe('accepted');
  expect(await ask(order)).toEqual({ kind: 'processing' });
  await control.refund(order.requestNumber, outcome);
  expect(await ask(order)).toEqual(event);
  expect(givenBack_fen(order)).toBe(outcome === 'refund' ? 400 : 0);
});

it.each([
  'badSignature',
  'noSignature',
  'unknownSerial',
  'wrongAmount',
  'wrongOrder',
  'wrongCurrency',
] as const)('%s is believed by nobody', async (fault) => {
  const order = (await paid())(400);
  await control.faults.set({ fault });
  expect((await giveBack(order)).kind).toBe('undecided');
  expect((await ask(order)).kind).toBe('inquiryFailed');
});

it('a refused connection is proof that nothing was sent', async () => {
  const order = (await paid())(400);
  await control.refuse();
  expect(await giveBack(order)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
  await control.accept();
  expect(await ask(order)).toEqual({ kind: 'notFound' });
});

it('there are no voids', async () => {
  const order: GiveBackOrder = { ...(await paid())(1290), method: 'void' };
  expect(await giveBack(order)).toEqual({ kind: 'refused', code: 'NO_VOIDS' });
  expect(await ask(order)).toEqual({ kind: 'refused', code: 'NO_VOIDS' });
});

it('the simulator had no defect', () => {
  expect(control.events.filter(({ event }) => event === 'defect')).toEqual([]);
});

// Refunds against the simulator, over real TLS: whole, in parts, over the cap, in doubt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, GiveBackOrder } from '../../core/ports/acquirer.ts';
import { type AlipayControl, connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { alipaySettings } from '../../test/acquirers/alipay.ts';
import { createAlipay } from './adapter.ts';
import { alipayTable } from './code-rows.ts';
import { alipayRefundRefusal } from './codes.ts';
import { refusedBy } from '../../test/acquirers/code-rows.ts';

let directory = '';
let simulator: AlipayProcess;
let control: AlipayControl;
let alipay: Acquirer;
let numbers = 0;
const codes = codeMaker(37);

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'yima-alipay-'));
  simulator = await startAlipay({ directory });
  control = await connectAlipayControl(simulator.control);
  alipay = createAlipay(alipaySettings(simulator));
});
afterEach(async () => {
  await control.faults.clear();
  await control.accept();
});
afterAll(async () => {
  await alipay.close();
  control.close();
  await simulator.stop();
  rmSync(directory, { recursive: true });
});

const giveBack = (order: GiveBackOrder) => new Promise<GiveBackEvent>((post) => alipay.giveBack(order, post));
const inquire = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((post) => alipay.inquireGiveBack(order, post));
const done = { kind: 'done', result: 'REFUNDED', reference: null };

/** A payment of 10.00, and a refund of it that nobody has sent. */
async function refundOf(amount_fen: number, orderNumber?: string): Promise<GiveBackOrder> {
  numbers += 1;
  const number = orderNumber ?? `YMR${String(numbers).padStart(12, '0')}`;
  const timeout_ms = 20_000;
  if (orderNumber === undefined) {
    const order = {
      orderNumber: number,
      openedAt_ms: 0,
      amount_fen: 1000,
      code: codes.alipay(),
      deferred: null,
      timeout_ms,
    };
    const event = await new Promise<PaymentEvent>((post) => alipay.authorize(order, post));
    expect(event.kind).toBe('approved');
  }
  const requestNumber = `R${String(numbers).padStart(12, '0')}`;
  const times = { giveBackOpenedAt_ms: 0, openedAt_ms: 0, acquirerOrderId: 'A-1' };
  return {
    method: 'refund',
    requestNumber,
    orderNumber: number,
    ...times,
    amount_fen,
    paid_fen: 1000,
    timeout_ms,
  };
}

async function givenBack_fen({ orderNumber }: GiveBackOrder): Promise<number> {
  const facts = await control.ledger();
  return facts
    .filter((fact) => fact.kind === 'refund' && fact.out_trade_no === orderNumber)
    .reduce((sum, { amount_fen }) => sum + amount_fen, 0);
}

it('gives back the whole', async () => {
  const order = await refundOf(1000);
  expect(await giveBack(order)).toEqual(done);
  expect(await inquire(order)).toEqual(done);
  const payment = await new Promise<PaymentEvent>((post) =>
    alipay.inquire({ ...order, amount_fen: 1000 }, post),
  );
  expect(payment).toEqual({ kind: 'hostReversed', result: 'TRADE_CLOSED' });
});

it('gives back in parts, and never more than was paid', async () => {
  const first = await refundOf(300);
  const second = await refundOf(300, first.orderNumber);
  const tooMuch = await refundOf(401, first.orderNumber);
  expect(await giveBack(first)).toEqual(done);
  expect(await giveBack(second)).toEqual(done);
  expect(await giveBack(tooMuch)).toEqual({
    kind: 'refused',
    code: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
    perhapsBack: true,
  });
  expect(await inquire(tooMuch)).toEqual({ kind: 'notFound' });
  expect(await givenBack_fen(first)).toBe(600);
});

it('gives back once, however often the same request is sent', async () => {
  const order = await refundOf(300);
  expect(await giveBack(order)).toEqual(done);
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: 'FUND_CHANGE_N' });
  expect(await inquire(order)).toEqual(done);
  expect(await givenBack_fen(order)).toBe(300);
});

it('sends one number with one amount only', async () => {
  const order = await refundOf(300);
  await giveBack(order);
  const changed = { ...order, amount_fen: 301 };
  expect(await giveBack(changed)).toEqual({ kind: 'undecided', code: 'ACQ.DISCORDANT_REPEAT_REQUEST' });
  expect(await inquire(changed)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
});

it('loses the answer, and finds the refund', async () => {
  await control.faults.set({ fault: 'dropAnswer', call: 'refund', count: 1 });
  const order = await refundOf(300);
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await inquire(order)).toEqual(done);
});

it('loses the request, and finds that nothing was given back', async () => {
  await control.faults.set({ fault: 'dropRequest', call: 'refund', count: 1 });
  const order = await refundOf(300);
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await inquire(order)).toEqual({ kind: 'notFound' });
  expect(await giveBack(order)).toEqual(done);
});

it.each(refusedBy(alipayTable, alipayRefundRefusal))('%s is a refusal', async (code) => {
  await control.faults.set({ fault: 'decline', call: 'refund', code, count: 1 });
  const order = await refundOf(300);
  expect(await giveBack(order)).toMatchObject({ kind: 'refused', code });
  expect(await givenBack_fen(order)).toBe(0);
});

it.each(refusedBy(alipayTable, alipayRefundRefusal))(
  '%s that a copy of a taken request drew is no refusal',
  async (code) => {
    const order = await refundOf(300);
    await control.faults.set({ fault: 'businessError', call: 'refund', code, count: 1 });
    expect(await giveBack(order)).toEqual(done);
    expect(await givenBack_fen(order)).toBe(300);
    const unsure = await refundOf(300);
    await control.faults.set({ fault: 'businessError', call: 'refund', code, count: 1 });
    await control.faults.set({ fault: 'dropAnswer', call: 'refundQuery', count: 1 });
    expect(await giveBack(unsure)).toEqual({ kind: 'undecided', code });
  },
);

it.each([
  ['serviceUnavailable', 'isp.unknow-error'],
  ['businessError', 'ACQ.SYSTEM_ERROR'],
  ['html', 'NOT_JSON'],
  ['http5xx', 'HTTP_503'],
  ['badSignature', 'BAD_SIGNATURE'],
  ['noSignature', 'UNSIGNED'],
  ['wrongOrder', 'MISMATCH'],
] as const)('%s is doubt, though the money went back', async (fault, cause) => {
  const order = await refundOf(300);
  await control.faults.set({ fault, call: 'refund', count: 1 });
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: cause });
  await control.faults.set({ fault, call: 'refundQuery', count: 1 });
  expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause });
  expect(await inquire(order)).toEqual(done);
  expect(await givenBack_fen(order)).toBe(300);
});

it('a refund of another amount is not ours', async () => {
  const order = await refundOf(300);
  await giveBack(order);
  await control.faults.set({ fault: 'wrongAmount', call: 'refundQuery', count: 1 });
  expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
});

it('refused connection: nothing was sent', async () => {
  const order = await refundOf(300);
  await control.refuse();
  expect(await giveBack(order)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
  expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
});

it('knows no voids', async () => {
  const order: GiveBackOrder = { ...(await refundOf(1000)), method: 'void' };
  const refused = { kind: 'refused', code: 'VOID_NOT_SUPPORTED' };
  expect(await giveBack(order)).toEqual(refused);
  expect(await inquire(order)).toEqual(refused);
  expect(await givenBack_fen(order)).toBe(0);
});

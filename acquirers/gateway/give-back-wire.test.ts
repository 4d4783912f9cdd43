// Giving back over real HTTPS sockets against the simulator: what each failure on the way proves, and that the money goes
// back once whatever happens.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, GiveBackOrder } from '../../core/ports/acquirer.ts';
import { connectGatewayControl, type FaultRequest } from '../../fixtures/acquirers/gateway/client.ts';
import type { GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { createGateway } from './adapter.ts';
import { accessTo, wireTerminal } from '../../test/acquirers/gateway.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-back-'));
const codes = codeMaker(4);
let process_: GatewayProcess;
let control: GatewayControl;
let gateway: Acquirer;
let orders = 0;

beforeAll(async () => {
  process_ = await startGateway({ directory });
  control = await connectGatewayControl(process_.control);
  gateway = createGateway({
    id: 'gateway',
    terminal: wireTerminal,
    rules: [],
    probeTimeout_ms: 20_000,
    call: accessTo(process_),
  });
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  await gateway.close();
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

/** Pays 900 fen and returns what gives it back: all of it by a void, or 400 fen by a refund. */
async function paid(method: 'void' | 'refund'): Promise<GiveBackOrder> {
  const orderNumber = `WIRE${++orders}`;
  const sent = {
    orderNumber,
    openedAt_ms: 0,
    amount_fen: 900,
    code: codes.wechat(),
    deferred: null,
    timeout_ms: 20_000,
  };
  const event = await new Promise<PaymentEvent>((resolve) => gateway.authorize(sent, resolve));
  expect(event.kind).toBe('approved');
  return {
    method,
    requestNumber: `WREQ${orders}`,
    orderNumber,
    giveBackOpenedAt_ms: 0,
    openedAt_ms: 0,
    acquirerOrderId: 'A-1',
    amount_fen: method === 'void' ? 900 : 400,
    paid_fen: 900,
    timeout_ms: 20_000,
  };
}
const giveBack = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((resolve) => gateway.giveBack(order, resolve));
const inquire = (order: GiveBackOrder) =>
  new Promise<GiveBackEvent>((resolve) => gateway.inquireGiveBack(order, resolve));
const fault = (order: GiveBackOrder, request: FaultRequest) =>
  control.faults.set({ path: order.method === 'void' ? 'voidpayment' : 'refund', count: 1, ...request });
const givenBack_fen = (order: GiveBackOrder) =>
  readLedger(process_.ledgerFile).find((truth) => truth.merchantOrderId === order.orderNumber)?.givenBack_fen;

it('a refund is done, with the acquirer’s number of it, and stays the same when sent again', async () => {
  const order = await paid('refund');
  const first = await giveBack(order);
  expect(first).toMatchObject({
    kind: 'done',
    result: 'REFUNDED',
    reference: expect.stringMatching(/^R\d{22}$/),
  });
  expect(await giveBack(order)).toEqual(first);
  expect(await inquire(order)).toEqual(first);
  expect(givenBack_fen(order)).toBe(400);
});

it('a void is done once', async () => {
  const order = await paid('void');
  expect(await inquire(order)).toEqual({ kind: 'notFound' });
  const voided = { kind: 'done', result: 'VOIDED', reference: null };
  expect(await giveBack(order)).toEqual(voided);
  expect(await giveBack(order)).toEqual(voided);
  expect(await inquire(order)).toEqual(voided);
  expect(givenBack_fen(order)).toBe(900);
});

it.each(['void', 'refund'] as const)(
  'a lost answer to a %s is doubt, and the inquiry finds it done',
  async (method) => {
    const order = await paid(method);
    await fault(order, { fault: 'dropAnswer' });
    expect((await giveBack(order)).kind).toBe('noAnswer');
    expect((await inquire(order)).kind).toBe('done');
    expect(givenBack_fen(order)).toBe(order.amount_fen);
  },
);

it.each(['void', 'refund'] as const)('a lost %s is doubt, not found, and may go again', async (method) => {
  const order = await paid(method);
  await fault(order, { fault: 'dropRequest' });
  expect((await giveBack(order)).kind).toBe('noAnswer');
  expect(await inquire(order)).toEqual({ kind: 'notFound' });
  expect((await giveBack(order)).kind).toBe('done');
  expect(givenBack_fen(order)).toBe(order.amount_fen);
});

it.each(['void', 'refund'] as const)('a %s that no answer came to in time', async (method) => {
  const order = await paid(method);
  await fault(order, { fault: 'hold' });
  expect(await giveBack({ ...order, timeout_ms: 300 })).toMatchObject({ kind: 'noAnswer' });
  await control.release();
  expect((await inquire(order)).kind).toBe('done');
});

it.each([
  [{ fault: 'http5xx', status: 502 }, 'HTTP_502'],
  [{ fault: 'html' }, 'unsigned'],
  [{ fault: 'garbage', signed: true }, expect.stringMatching(/^NOT_JSON/)],
  [{ fault: 'badSignature' }, 'badSignature'],
  [{ fault: 'staleSignature' }, 'staleSignature'],
  [{ fault: 'wrongOrder' }, 'MISMATCH'],
] as const)('an answer with %j is not to be believed', async (request, code) => {
  for (const method of ['void', 'refund'] as const) {
    const order = await paid(method);
    await fault(order, request);
    expect(await giveBack(order)).toEqual({ kind: 'undecided', code });
    expect((await inquire(order)).kind).toBe('done');
    await control.faults.set({ ...request, path: method === 'void' ? 'query' : 'query-refund', count: 1 });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: code });
  }
});

it('an answer about another amount proves nothing', async () => {
  const order = await paid('refund');
  await fault(order, { fault: 'wrongAmount' });
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
});

it('before the connection stands nothing was sent', async () => {
  const [refund, whole] = [await paid('refund'), await paid('void')];
  await control.refuse();
  expect(await giveBack(refund)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
  expect(await giveBack(whole)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
  expect(await inquire(refund)).toEqual({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
  await control.accept();
  expect(givenBack_fen(refund)).toBe(0);
});

it('an accepted refund is pending until it is decided', async () => {
  const [good, bad] = [await paid('refund'), await paid('refund')];
  for (const order of [good, bad]) {
    await fault(order, { fault: 'processing' });
    expect(await giveBack(order)).toEqual({ kind: 'accepted', code: '0000' });
    expect(await inquire(order)).toEqual({ kind: 'processing' });
  }
  await control.refund.complete(good.requestNumber);
  await control.refund.fail(bad.requestNumber, 'ACCOUNT_CLOSED');
  expect((await inquire(good)).kind).toBe('done');
  expect(await inquire(bad)).toEqual({ kind: 'refused', code: 'ACCOUNT_CLOSED', spent: true });
});

it('a code that stands in no table is doubt until the inquiry says "failed"', async () => {
  const order = await paid('refund');
  await fault(order, { fault: 'decline', code: 'REFUND_REFUSED' });
  expect(await giveBack(order)).toEqual({ kind: 'undecided', code: 'REFUND_REFUSED' });
  expect(await inquire(order)).toEqual({ kind: 'refused', code: 'REFUND_REFUSED', spent: true });
});

it('listed codes are refused for good', async () => {
  const order = await paid('refund');
  const refused = (code: string) => ({ kind: 'refused', code });
  // The shop may have given the money back on the acquirer's own pages: then these come, too.
  const perhapsBack = (code: string) => ({ ...refused(code), perhapsBack: true });
  expect(await giveBack({ ...order, requestNumber: 'MUCH', amount_fen: 901 })).toEqual(
    perhapsBack('REFUND_EXCEEDS'),
  );
  const stranger = { ...order, requestNumber: 'NOBODY', orderNumber: 'NOSUCHORDER' };
  expect(await giveBack(stranger)).toEqual(refused('ORDER_NOT_FOUND'));
  expect(await inquire(stranger)).toEqual({ ...refused('ORDER_NOT_FOUND'), spent: true });
  expect((await giveBack(order)).kind).toBe('done');
  expect(await giveBack({ ...order, method: 'void', amount_fen: 900 })).toEqual(refused('REFUND_EXISTS'));
  const voided = await paid('void');
  await giveBack(voided);
  expect(await giveBack({ ...voided, method: 'refund', amount_fen: 1 })).toEqual(
    perhapsBack('ORDER_NOT_PAID'),
  );
  expect(await giveBack({ ...order, amount_fen: 399 })).toEqual({
    kind: 'undecided',
    code: 'DUPLICATE_REFUND',
  });
});

it('after the settlement cut-off a void is refused and a refund is not', async () => {
  const order = await paid('void');
  await control.cutoff();
  expect(await giveBack(order)).toEqual({ kind: 'refused', code: 'CUTOFF_PASSED' });
  expect(await inquire(order)).toEqual({ kind: 'notFound' });
  expect((await giveBack({ ...order, method: 'refund' })).kind).toBe('done');
});

it('a void while the order is being decided is asked about again', async () => {
  const order = await paid('void');
  await fault(order, { fault: 'processing' });
  expect(await giveBack(order)).toEqual({ kind: 'accepted', code: 'PROCESSING' });
  expect(await inquire(order)).toEqual({ kind: 'notFound' });
});

it('all in all no refund went back twice', () => {
  const refunds = readRefunds(process_.ledgerFile);
  expect(refunds.length).toBeGreaterThan(8);
  expect(refunds.filter((refund) => refund.times > 1)).toEqual([]);
});

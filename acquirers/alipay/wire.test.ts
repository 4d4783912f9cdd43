// The adapter against the simulator, over real TLS, in both modes: what a payment comes to.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, RouteObservation } from '../../core/ports/acquirer.ts';
import { type AlipayControl, connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { makeTestCertificates } from '../../fixtures/acquirers/tls.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { alipaySettings } from '../../test/acquirers/alipay.ts';
import { type AlipaySettings, createAlipay } from './adapter.ts';
import { alipayDeclines } from './codes.ts';

type Order = {
  orderNumber: string;
  openedAt_ms: number;
  amount_fen: number;
  code: string;
  deferred: null;
  timeout_ms: number;
};

let orders = 0;
const codes = codeMaker(31);
const newOrder = (change: Partial<Order> = {}): Order => {
  orders += 1;
  const orderNumber = `YM0081000100${String(orders).padStart(10, '0')}`;
  return {
    orderNumber,
    openedAt_ms: 0,
    amount_fen: 1230,
    code: codes.alipay(),
    deferred: null,
    timeout_ms: 20_000,
    ...change,
  };
};

function settingsFor(simulator: AlipayProcess, certificates: boolean): AlipaySettings {
  if (!certificates) return alipaySettings(simulator, { storeId: 'NJ_001' });
  const { keys } = simulator;
  const read = (file: string): string => readFileSync(file, 'utf8');
  const trust = {
    kind: 'certificate',
    appCertificate: read(keys.appCertFile),
    alipayCertificate: read(keys.alipayCertFile),
    rootCertificates: read(keys.rootCertFile),
  } as const;
  return alipaySettings(simulator, { storeId: 'NJ_001', trust });
}

describe.each([false, true])('certificate mode: %s', (certificates) => {
  let directory = '';
  let simulator: AlipayProcess;
  let control: AlipayControl;
  let alipay: Acquirer;
  let settings: AlipaySettings;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yima-alipay-'));
    simulator = await startAlipay({ directory, certificates });
    control = await connectAlipayControl(simulator.control);
    settings = settingsFor(simulator, certificates);
    alipay = createAlipay(settings);
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

  const pay = (order: Order, by = alipay) => new Promise<PaymentEvent>((post) => by.authorize(order, post));
  const inquire = (order: Order) => new Promise<PaymentEvent>((post) => alipay.inquire(order, post));
  const reverse = (order: Order) => new Promise<PaymentEvent>((post) => alipay.reverse(order, post));
  const probe = (by = alipay) => new Promise<RouteObservation>((post) => by.probe(post));
  const charged = async ({ orderNumber }: Order) => {
    const facts = await control.ledger();
    const own = facts.filter(({ out_trade_no }) => out_trade_no === orderNumber);
    const sum = (kinds: string[]) =>
      own.filter(({ kind }) => kinds.includes(kind)).reduce((total, { amount_fen }) => total + amount_fen, 0);
    return { taken_fen: sum(['charge']), back_fen: sum(['reverse', 'refund']) };
  };

  it('is paid, and says what the customer paid', async () => {
    await control.faults.set({ fault: 'discount', discount_fen: 230, count: 1 });
    const order = newOrder();
    const event = await pay(order);
    expect(event).toMatchObject({ kind: 'approved', proof: { rail: 'ALIPAY', actual_fen: 1000 } });
    expect(await charged(order)).toEqual({ taken_fen: 1230, back_fen: 0 });
    expect(await inquire(order)).toEqual(event);
  });

  it('is paid only once a query says so', async () => {
    await control.faults.set({ fault: 'dropAnswer', call: 'query', count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'undecided', code: 'PAID_UNCONFIRMED' });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    const trusting = createAlipay({ ...settings, confirmPaid: false });
    await control.faults.set({ fault: 'dropAnswer', call: 'query', count: 1 });
    expect(await pay(newOrder(), trusting)).toMatchObject({ kind: 'approved' });
  });

  it('waits for the customer, who pays', async () => {
    await control.faults.set({ fault: 'awaitCustomer', count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'awaiting' });
    expect(await inquire(order)).toEqual({ kind: 'awaiting' });
    await control.approve(order.orderNumber);
    expect(await inquire(order)).toMatchObject({ kind: 'approved', proof: { actual_fen: 1230 } });
  });

  it('gives up a customer who does not pay', async () => {
    await control.faults.set({ fault: 'awaitCustomer', count: 1 });
    const order = newOrder();
    await pay(order);
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'CLOSED' });
    expect(await inquire(order)).toEqual({ kind: 'hostReversed', result: 'TRADE_CLOSED' });
    expect(await charged(order)).toEqual({ taken_fen: 0, back_fen: 0 });
    expect(await pay(order)).toMatchObject({ kind: 'declined', code: 'ACQ.TRADE_HAS_CLOSE' });
  });

  it('loses the answer, and finds the payment', async () => {
    await control.faults.set({ fault: 'dropAnswer', call: 'pay', count: 1 });
    const order = newOrder();
    expect((await pay(order)).kind).toBe('noAnswer');
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('loses the answer, and gives the money back, however often it asks', async () => {
    await control.faults.set({ fault: 'dropAnswer', call: 'pay', count: 1 });
    await control.faults.set({ fault: 'dropAnswer', call: 'cancel', count: 1 });
    const order = newOrder();
    await pay(order);
    expect((await reverse(order)).kind).toBe('reversalPending');
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REFUNDED' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REFUNDED' });
    expect(await inquire(order)).toEqual({ kind: 'hostReversed', result: 'TRADE_CLOSED' });
    expect(await charged(order)).toEqual({ taken_fen: 1230, back_fen: 1230 });
  });

  it('repeats a cancel while it is told to', async () => {
    await control.faults.set({ fault: 'retry', call: 'cancel', count: 1 });
    const order = newOrder();
    await pay(order);
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: 'RETRY' });
    expect(await reverse(order)).toMatchObject({ kind: 'reversalAcknowledged' });
  });

  it('lost the request: nothing is known of it, and a cancel proves nothing by itself', async () => {
    await control.faults.set({ fault: 'dropRequest', call: 'pay', count: 1 });
    const order = newOrder();
    expect((await pay(order)).kind).toBe('noAnswer');
    expect(await inquire(order)).toEqual({ kind: 'notFound' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'NOT_FOUND' });
    expect(await pay(order)).toMatchObject({ kind: 'approved' });
  });

  it.each(Object.entries(alipayDeclines))('is declined by %s', async (code, reason) => {
    await control.faults.set({ fault: 'decline', code, count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'declined', code, reason });
    expect(await charged(order)).toEqual({ taken_fen: 0, back_fen: 0 });
  });

  it.each([
    ['serviceUnavailable', undefined, 'isp.unknow-error'],
    ['businessError', 'ACQ.SYSTEM_ERROR', 'ACQ.SYSTEM_ERROR'],
    ['businessError', 'ACQ.PULL_MOBILE_CASHIER_FAIL', 'ACQ.PULL_MOBILE_CASHIER_FAIL'],
    ['html', undefined, 'NOT_JSON'],
    ['garbage', undefined, 'NOT_JSON'],
    ['http5xx', undefined, 'HTTP_503'],
    ['badSignature', undefined, 'BAD_SIGNATURE'],
    ['noSignature', undefined, 'UNSIGNED'],
    ['wrongOrder', undefined, 'MISMATCH'],
    ['wrongAmount', undefined, 'MISMATCH'],
  ] as const)('%s %s is doubt, though the money was taken', async (fault, code, cause) => {
    await control.faults.set({ fault, call: 'pay', count: 1, ...(code === undefined ? {} : { code }) });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'undecided', code: cause });
    await control.faults.set({ fault, call: 'query', count: 1, ...(code === undefined ? {} : { code }) });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    await control.faults.set({ fault, call: 'cancel', count: 1, ...(code === undefined ? {} : { code }) });
    if (fault === 'wrongAmount') return;
    // A refusal that no list of cancel has is looked into: this cancel was carried out.
    const isStrange = code === 'ACQ.PULL_MOBILE_CASHIER_FAIL';
    const acknowledged = { kind: 'reversalAcknowledged', result: 'TRADE_CLOSED' };
    expect(await reverse(order)).toEqual(isStrange ? acknowledged : { kind: 'reversalPending', cause });
  });

  it('was paid already: the query decides', async () => {
    const order = newOrder();
    await pay(order);
    expect(await pay(order)).toEqual({ kind: 'undecided', code: 'ACQ.TRADE_HAS_SUCCESS' });
    const other = { ...order, amount_fen: 1 };
    expect(await pay(other)).toEqual({ kind: 'undecided', code: 'ACQ.CONTEXT_INCONSISTENT' });
    expect(await inquire(other)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
  });

  it('a query that sees nothing of a charge that exists proves nothing', async () => {
    const order = newOrder();
    await pay(order);
    await control.faults.set({ fault: 'notFound', call: 'query', count: 1 });
    expect(await inquire(order)).toEqual({ kind: 'notFound' });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('refused connection: nothing was sent', async () => {
    await control.refuse();
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: 'ECONNREFUSED' });
    expect(await probe()).toMatchObject({ online: false, cause: 'ECONNREFUSED', clockSkew_ms: null });
  });

  it('a server that nobody vouches for gets nothing', async () => {
    const { caFile } = makeTestCertificates(join(directory, 'elsewhere'));
    const wary = createAlipay({ ...settings, call: { ...settings.call, ca: readFileSync(caFile, 'utf8') } });
    const order = newOrder();
    expect(await pay(order, wary)).toMatchObject({ kind: 'notSent' });
    expect(await charged(order)).toEqual({ taken_fen: 0, back_fen: 0 });
  });

  it('an answer that never comes is no answer', async () => {
    await control.faults.set({ fault: 'hold', call: 'pay', count: 1 });
    const order = newOrder({ timeout_ms: 1500 });
    expect(await pay(order)).toEqual({ kind: 'noAnswer', cause: 'TIMED_OUT' });
    await control.release();
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('is closed only when the last answer is in, the one that confirms a payment among them', async () => {
    const closing = createAlipay(settings);
    await control.faults.set({ fault: 'hold', call: 'query', count: 1 });
    const since = control.mark();
    const order = newOrder();
    const story: string[] = [];
    const paid = pay(order, closing).then(({ kind }) => story.push(kind));
    await control.waitFor('held', { out_trade_no: order.orderNumber }, { since });
    const closed = closing.close().then(() => story.push('closed'));
    await control.release();
    await Promise.all([paid, closed]);
    expect(story).toEqual(['approved', 'closed']);
  });

  it('a deferred payment is not sent', async () => {
    const deferred = { takenAt: '2026-11-23T10:00:00Z', tillSequence: 1 };
    const order = newOrder();
    const event = await new Promise<PaymentEvent>((post) => alipay.authorize({ ...order, deferred }, post));
    expect(event).toEqual({ kind: 'notSent', cause: 'DEFERRED_NOT_SUPPORTED', then: 'end' });
    expect(await inquire(order)).toEqual({ kind: 'notFound' });
  });

  it('a probe proves the line and both keys', async () => {
    expect(await probe()).toMatchObject({ online: true, cause: null, storeAndForward: false });
    const { call } = settings;
    const lost = (change: object) =>
      createAlipay({ ...settings, call: { ...call, keys: { ...call.keys, ...change } } });
    const privateKey = readFileSync(simulator.keys.alipayKeyFile, 'utf8');
    expect(await probe(lost({ privateKey }))).toMatchObject({
      online: false,
      cause: 'isv.invalid-signature',
    });
    expect(await probe(lost({ appId: '1' }))).toMatchObject({ cause: 'UNSIGNED isv.invalid-app-id' });
    const publicKey = readFileSync(simulator.keys.merchantPublicKeyFile, 'utf8');
    const trust = { kind: 'publicKey', publicKey };
    expect(await probe(lost({ trust }))).toMatchObject({ online: false, storeAndForward: null });
  });

  it("follows the server's clock", async () => {
    const ahead_ms = 3_600_000;
    await control.faults.set({ fault: 'clockSkew', ms: ahead_ms });
    const { clockSkew_ms } = await probe();
    expect(Math.abs((clockSkew_ms ?? 0) - ahead_ms)).toBeLessThan(30_000);
    await control.faults.clear();
    expect(Math.abs((await probe()).clockSkew_ms ?? ahead_ms)).toBeLessThan(30_000);
  });

  it('another certificate than the configured one is not believed', async () => {
    await control.faults.set({ fault: 'otherCertificate', call: 'pay', count: 1 });
    const order = newOrder();
    const event = await pay(order);
    if (certificates) expect(event).toEqual({ kind: 'undecided', code: 'OTHER_CERTIFICATE' });
    else expect(event).toMatchObject({ kind: 'approved' });
  });
});

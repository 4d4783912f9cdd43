// The adapter against the simulator, over real TLS: what a payment comes to.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type {
  Acquirer,
  AuthorizeOrder,
  OrderReference,
  RouteObservation,
} from '../../core/ports/acquirer.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { facts, keySettings } from '../../test/acquirers/unionpay.ts';
import { createUnionPay, type UnionPaySettings } from './adapter.ts';
import { unionpayCodeRules } from './profile.ts';

let directory = '';
let simulator: UnionpayProcess;
let control: UnionpayControl;
let unionpay: Acquirer;
let settings: UnionPaySettings;
let orders = 0;
const codes = codeMaker(41);

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-'));
  simulator = await startUnionpay({ directory });
  control = await connectUnionpayControl(simulator.control);
  settings = {
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
  };
  unionpay = createUnionPay(settings);
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

function newOrder(change: Partial<AuthorizeOrder> = {}): AuthorizeOrder {
  orders += 1;
  return {
    orderNumber: `00810001001${String(orders).padStart(14, '0')}`,
    openedAt_ms: Date.now(),
    amount_fen: 1230,
    code: codes.unionpay(),
    deferred: null,
    timeout_ms: 20_000,
    ...change,
  };
}

const pay = (order: AuthorizeOrder, by = unionpay) =>
  new Promise<PaymentEvent>((post) => by.authorize(order, post));
const inquire = (order: OrderReference, by = unionpay) =>
  new Promise<PaymentEvent>((post) => by.inquire(order, post));
const reverse = (order: OrderReference) => new Promise<PaymentEvent>((post) => unionpay.reverse(order, post));
const probe = (by = unionpay) => new Promise<RouteObservation>((post) => by.probe(post));
const accepted = { kind: 'undecided', code: 'ACCEPTED' };

async function booked({ orderNumber }: AuthorizeOrder) {
  const found = (await control.orders()).find(({ orderId }) => orderId === orderNumber);
  return found?.state ?? 'none';
}

describe('a payment', () => {
  it('is accepted, and paid when a query says so', async () => {
    const order = newOrder();
    expect(await pay(order)).toEqual(accepted);
    expect(await inquire(order)).toMatchObject({
      kind: 'approved',
      proof: {
        rail: 'UNIONPAY',
        actual_fen: 1230,
        settlementDate: expect.stringMatching(/^\d{8}$/) as string,
      },
    });
    expect(await booked(order)).toBe('done');
  });

  it('is paid by A6, the success with a flaw, and by nothing once it was reversed', async () => {
    await control.faults.set({ fault: 'originSays', call: 'query', code: 'A6' });
    const order = newOrder();
    expect(await pay(order)).toEqual(accepted);
    expect(await inquire(order)).toMatchObject({ kind: 'approved', proof: { actual_fen: 1230 } });
    const cause = 'REVERSED_OR_A6';
    expect(await inquire({ ...order, afterReversal: true })).toEqual({
      kind: 'inquiryFailed',
      cause,
      isKnown: true,
    });
  });

  it('waits for the customer, who pays', async () => {
    await control.faults.set({ fault: 'wait', call: 'purchase', count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual(accepted);
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    await control.decide(order.orderNumber);
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('is accepted, and fails', async () => {
    await control.faults.set({ fault: 'fail', call: 'purchase', code: '64', count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual(accepted);
    expect(await inquire(order)).toEqual({ kind: 'declined', code: '64', reason: 'balance' });
  });

  it('is refused at once', async () => {
    await control.faults.set({ fault: 'decline', call: 'purchase', code: '33', count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'declined', code: '33', reason: 'limit' });
    expect(await booked(order)).toBe('none');
  });

  it.each(['dropAnswer', 'dropRequest'] as const)('%s: unknown, then the query tells', async (fault) => {
    await control.faults.set({ fault, call: 'purchase', count: 1 });
    const order = newOrder();
    expect((await pay(order)).kind).toBe('noAnswer');
    const found = fault === 'dropAnswer' ? 'approved' : 'notFound';
    expect((await inquire(order)).kind).toBe(found);
  });

  it('once per number, and the second asks for nothing new', async () => {
    const order = newOrder();
    await pay(order);
    expect(await pay(order)).toEqual({ kind: 'undecided', code: '12' });
    const again = { ...order, openedAt_ms: order.openedAt_ms - 1000, code: codes.unionpay() };
    expect(await pay(again)).toEqual({ kind: 'undecided', code: '12' });
    expect(await inquire(again)).toEqual({ kind: 'notFound' });
    expect((await control.ledger()).filter(({ orderId }) => orderId === order.orderNumber)).toHaveLength(2);
  });

  it('a used code pays no second order', async () => {
    const first = newOrder();
    const second = newOrder({ code: first.code });
    await pay(first);
    expect(await pay(second)).toEqual(accepted);
    expect(await inquire(second)).toMatchObject({ kind: 'declined', code: '30' });
  });

  it('that was deferred is not sent', async () => {
    const order = newOrder({ deferred: { takenAt: '2026-11-28T10:00:00Z', tillSequence: 1 } });
    expect(await pay(order)).toEqual({ kind: 'notSent', cause: 'DEFERRED_NOT_SUPPORTED', then: 'end' });
    expect(await booked(order)).toBe('none');
  });

  it('refused connection: nothing was sent', async () => {
    await control.refuse();
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: 'ECONNREFUSED' });
    expect(await probe()).toMatchObject({ online: false, cause: 'ECONNREFUSED' });
  });

  it('an answer that never comes is no answer', async () => {
    await control.faults.set({ fault: 'hold', call: 'purchase', count: 1 });
    const order = newOrder({ timeout_ms: 1500 });
    expect(await pay(order)).toEqual({ kind: 'noAnswer', cause: 'TIMED_OUT' });
    await control.release();
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });
});

describe('an answer that proves nothing', () => {
  it.each([
    ['html', 'NOT_FORM'],
    ['garbage', 'NOT_FORM'],
    ['http5xx', 'HTTP_503'],
    ['badSignature', 'BAD_SIGNATURE'],
    ['noSignature', 'UNSIGNED 00'],
    ['noCertificate', 'NO_CERTIFICATE'],
    ['strangerCertificate', 'OTHER_CERTIFICATE'],
    ['rogueCertificate', 'CERTIFICATE_CHAIN'],
    ['wrongOrder', 'MISMATCH'],
    ['wrongTime', 'MISMATCH'],
    ['wrongMerchant', 'MISMATCH'],
  ] as const)('%s: unknown, of a purchase, a query and a reversal', async (fault, cause) => {
    const order = newOrder();
    await control.faults.set({ fault, count: 3 });
    expect(await pay(order)).toEqual({ kind: 'undecided', code: cause });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    await control.faults.set({ fault, call: 'reversal', count: 1 });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause });
  });

  it('another amount is not ours', async () => {
    const order = newOrder();
    await pay(order);
    await control.faults.set({ fault: 'wrongAmount', call: 'query', count: 1 });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
    expect(await inquire({ ...order, amount_fen: 1231 })).toMatchObject({ cause: 'MISMATCH' });
  });

  it('a query that sees nothing of a charge that exists', async () => {
    const order = newOrder();
    await pay(order);
    await control.faults.set({ fault: 'notFound', call: 'query', count: 1 });
    expect(await inquire(order)).toEqual({ kind: 'notFound' });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it.each(['02', '06', '11', '37', '99', 'ZZ'])('%s', async (code) => {
    const order = newOrder();
    await control.faults.set({ fault: 'says', code, count: 2 });
    expect(await pay(order)).toEqual({ kind: 'undecided', code });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: code });
  });

  it("a certificate whose days are over, by the server's verified clock", async () => {
    const later = { ...settings.call, wall_ms: () => Date.now() + 500 * 24 * 3600 * 1000 };
    const old = createUnionPay({ ...settings, call: later });
    const order = newOrder();
    expect(await pay(order, old)).toEqual({ kind: 'undecided', code: 'CERTIFICATE_EXPIRED' });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    // the answer's own time, over TLS, has set the clock right
    expect(await inquire(order, old)).toMatchObject({ kind: 'approved' });
  });
});

describe('a reversal', () => {
  it('of a paid order is acknowledged, and "paid" proves nothing from then on', async () => {
    const order = newOrder();
    await pay(order);
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REVERSED' });
    expect(await booked(order)).toBe('reversed');
    const asked = { ...order, afterReversal: true } as const;
    expect(await inquire(asked)).toEqual({ kind: 'inquiryFailed', cause: 'REVERSED_OR_00', isKnown: true });
    await control.faults.set({ fault: 'reversedSays', code: '34' });
    expect(await inquire(asked)).toEqual({ kind: 'notFound' });
  });

  it('of an order that the customer has not paid yet', async () => {
    await control.faults.set({ fault: 'wait', call: 'purchase', count: 1 });
    const order = newOrder();
    await pay(order);
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REVERSED' });
    const asked = { ...order, afterReversal: true } as const;
    expect(await inquire(asked)).toEqual({ kind: 'inquiryFailed', cause: 'REVERSED_OR_05', isKnown: true });
    expect((await control.ledger()).filter(({ kind }) => kind === 'reversed').at(-1)?.amount_fen).toBe(0);
  });

  it('of an order that never came', async () => {
    const order = newOrder();
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'NOT_FOUND' });
    expect(await inquire({ ...order, afterReversal: true })).toEqual({ kind: 'notFound' });
  });

  it('after the clearing day is refused for good', async () => {
    const order = newOrder();
    await pay(order);
    await control.faults.set({ fault: 'decline', call: 'reversal', code: '39', count: 1 });
    expect(await reverse(order)).toEqual({ kind: 'reversalRefused', cause: '39' });
  });
});

describe('a probe', () => {
  it('proves the line and both keys', async () => {
    expect(await probe()).toMatchObject({ online: true, cause: null, storeAndForward: false });
    const { call } = settings;
    const with_ = (change: object) =>
      createUnionPay({ ...settings, call: { ...call, keys: { ...call.keys, ...change } } });
    const read = (file: string) => readFileSync(file, 'utf8');
    const { keys } = simulator;
    const other = with_({
      privateKey: read(keys.strangerKeyFile),
      certificate: read(keys.strangerCertFile),
    });
    expect(await probe(other)).toMatchObject({ online: false, cause: '11' });
    const wary = with_({ roots: read(keys.rogueCertFile) });
    expect(await probe(wary)).toMatchObject({ online: false, cause: 'CERTIFICATE_CHAIN' });
  });

  it("follows the server's clock", async () => {
    await control.faults.set({ fault: 'clockSkew', ms: 3_600_000 });
    expect(Math.abs(((await probe()).clockSkew_ms ?? 0) - 3_600_000)).toBeLessThan(30_000);
    await control.faults.clear();
    expect(Math.abs((await probe()).clockSkew_ms ?? 3_600_000)).toBeLessThan(30_000);
  });
});

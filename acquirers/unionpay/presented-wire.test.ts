// Main scan over real TLS against the simulator, signed by keys that openssl made: an order code ends by itself, and only so.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import type { FaultRequest } from '../../fixtures/acquirers/unionpay/faults.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { facts, keySettings } from '../../test/acquirers/unionpay.ts';
import { tellPresentedStories } from '../../test/acquirers/presented.ts';
import { createUnionPay } from './adapter.ts';
import { unionpayCodeRules } from './profile.ts';

const minute_ms = 60_000;
const directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-presented-'));
let simulator: UnionpayProcess;
let control: UnionpayControl;
let unionpay: ReturnType<typeof createUnionPay>;
let orders = 0;

const adapterAt = (later_ms = 0) =>
  createUnionPay({
    id: 'unionpay',
    rules: unionpayCodeRules,
    merchant: { ...facts, merchantId: simulator.merchantId },
    probeTimeout_ms: 20_000,
    call: {
      baseUrl: simulator.url,
      ca: readFileSync(simulator.caFile, 'utf8'),
      connectTimeout_ms: 10_000,
      wall_ms: () => Date.now() + later_ms,
      keys: keySettings(simulator.keys),
    },
  });

beforeAll(async () => {
  simulator = await startUnionpay({ directory });
  control = await connectUnionpayControl(simulator.control);
  unionpay = adapterAt();
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

const newOrder = (): PresentedOrder => ({
  orderNumber: `00810001003${String((orders += 1)).padStart(14, '0')}`,
  openedAt_ms: Date.now(),
  amount_fen: 1230,
  expiresAt_ms: Date.now() + 5 * minute_ms,
  timeout_ms: 20_000,
});
const present = (order: PresentedOrder, by = unionpay) =>
  new Promise<PresentEvent>((post) => by.present(order, post));
const close = (order: PresentedOrder, by = unionpay) =>
  new Promise<ClosingEvent>((post) => by.closePresented(order, post));
const inquire = (order: PresentedOrder) =>
  new Promise<PaymentEvent>((post) => unionpay.inquire({ ...order, presented: true }, post));
const open = { kind: 'closePending', cause: 'NO_CLOSE_CALL' };

async function charges({ orderNumber }: PresentedOrder): Promise<number> {
  const facts_ = await control.ledger();
  return facts_.filter(({ kind, orderId }) => kind === 'done' && orderId === orderNumber).length;
}

async function shown(order: PresentedOrder): Promise<string> {
  const event = await present(order);
  if (event.kind !== 'presented') throw new Error(`not presented: ${JSON.stringify(event)}`);
  return event.content;
}

describe('an order code', () => {
  it('is nothing until somebody scans it; a first try may fail; then it is paid', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    await control.scan(content, { pays: false });
    await control.scan(content, { code: '64' });
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    expect(await control.scan(content)).toBe(order.orderNumber);
    expect(await inquire(order)).toMatchObject({
      kind: 'approved',
      proof: { rail: 'UNIONPAY', actual_fen: 1230 },
    });
    expect(await charges(order)).toBe(1);
    await expect(control.scan(content)).rejects.toThrow('over');
  });

  it('is given back like any other payment', async () => {
    const order = newOrder();
    await control.scan(await shown(order));
    const paid = await inquire(order);
    if (paid.kind !== 'approved') throw new Error(paid.kind);
    const back = {
      method: 'refund' as const,
      requestNumber: `R${order.orderNumber}`,
      giveBackOpenedAt_ms: Date.now(),
      orderNumber: order.orderNumber,
      openedAt_ms: order.openedAt_ms,
      acquirerOrderId: paid.proof.acquirerOrderId,
      amount_fen: 230,
      paid_fen: 1230,
      timeout_ms: 20_000,
    };
    const asked = (ask: 'giveBack' | 'inquireGiveBack') =>
      new Promise<GiveBackEvent>((post) => unionpay[ask](back, post));
    expect((await asked('giveBack')).kind).toBe('accepted');
    expect((await asked('inquireGiveBack')).kind).toBe('done');
  });

  it('whose answer was lost is lost: asked for again it is in doubt', async () => {
    const order = newOrder();
    await control.faults.set({ fault: 'dropAnswer', call: 'present', count: 1 });
    expect((await present(order)).kind).toBe('noAnswer');
    expect(await present(order)).toEqual({ kind: 'undecided', code: '12' });
  });

  it('is refused where the contract has none', async () => {
    await control.faults.set({ fault: 'decline', call: 'present', code: '32' });
    expect(await present(newOrder())).toEqual({ kind: 'refused', code: '32', reason: 'configuration' });
  });

  it.each<FaultRequest>([
    { fault: 'badSignature' },
    { fault: 'noSignature' },
    { fault: 'strangerCertificate' },
    { fault: 'rogueCertificate' },
    { fault: 'html' },
    { fault: 'garbage' },
    { fault: 'http5xx' },
    { fault: 'wrongOrder' },
    { fault: 'wrongTime' },
    { fault: 'wrongMerchant' },
    { fault: 'clockSkew', ms: 2 * minute_ms },
  ])('with %j is not shown', async (fault) => {
    await control.faults.set({ ...fault, call: 'present' });
    expect((await present(newOrder())).kind).toBe('undecided');
  });

  it('is not asked for over a dead line, nor in the last minute of its order', async () => {
    await control.refuse();
    expect(await present(newOrder())).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(await close(newOrder())).toEqual({ kind: 'closePending', cause: 'ECONNREFUSED' });
    await control.accept();
    const late = { ...newOrder(), expiresAt_ms: Date.now() + minute_ms - 1 };
    expect(await present(late, adapterAt())).toEqual({ kind: 'notSent', cause: 'EXPIRED' });
  });
});

describe('closing', () => {
  it('ends nothing while the code lives, and finds who paid meanwhile', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await close(order)).toEqual(open);
    await control.scan(content);
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile', proof: { actual_fen: 1230 } });
    expect(await charges(order)).toBe(1);
  });

  it("is proven by UnionPay's own clock, past the end", async () => {
    const order = newOrder();
    const content = await shown(order);
    const at = async (later_ms: number) => {
      await control.faults.set({ fault: 'clockSkew', ms: later_ms });
      const event = await close(order, adapterAt(later_ms));
      await control.faults.clear();
      return event;
    };
    expect(await at(8 * minute_ms)).toEqual(open);
    await expect(control.scan(content, { later_ms: 8 * minute_ms })).rejects.toThrow('ended');
    expect(await at(9.5 * minute_ms)).toEqual({ kind: 'closed', result: 'EXPIRED' });
    expect(await close(order, adapterAt(60 * minute_ms))).toEqual(open);
  });

  it('never ends what somebody may be paying', async () => {
    const order = newOrder();
    await shown(order);
    await control.faults.set({ fault: 'clockSkew', ms: 20 * minute_ms });
    await control.faults.set({ fault: 'originSays', call: 'query', code: '05' });
    expect(await close(order, adapterAt(20 * minute_ms))).toEqual(open);
  });

  it.each<FaultRequest>([{ fault: 'badSignature' }, { fault: 'http5xx' }, { fault: 'wrongOrder' }])(
    'with %j is pending, past the end too',
    async (fault) => {
      const order = newOrder();
      await shown(order);
      await control.faults.set({ fault: 'clockSkew', ms: 20 * minute_ms });
      await control.faults.set(fault);
      expect((await close(order, adapterAt(20 * minute_ms))).kind).toBe('closePending');
    },
  );
});

it('random stories: nothing is told that is not so', async () => {
  const later = adapterAt(20 * minute_ms);
  const ends = await tellPresentedStories('unionpay', {
    adapterAt: (later_ms) => (later_ms === 0 ? unionpay : later),
    newOrder,
    scan: (content, how) => control.scan(content, how),
    fault: (fault) => control.faults.set(fault),
    clear: () => control.faults.clear(),
    charges: charges,
  });
  expect([...ends].toSorted()).toEqual(['closed', 'paidMeanwhile']);
}, 60_000);

it('the simulator had no defect', () => {
  expect(control.events.filter(({ event }) => event === 'defect')).toEqual([]);
});

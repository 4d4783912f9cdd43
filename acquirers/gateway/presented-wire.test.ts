// Main scan over real HTTPS sockets against the simulator: presented, scanned with any app, paid, closed, and both at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import { accessTo, wireTerminal } from '../../test/acquirers/gateway.ts';
import {
  connectGatewayControl,
  type FaultRequest,
  type GatewayControl,
} from '../../fixtures/acquirers/gateway/client.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { tellPresentedStories } from '../../test/acquirers/presented.ts';
import { createGateway } from './adapter.ts';

const minute_ms = 60_000;
const directory = mkdtempSync(join(tmpdir(), 'yima-presented-'));
let process_: GatewayProcess;
let control: GatewayControl;
let gateway: ReturnType<typeof createGateway>;
let orders = 0;

const adapterAt = (later_ms = 0) =>
  createGateway({
    id: 'gateway',
    terminal: wireTerminal,
    rules: [],
    probeTimeout_ms: 20_000,
    call: { ...accessTo(process_), wall_ms: () => Date.now() + later_ms },
  });

beforeAll(async () => {
  process_ = await startGateway({ directory });
  control = await connectGatewayControl(process_.control);
  gateway = adapterAt();
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  await gateway.close();
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

const newOrder = (): PresentedOrder => ({
  orderNumber: `SHOWN${(orders += 1)}`,
  openedAt_ms: Date.now(),
  amount_fen: 900,
  expiresAt_ms: Date.now() + 5 * minute_ms,
  timeout_ms: 20_000,
});
const present = (order: PresentedOrder, by = gateway) =>
  new Promise<PresentEvent>((post) => by.present(order, post));
const close = (order: PresentedOrder, by = gateway) =>
  new Promise<ClosingEvent>((post) => by.closePresented(order, post));
const inquire = (order: PresentedOrder) =>
  new Promise<PaymentEvent>((post) => gateway.inquire({ ...order, presented: true }, post));
const truth = ({ orderNumber }: PresentedOrder) =>
  readLedger(process_.ledgerFile).find(({ merchantOrderId }) => merchantOrderId === orderNumber);
const closed = { kind: 'closed', result: 'CLOSED' };

async function shown(order: PresentedOrder): Promise<string> {
  const event = await present(order);
  if (event.kind !== 'presented') throw new Error(`not presented: ${JSON.stringify(event)}`);
  return event.content;
}

describe('a presented order', () => {
  it('is paid with whatever app scans it, and found by the inquiry', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    await control.customer.scan(content, { pays: false });
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    expect(await control.customer.scan(content, { payCode: codeMaker(5).unionpay() })).toBe(
      order.orderNumber,
    );
    expect(await inquire(order)).toMatchObject({ kind: 'approved', proof: { rail: 'UNIONPAY' } });
    expect(truth(order)).toMatchObject({ charges: 1, charged_fen: 900, givenBack_fen: 0 });
  });

  it('is refunded like any other payment', async () => {
    const order = newOrder();
    await control.customer.scan(await shown(order));
    const back = {
      method: 'refund' as const,
      requestNumber: `R${order.orderNumber}`,
      giveBackOpenedAt_ms: 0,
      orderNumber: order.orderNumber,
      openedAt_ms: 0,
      acquirerOrderId: 'A-1',
      amount_fen: 400,
      paid_fen: 900,
      timeout_ms: 20_000,
    };
    const event = await new Promise<GiveBackEvent>((post) => gateway.giveBack(back, post));
    expect(event.kind).toBe('done');
    expect(truth(order)?.givenBack_fen).toBe(400);
  });

  it('asked for again has the same code', async () => {
    const order = newOrder();
    await control.faults.set({ fault: 'dropAnswer', path: 'present', count: 1 });
    expect((await present(order)).kind).toBe('noAnswer');
    const content = await shown(order);
    expect(await shown(order)).toBe(content);
    expect(await present({ ...order, amount_fen: 1 })).toEqual({
      kind: 'undecided',
      code: 'DUPLICATE_ORDER',
    });
    await control.customer.scan(content);
    expect(await present(order)).toEqual({ kind: 'undecided', code: 'ORDER_PAID', saysPaid: true });
    expect(truth(order)?.charges).toBe(1);
  });

  it.each<[FaultRequest, string]>([
    [{ fault: 'badSignature' }, 'badSignature'],
    [{ fault: 'noSignature' }, 'unsigned'],
    [{ fault: 'staleSignature' }, 'staleSignature'],
    [{ fault: 'html' }, 'unsigned'],
    [{ fault: 'garbage' }, 'unsigned'],
    [{ fault: 'http5xx' }, 'HTTP_503'],
    [{ fault: 'wrongAmount' }, 'MISMATCH'],
    [{ fault: 'wrongOrder' }, 'MISMATCH'],
    [{ fault: 'clockSkew', ms: 2 * minute_ms }, 'CLOCKS_DIFFER'],
  ])('with %j is not shown', async (fault, code) => {
    await control.faults.set({ ...fault, path: 'present' });
    expect(await present(newOrder())).toEqual({ kind: 'undecided', code });
  });

  it('is refused where the contract has none, and not sent in its last minute', async () => {
    await control.faults.set({ fault: 'decline', path: 'present', code: 'NOT_SUPPORTED' });
    expect(await present(newOrder())).toEqual({
      kind: 'refused',
      code: 'NOT_SUPPORTED',
      reason: 'notSupported',
    });
    const late = { ...newOrder(), expiresAt_ms: Date.now() + minute_ms - 1 };
    expect(await present(late, adapterAt())).toEqual({ kind: 'notSent', cause: 'EXPIRED' });
    await control.refuse();
    expect(await present(newOrder())).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(await close(newOrder())).toEqual({ kind: 'closePending', cause: 'ECONNREFUSED' });
  });
});

describe('closing', () => {
  it('is proof, of a number that nobody knows too', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await close(order)).toEqual(closed);
    await expect(control.customer.scan(content)).rejects.toThrow('over');
    const unknown = newOrder();
    expect(await close(unknown)).toEqual(closed);
    expect(await present(unknown)).toEqual({ kind: 'refused', code: 'ORDER_CLOSED', reason: 'orderClosed' });
    expect(truth(order)?.charges).toBe(0);
  });

  it('at the same moment as the payment: charged, told so, and nothing given back', async () => {
    const order = newOrder();
    await shown(order);
    await control.faults.set({ fault: 'paidMeanwhile', path: 'close', count: 1 });
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile', proof: { actual_fen: 900 } });
    expect(truth(order)).toMatchObject({ charges: 1, charged_fen: 900, givenBack_fen: 0 });
  });

  it('of a paid order whose query is not believed is pending, never a guess', async () => {
    const order = newOrder();
    await control.customer.scan(await shown(order));
    await control.faults.set({ fault: 'badSignature', path: 'query', count: 1 });
    expect(await close(order)).toEqual({ kind: 'closePending', cause: 'badSignature' });
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile' });
  });

  it.each<[FaultRequest, ClosingEvent]>([
    [
      { fault: 'processing', path: 'close' },
      { kind: 'closePending', cause: 'PROCESSING', mayBePaid: true },
    ],
    [
      { fault: 'badSignature', path: 'close' },
      { kind: 'closed', result: 'ORDER_CLOSED' },
    ],
    [
      { fault: 'http5xx', path: 'close' },
      { kind: 'closed', result: 'ORDER_CLOSED' },
    ],
    [
      { fault: 'wrongOrder', path: 'close' },
      { kind: 'closed', result: 'ORDER_CLOSED' },
    ],
    [
      { fault: 'decline', path: 'close', code: 'NOT_SUPPORTED' },
      { kind: 'closeRefused', cause: 'NOT_SUPPORTED' },
    ],
  ])('with %j: %j', async (fault, event) => {
    const order = newOrder();
    await shown(order);
    await control.faults.set({ ...fault, count: 1 });
    expect(await close(order)).toEqual(event);
    expect(await close(order)).toEqual(closed);
  });

  it("is found ended by the server's clock", async () => {
    const order = newOrder();
    const content = await shown(order);
    const later_ms = 6 * minute_ms;
    await expect(control.customer.scan(content, { later_ms })).rejects.toThrow('ended');
    await control.faults.set({ fault: 'clockSkew', ms: later_ms });
    await control.faults.set({ fault: 'decline', path: 'close', code: 'SYSTEM_ERROR' });
    expect(await close(order, adapterAt(later_ms))).toEqual({ kind: 'closed', result: 'ORDER_EXPIRED' });
  });
});

it('random stories: nothing is told that is not so', async () => {
  const later = adapterAt(20 * minute_ms);
  const ends = await tellPresentedStories('gateway', {
    adapterAt: (later_ms) => (later_ms === 0 ? gateway : later),
    newOrder,
    scan: (content, how) => control.customer.scan(content, how),
    fault: (fault) => control.faults.set(fault),
    clear: () => control.faults.clear(),
    charges: (order) => truth(order)?.charges ?? 0,
  });
  expect([...ends].toSorted()).toEqual(['closed', 'paidMeanwhile']);
}, 60_000);

it('the simulator had no defect', () => {
  expect(control.events.filter(({ event }) => event === 'defect')).toEqual([]);
});

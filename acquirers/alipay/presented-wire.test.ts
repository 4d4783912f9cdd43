// Main scan over real TLS against the simulator: a code is no order before somebody scans it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import { type AlipayControl, connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import type { FaultRequest } from '../../fixtures/acquirers/alipay/faults.ts';
import { readAlipayLedger } from '../../fixtures/acquirers/alipay/ledger-read.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { type PresentedWorld, tellPresentedStories } from '../../test/acquirers/presented.ts';
import { alipaySettings } from '../../test/acquirers/alipay.ts';
import { type AlipaySettings, createAlipay } from './adapter.ts';

const minute_ms = 60_000;
const directory = mkdtempSync(join(tmpdir(), 'yima-alipay-presented-'));
let simulator: AlipayProcess;
let control: AlipayControl;
let alipay: ReturnType<typeof createAlipay>;
let orders = 0;

const settingsFor = (later_ms = 0): AlipaySettings => alipaySettings(simulator, { later_ms });

beforeAll(async () => {
  simulator = await startAlipay({ directory, certificates: false });
  control = await connectAlipayControl(simulator.control);
  alipay = createAlipay(settingsFor());
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

const newOrder = (): PresentedOrder => ({
  orderNumber: `YM0081000103${String((orders += 1)).padStart(10, '0')}`,
  openedAt_ms: Date.now(),
  amount_fen: 1230,
  expiresAt_ms: Date.now() + 5 * minute_ms,
  timeout_ms: 20_000,
});
const present = (order: PresentedOrder, by = alipay) =>
  new Promise<PresentEvent>((post) => by.present(order, post));
const close = (order: PresentedOrder, by = alipay) =>
  new Promise<ClosingEvent>((post) => by.closePresented(order, post));
const inquire = (order: PresentedOrder) =>
  new Promise<PaymentEvent>((post) => alipay.inquire({ ...order, presented: true }, post));
const truth = ({ orderNumber }: PresentedOrder) =>
  readAlipayLedger(simulator.ledgerFile).find((one) => one.orderNumber === orderNumber);
const once = (fault: FaultRequest) => control.faults.set({ count: 1, ...fault });

async function shown(order: PresentedOrder): Promise<string> {
  const event = await present(order);
  if (event.kind !== 'presented') throw new Error(`not presented: ${JSON.stringify(event)}`);
  return event.content;
}

describe('a code that is shown', () => {
  it('is nothing to Alipay until somebody scans it, waits, and is paid', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    expect(await control.scan(content, { pays: false })).toBe(order.orderNumber);
    expect(await inquire(order)).toEqual({ kind: 'awaiting' });
    await control.scan(content);
    expect(await inquire(order)).toMatchObject({
      kind: 'approved',
      proof: { rail: 'ALIPAY', actual_fen: 1230 },
    });
    expect(truth(order)).toMatchObject({ charges: 1, charged_fen: 1230, givenBack_fen: 0 });
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
    expect(await new Promise<GiveBackEvent>((post) => alipay.giveBack(back, post))).toMatchObject({
      kind: 'done',
    });
    expect(truth(order)?.givenBack_fen).toBe(230);
  });

  it('may be asked for again, and its order is paid once', async () => {
    const order = newOrder();
    await once({ fault: 'dropAnswer', call: 'precreate' });
    expect((await present(order)).kind).toBe('noAnswer');
    const first = await shown(order);
    const second = await shown(order);
    expect(second).not.toBe(first);
    await control.scan(second);
    await expect(control.scan(first)).rejects.toThrow('over');
    expect(await present(order)).toEqual({
      kind: 'undecided',
      code: 'ACQ.TRADE_HAS_SUCCESS',
      saysPaid: true,
    });
    expect(truth(order)?.charges).toBe(1);
  });

  it('with other content under the same number is in doubt', async () => {
    const order = newOrder();
    await shown(order);
    expect(await present({ ...order, amount_fen: 1 })).toEqual({
      kind: 'undecided',
      code: 'ACQ.CONTEXT_INCONSISTENT',
    });
  });

  it('is refused where the contract has none', async () => {
    await once({ fault: 'decline', call: 'precreate' });
    expect(await present(newOrder())).toEqual({
      kind: 'refused',
      code: 'ACQ.ACCESS_FORBIDDEN',
      reason: 'configuration',
    });
  });

  it.each<[FaultRequest, string]>([
    [{ fault: 'badSignature' }, 'BAD_SIGNATURE'],
    [{ fault: 'noSignature' }, 'UNSIGNED'],
    [{ fault: 'html' }, 'NOT_JSON'],
    [{ fault: 'garbage' }, 'NOT_JSON'],
    [{ fault: 'http5xx' }, 'HTTP_503'],
    [{ fault: 'wrongOrder' }, 'MISMATCH'],
    [{ fault: 'serviceUnavailable' }, 'isp.unknow-error'],
    [{ fault: 'clockSkew', ms: 2 * minute_ms }, 'CLOCKS_DIFFER'],
  ])('with %j is not shown', async (fault, code) => {
    await control.faults.set({ ...fault, call: 'precreate' });
    expect(await present(newOrder())).toEqual({ kind: 'undecided', code });
  });

  it('is not asked for over a dead line, nor in the last minute of its order', async () => {
    await control.refuse();
    expect(await present(newOrder())).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(await close(newOrder())).toEqual({ kind: 'closePending', cause: 'ECONNREFUSED' });
    await control.accept();
    const late = { ...newOrder(), expiresAt_ms: Date.now() + minute_ms - 1 };
    expect(await present(late, createAlipay(settingsFor()))).toEqual({ kind: 'notSent', cause: 'EXPIRED' });
  });
});

describe('closing', () => {
  it('a code that nobody scanned ends nothing: it can still be paid, and is told so', async () => {
    const order = newOrder();
    const content = await shown(order);
    const open = { kind: 'closePending', cause: 'ACQ.TRADE_NOT_EXIST' };
    expect(await close(order)).toEqual(open);
    await control.scan(content);
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile', proof: { actual_fen: 1230 } });
    expect(truth(order)).toMatchObject({ charges: 1, givenBack_fen: 0 });
  });

  it('an order that waits for its customer is proof', async () => {
    const order = newOrder();
    const content = await shown(order);
    await control.scan(content, { pays: false });
    expect(await close(order)).toEqual({ kind: 'closed', result: 'TRADE_CLOSED' });
    await expect(control.scan(content)).rejects.toThrow('over');
    expect(await present(order)).toEqual({
      kind: 'refused',
      code: 'ACQ.TRADE_HAS_CLOSE',
      reason: 'orderClosed',
    });
  });

  it('at the same moment as the payment: charged, told so, and nothing given back', async () => {
    const order = newOrder();
    await shown(order);
    await once({ fault: 'paidMeanwhile', call: 'close' });
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile' });
    expect(truth(order)).toMatchObject({ charges: 1, charged_fen: 1230, givenBack_fen: 0 });
  });

  it("ends with the code's life, by Alipay's clock and ours", async () => {
    const order = newOrder();
    const content = await shown(order);
    const at = async (later_ms: number) => {
      await control.faults.set({ fault: 'clockSkew', ms: later_ms });
      const closed = await close(order, createAlipay(settingsFor(later_ms)));
      await control.faults.clear();
      return closed;
    };
    const open = { kind: 'closePending', cause: 'ACQ.TRADE_NOT_EXIST' };
    expect(await at(8 * minute_ms)).toEqual(open);
    await expect(control.scan(content, { later_ms: 8 * minute_ms })).rejects.toThrow('ended');
    expect(await at(9.5 * minute_ms)).toEqual({ kind: 'closed', result: 'EXPIRED' });
    // Neither clock alone ends anything.
    expect(await close(order, createAlipay(settingsFor(60 * minute_ms)))).toEqual(open);
    await control.faults.set({ fault: 'clockSkew', ms: 60 * minute_ms });
    expect(await close(order, createAlipay(settingsFor()))).toEqual(open);
  });

  it.each<[FaultRequest, string]>([
    [{ fault: 'badSignature', call: 'query' }, 'BAD_SIGNATURE'],
    [{ fault: 'wrongOrder', call: 'query' }, 'MISMATCH'],
  ])('with %j is pending', async (fault, cause) => {
    const order = newOrder();
    await control.scan(await shown(order), { pays: false });
    await control.faults.set(fault);
    expect(await close(order)).toEqual({ kind: 'closePending', cause });
    await control.faults.clear();
    // The second close ends nothing: whether the order was paid before it ended is told by no answer any more.
    expect(await close(order)).toEqual({ kind: 'closed', result: 'TRADE_CLOSED', wentBack: true });
  });

  it.each<FaultRequest>([
    { fault: 'badSignature', call: 'close' },
    { fault: 'http5xx', call: 'close' },
    { fault: 'dropRequest', call: 'close' },
  ])(
    'with %j is asked about all the same: a paid order is found, and an open one is not over',
    async (fault) => {
      const [paid, open] = [newOrder(), newOrder()];
      await control.scan(await shown(paid));
      const content = await shown(open);
      await control.faults.set(fault);
      expect(await close(paid)).toMatchObject({ kind: 'paidMeanwhile', proof: { actual_fen: 1230 } });
      expect(await close(open)).toMatchObject({ kind: 'closePending', mayBePaid: true });
      await control.faults.clear();
      await control.scan(content);
      expect(await close(open)).toMatchObject({ kind: 'paidMeanwhile' });
    },
  );

  it('that the contract does not allow ends nothing early, and its code ends by time', async () => {
    const order = newOrder();
    await shown(order);
    await once({ fault: 'decline', call: 'close', code: 'isv.insufficient-isv-permissions' });
    expect(await close(order)).toEqual({ kind: 'closeRefused', cause: 'isv.insufficient-isv-permissions' });
  });

  it('that is refused for good says so while the code lives', async () => {
    const order = newOrder();
    await shown(order);
    await once({ fault: 'decline', call: 'close', code: 'ACQ.INVALID_PARAMETER' });
    expect(await close(order)).toEqual({ kind: 'closeRefused', cause: 'ACQ.INVALID_PARAMETER' });
  });
});

const worldOf = (now: typeof alipay): PresentedWorld => {
  const later = createAlipay(settingsFor(20 * minute_ms));
  return {
    adapterAt: (later_ms) => (later_ms === 0 ? now : later),
    newOrder,
    scan: (content, how) => control.scan(content, how),
    fault: (fault) => control.faults.set(fault),
    clear: () => control.faults.clear(),
    charges: (order) => truth(order)?.charges ?? 0,
  };
};

it('random stories: nothing is told that is not so', async () => {
  const ends = await tellPresentedStories('alipay', worldOf(alipay));
  expect([...ends].toSorted()).toEqual(['closed', 'paidMeanwhile']);
}, 60_000);

it('the stories find an adapter that takes a code that nobody scanned for ended', async () => {
  const cause = 'ACQ.TRADE_NOT_EXIST';
  const careless = Object.assign(Object.create(alipay) as typeof alipay, {
    closePresented: (order: PresentedOrder, post: (event: ClosingEvent) => void) =>
      alipay.closePresented(order, (event) => {
        const isTaken = event.kind === 'closePending' && event.cause === cause;
        post(isTaken ? { kind: 'closed', result: cause } : event);
      }),
    present: (order: PresentedOrder, post: (event: PresentEvent) => void) => alipay.present(order, post),
    inquire: (order: PresentedOrder, post: (event: PaymentEvent) => void) => alipay.inquire(order, post),
  });
  await expect(tellPresentedStories('careless', worldOf(careless), 7)).rejects.toThrow('Property failed');
}, 60_000);

it('the simulator had no defect', () => {
  expect(control.events.filter(({ event }) => event === 'defect')).toEqual([]);
});

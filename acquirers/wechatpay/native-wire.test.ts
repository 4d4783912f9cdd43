// Main scan over real TLS against the simulator: a customer scans, pays, hesitates, and pays while we close.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import { readSimulatorKeys } from '../../fixtures/acquirers/wechatpay/caller.ts';
import {
  connectWechatPayControl,
  type FaultRequest,
  type WechatPayControl,
} from '../../fixtures/acquirers/wechatpay/client.ts';
import { truthOf } from '../../fixtures/acquirers/wechatpay/ledger.ts';
import { startWechatPay, type WechatPayProcess } from '../../fixtures/acquirers/wechatpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { tellPresentedStories } from '../../test/acquirers/presented.ts';
import { createWechatPay, type WechatPaySettings } from './adapter.ts';
import { wechatCodeRules } from './profile.ts';

type WechatPay = ReturnType<typeof createWechatPay>;
const minute_ms = 60_000;
const directory = mkdtempSync(join(tmpdir(), 'yima-wechat-native-'));
let process_: WechatPayProcess;
let control: WechatPayControl;
let wechat: WechatPay;
let orders = 0;

function settingsFor(change: Partial<WechatPaySettings['merchant']> = {}, later_ms = 0): WechatPaySettings {
  const { appId, merchantId, url } = process_;
  return {
    id: 'wechat',
    rules: wechatCodeRules,
    probeTimeout_ms: 20_000,
    merchant: {
      appId,
      merchantId,
      description: '一码便利店',
      deviceId: '20260002',
      deviceIp: '192.0.2.7',
      storeOutId: 'A1111',
      notifyUrl: 'https://pay.example.com/notify',
      ...change,
    },
    call: {
      ...readSimulatorKeys(process_),
      baseUrl: url,
      connectTimeout_ms: 10_000,
      nonce: () => randomBytes(16).toString('hex'),
      wall_ms: () => Date.now() + later_ms,
    },
  };
}

beforeAll(async () => {
  process_ = await startWechatPay({ directory });
  control = await connectWechatPayControl(process_.control);
  wechat = createWechatPay(settingsFor());
});
afterEach(async () => {
  await control.faults.clear();
  await control.accept();
});
afterAll(async () => {
  await wechat.close();
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

const newOrder = (change: Partial<PresentedOrder> = {}): PresentedOrder => ({
  orderNumber: `2611280001000203${String(++orders).padStart(9, '0')}`,
  openedAt_ms: Date.now(),
  amount_fen: 1290,
  expiresAt_ms: Date.now() + 5 * minute_ms,
  timeout_ms: 20_000,
  ...change,
});
const present = (order: PresentedOrder, by = wechat) =>
  new Promise<PresentEvent>((post) => by.present(order, post));
const close = (order: PresentedOrder, by = wechat) =>
  new Promise<ClosingEvent>((post) => by.closePresented(order, post));
const inquire = (order: PresentedOrder) =>
  new Promise<PaymentEvent>((post) => wechat.inquire({ ...order, presented: true }, post));
const truth = ({ orderNumber }: PresentedOrder) => truthOf(process_.ledgerFile, orderNumber);
const once = (fault: FaultRequest) => control.faults.set({ count: 1, ...fault });

async function shown(order: PresentedOrder): Promise<string> {
  const event = await present(order);
  if (event.kind !== 'presented') throw new Error(`not presented: ${JSON.stringify(event)}`);
  return event.content;
}

describe('an order that is shown', () => {
  it('is paid by whoever scans its code, and found by the inquiry', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    expect(await control.scan(content, { pays: false })).toBe(order.orderNumber);
    expect(await inquire(order)).toEqual({ kind: 'processing' });
    await control.scan(content);
    expect(await inquire(order)).toMatchObject({
      kind: 'approved',
      proof: { rail: 'WECHAT', actual_fen: 1290 },
    });
    expect(truth(order)).toEqual({ charges: 1, charged_fen: 1290, givenBack_fen: 0 });
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
      amount_fen: 290,
      paid_fen: 1290,
      timeout_ms: 20_000,
    };
    const asked = (ask: 'giveBack' | 'inquireGiveBack') =>
      new Promise<GiveBackEvent>((post) => wechat[ask](back, post));
    expect(await asked('giveBack')).toMatchObject({ kind: 'accepted' });
    expect(await asked('inquireGiveBack')).toMatchObject({ kind: 'done' });
    expect(truth(order).givenBack_fen).toBe(290);
  });

  it('may be sent again: another code of the same order, which is paid once', async () => {
    const order = newOrder();
    await once({ fault: 'dropAnswer', call: 'native' });
    expect((await present(order)).kind).toBe('noAnswer');
    const first = await shown(order);
    const second = await shown(order);
    expect(second).not.toBe(first);
    await control.scan(first);
    await expect(control.scan(second)).rejects.toThrow('over');
    expect(await present(order)).toEqual({ kind: 'undecided', code: 'ORDERPAID', saysPaid: true });
    expect(truth(order).charges).toBe(1);
  });

  it('with other content under the same number is in doubt, and nothing new', async () => {
    const order = newOrder();
    await shown(order);
    expect(await present({ ...order, amount_fen: 1 })).toEqual({
      kind: 'undecided',
      code: 'INVALID_REQUEST',
    });
  });

  it('takes no payment code', async () => {
    const order = newOrder();
    await shown(order);
    const event = await new Promise<PaymentEvent>((post) =>
      wechat.authorize({ ...order, code: codeMaker(19).wechat(), deferred: null }, post),
    );
    expect(event).toEqual({ kind: 'undecided', code: 'OUT_TRADE_NO_USED' });
  });

  it('is never reversed: that is a call for payment codes', async () => {
    const order = newOrder();
    await shown(order);
    const event = await new Promise<PaymentEvent>((post) => wechat.reverse(order, post));
    expect(event).toEqual({ kind: 'reversalPending', cause: 'INVALID_REQUEST' });
  });

  it('is refused unsent where nobody said where notices go', async () => {
    const { notifyUrl: _, ...merchant } = settingsFor().merchant;
    const without = createWechatPay({ ...settingsFor(), merchant });
    const mark = control.mark();
    expect(await present(newOrder(), without)).toEqual({
      kind: 'refused',
      code: 'NO_NOTIFY_URL',
      reason: 'configuration',
    });
    expect(control.mark()).toBe(mark);
  });

  it.each<[string, Partial<WechatPaySettings['merchant']>, 'presented' | 'refused']>([
    [
      'the place of the shop',
      { store: { name: '一码', areaCode: '440305', address: '江岸路 18 号' } },
      'presented',
    ],
    ['no address in the network', { deviceIp: '' }, 'refused'],
    ['a device of 33 characters', { deviceId: 'S'.repeat(33) }, 'refused'],
    ['no number of the shop', { storeOutId: '' }, 'refused'],
    ['an address of 513 characters', { store: { address: '路'.repeat(513) } }, 'refused'],
  ])('says of its scene what WeChat wants; %s', async (_what, change, kind) => {
    const other = createWechatPay(settingsFor(change));
    const event = await present(newOrder(), other);
    expect(event).toMatchObject(
      kind === 'presented' ? { kind } : { kind, code: 'PARAM_ERROR', reason: 'configuration' },
    );
    await other.close();
  });

  it('is refused by what WeChat says of the contract', async () => {
    await once({ fault: 'decline', call: 'native', code: 'NO_AUTH' });
    expect(await present(newOrder())).toEqual({ kind: 'refused', code: 'NO_AUTH', reason: 'configuration' });
  });
});

describe('doubt about a code', () => {
  it.each<[FaultRequest, string]>([
    [{ fault: 'badSignature' }, 'badSignature'],
    [{ fault: 'noSignature' }, 'unsigned'],
    [{ fault: 'unknownSerial' }, 'unknownSerial'],
    [{ fault: 'html' }, 'unsigned'],
    [{ fault: 'garbage' }, 'unsigned'],
    [{ fault: 'http5xx' }, 'HTTP_503'],
    [{ fault: 'systemError' }, 'HTTP_500'],
    [{ fault: 'partial', field: 'code_url' }, 'NO_CODE_URL'],
    [{ fault: 'emptyAnswer' }, 'NO_CODE_URL'],
  ])('%j shows nothing', async (fault, code) => {
    await control.faults.set({ ...fault, call: 'native' });
    expect(await present(newOrder())).toEqual({ kind: 'undecided', code });
  });

  it("a clock that is not WeChat's shows nothing, for its end would prove nothing", async () => {
    await control.faults.set({ fault: 'clockSkew', ms: 2 * minute_ms });
    expect(await present(newOrder())).toEqual({ kind: 'undecided', code: 'CLOCKS_DIFFER' });
  });

  it('an order in its last minute is not sent', async () => {
    const mark = control.mark();
    const order = newOrder({ expiresAt_ms: Date.now() + minute_ms - 1 });
    expect(await present(order, createWechatPay(settingsFor()))).toEqual({
      kind: 'notSent',
      cause: 'EXPIRED',
    });
    expect(control.mark()).toBe(mark);
  });

  it('a dead line is proof that nothing was sent, and closes nothing', async () => {
    await control.refuse();
    expect(await present(newOrder())).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(await close(newOrder())).toEqual({ kind: 'closePending', cause: 'ECONNREFUSED' });
  });
});

describe('closing', () => {
  it('is proven by the query, and then nobody can pay', async () => {
    const order = newOrder();
    const content = await shown(order);
    expect(await close(order)).toEqual({ kind: 'closed', result: 'CLOSED' });
    expect(await close(order)).toEqual({ kind: 'closed', result: 'CLOSED' });
    await expect(control.scan(content)).rejects.toThrow('over');
    expect(await present(order)).toEqual({ kind: 'refused', code: 'ORDER_CLOSED', reason: 'orderClosed' });
    expect(truth(order).charges).toBe(0);
  });

  it('at the same moment as the payment: charged, told so, and nothing given back', async () => {
    const order = newOrder();
    await shown(order);
    await once({ fault: 'paidMeanwhile', call: 'close' });
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile', proof: { actual_fen: 1290 } });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    expect(truth(order)).toEqual({ charges: 1, charged_fen: 1290, givenBack_fen: 0 });
  });

  it('that says 204 and closes nothing is asked for again', async () => {
    const order = newOrder();
    const content = await shown(order);
    await once({ fault: 'closeIgnored', call: 'close' });
    expect(await close(order)).toEqual({ kind: 'closePending', cause: 'HTTP_204' });
    await control.scan(content);
    expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile' });
  });

  it('of a number that nobody knows is no proof: the order may still be on its way', async () => {
    const order = newOrder();
    expect(await close(order)).toEqual({ kind: 'closePending', cause: 'HTTP_204' });
    await shown(order);
    expect(await close(order)).toEqual({ kind: 'closed', result: 'CLOSED' });
  });

  it.each<[FaultRequest, string]>([
    [{ fault: 'badSignature', call: 'query' }, 'badSignature'],
    [{ fault: 'wrongOrder', call: 'query' }, 'MISMATCH'],
    [{ fault: 'decline', call: 'close', code: 'USERPAYING', status: 400 }, 'USERPAYING'],
  ])('with %j is pending', async (fault, cause) => {
    const order = newOrder();
    await shown(order);
    await control.faults.set(fault);
    expect(await close(order)).toMatchObject({ kind: 'closePending', cause });
    await control.faults.clear();
    expect(await close(order)).toEqual({ kind: 'closed', result: 'CLOSED' });
  });

  it.each<FaultRequest>([
    { fault: 'dropAnswer', call: 'close' },
    { fault: 'badSignature', call: 'close' },
    { fault: 'http5xx', call: 'close' },
    { fault: 'noSignature', call: 'close' },
  ])('with %j is asked about all the same: closed or paid, the query proves it', async (fault) => {
    const [order, paid] = [newOrder(), newOrder()];
    await shown(order);
    await control.scan(await shown(paid));
    await control.faults.set(fault);
    expect(await close(order)).toEqual({ kind: 'closed', result: 'CLOSED' });
    expect(await close(paid)).toMatchObject({ kind: 'paidMeanwhile' });
  });

  it('that is refused for good says so while the code lives, and ends with it', async () => {
    const order = newOrder();
    const content = await shown(order);
    const refused: FaultRequest = { fault: 'decline', call: 'close', code: 'NO_AUTH', status: 403 };
    await control.faults.set(refused);
    expect(await close(order)).toEqual({ kind: 'closeRefused', cause: 'NO_AUTH' });
    // Nine minutes later by WeChat's own clock; the till's goes with it.
    const later_ms = 9.5 * minute_ms;
    await expect(control.scan(content, { later_ms })).rejects.toThrow('ended');
    const later = createWechatPay(settingsFor({}, later_ms));
    await control.faults.set({ fault: 'clockSkew', ms: later_ms });
    expect(await close(order, later)).toEqual({ kind: 'closed', result: 'EXPIRED' });
    expect(truth(order).charges).toBe(0);
  });

  it("does not end by the till's own clock", async () => {
    const order = newOrder();
    await shown(order);
    await control.faults.set({ fault: 'decline', call: 'close', code: 'USERPAYING' });
    // Its clock is wrong by an hour; WeChat's is not.
    const early = createWechatPay(settingsFor({}, 60 * minute_ms));
    await close(order, early);
    expect(await close(order, early)).toEqual({ kind: 'closePending', cause: 'USERPAYING', mayBePaid: true });
  });
});

it('random stories: nothing is told that is not so', async () => {
  const later = createWechatPay(settingsFor({}, 20 * minute_ms));
  const ends = await tellPresentedStories('wechatpay', {
    adapterAt: (later_ms) => (later_ms === 0 ? wechat : later),
    newOrder,
    scan: (content, how) => control.scan(content, how),
    fault: (fault) => control.faults.set(fault),
    clear: () => control.faults.clear(),
    charges: (order) => truth(order).charges,
  });
  expect([...ends].toSorted()).toEqual(['closed', 'paidMeanwhile']);
}, 60_000);

it('a code outlives a restart of the simulator', async () => {
  const order = newOrder();
  const content = await shown(order);
  const port = Number(new URL(process_.url).port);
  control.close();
  await process_.kill();
  process_ = await startWechatPay({ directory, port });
  control = await connectWechatPayControl(process_.control);
  expect(await control.scan(content)).toBe(order.orderNumber);
  expect(await close(order)).toMatchObject({ kind: 'paidMeanwhile' });
});

it('the simulator had no defect', () => {
  expect(control.events.filter(({ event }) => event === 'defect')).toEqual([]);
});

// A real core with a direct contract with UnionPay beside the gateway: a payment is accepted and paid, awaited, found after a lost answer,
// given up and reversed; voided as a whole and refunded in parts. UnionPay's own books are asked each time.
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { openTill, quick, quickTimings, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
const directory = makeDirectory();
let simulator: UnionpayProcess;
let control: UnionpayControl;
let till: Till;

beforeAll(async () => {
  simulator = await startUnionpay({ directory: join(directory, 'unionpay') });
  control = await connectUnionpayControl(simulator.control);
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    const { url: baseUrl, caFile, merchantId: merId, keys } = simulator;
    const { deferredInquiryEvery_ms: _queue, ...timings } = quickTimings;
    const direct = {
      id: 'unionpay',
      adapter: 'unionpay' as const,
      baseUrl,
      caFile,
      merId,
      merchantKeyFile: keys.merchantKeyFile,
      merchantCertificateFile: keys.merchantCertFile,
      rootCertificateFile: keys.rootCertFile,
      intermediateCertificateFile: keys.intermediateCertFile,
      probeEvery_ms: 500,
      timings: { ...timings, giveBackInquiryAt_ms: [100, 300, 900], giveBackInquiryEvery_ms: 500 },
    };
    return { ...rest, routes: [direct, { ...route, schemes: ['WECHAT', 'ALIPAY'] }] };
  });
  await till.rpc.until('all up', ({ routes }) => routes.every(({ state }) => state === 'online'));
}, DEADLINE_ms);

afterEach(() => control.faults.clear());

afterAll(async () => {
  await till.stop();
  control.close();
  await simulator.stop();
  rmSync(directory, { recursive: true });
});

const isPaid = ({ sale }: Snapshot): boolean => sale?.state === 'completed';
const isOver = (now: Snapshot): boolean => isPaid(now) || now.sale?.state === 'cancelled';
const lastPayment = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);

/** Charged less given back and reversed, by UnionPay's own books. */
async function kept_fen(orderNumber: string): Promise<number> {
  const order = (await control.orders()).find(({ orderId }) => orderId === orderNumber);
  return order?.state === 'done' ? order.amount_fen - (order.givenBack_fen ?? 0) : 0;
}

async function begin(bottles = 1): Promise<void> {
  const { rpc, shop, barcodes } = till;
  if (isOver(rpc.snapshot())) await rpc.call('sale.next');
  for (let count = 1; count <= bottles; count += 1) {
    await shop.scanner.scan(barcodes[0] ?? '');
    await rpc.until('so many', ({ sale }) => sale?.state === 'open' && sale.itemCount === count);
  }
  await rpc.call('sale.tender');
  await rpc.until('tender', ({ sale }) => sale?.state === 'tendering');
  await shop.scanner.scan(till.codes.unionpay());
}

async function paid(what: string): Promise<PaymentView> {
  return lastPayment(await till.rpc.until(what, isPaid)) as PaymentView;
}

/** Brings so many bottles of the sale with this receipt back, and waits until all of it is given back. */
async function bringBack(receiptNumber: string, quantity: number, giveBacks: number): Promise<Snapshot> {
  const { rpc, shop } = till;
  await rpc.call('sale.find', { text: receiptNumber });
  const { found } = await rpc.until('found', (now) => now.found !== null);
  await rpc.call('return.open', {
    saleId: found?.saleId,
    lines: [{ lineId: found?.lines[0]?.lineId, quantity }],
    reason: 'unwanted',
    approval: { operatorId: 'chen', pin: shop.pins['chen'] },
  });
  return rpc.until(
    'given back',
    (now) =>
      now.found?.giveBacks.length === giveBacks && now.found.giveBacks.every(({ state }) => state === 'done'),
  );
}

it('accepted, and paid when the query says so', { timeout: DEADLINE_ms }, async () => {
  await begin();
  const { orderNumber, amount_fen, story } = await paid('paid');
  expect(await kept_fen(orderNumber)).toBe(amount_fen);
  expect(story.map(({ what }) => what)).toContain('stillUnknown');
});

it('awaited: the customer enters the password, then paid', { timeout: DEADLINE_ms }, async () => {
  await control.faults.set({ fault: 'wait', call: 'purchase', count: 1 });
  await begin();
  const asked = await till.rpc.until('asked', (now) => lastPayment(now)?.state === 'unknown');
  const { orderNumber, amount_fen } = lastPayment(asked) as PaymentView;
  expect(await kept_fen(orderNumber)).toBe(0);
  await control.decide(orderNumber);
  await paid('paid after all');
  expect(await kept_fen(orderNumber)).toBe(amount_fen);
});

it('accepted, and failed: declined', { timeout: DEADLINE_ms }, async () => {
  await control.faults.set({ fault: 'fail', call: 'purchase', code: '64', count: 1 });
  await begin();
  const now = await till.rpc.until('declined', (one) => lastPayment(one)?.state === 'declined');
  expect(await kept_fen(lastPayment(now)?.orderNumber ?? '')).toBe(0);
  await till.rpc.call('sale.cancel');
  await till.rpc.until('dropped', ({ sale }) => sale?.state === 'cancelled');
});

it('a lost answer: in doubt, then found', { timeout: DEADLINE_ms }, async () => {
  await control.faults.set({ fault: 'dropAnswer', call: 'purchase', count: 1 });
  await begin();
  const { orderNumber, amount_fen, story } = await paid('found');
  expect(story.map(({ what }) => what)).toContain('noAnswer');
  expect(await kept_fen(orderNumber)).toBe(amount_fen);
});

it('given up, reversed, and never taken for paid; proven when a query says "failed"', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc } = till;
  await control.faults.set({ fault: 'wait', call: 'purchase', count: 1 });
  await begin();
  const asked = await rpc.until('asked', (now) => lastPayment(now)?.canGiveUp === true);
  const { orderNumber, attemptId } = lastPayment(asked) as PaymentView;
  // The worst moment: the customer pays after all, and no query tells.
  await control.faults.set({ fault: 'originSays', call: 'query', code: '05' });
  await control.decide(orderNumber);
  await rpc.call('payment.giveUp', { attemptId });
  await control.waitFor('fact.reversed', { orderId: orderNumber });
  await control.faults.clear();
  const since = control.mark();
  await control.waitFor('answer', { orderId: orderNumber, call: 'query' }, { since });
  expect(lastPayment(rpc.snapshot())?.state).toBe('reversing');
  await control.faults.set({ fault: 'reversedSays', code: '01' });
  await rpc.until('reversed', (now) => lastPayment(now)?.state === 'reversed');
  expect(await kept_fen(orderNumber)).toBe(0);
  await rpc.call('sale.cancel');
  await rpc.until('dropped', ({ sale }) => sale?.state === 'cancelled');
});

it('brought back whole on its day: voided', { timeout: DEADLINE_ms }, async () => {
  await begin();
  const { orderNumber } = await paid('paid');
  const receiptNumber = till.rpc.snapshot().sale?.receiptNumber ?? '';
  await till.rpc.call('sale.next');
  await bringBack(receiptNumber, 1, 1);
  expect(await kept_fen(orderNumber)).toBe(0);
  expect((await control.orders()).map(({ kind }) => kind)).toContain('void');
  await till.rpc.call('sale.forget');
});

it('brought back in parts: refunded twice, the second time after a lost answer', {
  timeout: DEADLINE_ms,
}, async () => {
  await begin(3);
  const { orderNumber, amount_fen } = await paid('paid');
  const receiptNumber = till.rpc.snapshot().sale?.receiptNumber ?? '';
  await till.rpc.call('sale.next');
  await bringBack(receiptNumber, 1, 1);
  expect(await kept_fen(orderNumber)).toBe((amount_fen / 3) * 2);
  await control.faults.set({ fault: 'dropAnswer', call: 'refund', count: 1 });
  await bringBack(receiptNumber, 2, 2);
  expect(await kept_fen(orderNumber)).toBe(0);
  await till.rpc.call('sale.forget');
});

// A real core with two contracts: which line a payment takes, and that everything about it stays there.
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { connectGatewayControl, type GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { makeDirectory } from '../month/directory.ts';
import { openTill, quick, type Till } from '../hostile/till.ts';

const DEADLINE_ms = 60_000;
let process: GatewayProcess;
/** The preferred contract: WeChat only. */
let first: GatewayControl;
/** The lab's own: all wallets. */
let second: GatewayControl;
let till: Till;

beforeAll(async () => {
  process = await startGateway({ directory: join(makeDirectory(), 'first'), appId: 'FIRST' });
  first = await connectGatewayControl(process.control);
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    const { url: baseUrl, appKeyFile, caFile } = process;
    const preferred = {
      ...route,
      id: 'first',
      appId: 'FIRST',
      baseUrl,
      appKeyFile,
      caFile,
      schemes: ['WECHAT'],
      offline: { ...route.offline, mode: 'refuse' as const },
    };
    return { ...rest, routes: [preferred, route] };
  });
  second = till.shop.acquirer;
}, DEADLINE_ms);

afterEach(async () => {
  await first.accept();
  await second.accept();
  await till.rpc.until('both up', isUp('online', 'online'));
});

afterAll(async () => {
  await till.stop();
  first.close();
  await process.stop();
});

type Line = Snapshot['routes'][number]['state'];
const isUp =
  (...states: Line[]) =>
  ({ routes }: Snapshot) =>
    routes.every(({ state }, index) => state === states[index]);

async function sell(code: string): Promise<string> {
  const { rpc, shop } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.tender();
  await shop.scanner.scan(code);
  const { sale } = await rpc.until('paid', (now) => now.sale?.state === 'completed');
  return sale?.payments[0]?.orderNumber ?? '';
}

const has = async (acquirer: GatewayControl, orderNumber: string) =>
  (await acquirer.orders()).some(({ merchantOrderId }) => merchantOrderId === orderNumber);

it('a code goes to the first contract that takes its wallet', { timeout: DEADLINE_ms }, async () => {
  const wechat = await sell(till.codes.wechat());
  const alipay = await sell(till.codes.alipay());
  expect([await has(first, wechat), await has(second, wechat)]).toEqual([true, false]);
  expect([await has(first, alipay), await has(second, alipay)]).toEqual([false, true]);
});

it('with the preferred line down it goes to the next that takes it', { timeout: DEADLINE_ms }, async () => {
  await first.refuse();
  await till.rpc.until('first down', isUp('offline', 'online'));
  const wechat = await sell(till.codes.wechat());
  expect([await has(first, wechat), await has(second, wechat)]).toEqual([false, true]);
});

it('with both lines down it waits in the queue of the one that has a queue', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop, codes } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await first.refuse();
  await second.refuse();
  await rpc.until('both down', isUp('offline', 'offline'));
  await till.tender();
  await shop.scanner.scan(codes.wechat());
  await rpc.until('queued', (now) => now.sale?.state === 'completedPending');
  await first.accept();
  await second.accept();
  const { sale } = await rpc.until('forwarded', (now) => now.sale?.state === 'completed');
  const orderNumber = sale?.payments[0]?.orderNumber ?? '';
  expect([await has(first, orderNumber), await has(second, orderNumber)]).toEqual([false, true]);
});

it('what is in doubt is asked about where it was sent, whatever line is up', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.tender();
  await first.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await till.shop.scanner.scan(till.codes.wechat());
  const { sale } = await rpc.until('found', (now) => now.sale?.state === 'completed');
  const orderNumber = sale?.payments[0]?.orderNumber ?? '';
  expect([await has(first, orderNumber), await has(second, orderNumber)]).toEqual([true, false]);
  expect(second.events.some((event) => event['merchantOrderId'] === orderNumber)).toBe(false);
});

it('a refund goes to the line that was paid on', { timeout: DEADLINE_ms }, async () => {
  const { rpc, shop } = till;
  const orderNumber = await sell(till.codes.wechat());
  const { sale } = await rpc.until('its number', (now) => now.sale?.receiptNumber !== null);
  await rpc.call('sale.next');
  await rpc.call('sale.find', { text: sale?.receiptNumber ?? '' });
  const { found } = await rpc.until('found', (now) => now.found !== null);
  await rpc.call('return.open', {
    saleId: found?.saleId ?? '',
    lines: (found?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity })),
    reason: 'unwanted',
    approval: { operatorId: 'chen', pin: shop.pins['chen'] },
  });
  await rpc.until('given back', (now) => now.found?.giveBacks[0]?.state === 'done');
  const [order] = (await first.orders()).filter(({ merchantOrderId }) => merchantOrderId === orderNumber);
  expect(order?.state).toBe('voided');
});

// A real core with two gateways, each with numbers of its own for shop and terminal: sign-in, payment, give-back, batch, bill and paper.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ReconciliationFound } from '../../contract/reconciliation.ts';
import { openReader } from '../../db/read.ts';
import { connectGatewayControl, type GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';
import { feeRate_ppm as fixtureRates } from '../../fixtures/bills/line.ts';
import { connectTo, openTill, quick, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
/** After a Z it waits for the round of the batches; a slow machine prints slowly. */
const patience = { timeout: 30_000, interval: 100 };
const TILL = '20260002';
/** Each refuses whoever names another. The second has the numbers that stand under `terminal`. */
const numbers = {
  first: { merchantCode: '898420157229001', terminalCode: '70010002' },
  second: { merchantCode: '898420157220001', terminalCode: TILL },
};
type Name = keyof typeof numbers;
/** What both take; the second contract says more. */
const feeRate_ppm = fixtureRates.gateway;
const names: Name[] = ['first', 'second'];

const processes: GatewayProcess[] = [];
let acquirers: Record<Name, GatewayControl>;
let till: Till;
let manager: RpcClient;
const soldAt_ms: Record<Name, number> = { first: 0, second: 0 };

async function open(name: Name): Promise<GatewayProcess> {
  const started = await startGateway({
    directory: join(makeDirectory(), name),
    appId: name.toUpperCase(),
    ...numbers[name],
  });
  processes.push(started);
  return started;
}

beforeAll(async () => {
  const [first, second] = [await open('first'), await open('second')];
  acquirers = {
    first: await connectGatewayControl(first.control),
    second: await connectGatewayControl(second.control),
  };
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    const of = ({ url: baseUrl, appId, appKeyFile, caFile }: GatewayProcess) => ({
      ...route,
      session: 'daily' as const,
      baseUrl,
      appId,
      appKeyFile,
      caFile,
    });
    const own = { ...of(first), id: 'first', schemes: ['WECHAT'], ...numbers.first };
    return {
      ...rest,
      routes: [
        { ...own, feeRate_ppm },
        { ...of(second), id: 'second', feeRate_ppm: 9000 },
      ],
    };
  });
  await till.rpc.until('both up', ({ routes }) => routes.every(({ state }) => state === 'online'));
  manager = await connectTo(till.shop, 'chen');
}, DEADLINE_ms);

afterAll(async () => {
  manager.close();
  await till.stop();
  for (const name of names) acquirers[name].close();
  for (const one of processes) await one.stop();
});

/** A sale by the one wallet that this contract is preferred for; its order number. */
async function sell(name: Name): Promise<string> {
  const { rpc, codes, shop } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  await till.tender();
  await shop.scanner.scan(name === 'first' ? codes.wechat() : codes.alipay());
  const { sale } = await rpc.until('paid', (now) => now.sale?.state === 'completed');
  soldAt_ms[name] = Date.now();
  return sale?.payments[0]?.orderNumber ?? '';
}

const signIn = () => manager.call('operator.signIn', { operatorId: 'chen', pin: till.shop.pins['chen'] });

it('each is paid at the contract of its own, under an order number that begins with the till', {
  timeout: DEADLINE_ms,
}, async () => {
  for (const name of names) {
    const orderNumber = await sell(name);
    expect(orderNumber.startsWith(TILL)).toBe(true);
    const [order] = await acquirers[name].orders();
    expect(order).toMatchObject({ merchantOrderId: orderNumber, state: 'charged' });
    expect(await acquirers[name].sessions.count()).toBeGreaterThan(0);
  }
});

it('a receipt has the numbers that the acquirer of its payment knows, and the till has its own at the top', {
  timeout: DEADLINE_ms,
}, async () => {
  const receipts = await vi.waitFor(async () => {
    const found = (await till.shop.paper.jobs()).filter(({ text }) => text.includes('收银员 Cashier'));
    expect(found).toHaveLength(2);
    return found.map(({ text }) => text);
  }, patience);
  const ofFirst = receipts.find((text) => text.includes(numbers.first.merchantCode)) ?? '';
  const ofSecond = receipts.find((text) => text.includes(numbers.second.merchantCode)) ?? '';
  expect(ofFirst).toMatch(/收单终端 Terminal +70010002/);
  expect(ofFirst).toMatch(/^终端 Terminal +20260002/m);
  expect(ofSecond).not.toContain('收单终端');
});

it('what goes back goes to that contract, with its numbers on the slip', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop } = till;
  const orderNumber = await sell('first');
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
  const order = (await acquirers.first.orders()).find((one) => one.merchantOrderId === orderNumber);
  expect(order?.state).toBe('voided');
  await vi.waitFor(async () => {
    const slip = (await shop.paper.jobs()).find(({ text }) => text.includes('退货单 RETURN'));
    expect(slip?.text).toMatch(/商户号 Merchant +898420157229001\s+收单终端 Terminal +70010002/);
  }, patience);
});

type Recorded = {
  routeId: string;
  terminalCode: string;
  tillCode?: string;
  batchNo: string;
  outcome: string;
};

function recorded(): Recorded[] {
  const reader = openReader(till.shop.stateDirectory);
  try {
    return [...reader.records(0)].flatMap(({ type, body }) =>
      type === 'batch.settled' ? [JSON.parse(body) as Recorded] : [],
    );
  } finally {
    reader.close();
  }
}

it('the batches of both are settled after the Z, each under its terminal', {
  timeout: DEADLINE_ms,
}, async () => {
  for (const name of names) {
    await acquirers[name].settings({ batchNo: '000777' });
    await acquirers[name].sessions.forget();
    await sell(name);
  }
  await till.rpc.call('day.close', {
    zNumber: till.rpc.snapshot().counts.zNumber,
    approval: { operatorId: 'chen', pin: till.shop.pins['chen'] },
  });
  const answers = await vi.waitFor(() => {
    const found = recorded();
    expect(found).toHaveLength(2);
    return found;
  }, patience);
  expect(
    answers.map(({ routeId, terminalCode, tillCode, outcome }) => [routeId, terminalCode, tillCode, outcome]),
  ).toEqual([
    ['first', '70010002', TILL, 'agreed'],
    ['second', TILL, undefined, 'agreed'],
  ]);
});

/** The clearing day of a gateway ends at 23:00 in Shanghai. */
const billDateOf = (name: Name) => new Date(soldAt_ms[name] + 9 * 3_600_000).toISOString().slice(0, 10);

async function fetched(name: Name): Promise<string> {
  await manager.call('bills.fetch', { routeId: name, date: billDateOf(name) });
  const { comparing } = await manager.until('fetched', (now) => now.comparing.state === 'fetched');
  return comparing.state === 'fetched' ? comparing.what : '';
}

it("each bill is fetched, compared with that contract's payments and fees, and refused as the other's", {
  timeout: DEADLINE_ms,
}, async () => {
  await signIn();
  for (const name of names) {
    const file = await fetched(name);
    expect(file).toContain(numbers[name].merchantCode);
    await manager.call('bills.compare', { file, routeId: name });
    const done = (await manager.until('compared', (now) => now.comparing.state === 'done')).comparing;
    const reconciliationId = done.state === 'done' ? done.reconciliationId : '';
    const found = (await manager.call('reconciliation.get', { reconciliationId })) as ReconciliationFound;
    const { routeIds, findings, agreed } = found.taken.comparison;
    expect(routeIds).toEqual([name]);
    const classes = new Set(findings.map((one) => one.class));
    // The second contract says more than its acquirer took of each payment.
    expect([...classes]).toEqual(name === 'first' ? [] : ['feeDiffers']);
    expect(agreed + findings.length).toBeGreaterThan(1);
    const other = name === 'first' ? 'second' : 'first';
    await manager.call('bills.compare', { file, routeId: other });
    const { comparing } = await manager.until('refused', (now) => now.comparing.state === 'failed');
    expect(comparing).toMatchObject({ code: 'E-BILL-01' });
    expect(comparing.state === 'failed' ? comparing.detail : '').toContain(
      `is of merchant "${numbers[name].merchantCode}", not of ${numbers[other].merchantCode}`,
    );
  }
});

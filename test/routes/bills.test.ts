// A real core with four contracts: a payment on each, then `yima bill fetch` and `yima reconcile` as the shop's manager runs them.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ReconciliationFound } from '../../contract/reconciliation.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { feeRate_ppm } from '../../fixtures/bills/line.ts';
import { type Rail, railsOf, withDirectContracts } from '../../tools/lab/rails.ts';
import { openWallets, type Wallets } from '../../tools/lab/wallets.ts';
import { connectTo, openTill, quick, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
const HOUR_ms = 3_600_000;
const script = resolve(import.meta.dirname, '../../tools/yima.ts');
const directory = makeDirectory();
let wallets: Wallets;
let till: Till;
let rails: Rail[] = [];
/** Of each rail's first payment, when the till got to know of it. */
const paidAt_ms = new Map<string, number>();

async function pay(rail: Rail): Promise<void> {
  const { rpc } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.tender();
  await till.shop.scanner.scan(rail.code(till.codes));
  await rpc.until('paid', ({ sale }) => sale?.state === 'completed');
  paidAt_ms.set(rail.name, Date.now());
}

beforeAll(async () => {
  wallets = await openWallets(directory);
  till = await openTill((lab) => {
    const file = withDirectContracts(quick(lab), wallets);
    // By the contract more than each acquirer takes.
    const dearer = file.routes?.map((route) => ({
      ...route,
      feeRate_ppm: feeRate_ppm[route.adapter] + 9000,
    }));
    return { ...file, routes: dearer };
  });
  rails = railsOf(wallets, till.shop.acquirer);
  await till.rpc.until('all up', ({ routes }) => routes.every(({ state }) => state === 'online'));
  for (const rail of rails) await pay(rail);
}, DEADLINE_ms);
afterEach(() => wallets.wechat.faults.clear());
afterAll(async () => {
  await till.stop();
  await wallets.stop();
  rmSync(directory, { recursive: true });
});

function yima(...parts: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [script, ...parts], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** The day that a payment of now is billed on. */
function billDateOf(name: string): string {
  const ahead_ms = (name === 'gateway' || name === 'unionpay' ? 9 : 8) * HOUR_ms;
  return new Date((paidAt_ms.get(name) ?? 0) + ahead_ms).toISOString().slice(0, 10);
}

const fetchBill = (route: string, folder: string, date = billDateOf(route)) => {
  const { configFile } = till.shop;
  return yima('bill', 'fetch', '--config', configFile, '--route', route, '--date', date, '--out', folder);
};

it.each([
  ['wechat', 'wechatpay'],
  ['alipay', 'alipay'],
  ['unionpay', 'unionpay'],
  ['gateway', 'gateway'],
] as const)('%s: fetched, and agrees with the till, fee and all', { timeout: DEADLINE_ms }, (route, rail) => {
  const folder = join(directory, 'bills', route);
  const fetched = fetchBill(route, folder);
  expect(fetched).toMatchObject({ code: 0, err: '' });
  expect(fetched.out).toMatch(/^\d+ bytes, SHA-256 [0-9a-f]{64}; /m);
  const [name = ''] = readdirSync(folder);
  const bill = join(folder, name);
  expect(fetched.out.split('\n')[0]).toBe(bill);
  const parts = ['--bill', bill, '--rail', rail, '--route', route, '--state', till.shop.stateDirectory];
  const rate = `${feeRate_ppm[rail] / 10_000}%`;
  const compared = yima('reconcile', ...parts, '--date', billDateOf(route), '--rate', rate);
  expect(compared).toMatchObject({ code: 0, err: '' });
  expect(compared.out).toContain('1 agree, 0 differ');
});

it('fetched again it is there already; another file of that name stays', { timeout: DEADLINE_ms }, () => {
  const folder = join(directory, 'again');
  expect(fetchBill('wechat', folder).code).toBe(0);
  expect(fetchBill('wechat', folder)).toMatchObject({
    code: 0,
    out: expect.stringContaining('there already'),
  });
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), 'mine');
  const refused = fetchBill('wechat', folder);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('another content, and stays') });
  expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
});

it('says what is wrong by text and exit code, and writes nothing', { timeout: DEADLINE_ms }, async () => {
  const folder = join(directory, 'nothing');
  const { faults } = wallets.wechat;
  const date = billDateOf('wechat');
  expect(fetchBill('wechat', folder, '2026-01-01')).toMatchObject({
    code: 4,
    err: 'the bill of 2026-01-01 is not there: the acquirer has none of that day (NO_STATEMENT_EXIST)\n',
  });
  await faults.set({ fault: 'billCreating', call: 'bill', count: 1 });
  expect(fetchBill('wechat', folder)).toMatchObject({
    code: 3,
    err: `the bill of ${date} is not ready yet: ask again later (STATEMENT_CREATING)\n`,
  });
  await faults.set({ fault: 'wrongDigest', call: 'bill', count: 1 });
  expect(fetchBill('wechat', folder)).toMatchObject({ code: 5, err: expect.stringContaining('(SHA1 ') });
  await faults.set({ fault: 'dropAnswer', call: 'bill', count: 1 });
  expect(fetchBill('wechat', folder)).toMatchObject({ code: 7, err: expect.stringContaining('no answer') });
  expect(fetchBill('wechat', folder, '2026-02-30')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no date'),
  });
  expect(fetchBill('nobody', folder)).toMatchObject({
    code: 2,
    err: expect.stringContaining('has wechat, alipay, unionpay,'),
  });
  expect(
    yima(
      'bill',
      'fetch',
      '--config',
      join(directory, 'none.json'),
      '--route',
      'a',
      '--date',
      date,
      '--out',
      folder,
    ),
  ).toMatchObject({
    code: 2,
    err: expect.stringContaining('E-CFG-01'),
  });
  expect(yima('bill', 'fetch').code).toBe(64);
  expect(() => readdirSync(folder)).toThrow('ENOENT');
});

it('keeps for people what the acquirer proved and nobody here can read', {
  timeout: DEADLINE_ms,
}, async () => {
  const folder = join(directory, 'unread');
  await wallets.wechat.faults.set({ fault: 'strangeBill', call: 'bill', count: 1 });
  expect(fetchBill('wechat', folder)).toMatchObject({
    code: 5,
    out: expect.stringContaining("its digest is that of the acquirer's signed answer"),
    err: expect.stringMatching(
      /^it is the acquirer's, and can't be read here: .*, column 交易状态: "SETTLED"/,
    ),
  });
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.csv\.unread$/)]);
  expect(fetchBill('wechat', folder).code).toBe(0);
});

it('keeps nothing that neither signature nor digest proves and its own sums do not either', {
  timeout: DEADLINE_ms,
}, async () => {
  const folder = join(directory, 'unproven');
  await wallets.alipay.faults.set({ fault: 'strangeBill', call: 'bill', count: 1 });
  expect(fetchBill('alipay', folder)).toMatchObject({
    code: 5,
    out: '',
    err: expect.stringMatching(/came damaged.*\n.*2016-01-01/),
  });
  expect(() => readdirSync(folder)).toThrow('ENOENT');
});

it(
  'on the till: the manager fetches the bill of each rail and compares it; every payment is there, and each fee is not what the contract says',
  async () => {
    const manager = await connectTo(till.shop, 'chen');
    for (const { name } of rails) {
      await manager.call('bills.fetch', { routeId: name, date: billDateOf(name) });
      const { comparing } = await manager.until('fetched', (now) => now.comparing.state === 'fetched');
      const file = comparing.state === 'fetched' ? comparing.what : '';
      await manager.call('bills.compare', { file });
      const isDone = (now: Snapshot) => now.comparing.state === 'done' && now.comparing.what === file;
      const done = (await manager.until(`${name} compared`, isDone)).comparing;
      const reconciliationId = done.state === 'done' ? done.reconciliationId : '';
      const found = (await manager.call('reconciliation.get', { reconciliationId })) as ReconciliationFound;
      const { comparison } = found.taken;
      expect(comparison, name).toMatchObject({ routeIds: [name], agreed: 0, payout_fen: expect.any(Number) });
      expect(comparison.findings.map((one) => [one.class, one.effect_fen])).toEqual([['feeDiffers', 0]]);
    }
    await manager.call('bills.fetch', { routeId: 'wechat', date: '2020-01-01' });
    const { comparing } = await manager.until('none', (now) => now.comparing.state === 'failed');
    expect(comparing).toMatchObject({ code: 'E-BILL-07' });
    manager.close();
  },
  DEADLINE_ms,
);

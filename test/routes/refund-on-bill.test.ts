// Refunds whose answers never come, over real sockets: one ends by the acquirer's own bill, fetched and compared on the till, one by the word of
// its office. The wallets' books say what really went back.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FindingRow, ReconciliationFound } from '../../contract/reconciliation.ts';
import type { GiveBackView, Snapshot } from '../../contract/snapshot.ts';
import { type Rail, railsOf, withDirectContracts } from '../../tools/lab/rails.ts';
import { openWallets, type Wallets } from '../../tools/lab/wallets.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';
import { openTill, quick, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
const HOUR_ms = 3_600_000;
const directory = makeDirectory();
let wallets: Wallets;
let till: Till;
let rails: Rail[] = [];

beforeAll(async () => {
  wallets = await openWallets(directory);
  till = await openTill((lab) => {
    const file = withDirectContracts(quick(lab), wallets);
    const asked = { giveBackInquiryAt_ms: [500, 1000], giveBackInquiryEvery_ms: 2000 };
    return {
      ...file,
      routes: file.routes?.map((route) => ({ ...route, timings: { ...route.timings, ...asked } })),
    };
  });
  rails = railsOf(wallets, till.shop.acquirer);
  await till.rpc.until('all up', ({ routes }) => routes.every(({ state }) => state === 'online'));
}, DEADLINE_ms);

afterAll(async () => {
  await till.stop();
  await wallets.stop();
  rmSync(directory, { recursive: true });
});

async function signIn(operatorId: string): Promise<RpcClient> {
  await till.rpc.call('operator.signIn', { operatorId, pin: till.shop.pins[operatorId] });
  return till.rpc;
}

/** A bottle, paid and brought back: what became of it no answer tells. */
async function refundInDoubt(rail: Rail): Promise<GiveBackView & { orderNumber: string }> {
  const { rpc, shop, codes } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.tender();
  await shop.scanner.scan(rail.code(codes));
  const { sale } = await rpc.until('paid', (now) => now.sale?.state === 'completed');
  const orderNumber = sale?.payments.at(-1)?.orderNumber ?? '';
  expect(await rail.kept_fen(orderNumber)).toBeGreaterThan(0);
  await rpc.call('sale.next');
  await rpc.call('sale.find', { text: sale?.receiptNumber ?? '' });
  const { found } = await rpc.until('found', (now) => now.found !== null);
  const lines = [{ lineId: found?.lines[0]?.lineId, quantity: 1 }];
  const approval = { operatorId: 'chen', pin: shop.pins['chen'] };
  await rpc.call('return.open', { saleId: found?.saleId, lines, reason: 'unwanted', approval });
  const inDoubt = ({ giveBacks }: Snapshot) =>
    giveBacks[0] !== undefined && giveBacks[0].state !== 'sending' && giveBacks[0].inquiries > 0;
  const [giveBack] = (await rpc.until('in doubt', inDoubt)).giveBacks;
  await rpc.call('sale.forget');
  return { ...(giveBack as GiveBackView), orderNumber };
}

type Row = { reconciliationId: string; index: number; row: FindingRow };

/** The row about it of today's bill, fetched from the acquirer and compared. */
async function rowOf(manager: RpcClient, routeId: string, refundNumber: string): Promise<Row> {
  const date = new Date(Date.now() + 8 * HOUR_ms).toISOString().slice(0, 10);
  await manager.call('bills.fetch', { routeId, date });
  const { comparing } = await manager.until('fetched', (now) => now.comparing.state === 'fetched');
  const file = comparing.state === 'fetched' ? comparing.what : '';
  await manager.call('bills.compare', { file });
  const isDone = (now: Snapshot) => now.comparing.state === 'done' && now.comparing.what === file;
  const done = (await manager.until('compared', isDone)).comparing;
  const reconciliationId = done.state === 'done' ? done.reconciliationId : '';
  const found = (await manager.call('reconciliation.get', { reconciliationId })) as ReconciliationFound;
  const { findings } = found.taken.comparison;
  const index = findings.findIndex((one) => one.refundNumber === refundNumber);
  return { reconciliationId, index, row: findings[index] as FindingRow };
}

const isOver = ({ giveBacks }: Snapshot) => giveBacks.length === 0;

/** What the cashier finds of it afterwards, by the payment. */
async function evidenceOf(orderNumber: string): Promise<unknown> {
  const { rpc } = till;
  await rpc.call('payment.find', { text: orderNumber });
  const { asked } = await rpc.until('found', (now) => now.asked?.asked === orderNumber);
  await rpc.call('payment.forget');
  return asked?.payments[0]?.giveBacks;
}

it('the bill that names it whole is proof', { timeout: DEADLINE_ms }, async () => {
  const rail = rails.find(({ name }) => name === 'alipay') as Rail;
  const { faults } = wallets.alipay;
  await faults.set({ fault: 'dropAnswer', call: 'refund' });
  await faults.set({ fault: 'serviceUnavailable', call: 'refundQuery' });
  const giveBack = await refundInDoubt(rail);
  const manager = await signIn('chen');
  const { reconciliationId, index, row } = await rowOf(manager, 'alipay', giveBack.requestNumber);
  expect(row).toMatchObject({ class: 'stillPending', isBackThere: true });
  const notBack = { reconciliationId, index, reason: '收单方确认', isConfirmed: true, isNotBack: true };
  await expect(manager.call('finding.settle', notBack)).rejects.toThrow('E-BILL-11');
  expect(await rail.kept_fen(giveBack.orderNumber)).toBe(0);
  await manager.call('finding.settle', { reconciliationId, index, reason: '账单上已全额退回' });
  await till.rpc.until('over', isOver);
  expect(await evidenceOf(giveBack.orderNumber)).toMatchObject([{ result: 'done', by: 'bill' }]);
  await signIn('lin');
  await faults.clear();
});

it("where no bill says so, the office's word is proof once a manager signs", {
  timeout: DEADLINE_ms,
}, async () => {
  const rail = rails.find(({ name }) => name === 'wechat') as Rail;
  const { faults } = wallets.wechat;
  await faults.set({ fault: 'slowRefund', call: 'refund' });
  await faults.set({ fault: 'dropAnswer', call: 'refund' });
  const giveBack = await refundInDoubt(rail);
  const manager = await signIn('chen');
  const { reconciliationId, index, row } = await rowOf(manager, 'wechat', giveBack.requestNumber);
  expect(row.class).toBe('stillPending');
  expect(row.isBackThere).toBeUndefined();
  await manager.call('finding.settle', { reconciliationId, index, reason: '已问收单方，等回复' });
  expect(till.rpc.snapshot().giveBacks).toHaveLength(1);
  const back = { reconciliationId, index, reason: '收单方确认：已退给顾客', isConfirmed: true };
  await manager.call('finding.settle', back);
  await till.rpc.until('over', isOver);
  expect(await evidenceOf(giveBack.orderNumber)).toMatchObject([{ result: 'done', by: 'office' }]);
  await signIn('lin');
  await faults.clear();
});

// A refund that a wallet refuses: its balance topped up, tried again, done, once, by the wallet's own books; or found back by other means.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GiveBackView, Snapshot } from '../../contract/snapshot.ts';
import { type Rail, railsOf, withDirectContracts } from '../../tools/lab/rails.ts';
import { openWallets, type Wallets } from '../../tools/lab/wallets.ts';
import { openTill, quick, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
const directory = makeDirectory();
let wallets: Wallets;
let till: Till;
let rails: Rail[] = [];

beforeAll(async () => {
  wallets = await openWallets(directory);
  till = await openTill((lab) => withDirectContracts(quick(lab), wallets));
  rails = railsOf(wallets, till.shop.acquirer);
  await till.rpc.until('all up', ({ routes }) => routes.every(({ state }) => state === 'online'));
}, DEADLINE_ms);

afterAll(async () => {
  await till.stop();
  await wallets.stop();
  rmSync(directory, { recursive: true });
});

const approval = () => ({ operatorId: 'chen', pin: till.shop.pins['chen'] });

/** Two bottles, paid; answers the order's number. */
async function sell(rail: Rail): Promise<string> {
  const { rpc, shop, barcodes } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  for (let count = 1; count <= 2; count += 1) {
    await shop.scanner.scan(barcodes[0] ?? '');
    await rpc.until('so many', ({ sale }) => sale?.state === 'open' && sale.itemCount === count);
  }
  await rpc.call('sale.tender');
  await rpc.until('tender', ({ sale }) => sale?.state === 'tendering');
  await shop.scanner.scan(rail.code(till.codes));
  const sold = await rpc.until('paid', ({ sale }) => sale?.state === 'completed');
  return sold.sale?.payments.at(-1)?.orderNumber ?? '';
}

/** One bottle comes back. */
async function takeBack(): Promise<void> {
  const { rpc } = till;
  const text = rpc.snapshot().sale?.receiptNumber ?? '';
  await rpc.call('sale.next');
  await rpc.call('sale.find', { text });
  const { found } = await rpc.until('found', (now) => now.found !== null);
  const lines = [{ lineId: found?.lines[0]?.lineId, quantity: 1 }];
  await rpc.call('return.open', { saleId: found?.saleId, lines, reason: 'unwanted', approval: approval() });
}

const shown = (now: Snapshot): GiveBackView[] => now.found?.giveBacks ?? [];
const ended = (state: GiveBackView['state']) => (now: Snapshot) =>
  shown(now).length === 1 && shown(now)[0]?.state === state;

describe.each(['wechat', 'alipay'] as const)('%s', (name) => {
  const poor = {
    wechat: () =>
      wallets.wechat.faults.set({ fault: 'decline', call: 'refund', code: 'NOT_ENOUGH', count: 1 }),
    alipay: () =>
      wallets.alipay.faults.set({
        fault: 'decline',
        call: 'refund',
        code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
        count: 1,
      }),
  };

  it('too small a balance, topped up, tried again, done', { timeout: DEADLINE_ms }, async () => {
    const { rpc } = till;
    const rail = rails.find((one) => one.name === name) as Rail;
    const orderNumber = await sell(rail);
    const paid_fen = await rail.kept_fen(orderNumber);
    await poor[name]();
    await takeBack();
    const [failed] = shown(await rpc.until('refused', ended('failed')));
    expect(failed).toMatchObject({ reason: 'E-REF-03', canRetry: true });
    expect(await rail.kept_fen(orderNumber)).toBe(paid_fen);
    const asked = { giveBackId: failed?.giveBackId, reason: '商户余额已补足', approval: approval() };
    await rpc.call('giveBack.retry', asked);
    const [done] = shown(await rpc.until('done', ended('done')));
    expect(done).toMatchObject({ reason: null, canRetry: false, amount_fen: failed?.amount_fen });
    // As both wallets ask: under another number a copy of the refused request would give back a second time.
    expect(done?.requestNumber).toBe(failed?.requestNumber);
    expect(await rail.kept_fen(orderNumber)).toBe(paid_fen / 2);
    await expect(rpc.call('giveBack.retry', asked)).rejects.toThrow('E-REF-04');
    await expect(rpc.call('giveBack.payCash', asked)).rejects.toThrow('E-REF-04');
    expect(rpc.snapshot().giveBacks).toEqual([]);
    await rpc.call('sale.forget');
  });
});

it('refused where it may be back: a manager has found it there, and it is over', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc } = till;
  const rail = rails.find((one) => one.name === 'alipay') as Rail;
  const orderNumber = await sell(rail);
  const paid_fen = await rail.kept_fen(orderNumber);
  const code = 'ACQ.TRADE_NOT_ALLOW_REFUND';
  await wallets.alipay.faults.set({ fault: 'decline', call: 'refund', code, count: 1 });
  await takeBack();
  const [failed] = shown(await rpc.until('refused', ended('failed')));
  expect(failed).toMatchObject({ reason: 'E-REF-06', canRetry: false });
  const asked = { giveBackId: failed?.giveBackId, reason: '已在商户平台核实：顾客已收到' };
  const signed = { ...asked, approval: approval() };
  await expect(rpc.call('giveBack.confirmBack', asked)).rejects.toThrow('E-AUTH-05');
  await rpc.call('giveBack.confirmBack', signed);
  const [done] = shown(await rpc.until('done', ended('done')));
  expect(done).toMatchObject({ reason: null, requestNumber: failed?.requestNumber, paidInCash: false });
  for (const command of ['giveBack.confirmBack', 'giveBack.payCash', 'giveBack.retry'] as const)
    await expect(rpc.call(command, signed)).rejects.toThrow('E-REF-04');
  expect(rpc.snapshot().giveBacks).toEqual([]);
  // Nothing more was asked of the wallet.
  expect(await rail.kept_fen(orderNumber)).toBe(paid_fen);
  await rpc.call('sale.forget');
});

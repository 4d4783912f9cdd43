// A real core with four contracts, WeChat Pay, Alipay and UnionPay directly and the rest by the gateway: on each a payment is paid, awaited,
// found after a lost answer, given up and given back (at UnionPay: disputed), and partly refunded. The acquirers' own books are asked each time.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
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

const isPaid = ({ sale }: Snapshot): boolean => sale?.state === 'completed';
const isOver = (now: Snapshot): boolean => isPaid(now) || now.sale?.state === 'cancelled';
const lastPayment = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);

/** In the tender step of a new sale of so many bottles, with this code scanned. */
async function begin(code: string, bottles = 1): Promise<void> {
  const { rpc, shop, barcodes } = till;
  if (isOver(rpc.snapshot())) await rpc.call('sale.next');
  for (let count = 1; count <= bottles; count += 1) {
    await shop.scanner.scan(barcodes[0] ?? '');
    await rpc.until('so many', ({ sale }) => sale?.state === 'open' && sale.itemCount === count);
  }
  await rpc.call('sale.tender');
  await rpc.until('tender', ({ sale }) => sale?.state === 'tendering');
  await shop.scanner.scan(code);
}

async function paid(what: string): Promise<PaymentView> {
  return lastPayment(await till.rpc.until(what, isPaid)) as PaymentView;
}

/** Reversed there, and no answer proves it: never taken for paid, no other goods, and the customer may pay in cash. */
async function disputed(rail: Rail, asked: Snapshot): Promise<void> {
  const { rpc } = till;
  const { orderNumber, amount_fen } = lastPayment(asked) as PaymentView;
  await rail.refuseReversals?.(orderNumber);
  const now = await rpc.until('disputed', (each) => lastPayment(each)?.state === 'disputed');
  expect(await rail.kept_fen(orderNumber)).toBe(0);
  expect(now.sale).toMatchObject({ state: 'tendering', canGoBack: false, due_fen: amount_fen });
  await expect(rpc.call('sale.backToGoods')).rejects.toThrow(/E-SALE-03/);
  await rpc.call('tender.cash', { received_fen: amount_fen, roundDown: false });
  const sold = await rpc.until('paid in cash', isPaid);
  expect(lastPayment(sold)?.state).toBe('disputed');
}

describe.each(['wechat', 'alipay', 'unionpay', 'gateway'])('%s', (name) => {
  const railOf = (): Rail => rails.find((one) => one.name === name) as Rail;

  it('paid', { timeout: DEADLINE_ms }, async () => {
    const rail = railOf();
    await begin(rail.code(till.codes));
    const { orderNumber, amount_fen } = await paid('paid');
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('awaited: the customer enters the password, then paid', { timeout: DEADLINE_ms }, async () => {
    const rail = railOf();
    await rail.askCustomer();
    await begin(rail.code(till.codes));
    const waiting = await till.rpc.until('asked', (now) => lastPayment(now)?.state === rail.waitsIn);
    const { orderNumber, amount_fen } = lastPayment(waiting) as PaymentView;
    expect(await rail.kept_fen(orderNumber)).toBe(0);
    await rail.customerPays(orderNumber);
    await paid('paid after all');
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('a lost answer: in doubt, then found', { timeout: DEADLINE_ms }, async () => {
    const rail = railOf();
    await rail.loseAnswer();
    await begin(rail.code(till.codes));
    const { orderNumber, amount_fen, story } = await paid('found');
    expect(story.map(({ what }) => what)).toContain('noAnswer');
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('given up while the customer hesitates: reversed and proven, or in dispute', {
    timeout: DEADLINE_ms,
  }, async () => {
    const rail = railOf();
    const { rpc } = till;
    await rail.askCustomer();
    await begin(rail.code(till.codes));
    const asked = await rpc.until('asked', (now) => lastPayment(now)?.canGiveUp === true);
    const { orderNumber, attemptId } = lastPayment(asked) as PaymentView;
    await rpc.call('payment.giveUp', { attemptId });
    // The worst moment: the customer pays after all.
    if (!rail.reversesUndecided) await rail.customerPays(orderNumber);
    if (rail.refuseReversals !== null) return disputed(rail, asked);
    await rpc.until('reversed', (now) => lastPayment(now)?.state === 'reversed');
    expect(await rail.kept_fen(orderNumber)).toBe(0);
    await rpc.call('sale.cancel');
    await rpc.until('dropped', ({ sale }) => sale?.state === 'cancelled');
  });

  it('partly refunded, then the rest, on its own rail', { timeout: DEADLINE_ms }, async () => {
    const rail = railOf();
    const { rpc, shop } = till;
    await begin(rail.code(till.codes), 3);
    const { orderNumber, amount_fen } = await paid('paid');
    const receiptNumber = rpc.snapshot().sale?.receiptNumber ?? '';
    await rpc.call('sale.next');
    for (const [index, quantity] of [1, 2].entries()) {
      await rpc.call('sale.find', { text: receiptNumber });
      const { found } = await rpc.until('found', (now) => now.found !== null);
      await rpc.call('return.open', {
        saleId: found?.saleId,
        lines: [{ lineId: found?.lines[0]?.lineId, quantity }],
        reason: 'unwanted',
        approval: { operatorId: 'chen', pin: shop.pins['chen'] },
      });
      const isDone = (now: Snapshot) =>
        now.found?.giveBacks.length === index + 1 &&
        now.found.giveBacks.every(({ state }) => state === 'done');
      await rpc.until('given back', isDone);
      expect(await rail.kept_fen(orderNumber)).toBe(index === 0 ? (amount_fen / 3) * 2 : 0);
    }
    await rpc.call('sale.forget');
  });
});

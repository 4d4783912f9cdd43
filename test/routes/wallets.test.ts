// A real core with three contracts, WeChat Pay and Alipay directly and the rest by the gateway: on each a payment is paid, awaited, found
// after a lost answer, given up and given back, and partly refunded. The acquirers' own books are asked each time.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import { openWallets, type Wallets } from '../../tools/lab/wallets.ts';
import { openTill, quick, quickTimings, type Till } from '../hostile/till.ts';
import { makeDirectory } from '../month/directory.ts';

const DEADLINE_ms = 60_000;
const directory = makeDirectory();
let wallets: Wallets;
let till: Till;

beforeAll(async () => {
  wallets = await openWallets(directory);
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    const { deferredInquiryEvery_ms: _queue, ...timings } = quickTimings;
    const direct = wallets.routes({
      probeEvery_ms: 300,
      timings: { ...timings, reverseFrom_ms: 0, awaitingLimit_ms: 5000 },
    });
    return { ...rest, routes: [...direct, { ...route, schemes: ['UNIONPAY', 'ECNY', 'BESTPAY', 'JD'] }] };
  });
  await till.rpc.until('all up', ({ routes }) => routes.every(({ state }) => state === 'online'));
}, DEADLINE_ms);

afterAll(async () => {
  await till.stop();
  await wallets.stop();
  rmSync(directory, { recursive: true });
});

/** What one rail's own books say of an order, and how its customer and its line behave. */
type Rail = {
  name: string;
  code(codes: CodeMaker): string;
  loseAnswer(): Promise<void>;
  askCustomer(): Promise<void>;
  customerPays(orderNumber: string): Promise<void>;
  /** A reversal ends the order while the customer hesitates; false: only once the customer has decided. */
  reversesUndecided: boolean;
  /** Kept of an order, in fen: charged less given back. 0 also where there is no such order. */
  kept_fen(orderNumber: string): Promise<number>;
};

const rails: Rail[] = [
  {
    name: 'wechat',
    reversesUndecided: true,
    code: (codes) => codes.wechat(),
    loseAnswer: () => wallets.wechat.faults.set({ fault: 'dropAnswer', call: 'codepay', count: 1 }),
    askCustomer: () => wallets.wechat.faults.set({ fault: 'awaitCustomer', call: 'codepay', count: 1 }),
    customerPays: (orderNumber) => wallets.wechat.customer(orderNumber, 'charge'),
    kept_fen: async (orderNumber) => {
      const orders = await wallets.wechat.orders();
      return orders.find(({ out_trade_no }) => out_trade_no === orderNumber)?.kept_fen ?? 0;
    },
  },
  {
    name: 'alipay',
    reversesUndecided: true,
    code: (codes) => codes.alipay(),
    loseAnswer: () => wallets.alipay.faults.set({ fault: 'dropAnswer', call: 'pay', count: 1 }),
    askCustomer: () => wallets.alipay.faults.set({ fault: 'awaitCustomer', call: 'pay', count: 1 }),
    customerPays: async (orderNumber) => void (await wallets.alipay.approve(orderNumber)),
    kept_fen: async (orderNumber) => {
      const trades = await wallets.alipay.trades();
      const found = trades.find(({ out_trade_no }) => out_trade_no === orderNumber);
      return found?.status === 'TRADE_SUCCESS' ? found.amount_fen - found.givenBack_fen : 0;
    },
  },
  {
    name: 'gateway',
    reversesUndecided: false,
    code: (codes) => codes.unionpay(),
    loseAnswer: () => till.shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 }),
    askCustomer: () => till.shop.acquirer.faults.set({ fault: 'awaitCustomer', path: 'pay', count: 1 }),
    customerPays: async (orderNumber) => void (await till.shop.acquirer.customer.approve(orderNumber)),
    kept_fen: async (orderNumber) => {
      const orders = await till.shop.acquirer.orders();
      const found = orders.find(({ merchantOrderId }) => merchantOrderId === orderNumber);
      return found?.state === 'charged' ? found.amount_fen - found.refunded_fen : 0;
    },
  },
];

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

describe.each(rails)('$name', (rail) => {
  it('paid', { timeout: DEADLINE_ms }, async () => {
    await begin(rail.code(till.codes));
    const { orderNumber, amount_fen } = await paid('paid');
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('awaited: the customer enters the password, then paid', { timeout: DEADLINE_ms }, async () => {
    await rail.askCustomer();
    await begin(rail.code(till.codes));
    const waiting = await till.rpc.until('asked', (now) => lastPayment(now)?.state === 'awaitingCustomer');
    const { orderNumber, amount_fen } = lastPayment(waiting) as PaymentView;
    expect(await rail.kept_fen(orderNumber)).toBe(0);
    await rail.customerPays(orderNumber);
    await paid('paid after all');
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('a lost answer: in doubt, then found', { timeout: DEADLINE_ms }, async () => {
    await rail.loseAnswer();
    await begin(rail.code(till.codes));
    const { orderNumber, amount_fen, story } = await paid('found');
    expect(story.map(({ what }) => what)).toContain('noAnswer');
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('given up while the customer hesitates: reversed, and proven', { timeout: DEADLINE_ms }, async () => {
    const { rpc } = till;
    await rail.askCustomer();
    await begin(rail.code(till.codes));
    const asked = await rpc.until('asked', (now) => lastPayment(now)?.canGiveUp === true);
    const { orderNumber, attemptId } = lastPayment(asked) as PaymentView;
    await rpc.call('payment.giveUp', { attemptId });
    // The worst moment: the customer pays after all.
    if (!rail.reversesUndecided) await rail.customerPays(orderNumber);
    await rpc.until('reversed', (now) => lastPayment(now)?.state === 'reversed');
    expect(await rail.kept_fen(orderNumber)).toBe(0);
    await rpc.call('sale.cancel');
    await rpc.until('dropped', ({ sale }) => sale?.state === 'cancelled');
  });

  it('partly refunded, then the rest, on its own rail', { timeout: DEADLINE_ms }, async () => {
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

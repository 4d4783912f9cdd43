// Main scan on a real core with four contracts: a code of each is paid, asked for twice, closed, paid while it is being closed, and paid too late
// for a sale that has its money. What the acquirers' own books keep is asked each time; the customer scans what is on the screen.
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

const last = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);
const isIn = (state: PaymentView['state']) => (now: Snapshot) => last(now)?.state === state;
const isSold = ({ sale }: Snapshot): boolean => sale?.state === 'completed';

/** One bottle in the tender step, and the code of this route on the screen. */
async function show(routeId: string): Promise<{ payment: PaymentView; content: string }> {
  const { rpc } = till;
  const { sale } = rpc.snapshot();
  if (sale?.state === 'completed' || sale?.state === 'cancelled') await rpc.call('sale.next');
  await till.tender();
  await rpc.call('payment.present', { routeId });
  const payment = last(await rpc.until('shown', (now) => (last(now)?.code ?? null) !== null)) as PaymentView;
  return { payment, content: payment.code?.content ?? '' };
}

async function drop(): Promise<void> {
  await till.rpc.call('sale.cancel');
  await till.rpc.until('dropped', ({ sale }) => sale?.state === 'cancelled');
}

describe.each(['wechat', 'alipay', 'unionpay', 'gateway'])('%s', (name) => {
  const railOf = (): Rail => rails.find((one) => one.name === name) as Rail;

  it('scanned and paid: sold, with the amount that was shown', { timeout: DEADLINE_ms }, async () => {
    const rail = railOf();
    const { payment, content } = await show(name);
    expect(payment).toMatchObject({ state: 'presenting', codeMask: '', canGiveUp: true, unproven: true });
    await rail.mainScan.scan(content, true);
    const { sale } = await till.rpc.until('sold', isSold);
    expect(last(till.rpc.snapshot())).toMatchObject({ state: 'approved', code: null });
    expect(await rail.kept_fen(payment.orderNumber)).toBe(sale?.total_fen);
    await expect(rail.mainScan.scan(content, true)).rejects.toThrow();
  });

  it('the answer with the code is lost: asked for again under the same number', {
    timeout: DEADLINE_ms,
  }, async () => {
    const rail = railOf();
    await rail.mainScan.loseCode();
    const { payment, content } = await show(name);
    expect(payment.story.filter(({ what }) => what === 'codeAsked').length).toBeGreaterThan(1);
    await rail.mainScan.scan(content, true);
    await till.rpc.until('sold', isSold);
    expect(await rail.kept_fen(payment.orderNumber)).toBe(payment.amount_fen);
  });

  it('a customer who only looked, and a code that is closed', { timeout: DEADLINE_ms }, async () => {
    const rail = railOf();
    const { payment, content } = await show(name);
    const { attemptId, orderNumber, amount_fen } = payment;
    await rail.mainScan.scan(content, false);
    await till.rpc.call('payment.giveUp', { attemptId });
    if (rail.mainScan.endsScanned) {
      await till.rpc.until('closed', isIn('closed'));
      await expect(rail.mainScan.scan(content, true)).rejects.toThrow();
      expect(await rail.kept_fen(orderNumber)).toBe(0);
      return drop();
    }
    // No call of this acquirer's ends it: it is asked about until its time is over, and paid it is paid.
    const now = await till.rpc.until('closing', isIn('closing'));
    expect(now.sale).toMatchObject({ state: 'tendering', canGoBack: false });
    expect(last(now)?.code).toBeNull();
    await rail.mainScan.scan(content, true);
    await till.rpc.until('sold', isSold);
    expect(await rail.kept_fen(orderNumber)).toBe(amount_fen);
  });

  it('cash beside a code, and the customer pays it as well: all of that goes back', {
    timeout: DEADLINE_ms,
  }, async () => {
    const rail = railOf();
    const { payment, content } = await show(name);
    const { orderNumber, amount_fen } = payment;
    if (rail.mainScan.endsUnscanned) await rail.mainScan.scan(content, true);
    await till.rpc.call('tender.cash', { received_fen: amount_fen, roundDown: false });
    if (!rail.mainScan.endsUnscanned) await rail.mainScan.scan(content, true);
    const back = (now: Snapshot) => now.sale?.giveBacks.some(({ state }) => state === 'done') ?? false;
    const paid = await till.rpc.until('sold', (now) => isSold(now) && (back(now) || now.sale?.cash === null));
    // The acquirer’s word may have come before the cash: then there was no cash to take.
    expect(await rail.kept_fen(orderNumber)).toBe(paid.sale?.cash === null ? amount_fen : 0);
  });
});

describe('a code that never came', () => {
  const refused = (now: Snapshot) => last(now)?.state === 'declined';

  it('and was paid all the same, by the acquirer’s word: it is asked about, and the sale has its money', {
    timeout: DEADLINE_ms,
  }, async () => {
    const { wechat } = wallets;
    await wechat.faults.set({ fault: 'dropAnswer', call: 'native', count: 1 });
    // Of the first there is nothing to pay yet.
    await wechat.faults.set({ fault: 'paidMeanwhile', call: 'native', count: 2 });
    const { rpc } = till;
    if (rpc.snapshot().sale?.state === 'cancelled') await rpc.call('sale.next');
    await till.tender();
    await rpc.call('payment.present', { routeId: 'wechat' });
    const closing = last(await rpc.until('closing', isIn('closing')));
    expect(closing).toMatchObject({
      reason: 'E-PAY-20',
      code: null,
      unproven: true,
      acquirerCode: 'ORDERPAID',
    });
    const sold = last(await rpc.until('sold', isSold));
    expect(sold).toMatchObject({ state: 'approved', reason: null, code: null });
    expect(sold?.story.map(({ what }) => what)).not.toContain('codeShown');
    const kept_fen = await (rails.find(({ name }) => name === 'wechat') as Rail).kept_fen(
      sold?.orderNumber ?? '',
    );
    expect(kept_fen).toBe(sold?.amount_fen);
    await rpc.call('sale.next');
  });

  it('since the acquirer makes none for such a payment: told so, and nothing is charged', {
    timeout: DEADLINE_ms,
  }, async () => {
    const { alipay } = wallets;
    await alipay.faults.set({ fault: 'decline', call: 'precreate', code: 'ACQ.TOTAL_FEE_EXCEED', count: 1 });
    await till.tender();
    await till.rpc.call('payment.present', { routeId: 'alipay' });
    const payment = last(await till.rpc.until('refused', refused));
    expect(payment).toMatchObject({ reason: 'E-PAY-24', code: null, unproven: false });
    expect(
      await (rails.find(({ name }) => name === 'alipay') as Rail).kept_fen(payment?.orderNumber ?? ''),
    ).toBe(0);
    await drop();
  });
});

it('a code of ours blocks another tender, and a payment code is told so', {
  timeout: DEADLINE_ms,
}, async () => {
  const { payment } = await show('gateway');
  await till.shop.scanner.scan(till.codes.wechat());
  await till.rpc.until('told', ({ notice }) => notice?.code === 'E-SCAN-08');
  await expect(till.rpc.call('payment.present', { routeId: 'wechat' })).rejects.toThrow(/E-SCAN-08/);
  await expect(till.rpc.call('sale.cancel')).rejects.toThrow(/E-SALE-03/);
  await till.rpc.call('payment.giveUp', { attemptId: payment.attemptId });
  await till.rpc.until('closed', isIn('closed'));
  await drop();
});

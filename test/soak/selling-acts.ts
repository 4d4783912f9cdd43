// What the soak's cashier sells, and how: by wallet with the acquirer in any mood, in cash, mixed, given up, parked, dropped.
import type { Snapshot } from '../../contract/snapshot.ts';
import { basket, type Counter, count, lastPayment, next, payCash, remember, saleIs } from './counter.ts';
import { upsetPayment } from './faults.ts';

/** Charged nothing, for sure: the sale takes another tender. */
const isNotCharged = (snapshot: Snapshot): boolean => {
  const payment = lastPayment(snapshot);
  return payment !== undefined && !payment.unproven && payment.state !== 'approved';
};

const isSold = saleIs('completed', 'completedPending');

async function scanCode(counter: Counter): Promise<void> {
  const { shop, rpc, codes, chance } = counter;
  const before = rpc.snapshot().sale?.payments.length ?? 0;
  await shop.scanner.scan(chance.happens(0.6) ? codes.wechat() : codes.alipay());
  await rpc.until('the payment is opened', ({ sale }) => (sale?.payments.length ?? 0) > before);
}

/** Until the wallet has paid, or provably not: then another code, or cash. Returns whether a wallet paid. */
async function untilPaid(counter: Counter): Promise<void> {
  const { rpc, chance } = counter;
  await rpc.until('paid, or not charged', (snapshot) => isSold(snapshot) || isNotCharged(snapshot));
  if (isSold(rpc.snapshot())) return count(counter, 'wallet');
  count(counter, `not charged (${lastPayment(rpc.snapshot())?.state})`);
  if (chance.happens(0.5)) return payCash(counter);
  await counter.shop.acquirer.faults.clear();
  await scanCode(counter);
  await rpc.until('paid, or not charged', (snapshot) => isSold(snapshot) || isNotCharged(snapshot));
  if (isSold(rpc.snapshot())) return count(counter, 'wallet');
  return payCash(counter);
}

export async function sellByWallet(counter: Counter): Promise<void> {
  await basket(counter);
  const fault = await upsetPayment(counter.shop, counter.chance);
  if (fault !== null) count(counter, `fault ${fault}`);
  await scanCode(counter);
  await untilPaid(counter);
  remember(counter);
  await next(counter);
}

export async function sellForCash(counter: Counter): Promise<void> {
  await basket(counter);
  await payCash(counter);
  remember(counter);
  await next(counter);
}

/** A part by wallet, the rest in cash. */
export async function sellMixed(counter: Counter): Promise<void> {
  const { rpc, chance } = counter;
  const due_fen = await basket(counter);
  const amount_fen = chance.whole(1, Math.max(1, due_fen - 1));
  await rpc.call('tender.walletPart', { amount_fen });
  await upsetPayment(counter.shop, chance);
  await scanCode(counter);
  await rpc.until(
    'the part is paid, or not charged',
    (snapshot) => isNotCharged(snapshot) || lastPayment(snapshot)?.state === 'approved',
  );
  if (!isSold(rpc.snapshot())) await payCash(counter);
  count(counter, 'mixed');
  remember(counter);
  await next(counter);
}

/** The answer is lost and the customer in a hurry: cash instead, and the payment is reversed behind it. */
export async function cashInsteadOfDoubt(counter: Counter): Promise<void> {
  const { rpc, shop } = counter;
  await basket(counter);
  await shop.acquirer.faults.clear();
  await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await shop.acquirer.faults.set({ fault: 'http5xx', path: 'query', count: 3 });
  await scanCode(counter);
  await rpc.until('may be given up', (snapshot) => {
    const payment = lastPayment(snapshot);
    return payment !== undefined && (payment.canGiveUp || !payment.unproven || isSold(snapshot));
  });
  const payment = lastPayment(rpc.snapshot());
  if (payment?.canGiveUp === true) {
    await rpc.call('payment.giveUp', { attemptId: payment.attemptId });
    count(counter, 'given up');
    await payCash(counter);
  } else await untilPaid(counter);
  await next(counter);
}

export async function dropGoods(counter: Counter): Promise<void> {
  await basket(counter);
  await counter.rpc.call('sale.cancel');
  count(counter, 'dropped');
  await next(counter);
}

/** Put aside for another customer, and fetched again. */
export async function parkAndRecall(counter: Counter): Promise<void> {
  const { rpc } = counter;
  await basket(counter);
  await rpc.call('sale.park');
  // The newest snapshot may still be the one before.
  await rpc.until('the counter is free', saleIs('none'));
  await sellForCash(counter);
  const [parked] = rpc.snapshot().parked;
  if (!parked) throw new Error('the parked sale is gone');
  await rpc.call('sale.recall', { saleId: parked.saleId });
  const { sale } = await rpc.until('recalled', saleIs('open', 'tendering'));
  if (sale?.state === 'open') await rpc.call('sale.tender');
  count(counter, 'parked');
  await payCash(counter);
  await next(counter);
}

/** The line is down: some payments are queued, and forwarded when it is back; one of them may be declined then. */
export async function sellOffline(counter: Counter): Promise<void> {
  const { rpc, shop, chance } = counter;
  await shop.acquirer.faults.clear();
  await shop.acquirer.refuse();
  await rpc.until('offline', ({ routes }) => routes[0]?.state === 'offline');
  const sales = chance.whole(2, 5);
  for (let sold = 0; sold < sales; sold += 1) {
    await basket(counter);
    await scanCode(counter);
    await rpc.until('queued', isSold);
    count(counter, 'queued');
    await next(counter);
  }
  if (chance.happens(0.3)) await shop.acquirer.faults.set({ fault: 'decline', path: 'pay', count: 1 });
  await shop.acquirer.accept();
  await rpc.until('forwarded', ({ exposure }) => exposure.count === 0);
}

// The second act: a whole day at the counter, from the hold to the sealed and reprinted Z. Each step ends in proof.
import { readFileSync, writeFileSync } from 'node:fs';
import { basket, fill, lastPayment, next, untilPayment, untilReceipt } from './actions.ts';
import type { Pick } from './play.ts';
import type { Stage, Step } from './stage.ts';

/** Changes the route's offline mode in the configuration; the next core reads it. */
async function useOfflineMode(stage: Stage, offline: object): Promise<void> {
  const { configFile } = stage.shop;
  const configuration = JSON.parse(readFileSync(configFile, 'utf8'));
  configuration.route.offline = { ...configuration.route.offline, ...offline };
  writeFileSync(configFile, JSON.stringify(configuration, null, 2));
  await stage.killCore();
  await stage.until(
    'the new configuration and everything ready',
    (now) => now.operator !== null && now.scanners[0]?.state === 'ready' && now.routes[0]?.state === 'online',
  );
}

async function held(stage: Stage, goods: readonly string[]): Promise<void> {
  const { acquirer } = stage.shop;
  await useOfflineMode(stage, { mode: 'hold', holdFor_s: 20 });
  await basket(stage, goods);
  await acquirer.refuse();
  await stage.until('the route is offline, and why', (now) => now.routes[0]?.layer === 'tcp');
  await stage.shop.scanner.scan(stage.codes.wechat());
  await untilPayment(stage, 'held');
  await stage.picture('held');
  await acquirer.accept();
  await untilReceipt(stage, 'completed');
  await stage.picture('held-paid');
  await next(stage);
  await useOfflineMode(stage, { mode: 'queue' });
}

/** Printed, and what the customer handed over less the change that the screen says is in the drawer. */
async function cashReceipt(stage: Stage): Promise<void> {
  const { sale } = await untilReceipt(stage, 'completed');
  if (!sale?.cash) throw new Error('no cash was taken');
  stage.drawer.add(sale.cash.received_fen - sale.cash.change_fen);
}

async function cashInstead(stage: Stage, goods: readonly string[]): Promise<void> {
  const { faults } = stage.shop.acquirer;
  await faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await faults.set({ fault: 'dropRequest', path: 'query' });
  await faults.set({ fault: 'http5xx', path: 'voidpayment', count: 1, process: false });
  const due_fen = await basket(stage, goods);
  await stage.shop.scanner.scan(stage.codes.alipay());
  await stage.until('in doubt, and the cashier may give up', (now) => {
    const payment = lastPayment(now);
    return payment?.state === 'unknown' && payment.canGiveUp;
  });
  await stage.picture('cash-instead-doubt');
  await stage.day.cashInstead(Math.ceil(due_fen / 10_000) * 10_000);
  await cashReceipt(stage);
  await stage.picture('cash-instead-paid');
  await next(stage);
  await faults.clear();
  await stage.until('the reversal is proven', (now) => now.resolving.length === 0);
}

async function mixed(stage: Stage, goods: readonly string[]): Promise<void> {
  const due_fen = await basket(stage, goods);
  const wallet_fen = Math.floor(due_fen / 2);
  await stage.day.walletPart(wallet_fen);
  await stage.until('a part for the wallet', (now) => now.sale?.walletPart_fen === wallet_fen);
  await stage.shop.scanner.scan(stage.codes.unionpay());
  await stage.until('the wallet has paid its part', (now) => now.sale?.due_fen === due_fen - wallet_fen);
  await stage.picture('mixed-cash-left');
  await stage.day.cash(10_000, { roundDown: (due_fen - wallet_fen) % 10 > 0 });
  await cashReceipt(stage);
  await stage.picture('mixed-paid');
  await next(stage);
}

async function sellForReturn(stage: Stage, goods: readonly string[], code: string): Promise<string> {
  await basket(stage, goods);
  await stage.shop.scanner.scan(code);
  const paid = await untilReceipt(stage, 'completed');
  await next(stage);
  return paid.sale?.receiptId ?? '';
}

/** The customer comes back with the receipt: its barcode is scanned. */
async function findByReceipt(stage: Stage, receiptId: string): Promise<void> {
  await stage.shop.scanner.scan(receiptId);
  await stage.until('the sale of the receipt', (now) => now.found?.receiptId === receiptId);
}

export async function partialRefund(stage: Stage, goods: readonly string[], code: string): Promise<void> {
  const receiptId = await sellForReturn(stage, goods, code);
  await findByReceipt(stage, receiptId);
  await stage.picture('return');
  await stage.day.returnGoods('one');
  await stage.until('refunded, proven', (now) => now.found?.giveBacks[0]?.state === 'done');
  await stage.picture('return-done');
  await stage.day.returnDone();
  await stage.until('nothing on the counter', (now) => now.found === null);
}

async function refundAnswerLost(stage: Stage, goods: readonly string[]): Promise<void> {
  const { faults } = stage.shop.acquirer;
  const receiptId = await sellForReturn(stage, goods, stage.codes.alipay());
  await faults.set({ fault: 'dropAnswer', path: 'refund', count: 1 });
  await faults.set({ fault: 'dropAnswer', path: 'query-refund', count: 1 });
  await findByReceipt(stage, receiptId);
  await stage.day.returnGoods('one');
  await stage.until('the refund is in doubt', (now) => now.found?.giveBacks[0]?.state === 'unknown');
  await stage.picture('refund-in-doubt');
  await stage.until('refunded, proven', (now) => now.found?.giveBacks[0]?.state === 'done');
  await stage.picture('refund-found');
  await stage.day.returnDone();
  await stage.until('nothing on the counter', (now) => now.found === null);
}

async function voided(stage: Stage, goods: readonly string[]): Promise<void> {
  const receiptId = await sellForReturn(stage, goods, stage.codes.unionpay());
  await findByReceipt(stage, receiptId);
  await stage.day.returnGoods('all');
  await stage.until('voided, proven', (now) => now.found?.giveBacks[0]?.state === 'done');
  await stage.picture('void-done');
  await stage.day.returnDone();
  await stage.until('nothing on the counter', (now) => now.found === null);
}

async function parked(stage: Stage, goods: readonly (readonly string[])[]): Promise<void> {
  const [first = [], second = []] = goods;
  await fill(stage, first);
  await stage.day.park();
  await stage.until('parked', (now) => now.parked.length === 1 && now.sale === null);
  await basket(stage, second);
  await stage.day.cash(10_000, { roundDown: false });
  await cashReceipt(stage);
  await next(stage);
  await stage.day.recall();
  await stage.until('recalled', (now) => now.parked.length === 0 && now.sale !== null);
  await stage.picture('recalled');
  const now = await stage.until('its goods are there', (one) => one.sale?.itemCount === first.length);
  if (now.sale) stage.claim(now.sale.saleId);
  await stage.cashier.tender();
  await stage.until('the tender step', (one) => one.sale?.state === 'tendering');
  await stage.shop.scanner.scan(stage.codes.wechat());
  await untilReceipt(stage, 'completed');
  await next(stage);
}

async function noSaleOpen(stage: Stage): Promise<void> {
  const before = await stage.shop.paper.drawerPulses();
  const since = stage.shop.paper.mark();
  await stage.day.openDrawer();
  await stage.shop.paper.drawerOpened({ since });
  const pulses = (await stage.shop.paper.drawerPulses()) - before;
  if (pulses !== 1) throw new Error(`the drawer got ${pulses} pulses`);
  await stage.until('the drawer is told open', (now) => now.drawer === 'opened');
  await stage.picture('drawer-opened');
}

/** What somebody has taken out of the drawer before the count. */
const MISSING_fen = 1000;

/** Pieces of this sum, largest first, one row for each denomination that the till counts. */
function piecesOf(sum_fen: number, denominations_fen: readonly number[]) {
  let left_fen = sum_fen;
  return denominations_fen.map((value_fen) => {
    const count = Math.floor(left_fen / value_fen);
    left_fen -= count * value_fen;
    return { value_fen, count };
  });
}

async function shortShift(stage: Stage): Promise<void> {
  const { denominations_fen } = await stage.until('a shift', (now) => now.shift !== null);
  const expected_fen = stage.drawer.sum_fen();
  await stage.day.closeShift(piecesOf(expected_fen - MISSING_fen, denominations_fen));
  await stage.until('no shift', (now) => now.shift === null);
  await stage.picture('shift-closed-short');
}

/** A whole paper with these words on it has come out. */
async function untilPaper(stage: Stage, words: RegExp): Promise<void> {
  const { paper } = stage.shop;
  for (;;) {
    const since = paper.mark();
    const jobs = await paper.jobs();
    if (jobs.some((job) => words.test(job.text))) return;
    await paper.waitFor('paper.cut', {}, { since });
  }
}

async function dayClosed(stage: Stage): Promise<void> {
  await stage.day.shiftDone();
  await stage.day.closeDay();
  await stage.until('the next business day is open', (now) => now.businessDate === null);
  await stage.picture('z');
  await untilPaper(stage, /Z REPORT/);
  await stage.day.reprintReport();
  await untilPaper(stage, /重印[^]*Z REPORT/);
}

export function daySteps(pick: Pick): Step[] {
  return [
    { name: 'held', title: 'offline mode hold: the code waits for the line', run: (s) => held(s, pick(20)) },
    {
      name: 'cash-instead',
      title: 'cash instead of a payment in doubt, which is reversed',
      run: (s) => cashInstead(s, pick(33)),
    },
    {
      name: 'mixed',
      title: 'a wallet and cash for one sale, rounded down',
      run: (s) => mixed(s, pick(50, 51)),
    },
    {
      name: 'partial-refund',
      title: 'one piece of three comes back',
      run: (s) => partialRefund(s, pick(5, 6, 7), s.codes.wechat()),
    },
    {
      name: 'refund-lost',
      title: "a refund's answer lost, then found by inquiry",
      run: (s) => refundAnswerLost(s, pick(70, 71)),
    },
    { name: 'void', title: 'a whole sale comes back the same day: voided', run: (s) => voided(s, pick(80)) },
    {
      name: 'parked',
      title: 'parked for another customer, recalled, paid',
      run: (s) => parked(s, [pick(85, 86), pick(88)]),
    },
    { name: 'no-sale', title: 'the drawer opened without a sale', run: noSaleOpen },
    { name: 'shift-short', title: 'the shift closed with 10 yuan missing', run: shortShift },
    { name: 'day-closed', title: 'the Z sealed by two computations, and reprinted', run: dayClosed },
  ];
}

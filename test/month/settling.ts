// The end of the month: no new trouble, everything open comes to its end, and then every book must say the same.
import type { Report } from '../../contract/report.ts';
import { at_ms } from './calendar.ts';
import { must, mustEqual } from './failure.ts';
import type { Sums } from './ledger.ts';
import { clearExceptions, isBusy, payFailedRefunds } from './give-backs.ts';
import { closeDay, closeShift, openShift, signIn } from './shifts.ts';
import { attemptOf, isProven, type KnownSale, saleOf, type Shop } from './shop.ts';
import { recall } from './tender.ts';

const QUIET_days = 2;

/** Two days without faults, the second of which has nothing left to do; the Z of each. */
export function settleAll(shop: Shop): Report[] {
  shop.ledger.isCalm = true;
  shop.wire.isCalm = true;
  shop.printer.isCalm = true;
  const reports: Report[] = [];
  for (let day = shop.options.days; day < shop.options.days + QUIET_days; day += 1) {
    shop.day = day;
    shop.clock.runUntil(at_ms(day, 9));
    signIn(shop, 'lin');
    openShift(shop);
    while (shop.parked.length > 0) recall(shop);
    must(!isBusy(shop), 'a sale is left on the counter');
    shop.clock.runUntil(at_ms(day, 12));
    clearExceptions(shop, true);
    payFailedRefunds(shop);
    shop.clock.runUntil(at_ms(day, 21));
    closeShift(shop);
    reports.push(closeDay(shop));
  }
  return reports;
}

type LedgerSums = ReadonlyMap<string, Sums>;

/** Each order of the acquirer's ledger against what the till believes it has got of it. */
function checkOrders(shop: Shop, sums: LedgerSums): void {
  const believed = new Map<string, number>();
  for (const known of shop.sales.values()) {
    const giveBacks = shop.till.store.giveBacksOf(known.saleId);
    for (const attemptId of saleOf(shop, known).attemptIds) {
      const attempt = attemptOf(shop, attemptId);
      must(isProven(attempt), `${attemptId} is ${attempt.machine.state.kind} after two quiet days`);
      const back_fen = giveBacks
        .filter((one) => one.attemptId === attemptId && one.machine.state.kind === 'done')
        .reduce((sum, one) => sum + one.amount_fen, 0);
      const kept_fen = attempt.machine.state.kind === 'approved' ? attempt.amount_fen - back_fen : 0;
      believed.set(attempt.orderNumber, kept_fen);
    }
  }
  for (const [orderNumber, { net_fen }] of sums)
    mustEqual(`order ${orderNumber}`, believed.get(orderNumber) ?? 'nothing', net_fen);
  for (const [orderNumber, kept_fen] of believed)
    mustEqual(`order ${orderNumber}`, kept_fen, sums.get(orderNumber)?.net_fen ?? 0);
}

/**
 * What one sale brought in the end: what was taken for it (never more than it is worth), less what came back. Goods that nobody
 * paid for are the first to come back for nothing. The answer is what of its goods is gone and was never paid.
 */
function checkSale(shop: Shop, known: KnownSale, sums: LedgerSums): number {
  const sale = saleOf(shop, known);
  const isEnded = ['completed', 'returned', 'cancelled'].includes(sale.state);
  must(isEnded, `${known.saleId} is ${sale.state} after two quiet days`);
  const orders = sale.attemptIds.map((id) => sums.get(attemptOf(shop, id).orderNumber));
  const sum = (part: keyof Sums) => orders.reduce((total, one) => total + (one?.[part] ?? 0), 0);
  const kept_fen = sum('net_fen') + known.cash_fen - known.cashBack_fen;
  if (sale.state === 'cancelled') {
    mustEqual(`kept of the dropped ${known.saleId}`, kept_fen, 0);
    return 0;
  }
  const { writtenOff_fen, returned_fen } = known;
  const worth_fen = known.total_fen - known.rounding_fen;
  const taken_fen = Math.min(worth_fen, sum('charged_fen') + known.cash_fen);
  const unpaid_fen = worth_fen - taken_fen;
  must(
    unpaid_fen <= Math.max(writtenOff_fen, returned_fen),
    `${unpaid_fen} fen of ${known.saleId} are nowhere`,
  );
  mustEqual(`kept of ${known.saleId}`, kept_fen, taken_fen - Math.max(0, returned_fen - unpaid_fen));
  return Math.max(0, unpaid_fen - returned_fen);
}

/**
 * Over the whole month, goods that left for good = money that stayed:
 *
 *   sum of net sales (sales - returns, after 抹零)
 *     = cash kept (cash sales - cash refunds)
 *     + wallets kept (approved - refunds - voids)
 *     + goods gone that nobody paid for (written off; checkSale)
 *
 * A queued payment that was never charged and whose goods came back is in sales and in returns, and in no tender: it cancels
 * out. Paid in and paid out move no goods. A sale dropped after a part was paid is in the wallets twice, there and back.
 */
function checkIdentity({ zBook }: Shop, unpaid_fen: number): void {
  const sales_fen = zBook.sum((report) => report.net_fen);
  const cash_fen = zBook.sum(({ cash }) => cash.sales.amount_fen - cash.refunds.amount_fen);
  const wallets_fen = zBook.sum(({ wallets }) => wallets.reduce((sum, row) => sum + row.net_fen, 0));
  mustEqual('the month: net sales', sales_fen, cash_fen + wallets_fen + unpaid_fen);
}

function checkNothingOpen({ till, zBook }: Shop): void {
  const { state } = till;
  mustEqual('carried by the last Z', JSON.stringify(zBook.reports.at(-1)?.carried), '[]');
  mustEqual('open exceptions', Object.keys(state.exceptions).length, 0);
  mustEqual('parked sales', state.parkedSaleIds.length, 0);
  mustEqual('open outbox rows', till.store.openRows().length, 0);
}

/** Every sale had its paper asked for. */
function checkPapers(shop: Shop): void {
  for (const known of shop.sales.values()) {
    const { receiptId } = saleOf(shop, known);
    must(receiptId === null || shop.printer.asked.has(receiptId), `receipt ${receiptId} was never printed`);
  }
}

export function checkMonth(shop: Shop): void {
  shop.clock.runUntil(at_ms(shop.options.days + QUIET_days - 1, 23));
  checkNothingOpen(shop);
  const sums = shop.ledger.sums();
  checkOrders(shop, sums);
  const unpaid_fen = [...shop.sales.values()].reduce((sum, known) => sum + checkSale(shop, known, sums), 0);
  checkIdentity(shop, unpaid_fen);
  checkPapers(shop);
}

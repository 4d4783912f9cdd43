// A simulated month: days of customers and faults through the real core, every book compared with every other.
import type { Report } from '../../contract/report.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import { join } from 'node:path';
import { runDay } from './day.ts';
import { must } from './failure.ts';
import { checkMonth, settleAll } from './settling.ts';
import { type MonthOptions, openShop, type Shop } from './shop.ts';

export type MonthResult =
  | { ok: true; sales: number; records: number; net_fen: number; orders: number; faults: string[] }
  | { ok: false; day: number; difference: string; faults: string[] };

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

function lineOf(name: string, report: Report): string {
  const { sales, net_fen, cash, wallets, offline, carried } = report;
  const wallets_fen = wallets.reduce((sum, row) => sum + row.net_fen, 0);
  const overShort_fen = cash.shifts.reduce((sum, shift) => sum + shift.overShort_fen, 0);
  const exceptions = offline.declined.count + offline.expired.count;
  return [
    name,
    `${sales.count} sales`,
    `net ${yuan(net_fen)}`,
    `cash ${yuan(cash.sales.amount_fen - cash.refunds.amount_fen)}`,
    `wallets ${yuan(wallets_fen)}`,
    `offline ${offline.taken.count}`,
    `exceptions ${exceptions}`,
    `carried ${carried.length}`,
    `over/short ${yuan(overShort_fen)}`,
  ].join(' · ');
}

function play(shop: Shop): void {
  const { options } = shop;
  for (let day = 0; day < options.days; day += 1)
    options.say(lineOf(`day ${String(day + 1).padStart(2)}`, runDay(shop, day)));
  for (const report of settleAll(shop)) options.say(lineOf('settling', report));
  checkMonth(shop);
  if (!options.everyFault) return;
  const missing = shop.faults.missing();
  must(missing.length === 0, `these never happened: ${missing.join(', ')}`);
}

/** Folds the whole journal anew and compares every projection. */
function verify({ options }: Shop): void {
  const { ok, fault, differences } = verifyStateDirectory(join(options.directory, 'state'));
  must(ok, `the state directory does not verify: ${fault?.detail ?? differences[0] ?? ''}`);
}

export function runMonth(options: MonthOptions): MonthResult {
  const shop = openShop(options);
  try {
    play(shop);
    const records = shop.till.state.sequence;
    shop.till.close();
    if (options.verify) verify(shop);
    return {
      ok: true,
      sales: shop.sales.size,
      records,
      net_fen: shop.zBook.sum((report) => report.net_fen),
      orders: shop.ledger.orders.size,
      faults: shop.faults.lines(),
    };
  } catch (error) {
    shop.till.close();
    const difference = error instanceof Error ? `${error.message}${traceOf(error)}` : String(error);
    return { ok: false, day: shop.day + 1, difference, faults: shop.faults.lines() };
  }
}

/** Where a defect of the core itself was met; a difference found by a check needs no trace. */
function traceOf(error: Error): string {
  return error.name === 'MonthFailure' ? '' : `\n${error.stack ?? ''}`;
}

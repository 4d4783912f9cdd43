// Made-up lines and items, each a plain one but for what a test wants of it.
import type { Bill, BillEntry } from '../bills/bill.ts';
import { sumOf, totalsOf } from '../bills/sums.ts';
import type { GiveBackItem, OrderItem } from '../journal/items.ts';

export const TERMINAL = '00000018';
export const ORDER = `${TERMINAL}00300000112345678`;
export const CHARGE = '4200000001';

export const eve = { date: '2026-11-23', at_ms: Date.parse('2026-11-23T10:00:00+08:00') };
export const day = { date: '2026-11-24', at_ms: Date.parse('2026-11-24T10:00:00+08:00') };
export const next = { date: '2026-11-25', at_ms: Date.parse('2026-11-25T10:00:00+08:00') };

export function entryOf(wanted: Partial<BillEntry>): BillEntry {
  return {
    line: 2,
    kind: 'payment',
    orderNumber: ORDER,
    refundNumber: null,
    acquirerNumber: CHARGE,
    amount_fen: 1000,
    fee_fen: 0,
    discount_fen: 0,
    rate_ppm: null,
    time: `${day.date} 10:00:00`,
    status: 'SUCCESS',
    terminal: null,
    ...wanted,
  };
}

/** Lines are numbered anew. */
export function billOf(lines: readonly BillEntry[], wanted: Partial<Bill> = {}): Bill {
  const entries = lines.map((entry, index) => ({ ...entry, line: index + 2 }));
  const payout_fen = sumOf(entries, ({ kind, amount_fen, fee_fen, discount_fen }) => {
    return (kind === 'payment' ? amount_fen : -amount_fen) - fee_fen - discount_fen;
  });
  const totals = totalsOf(entries, payout_fen);
  return { rail: 'wechatpay', file: 'made.csv', billDate: day.date, entries, totals, ...wanted };
}

export function orderOf(wanted: Partial<OrderItem>): OrderItem {
  return {
    orderNumber: ORDER,
    routeId: 'wechat',
    party: null,
    amount_fen: 1000,
    belief: 'taken',
    state: 'approved',
    openedAt_ms: day.at_ms,
    provenAt_ms: day.at_ms,
    settlementDate: day.date,
    acquirerNumbers: [CHARGE],
    cameAfterLoss: false,
    records: [7, 8],
    ...wanted,
  };
}

/** `bookings`: of one that is done, when that was proven. */
export function giveBackOf(wanted: Partial<GiveBackItem>): GiveBackItem {
  const plain = plainGiveBack(wanted);
  const { belief, provenAt_ms, amount_fen } = plain;
  const bookings =
    belief === 'done' && provenAt_ms !== null ? [{ at_ms: provenAt_ms, back_fen: amount_fen }] : [];
  return { bookings, ...plain };
}

function plainGiveBack(wanted: Partial<GiveBackItem>): Omit<GiveBackItem, 'bookings'> {
  return {
    requestNumber: `R${TERMINAL}00300000187654321`,
    orderNumber: ORDER,
    routeId: 'wechat',
    party: null,
    method: 'refund',
    amount_fen: 300,
    belief: 'done',
    state: 'done',
    openedAt_ms: day.at_ms,
    provenAt_ms: day.at_ms,
    paidInCash: false,
    records: [9, 10],
    ...wanted,
  };
}

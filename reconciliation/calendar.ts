// Whose day it is: Shanghai is eight hours ahead of UTC, always; an acquirer may end its clearing day before midnight.
import type { Rail } from './bills/bill.ts';

const MINUTE_ms = 60_000;
const AHEAD_ms = 8 * 60 * MINUTE_ms;
const DAY_min = 24 * 60;

/** Minutes after midnight at which the clearing day ends. The wallets' bills: format-trade of WeChat Pay (00:00), docs/reconciliation.md. */
const dayEnds_min: Readonly<Record<Rail, number>> = {
  wechatpay: DAY_min,
  alipay: DAY_min,
  // docs/acquirers/unionpay.md, "Timings"
  unionpay: 23 * 60,
  // docs/gateway-protocol.md, "The bill"
  gateway: 23 * 60,
};

/** The clearing day that a moment of the till belongs to: `YYYY-MM-DD`. @param at_ms since 1970, UTC */
export function clearingDate(rail: Rail, at_ms: number): string {
  const early_ms = (DAY_min - dayEnds_min[rail]) * MINUTE_ms;
  return new Date(at_ms + AHEAD_ms + early_ms).toISOString().slice(0, 10);
}

/** `YYYY-MM-DD HH:mm:ss` of the shop's clock, as bills write it. @param at_ms since 1970, UTC */
export function shanghaiTime(at_ms: number): string {
  return new Date(at_ms + AHEAD_ms).toISOString().slice(0, 19).replace('T', ' ');
}

// Orders of alipay.trade.precreate (main scan) <-> events of the port. Pure. Sources: the SDK's own field texts (AlipayTradePrecreateModel),
// open.alitrip.com apiId=1058 (close), cloud.tencent.com 1096089 (an answer of Alipay's support); docs/acquirers/alipay.md, "Main scan".
import { z } from 'zod';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import { headOf, isForeign, type ShopFacts, shopContent } from './codec.ts';
import { alipayCloseRefusals, alipayPrecreateRefusals, alipayPrecreateUndecided } from './codes.ts';
import { yuanOf } from './money.ts';

const MINUTE_ms = 60_000;
const CARRIED_OUT = '10000';

/** Whole minutes only, and not a second more than the order has. `wall_ms`: when it is sent. */
function life_min(order: PresentedOrder, wall_ms: number): number {
  return Math.max(1, Math.floor((order.expiresAt_ms - wall_ms) / MINUTE_ms));
}

/** When a code asked for at `wall_ms` ends at the earliest. */
export function codeEnd_ms(order: PresentedOrder, wall_ms: number): number {
  return Math.min(order.expiresAt_ms, wall_ms + life_min(order, wall_ms) * MINUTE_ms);
}

/** `wall_ms`: when it is sent, the clock that the request's time comes from. */
export function precreateContent(
  shop: ShopFacts,
  order: PresentedOrder,
  wall_ms: number,
): Record<string, unknown> {
  const life = `${life_min(order, wall_ms)}m`;
  return {
    out_trade_no: order.orderNumber,
    total_amount: yuanOf(order.amount_fen),
    subject: shop.subject,
    product_code: shop.productCode,
    ...shopContent(shop),
    // from the making of the code, and from its scanning
    qr_code_timeout_express: life,
    timeout_express: life,
  };
}

const presented = z.object({
  out_trade_no: z.string(),
  qr_code: z.string().regex(/^https:\/\/qr\.alipay\.com\/[\x21-\x7e]{1,1000}$/),
});

export function readPrecreateAnswer(json: unknown, order: PresentedOrder): PresentEvent {
  const undecided: (code: string) => PresentEvent = alipayPrecreateUndecided;
  const head = headOf(json);
  if (head === null) return undecided('NO_CODE');
  if (isForeign(json, order)) return undecided('MISMATCH');
  const { code, reason: told } = head;
  const isListed = code === '40004' && Object.hasOwn(alipayPrecreateRefusals, told);
  const reason = isListed ? alipayPrecreateRefusals[told] : undefined;
  if (reason !== undefined) return { kind: 'refused', code: told, reason };
  if (code !== '10000') return undecided(told);
  const found = presented.safeParse(json);
  if (!found.success) return undecided('NO_QR_CODE');
  const isOurs = found.data.out_trade_no === order.orderNumber;
  return isOurs ? { kind: 'presented', content: found.data.qr_code, endsAt_ms: null } : undecided('MISMATCH');
}

/**
 * What the closing comes to as long as a query finds the order open. ACQ.TRADE_NOT_EXIST: nobody has scanned the code, which lives on; and
 * what is there by now, paid or closed, the query tells.
 */
export function readCloseAnswer(json: unknown, order: PresentedOrder): ClosingEvent {
  const head = headOf(json);
  if (head === null) return { kind: 'closePending', cause: 'NO_CODE', mayBePaid: true };
  if (isForeign(json, order)) return { kind: 'closePending', cause: 'MISMATCH', mayBePaid: true };
  const { code, reason } = head;
  // `isv.*`: refused before anybody looked at the order, for want of a permission, say
  const isRefused = code === '40004' && alipayCloseRefusals.has(reason);
  if (isRefused || reason.startsWith('isv.')) return { kind: 'closeRefused', cause: reason };
  const isUnpaid = code === CARRIED_OUT || (code === '40004' && reason === 'ACQ.TRADE_NOT_EXIST');
  return { kind: 'closePending', cause: reason, ...(isUnpaid ? {} : { mayBePaid: true }) };
}

/**
 * TRADE_CLOSED is said of what nobody paid and of what was wholly given back. Only a close that was carried out tells which: it ends no order
 * that is paid, so this is its own doing. After all else somebody may have paid.
 */
export function foundAfterClose(found: PaymentEvent, open: ClosingEvent): PaymentEvent {
  const isCarriedOut = open.kind === 'closePending' && open.cause === CARRIED_OUT && !open.mayBePaid;
  return found.kind === 'hostReversed' && isCarriedOut
    ? { kind: 'declined', code: found.result, reason: 'orderClosed' }
    : found;
}

// A sale and its payments as the contract's views. Pure.
import type { StoryStep } from '../../contract/evidence.ts';
import type { LineView, PaymentView, SaleView } from '../../contract/snapshot.ts';
import { isProven } from '../domain/payment/state.ts';
import { itemCount, lineAmount_fen, newestCash, type Sale, saleTotal_fen } from '../domain/sale/sale.ts';
import {
  attemptsOf,
  covered_fen,
  due_fen,
  isBlocking,
  isCollecting,
  isLeaving,
  takesTender,
  isUndecided,
} from '../domain/till/queries.ts';
import { reasonOf } from '../domain/till/reason-of.ts';
import type { Attempt, TillState } from '../domain/till/state.ts';
import { roundDown_fen } from '../domain/till/tendering.ts';
import { giveBackView, isShown } from './view-give-backs.ts';
import type { ViewSettings } from './view-settings.ts';

/** `settled`: a Z has closed over the approval; `voided`: wholly given back (docs/adr/0006). */
function stateShown(
  { machine: { state }, givenBack_fen, givingBack_fen, amount_fen, zNumber }: Attempt,
  lastZ: number,
) {
  if (state.kind !== 'approved') return state.kind;
  if (givenBack_fen === amount_fen) return 'voided';
  if (givingBack_fen === amount_fen) return 'voiding';
  return zNumber <= lastZ ? 'settled' : 'approved';
}

/** Main scan: only while it may be scanned. */
export function codeShown({ machine: { state } }: Attempt): PaymentView['code'] {
  if (state.kind !== 'presenting' || state.content === null) return null;
  return {
    content: state.content,
    endsAt_ms: state.endsAt_ms,
    isScanned: state.isScanned === true,
  };
}

export function paymentView(
  attempt: Attempt,
  routes: ViewSettings['routes'],
  now_ms: number,
  lastZ = 0,
): PaymentView {
  const { state, due, deferred } = attempt.machine;
  const canEver = isBlocking(attempt) && !isLeaving(attempt);
  const sentAt_ms = 'sentAt_ms' in state ? state.sentAt_ms : null;
  // What was never sent, or is a code of ours, may be given up at once.
  const isAtOnce = sentAt_ms === null || state.kind === 'presenting';
  const fairChance_ms = isAtOnce ? 0 : (routes[attempt.routeId]?.policy.giveUpFrom_ms ?? 0);
  const giveUpFrom_ms = canEver ? (sentAt_ms ?? attempt.openedAt_ms) + fairChance_ms : null;
  return {
    attemptId: attempt.attemptId,
    orderNumber: attempt.orderNumber,
    scheme: attempt.scheme,
    amount_fen: attempt.amount_fen,
    codeMask: attempt.codeMask,
    state: stateShown(attempt, lastZ),
    unproven: !isProven(state),
    deferred,
    since_ms: sentAt_ms ?? attempt.openedAt_ms,
    nextStepAt_ms: due?.at_ms ?? null,
    inquiries: 'inquiries' in state ? state.inquiries : 0,
    reversals: 'reversals' in state ? state.reversals : 0,
    reason: reasonOf(attempt),
    acquirerCode: attempt.acquirerCode,
    canGiveUp: giveUpFrom_ms !== null && now_ms >= giveUpFrom_ms,
    giveUpFrom_ms,
    code: codeShown(attempt),
    story: attempt.story as StoryStep[],
  };
}

function lineViews(sale: Sale): LineView[] {
  return sale.lines.map((line) => ({
    lineId: line.lineId,
    barcode: line.barcode,
    name_zh: line.name_zh,
    name_en: line.name_en,
    unit: line.unit,
    quantity: line.quantity,
    unitPrice_fen: line.price_fen,
    amount_fen: lineAmount_fen(line),
  }));
}

/** What the cashier may do with it now. */
function waysOf(state: TillState, sale: Sale) {
  const attempts = attemptsOf(state, sale);
  const isBlocked = attempts.some(isBlocking);
  const hasUndecided = attempts.some(isUndecided);
  const isPartPaid = attempts.some((attempt) => covered_fen(attempt) > 0);
  const isTendering = sale.state === 'tendering';
  const isAlive = sale.state === 'open' || isTendering;
  const takesCash = takesTender(state, sale) && due_fen(state, sale) > 0 && state.shift !== null;
  return {
    canTender: sale.state === 'open' && saleTotal_fen(sale) > 0,
    canCancel: isAlive && !hasUndecided,
    canGoBack: isTendering && !isBlocked && !isPartPaid,
    canPark: (isAlive && sale.lines.length > 0) || isTendering,
    canPayCash: takesCash || (isTendering && isBlocked),
  };
}

export function saleView(state: TillState, sale: Sale, settings: ViewSettings, now_ms: number): SaleView {
  const attempts = attemptsOf(state, sale);
  const lastZ = state.period.zNumber - 1;
  const takes = takesTender(state, sale);
  const giveBacks = Object.values(state.giveBacks).filter(
    (one) => one.saleId === sale.saleId && isShown(one),
  );
  return {
    saleId: sale.saleId,
    state: sale.state,
    lines: lineViews(sale),
    lastLineId: sale.lastLineId,
    itemCount: itemCount(sale),
    total_fen: saleTotal_fen(sale),
    writtenOff_fen: sale.writtenOff_fen,
    due_fen: due_fen(state, sale),
    receiptNumber: sale.receiptNumber,
    receiptId: sale.receiptId,
    payments: attempts.map((attempt) => paymentView(attempt, settings.routes, now_ms, lastZ)),
    walletPart_fen: takes ? sale.walletPart_fen : null,
    cash: isCollecting(state, sale) ? (sale.newestCash ?? null) : newestCash(sale),
    roundDown_fen: takes ? roundDown_fen(state, sale, settings.cash) : 0,
    roundDownAlways: settings.cash.roundDownAlways,
    giveBacks: giveBacks.map((one) => giveBackView(one, sale.receiptNumber)),
    isCollecting: isCollecting(state, sale),
    ...waysOf(state, sale),
  };
}

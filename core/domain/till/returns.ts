// Goods that come back: what they are worth, which tenders give it back, and how. Pure.
import { own } from '../own.ts';
import { assert } from '../assert.ts';
import { sum_fen } from '../money.ts';
import type { Sale, SettledLine } from '../sale/sale.ts';
import { paid_fen, paidFor_fen, returnedShare } from '../sale/settled.ts';
import { askDrawer } from './drawer.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import { isSameContract, type Surroundings, type TillEvent } from './events.ts';
import { askReturnSlip, mayVoid, startGiveBack, type Wanted } from './give-backs.ts';
import { idOf, printedNumber } from './ids.ts';
import { movePayment } from './payments.ts';
import { attemptsOf, isDeferredOpen, lostBy, refunded_fen, returnable_fen, isUndecided } from './queries.ts';
import type { ErrorText } from './reasons.ts';
import { isOfLostTime } from './restoring.ts';
import type { Return } from './records.ts';
import type { TillState } from './state.ts';

type ReturnOpened = Extract<TillEvent, { kind: 'returnOpened' }>;
type Asked = ReturnOpened['lines'];

/** Null when a line is not there, named twice, or more than what is left of it. */
function sharesOf(sale: Sale, asked: Asked): SettledLine[] | null {
  const shares: SettledLine[] = [];
  const named = new Set<string>();
  for (const { lineId, quantity } of asked) {
    const line = sale.settled.find((one) => one.lineId === lineId);
    const returned = sale.returned[lineId] ?? 0;
    if (!line || named.has(lineId) || quantity < 1 || returned + quantity > line.quantity) return null;
    named.add(lineId);
    shares.push(returnedShare(line, returned, quantity));
  }
  return shares.length === 0 ? null : shares;
}

/** Chosen before another return of these goods: this one made again, mostly, since its answer was late or lost. */
function isOutdated(sale: Sale, asked: Asked): boolean {
  return asked.some(
    ({ lineId, returned }) => returned !== undefined && returned !== (sale.returned[lineId] ?? 0),
  );
}

/** Everything that was sold, at once: what a void can undo, and a deferred payment. */
export function isWhole(sale: Sale, asked: Asked): boolean {
  return sale.settled.every(
    (line) => asked.find((one) => one.lineId === line.lineId)?.quantity === line.quantity,
  );
}

export type Split = { wallets: { attemptId: string; amount_fen: number }[]; cash_fen: number };

/** Wallets in the order they paid, then cash; null when the tenders do not hold that much any more. */
export function splitReturn(state: TillState, sale: Sale, amount_fen: number): Split | null {
  let left_fen = amount_fen;
  const wallets: Split['wallets'] = [];
  for (const attempt of attemptsOf(state, sale)) {
    const part_fen = Math.min(left_fen, returnable_fen(state, attempt));
    if (part_fen <= 0) continue;
    wallets.push({ attemptId: attempt.attemptId, amount_fen: part_fen });
    left_fen -= part_fen;
  }
  const cash_fen = Math.min(left_fen, (sale.cash?.amount_fen ?? 0) - sale.cashReturned_fen);
  return left_fen === cash_fen ? { wallets, cash_fen } : null;
}

/** Why nothing of this sale can be returned now, or null. */
export function returnRefusal(state: TillState, sale: Sale): ErrorText | null {
  if (sale.state !== 'completed' && sale.state !== 'completedPending') return 'E-RET-02';
  if (isOfLostTime(state, sale.saleId)) return 'E-RET-06';
  const isInDoubt = attemptsOf(state, sale).some(isUndecided);
  return isInDoubt ? 'E-RET-04' : null;
}

/** What no proven money stands for: queued, lost or written off. It is nobody's to give back. */
function unpaid_fen(state: TillState, sale: Sale): number {
  const kept = attemptsOf(state, sale).filter((one) => one.machine.state.kind === 'approved');
  const wallets_fen = sum_fen(kept.map((one) => one.amount_fen - one.surplus_fen));
  return paid_fen(sale.settled) - wallets_fen - (sale.cash?.amount_fen ?? 0);
}

/**
 * Goods that nobody paid for come back first. Counted over all returns of the sale: what is unpaid is set off once. Null: these goods were
 * paid for, and nothing can be given for them.
 */
function owed_fen(state: TillState, sale: Sale, shares: readonly SettledLine[]): number | null {
  const before_fen = paidFor_fen(sale.settled, sale.returned) - unpaid_fen(state, sale);
  const after_fen = before_fen + paid_fen(shares);
  const owed = Math.max(0, after_fen - refunded_fen(state, sale));
  return owed === 0 && after_fen > Math.max(0, before_fen) ? null : owed;
}

function recordReturn(
  draft: Draft,
  event: ReturnOpened,
  shares: SettledLine[],
  cash_fen: number,
  now_ms: number,
) {
  const { state } = draft;
  const sale = state.sales[event.saleId];
  assert(sale, `sale ${event.saleId} vanished`);
  const counter = state.counters.return + 1;
  const returnId = idOf('T', state, counter);
  const nameOf = (lineId: string) => sale.lines.find((line) => line.lineId === lineId);
  const one: Return = {
    returnId,
    number: printedNumber('T', counter),
    saleId: sale.saleId,
    receiptNumber: sale.receiptNumber ?? '',
    lines: shares.map((share) => ({
      ...share,
      name_zh: nameOf(share.lineId)?.name_zh ?? '',
      name_en: nameOf(share.lineId)?.name_en ?? '',
    })),
    amount_fen: paid_fen(shares),
    cash_fen,
    operatorId: event.operatorId,
    approverId: event.approverId,
    reason: event.reason,
    at_ms: now_ms,
    zNumber: state.period.zNumber,
    originalZ: sale.zNumber,
  };
  draft.record({ type: 'return.opened', body: { receiptId: returnId, return: one } });
  return returnId;
}

/**
 * The goods of a deferred sale are back: what is queued is cancelled, what was lost needs nobody any more: the oldest first, and each
 * for what it stood for as the goods came back, so that none takes over what another stood for.
 */
function cancelDeferred(draft: Draft, sale: Sale, event: ReturnOpened, surroundings: Surroundings): void {
  const { operatorId, approverId, reason } = event;
  const lost = [...lostBy(draft.state)].reverse();
  for (const [attemptId, amount_fen] of lost) {
    if (draft.state.exceptions[attemptId]?.saleId !== sale.saleId) continue;
    const body = { attemptId, how: 'returned', amount_fen, reason, operatorId, approverId } as const;
    draft.record({ type: 'exception.closed', body: { ...body, at_ms: surroundings.now_ms } });
  }
  for (const attempt of attemptsOf(draft.state, sale).filter(isDeferredOpen))
    movePayment(draft, attempt.attemptId, { kind: 'deferredCancelled' }, surroundings);
}

/** A whole wallet payment inside its clearing day is voided, everything else refunded. */
function wantedOf(draft: Draft, split: Split, returnId: string, surroundings: Surroundings): Wanted[] {
  return split.wallets.map(({ attemptId, amount_fen }) => {
    const attempt = draft.state.attempts[attemptId];
    assert(attempt, `attempt ${attemptId} vanished`);
    const isVoid = amount_fen === attempt.amount_fen && mayVoid(attempt, surroundings);
    return { attemptId, amount_fen, returnId, cause: 'return', method: isVoid ? 'void' : 'refund' };
  });
}

export function returnOpened(state: TillState, event: ReturnOpened, surroundings: Surroundings): Transition {
  const sale = own(state.sales, event.saleId);
  if (!sale || sale.receiptNumber === null) return refuse(state, 'E-RET-01');
  const refusal = returnRefusal(state, sale);
  if (refusal !== null) return refuse(state, refusal);
  if (isOutdated(sale, event.lines)) return refuse(state, 'E-RET-09');
  const shares = sharesOf(sale, event.lines);
  if (shares === null) return refuse(state, 'E-RET-02');
  const isPending = sale.state === 'completedPending';
  if (isPending && !isWhole(sale, event.lines)) return refuse(state, 'E-RET-05');
  const back_fen = owed_fen(state, sale, shares);
  const split = back_fen === null ? null : splitReturn(state, sale, back_fen);
  if (split === null) return refuse(state, 'E-RET-03');
  const isReachable = ({ attemptId }: Split['wallets'][number]) => {
    const attempt = state.attempts[attemptId];
    return attempt !== undefined && isSameContract(surroundings, attempt);
  };
  if (!split.wallets.every(isReachable)) return refuse(state, 'E-RET-07');
  if (split.cash_fen > 0 && state.shift === null) return refuse(state, 'E-SALE-07');
  const draft = draftFrom(state);
  const returnId = recordReturn(draft, event, shares, split.cash_fen, surroundings.now_ms);
  if (isPending) cancelDeferred(draft, sale, event, surroundings);
  const wanted = wantedOf(draft, split, returnId, surroundings);
  for (const one of wanted) startGiveBack(draft, one, surroundings);
  if (split.cash_fen > 0) {
    const { operatorId, reason } = event;
    askDrawer(draft, { cause: 'cashRefund', operatorId, approverId: null, reason }, surroundings);
  }
  const isAnswerAwaited = Object.values(draft.state.giveBacks).some(
    (one) => one.returnId === returnId && one.machine.state.kind === 'sending',
  );
  if (!isAnswerAwaited) askReturnSlip(draft, returnId);
  return draft.done();
}

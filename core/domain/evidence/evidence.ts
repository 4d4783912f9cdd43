// What the till can prove of one payment, from the payment, its give-backs and its sale. Pure.
import type { Evidence, EvidenceGiveBack, EvidenceVerdict } from '../../../contract/evidence.ts';
import { assert, assertNever } from '../assert.ts';
import { besides_fen } from '../giveback/chain.ts';
import { type GiveBack, isOwed, isPerhapsBack, isSuperseded } from '../giveback/give-back.ts';
import { payerAppBeside } from '../payment/payer-app.ts';
import type { PaymentState } from '../payment/state.ts';
import type { Sale } from '../sale/sale.ts';
import { attemptsOf, due_fen, isBlocking } from '../till/queries.ts';
import { STORY_steps } from '../till/story.ts';
import type { Attempt, TillState } from '../till/state.ts';

function resultOf(one: GiveBack): EvidenceGiveBack['result'] {
  if (one.paidInCash) return 'cash';
  if (isPerhapsBack(one)) return 'refused';
  const { kind } = one.machine.state;
  return kind === 'done' || kind === 'failed' ? kind : 'open';
}

function giveBackOf(one: GiveBack): EvidenceGiveBack {
  const { state } = one.machine;
  return {
    requestNumber: one.requestNumber,
    method: one.method,
    amount_fen: one.amount_fen,
    result: resultOf(one),
    reference: state.kind === 'done' ? state.reference : null,
    ...('by' in state && { by: state.by }),
    at_ms: one.story.at(-1)?.at_ms ?? one.openedAt_ms,
  };
}

function ofApproved(attempt: Attempt, giveBacks: readonly GiveBack[]): EvidenceVerdict {
  const owed = giveBacks.filter(isOwed);
  // One verdict for all of them: the one that makes nobody pay what is back already.
  if (owed.length > 0) return owed.some(isPerhapsBack) ? 'giveBackRefused' : 'giveBackFailed';
  if (attempt.givingBack_fen > 0) return 'goingBack';
  // What went back twice is not the rest of it.
  const all = Object.fromEntries(giveBacks.map((one) => [one.giveBackId, one]));
  const given_fen = attempt.givenBack_fen - besides_fen(all, attempt.attemptId);
  if (given_fen < attempt.amount_fen) return given_fen > 0 ? 'partlyGivenBack' : 'paid';
  return giveBacks.some(({ paidInCash }) => paidInCash) ? 'givenBackInCash' : 'givenBack';
}

/** The acquirer's word for it was that it knows of no such order. */
const NOT_FOUND = 'NOT_FOUND';

/**
 * Nothing can be sent any more. Where something may have been (a restored till may not know), the acquirer was asked and knew of nothing. A
 * sending of which no byte left is none; one that was refused left the payment in the queue.
 */
function ofUnsent({ story }: Attempt): EvidenceVerdict {
  if (story.some(({ what }) => what === 'inquired')) return 'notTaken';
  return story.some(({ what }) => what === 'declined') ? 'refusedUnseen' : 'neverSent';
}

function verdictOf(attempt: Attempt, giveBacks: readonly GiveBack[]): EvidenceVerdict {
  const { state, deferred } = attempt.machine;
  switch (state.kind) {
    case 'approved':
      return ofApproved(attempt, giveBacks);
    case 'declined':
      return state.code === NOT_FOUND ? 'notTaken' : 'notCharged';
    case 'notSent':
    case 'expiredUnsent':
      return ofUnsent(attempt);
    case 'reversed':
      return state.result === NOT_FOUND ? 'notTaken' : 'reversed';
    case 'reversing':
      return 'beingReversed';
    case 'held':
      return 'waiting';
    case 'queued':
      return 'deferred';
    case 'inquiring':
      // Found charged it goes back: it pays for nothing any more.
      if (state.giveBack) return 'beingReversed';
      return deferred ? 'deferred' : 'undecided';
    case 'closed':
      return state.wentBack ? 'reversed' : 'codeClosed';
    case 'presenting':
    case 'closing':
    case 'authorizing':
    case 'awaitingCustomer':
    case 'unknown':
      return deferred ? 'deferred' : 'undecided';
    case 'disputed':
      return 'disputed';
    default:
      return assertNever(state, 'payment state');
  }
}

function proofOf(scheme: string, state: PaymentState): Evidence['proof'] {
  if (state.kind !== 'approved') return null;
  const payerApp = payerAppBeside(scheme, state.proof);
  const { acquirerOrderId, thirdPartyOrderId, retrievalRefNum, rail, paidAt } = state.proof;
  return {
    acquirerOrderId,
    thirdPartyOrderId,
    retrievalRefNum,
    rail,
    ...(payerApp !== null && { payerApp }),
    paidAt,
  };
}

/** What its sale still asks for: the payment alone does not tell whether to collect again. */
function saleOf(state: TillState, sale: Sale, attemptId: string): Evidence['sale'] {
  const isBlocked = attemptsOf(state, sale).some((one) => one.attemptId !== attemptId && isBlocking(one));
  const open_fen = Math.max(0, due_fen(state, sale));
  switch (sale.state) {
    case 'open':
    case 'tendering':
    case 'parked':
      return { state: 'due', due_fen: open_fen, isBlocked };
    case 'completedPending':
      // Goods gone, and a deferred payment of it ended without money: that is collected anew.
      return { state: open_fen > 0 ? 'due' : 'promised', due_fen: open_fen, isBlocked };
    case 'completed':
    case 'returned':
      return { state: 'sold', due_fen: 0, isBlocked };
    case 'cancelling':
    case 'cancelled':
      return { state: 'dropped', due_fen: 0, isBlocked };
    default:
      return assertNever(sale.state, 'sale state');
  }
}

/** `state` holds the payment with its whole sale (engine/living.ts, withSaleLoaded). */
export function evidenceOf(state: TillState, attempt: Attempt): Evidence {
  const sale = state.sales[attempt.saleId];
  assert(sale, `sale ${attempt.saleId} of ${attempt.attemptId} is not loaded`);
  const own = Object.values(state.giveBacks)
    .filter((one) => one.attemptId === attempt.attemptId)
    .toSorted((a, b) => a.openedAt_ms - b.openedAt_ms);
  const { attemptId, orderNumber, saleId, scheme, codeMask, amount_fen, openedAt_ms, story } = attempt;
  return {
    attemptId,
    orderNumber,
    saleId,
    receiptNumber: sale.receiptNumber,
    sale: saleOf(state, sale, attemptId),
    scheme,
    codeMask,
    amount_fen,
    openedAt_ms,
    verdict: verdictOf(attempt, own),
    acquirerCode: attempt.acquirerCode,
    proof: proofOf(scheme, attempt.machine.state),
    giveBacks: own.filter((one) => !isSuperseded(one)).map(giveBackOf),
    story: story as Evidence['story'],
    isShortened: story.length >= STORY_steps,
  };
}

// What the till can prove of one payment, from the payment and its give-backs alone. Pure.
import type { Evidence, EvidenceGiveBack, EvidenceVerdict } from '../../../contract/evidence.ts';
import { assertNever } from '../assert.ts';
import { type GiveBack, isOwed } from '../giveback/give-back.ts';
import type { PaymentState } from '../payment/state.ts';
import { STORY_steps } from '../till/story.ts';
import type { Attempt } from '../till/state.ts';

/** A refused void is told by the refund that took its place. */
function isTold({ method, machine }: GiveBack): boolean {
  return method === 'refund' || machine.state.kind !== 'failed';
}

function resultOf(one: GiveBack): EvidenceGiveBack['result'] {
  if (one.paidInCash) return 'cash';
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
    at_ms: one.story.at(-1)?.at_ms ?? one.openedAt_ms,
  };
}

function ofApproved(attempt: Attempt, giveBacks: readonly GiveBack[]): EvidenceVerdict {
  if (giveBacks.some(isOwed)) return 'giveBackFailed';
  if (attempt.givingBack_fen > 0) return 'goingBack';
  if (attempt.givenBack_fen >= attempt.amount_fen) return 'givenBack';
  return attempt.givenBack_fen > 0 ? 'partlyGivenBack' : 'paid';
}

function verdictOf(attempt: Attempt, giveBacks: readonly GiveBack[]): EvidenceVerdict {
  const { state, deferred } = attempt.machine;
  switch (state.kind) {
    case 'approved':
      return ofApproved(attempt, giveBacks);
    case 'declined':
      return 'notCharged';
    case 'notSent':
    case 'expiredUnsent':
      return 'neverSent';
    case 'reversed':
      return 'reversed';
    case 'reversing':
      return 'beingReversed';
    case 'held':
      return 'waiting';
    case 'queued':
      return 'deferred';
    case 'presenting':
    case 'authorizing':
    case 'awaitingCustomer':
    case 'unknown':
    case 'inquiring':
      return deferred ? 'deferred' : 'undecided';
    case 'disputed':
      return 'disputed';
    default:
      return assertNever(state, 'payment state');
  }
}

function proofOf(state: PaymentState): Evidence['proof'] {
  if (state.kind !== 'approved') return null;
  const { acquirerOrderId, thirdPartyOrderId, retrievalRefNum, rail, paidAt } = state.proof;
  return { acquirerOrderId, thirdPartyOrderId, retrievalRefNum, rail, paidAt };
}

/** `giveBacks`: those of the attempt's sale, oldest first. */
export function evidenceOf(
  attempt: Attempt,
  receiptNumber: string | null,
  giveBacks: readonly GiveBack[],
): Evidence {
  const own = giveBacks.filter((one) => one.attemptId === attempt.attemptId);
  const { attemptId, orderNumber, saleId, scheme, codeMask, amount_fen, openedAt_ms, story } = attempt;
  return {
    attemptId,
    orderNumber,
    saleId,
    receiptNumber,
    scheme,
    codeMask,
    amount_fen,
    openedAt_ms,
    verdict: verdictOf(attempt, own),
    acquirerCode: attempt.acquirerCode,
    proof: proofOf(attempt.machine.state),
    giveBacks: own.filter(isTold).map(giveBackOf),
    story: story as Evidence['story'],
    isShortened: story.length >= STORY_steps,
  };
}

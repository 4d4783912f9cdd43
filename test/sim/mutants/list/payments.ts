// Mistakes in what the till makes of a payment.
import type { Mutant } from '../mutant.ts';

const transition = 'core/domain/payment/transition.ts';
const reversing = 'core/domain/payment/reversing.ts';
const disputed = 'core/domain/payment/disputed.ts';

const doubts: Mutant[] = [
  {
    name: 'timeoutIsDeclined',
    mistake: 'no answer within the time-out counts as a decline',
    file: transition,
    from: `    case 'timer':
      return toDoubt(context, state);
    case 'codeLost':`,
    to: `      return toDoubt(context, state);
    case 'timer':
      return toDeclined(context, { code: 'TIMED_OUT', reason: 'other' });
    case 'codeLost':`,
  },
  {
    name: 'notFoundIsProof',
    mistake: 'an inquiry that finds no such order proves that nothing was charged',
    file: transition,
    from: 'if (!machine.deferred) return onStillUndecided(context, state);',
    to: "if (!machine.deferred) return toDeclined(context, { code: 'NOT_FOUND', reason: 'other' });",
  },
  {
    name: 'resendForgetsFirst',
    mistake: 'a queued payment that is sent again is taken for sent the first time',
    file: transition,
    from: 'toAuthorizing(context, { resend: true, expiresAt_ms: null })',
    to: 'toAuthorizing(context, { resend: false, expiresAt_ms: null })',
  },
  {
    name: 'restartRequeuesSent',
    mistake: 'after a restart a queued payment that may have been sent goes back into the queue',
    file: transition,
    from: 'if (sent || state.resend) return',
    to: 'if ((sent && !context.machine.deferred) || state.resend) return',
  },
  {
    name: 'restartForgetsSending',
    mistake: 'after a restart whatever has no answer was not sent',
    file: 'core/domain/till/recovery.ts',
    from: 'const sent = event.sentIds.includes(attemptId);',
    to: 'const sent = false;',
  },
  {
    name: 'foundChargeNotKept',
    mistake: 'a charge that an inquiry finds is not believed: ask again',
    file: transition,
    from: 'return state.giveBack ? toReversing(context, state.sentAt_ms) : toApproved(context, event.proof);',
    to: 'return state.giveBack ? toReversing(context, state.sentAt_ms) : onStillUndecided(context, state);',
  },
  {
    name: 'deferredReversed',
    mistake: 'a queued payment in doubt is reversed like any other, and its goods have left',
    file: transition,
    from: 'if (machine.deferred || now_ms - state.sentAt_ms < policy.giveUpAt_ms) return false;',
    to: 'if (now_ms - state.sentAt_ms < policy.giveUpAt_ms) return false;',
  },
  {
    name: 'configurationRefusalIsProof',
    mistake: 'a refusal of the terminal is a decline, also when an earlier sending is out',
    file: transition,
    from: `      return state.resend && provesNothing(context, event)
        ? toDoubt(context, state)`,
    to: `      return state.resend && provesNothing(context, event)
        ? toDeclined(context, event)`,
  },
];

const reversals: Mutant[] = [
  {
    name: 'reversalDropped',
    mistake: 'after six reversals without an answer the till gives up and hands it to a person',
    file: reversing,
    from: '  const planned_ms = next_ms === undefined ?',
    to: `  if (next_ms === undefined) return move(context, { kind: 'disputed', cause: 'noProof' }, null);
  const planned_ms = next_ms === undefined ?`,
  },
  {
    name: 'reversalAssumed',
    mistake: 'after six reversals without an answer one of them will have arrived',
    file: reversing,
    from: '  const planned_ms = next_ms === undefined ?',
    to: `  if (next_ms === undefined) return reversed(context, 'ASSUMED');
  const planned_ms = next_ms === undefined ?`,
  },
  {
    name: 'tombstoneAssumed',
    mistake:
      'a reversal that was acknowledged kills the order number everywhere, also at an acquirer that keeps no tombstones',
    file: reversing,
    from: '  if (context.policy.tombstones) return reversed(context, result);',
    to: '  if (context.policy.tombstones || context.now_ms > 0) return reversed(context, result);',
  },
  {
    name: 'flightForgotten',
    mistake:
      'an order that is not found after a reversal is none, though its request may still be on its way',
    file: reversing,
    from: "  if (state.isFinal === true) return reversed(context, 'NOT_FOUND');",
    to: "  if (state.isFinal === true || state.phase === 'checking') return reversed(context, 'NOT_FOUND');",
  },
  {
    name: 'lateApprovalKept',
    mistake: 'an approval that comes while the payment is being reversed is kept',
    file: reversing,
    from: `    case 'approved':
      return onCharged(context, state);`,
    to: `    case 'approved':
      return move(context, { kind: 'approved', proof: event.proof }, null);`,
  },
];

const disputes: Mutant[] = [
  {
    name: 'disputeForgotten',
    mistake: 'a payment in dispute is left to people: nobody asks the acquirer any more',
    file: disputed,
    from: "return move(context, { kind: 'disputed', cause, sentAt_ms }, dueIn(now_ms, policy.disputedEvery_ms));",
    to: "return move(context, { kind: 'disputed', cause, sentAt_ms }, null);",
  },
  {
    name: 'disputedChargeKept',
    mistake: 'a charge that is found in dispute pays for its sale after all',
    file: 'core/domain/till/surplus.ts',
    from: 'isUnwanted || needsNothing.has(sale.state)',
    to: 'needsNothing.has(sale.state)',
  },
];

const tenders: Mutant[] = [
  {
    name: 'secondTenderInDoubt',
    mistake: 'another code is taken while a payment of the sale is in doubt',
    file: 'core/domain/till/tendering.ts',
    from: "if (attemptsOf(state, sale).some(isBlocking)) return refuse(state, 'E-SCAN-08');",
    to: "if (attemptsOf(state, sale).some((one) => one.machine.state.kind === 'authorizing')) return refuse(state, 'E-SCAN-08');",
  },
  {
    name: 'cashBesideDoubt',
    mistake: 'cash is taken beside a payment in doubt without giving that one up',
    file: 'core/domain/till/tendering.ts',
    from: "for (const { attemptId } of inDoubt) movePayment(draft, attemptId, { kind: 'gaveUp' }, surroundings);",
    to: '',
  },
  {
    name: 'doubtDoesNotBlock',
    mistake: "a payment in doubt is in nobody's way: the sale completes beside it",
    file: 'core/domain/till/queries.ts',
    from: 'return !isProven(attempt.machine.state) && !attempt.machine.deferred;',
    to: "return !isProven(attempt.machine.state) && !attempt.machine.deferred && attempt.machine.state.kind !== 'unknown';",
  },
];

export const paymentMutants: readonly Mutant[] = [...doubts, ...reversals, ...disputes, ...tenders];

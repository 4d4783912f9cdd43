// A compared bill, kept and printed; and the differences that a person has dealt with. Neither changes a figure of the till, but that a bill on
// which a payment in dispute, a code that is being closed, or what was sold on trust and stays undecided, was charged and went back is its end,
// and so is the word of the acquirer's office; a give-back without a proof ends alike. Pure.
import type { Adjustment, BillComparison } from '../../../contract/reconciliation.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import { routeOf, type Surroundings, type TillEvent } from './events.ts';
import { isOfLostTime } from './restoring.ts';
import { idOf } from './ids.ts';
import { movePayment } from './payments.ts';
import { moveGiveBack } from './give-backs.ts';
import { isOpenAttempt } from './queries.ts';
import { shanghaiDate } from '../time.ts';
import { stepGiveBack } from '../giveback/transition.ts';
import type { PaymentEvent } from '../payment/event.ts';
import { isProven } from '../payment/state.ts';
import { stepPayment } from '../payment/transition.ts';
import type { GiveBack } from '../giveback/give-back.ts';
import { type GiveBackEvent, type GiveBackStateKind, isGiveBackProven } from '../giveback/machine.ts';
import type { Attempt, TillState } from './state.ts';

type FindingSettled = Extract<TillEvent, { kind: 'findingSettled' }>;

export function billCompared(
  state: TillState,
  { comparison, operatorId }: { comparison: BillComparison; operatorId: string },
  { now_ms }: Surroundings,
): Transition {
  const reconciliationId = idOf('B', state, state.sequence + 1);
  const draft = draftFrom(state);
  draft.record({
    type: 'bill.compared',
    body: { receiptId: reconciliationId, taken: { reconciliationId, at_ms: now_ms, operatorId, comparison } },
  });
  draft.effect({ kind: 'print', receiptId: reconciliationId, copy: 0 });
  return draft.done();
}

type BillClears = Extract<PaymentEvent, { kind: 'billClears' }>;

/**
 * What this word ends: in dispute, being closed, or sold on trust and left undecided by the acquirer. That no line of the bill names it proves
 * nothing.
 */
function endedBy(
  word: BillClears,
  { attempts }: TillState,
  orderNumber: string,
  surroundings: Surroundings,
): Attempt | undefined {
  const found = Object.values(attempts).find((one) => one.orderNumber === orderNumber);
  if (found === undefined || isProven(found.machine.state)) return undefined;
  const { now_ms, startedAt_ms } = surroundings;
  const { policy } = routeOf(surroundings, found.routeId);
  const { machine } = stepPayment(found.machine, word, now_ms, policy, startedAt_ms);
  return isProven(machine.state) ? found : undefined;
}

function isOpenHere({ attempts }: TillState, orderNumber: string): boolean {
  return Object.values(attempts).some((one) => {
    return one.orderNumber === orderNumber && !isProven(one.machine.state);
  });
}

/** Sent, and nothing of it is on its way to an answer that the wire is about to give. */
const unanswered: ReadonlySet<GiveBackStateKind> = new Set(['pending', 'unknown', 'inquiring']);

/** The number and the payment are both ours to compare: a bill may name neither of them right. */
function giveBackNamed(state: TillState, { finding }: FindingSettled): GiveBack | undefined {
  return Object.values(state.giveBacks).find(
    (one) => one.requestNumber === finding.refundNumber && one.orderNumber === finding.orderNumber,
  );
}

/** What the bill, or the office's word, ends of it; null where they end nothing. */
function wordOf(event: FindingSettled, named: GiveBack | undefined): GiveBackEvent | null {
  if (named === undefined) return null;
  const { state } = named.machine;
  const { kind } = state;
  if (state.kind === 'done')
    return state.elsewhere === true && event.isReturnedThere === true ? { kind: 'billShows' } : null;
  if (event.isConfirmed === true) {
    if (!unanswered.has(kind)) return null;
    return { kind: event.isNotBack === true ? 'officeSaysNot' : 'officeSaysBack' };
  }
  return event.isReturnedThere === true ? { kind: 'billShows' } : null;
}

/** A word that comes too soon after the last sending is kept, and is no end of it: it may be said again. */
function isEnd(word: GiveBackEvent, { machine, routeId }: GiveBack, surroundings: Surroundings): boolean {
  const { now_ms, startedAt_ms } = surroundings;
  const { policy } = routeOf(surroundings, routeId);
  return isGiveBackProven(stepGiveBack(machine, word, now_ms, policy, startedAt_ms).machine.state);
}

/** What a manager said of a difference, as the journal keeps it. `isOpen`: what it is about has no proof after it either. */
function adjustmentOf(
  state: TillState,
  event: FindingSettled,
  { now_ms }: Surroundings,
  isOpen: boolean,
): Adjustment {
  const { finding, isConfirmed, isNotBack, isNote, reason, operatorId, approverId } = event;
  const isNoted = isNote === true || (finding.class === 'stillPending' && isOpen);
  return {
    ...finding,
    adjustmentId: idOf('J', state, state.sequence + 1),
    reason,
    operatorId,
    approverId,
    at_ms: now_ms,
    ...(isConfirmed === true && { confirmed: true }),
    ...(isConfirmed === true && isNotBack === true && { notBack: true }),
    ...(isConfirmed !== true && isNoted && { noted: true }),
  };
}

function ofGiveBack(state: TillState, event: FindingSettled, surroundings: Surroundings): Transition {
  const { isConfirmed, isNotBack } = event;
  const named = giveBackNamed(state, event);
  const word = wordOf(event, named);
  if (isConfirmed === true && word === null) return refuse(state, 'E-BILL-11');
  if (named !== undefined && word !== null) {
    if (surroundings.routes[named.routeId] === undefined) return refuse(state, 'E-RET-07');
    // What follows "not back" gives money: of the lost time nothing is given.
    if (isNotBack === true && isOfLostTime(state, named.saleId)) return refuse(state, 'E-RET-06');
  }
  const draft = draftFrom(state);
  const isEnded = named !== undefined && word !== null && isEnd(word, named, surroundings);
  const said = isEnded ? event : { ...event, isConfirmed: false };
  const isOpen = named !== undefined && !isEnded && !isGiveBackProven(named.machine.state);
  const adjustment = adjustmentOf(state, said, surroundings, isOpen);
  draft.record({ type: 'finding.settled', body: { adjustment } });
  if (named !== undefined && word !== null) moveGiveBack(draft, named.giveBackId, word, surroundings);
  return draft.done();
}

export function findingSettled(
  state: TillState,
  event: FindingSettled,
  surroundings: Surroundings,
): Transition {
  if (event.finding.refundNumber !== undefined) return ofGiveBack(state, event, surroundings);
  const { finding, isReturnedThere, isConfirmed } = event;
  const isCleared = isReturnedThere === true || isConfirmed === true;
  const confirmed = isConfirmed === true ? ({ confirmed: true } as const) : {};
  const word = { kind: 'billClears', ...confirmed } as const;
  const ended = isCleared ? endedBy(word, state, finding.orderNumber, surroundings) : undefined;
  if (isConfirmed === true && ended === undefined) return refuse(state, 'E-BILL-11');
  const isOpen = ended === undefined && isOpenHere(state, finding.orderNumber);
  const adjustment = adjustmentOf(state, event, surroundings, isOpen);
  const draft = draftFrom(state);
  draft.record({ type: 'finding.settled', body: { adjustment } });
  if (ended !== undefined) movePayment(draft, ended.attemptId, word, surroundings);
  return draft.done();
}

/** Of the differences that had no proof when the bill was compared: the places of those that have one by now. */
export function provenSince(
  { attempts, giveBacks }: Pick<TillState, 'attempts' | 'giveBacks'>,
  { findings }: Pick<BillComparison, 'findings'>,
): number[] {
  const open = new Set([
    ...Object.values(attempts).flatMap((one) => (isProven(one.machine.state) ? [] : [one.orderNumber])),
    ...Object.values(giveBacks).flatMap((one) => {
      return isGiveBackProven(one.machine.state) ? [] : [one.requestNumber];
    }),
  ]);
  return findings.flatMap(({ class: name, isGiveBack, orderNumber, refundNumber }, index) => {
    const number = isGiveBack === true ? (refundNumber ?? '') : orderNumber;
    return name === 'stillPending' && !open.has(number) ? [index] : [];
  });
}

/** Of a give-back: whether the office can be heard of it. */
export function hearsOffice({ machine }: GiveBack): boolean {
  return unanswered.has(machine.state.kind);
}

/** A code that is being closed has an end of its own, nearly always at once: of one of today's nobody asks the office. */
function isClosingToday({ machine, openedAt_ms }: Attempt, now_ms: number): boolean {
  return machine.state.kind === 'closing' && shanghaiDate(openedAt_ms) === shanghaiDate(now_ms);
}

/** Payments that the office's word would end, by the very transition that it makes: what that would record is thrown away. */
export function undecidedPayments(state: TillState, surroundings: Surroundings): Attempt[] {
  const nobody = { operatorId: '', approverId: '', reason: '' };
  const isHeard = ({ orderNumber }: Attempt): boolean => {
    const finding = { class: 'stillPending', orderNumber, effect_fen: 0 };
    const word = { kind: 'findingSettled', finding, isConfirmed: true, ...nobody } as const;
    return findingSettled(state, word, surroundings).refusal === null;
  };
  return Object.values(state.attempts)
    .filter((one) => isOpenAttempt(one) && !isClosingToday(one, surroundings.now_ms))
    .filter(isHeard);
}

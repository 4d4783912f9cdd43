// Give-backs within the till: opening them, moving them, their slips, and cash for one that provably failed. Pure.
import { own } from '../own.ts';
import { assert } from '../assert.ts';
import { chainOf, foundElsewhere, isBackBy, isBackInDoubt } from '../giveback/chain.ts';
import {
  type GiveBack,
  type GiveBackMethod,
  isOwed,
  isPerhapsBack,
  isRetryable,
} from '../giveback/give-back.ts';
import { type GiveBackEvent, isGiveBackProven } from '../giveback/machine.ts';
import {
  type GiveBackStep,
  mayKeepNumber,
  openGiveBack,
  refusedGiveBack,
  stepGiveBack,
} from '../giveback/transition.ts';
import { gatewayPolicy, type PaymentPolicy } from '../payment/policy.ts';
import { shanghaiDate } from '../time.ts';
import { askDrawer } from './drawer.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import { isRouteUp, isSameContract, routeOf, type Surroundings, type TillEvent } from './events.ts';
import { idOf, ownSlipId, wireNumber } from './ids.ts';
import { isFromBackup, isOfLostTime } from './restoring.ts';
import { settleSale } from './settling.ts';
import type { GiveBackDecision } from './records.ts';
import type { Attempt, TillState } from './state.ts';

const DAY_min = 24 * 60;

/** A payment can be voided, whole, until the clearing day it belongs to ends (Asia/Shanghai). */
export function mayVoid(attempt: Attempt, surroundings: Surroundings): boolean {
  const { state } = attempt.machine;
  if (state.kind !== 'approved' || attempt.givenBack_fen + attempt.givingBack_fen > 0) return false;
  const { clearingDayEnds_min } = routeOf(surroundings, attempt.routeId).policy;
  if (clearingDayEnds_min === null) return false;
  const clearingDate = shanghaiDate(surroundings.now_ms + (DAY_min - clearingDayEnds_min) * 60_000);
  return state.proof.settlementDate >= clearingDate.replaceAll('-', '');
}

export type Wanted = {
  attemptId: string;
  amount_fen: number;
  method: GiveBackMethod;
  returnId: string | null;
  cause: GiveBack['cause'];
  /** Another give-back's place is taken, whose slip the customer may have. */
  slipPrinted?: boolean;
  replaces?: string;
  /** Nothing is sent: what it takes the place of may be back, and a person must look first. */
  refused?: string;
};

function emit(draft: Draft, giveBackId: string, step: GiveBackStep): void {
  for (const effect of step.effects) draft.effect({ ...effect, giveBackId });
}

const beginnings: Partial<Record<GiveBack['machine']['state']['kind'], string>> = {
  sending: 'sent',
  failed: 'refundFailed',
};

export function startGiveBack(draft: Draft, wanted: Wanted, surroundings: Surroundings): string {
  const { state } = draft;
  const attempt = state.attempts[wanted.attemptId];
  assert(attempt?.machine.state.kind === 'approved', `nothing to give back of ${wanted.attemptId}`);
  const counter = state.counters.giveBack + 1;
  const { routeId, scheme, saleId, orderNumber } = attempt;
  const { policy } = routeOf(surroundings, routeId);
  const { refused, ...rest } = wanted;
  const step =
    refused === undefined
      ? openGiveBack(isRouteUp(state, routeId), surroundings.now_ms, policy)
      : refusedGiveBack(refused);
  const giveBack: GiveBack = {
    giveBackId: idOf('G', state, counter),
    requestNumber: `R${wireNumber(state, surroundings, counter)}`,
    ...rest,
    slipPrinted: wanted.slipPrinted ?? false,
    saleId,
    orderNumber,
    routeId,
    scheme,
    rail: attempt.machine.state.proof.rail,
    openedAt_ms: surroundings.now_ms,
    zNumber: state.period.zNumber,
    machine: step.machine,
    paidInCash: false,
    acquirerCode: null,
    story: [{ at_ms: surroundings.now_ms, what: beginnings[step.machine.state.kind] ?? 'waits' }],
  };
  draft.record({ type: 'giveBack.opened', body: { giveBack } });
  emit(draft, giveBack.giveBackId, step);
  return giveBack.giveBackId;
}

function codeOf(event: GiveBackEvent): string | null {
  if ('code' in event) return event.code;
  if ('cause' in event) return event.cause;
  return 'result' in event ? event.result : null;
}

const UNTOLD: ReadonlySet<GiveBack['machine']['state']['kind']> = new Set(['sending']);

/** The return's one slip waits for the first word on each of its give-backs; a later end has a slip of its own. */
function askSlips(draft: Draft, moved: GiveBack): void {
  const { returnId } = moved;
  if (returnId === null) return;
  if (moved.slipPrinted) {
    // The one that gave the money back has its paper.
    if (moved.isMoot === true || !isGiveBackProven(moved.machine.state)) return;
    askOwnSlip(draft, moved.giveBackId);
    return;
  }
  const siblings = Object.values(draft.state.giveBacks).filter((one) => one.returnId === returnId);
  if (siblings.some((one) => UNTOLD.has(one.machine.state.kind))) return;
  askReturnSlip(draft, returnId);
}

/** Each outcome is a paper of its own, named by the record that asks for it. */
function askOwnSlip(draft: Draft, giveBackId: string): void {
  const receiptId = ownSlipId(giveBackId, draft.state);
  draft.record({ type: 'giveBack.slipAsked', body: { giveBackId, receiptId, number: receiptId } });
  draft.effect({ kind: 'print', receiptId, copy: 0 });
}

export function askReturnSlip(draft: Draft, returnId: string): void {
  draft.record({ type: 'return.slipAsked', body: { returnId, receiptId: returnId } });
  draft.effect({ kind: 'print', receiptId: returnId, copy: 0 });
}

/**
 * Refused for good: the same money goes back by another refund. After a void that is so at once, on the same decision; after a refund a
 * manager asks for it. Never both (DESIGN section 4).
 */
function refundInstead(
  draft: Draft,
  failed: GiveBack,
  surroundings: Surroundings,
  refused?: string,
): GiveBack {
  const { attemptId, amount_fen, returnId, cause, slipPrinted, giveBackId: replaces } = failed;
  const wanted: Wanted = { attemptId, amount_fen, returnId, cause, slipPrinted, method: 'refund', replaces };
  const giveBackId = startGiveBack(
    draft,
    refused === undefined ? wanted : { ...wanted, refused },
    surroundings,
  );
  const refund = draft.state.giveBacks[giveBackId];
  assert(refund, `the refund after ${failed.giveBackId} vanished`);
  return refund;
}

/** The codes of a refund that was stopped here: nothing of it is sent, or nothing more. */
const BACK_ALREADY = 'BACK_ALREADY';
/** Of before a restore: a person looks before anything of it goes (docs/adr/0012-restore.md). */
export const LOST_TIME = 'LOST_TIME';

function othersOf(draft: Draft, one: GiveBack): GiveBack[] {
  return chainOf(draft.state.giveBacks, one).filter(({ giveBackId }) => giveBackId !== one.giveBackId);
}

/**
 * It would be sent, now or later, and its money has gone back by another one, or perhaps has: how it ends instead. What was sent is still asked
 * about.
 */
function stopOf(draft: Draft, one: GiveBack, { machine: { state } }: GiveBackStep): GiveBackEvent | null {
  if (state.kind !== 'sending' && state.kind !== 'requested') return null;
  const others = othersOf(draft, one);
  if (isBackBy(others) || isBackInDoubt(others)) return { kind: 'refused', code: BACK_ALREADY };
  if (!isFromBackup(draft.state, one.giveBackId)) return null;
  return { kind: 'refused', code: LOST_TIME, perhapsBack: true };
}

/**
 * Owed, now or again, after another one of the same money was called back and then denied; or of before a restore, when another try or cash
 * may have taken its place in the lost time: a person looks before any more goes.
 */
export function doubtOwner(draft: Draft, moved: GiveBack, surroundings: Surroundings): void {
  const owner = chainOf(draft.state.giveBacks, moved).at(-1);
  if (owner === undefined || !isOwed(owner) || isPerhapsBack(owner)) return;
  if (isFromBackup(draft.state, owner.giveBackId) || isBackInDoubt(othersOf(draft, owner)))
    moveGiveBack(draft, owner.giveBackId, { kind: 'doubted' }, surroundings);
}

/**
 * It went back after all: what was to take its place, and was not sent yet, never is. Money that somebody had found with the customer in that
 * other one's name is this money: back once.
 */
function stopReplacement(draft: Draft, done: GiveBack, surroundings: Surroundings): void {
  const found = foundElsewhere(othersOf(draft, done));
  if (found !== undefined)
    moveGiveBack(draft, found.giveBackId, { kind: 'backByAnother', code: BACK_ALREADY }, surroundings);
  const last = chainOf(draft.state.giveBacks, done).at(-1);
  if (last === undefined || last.giveBackId === done.giveBackId) return;
  const { state } = last.machine;
  if (state.kind !== 'requested' || state.tries > 0) return;
  moveGiveBack(draft, last.giveBackId, { kind: 'refused', code: BACK_ALREADY }, surroundings);
}

/**
 * Its refund follows; it waits for a person where the money may be back by other means, where bill or office called the void done and the wire
 * refuses it, and where it is of before a restore.
 */
function afterRefusedVoid(
  draft: Draft,
  before: GiveBack,
  moved: GiveBack,
  surroundings: Surroundings,
): GiveBack {
  const { state } = moved.machine;
  if (moved.replacedBy !== undefined || state.kind !== 'failed') return moved;
  const isContradicted = before.machine.state.kind === 'done';
  const lost = isFromBackup(draft.state, moved.giveBackId) ? LOST_TIME : undefined;
  const waits = isContradicted || state.perhapsBack === true;
  return refundInstead(draft, moved, surroundings, waits ? state.code : lost);
}

/** What another one of the same money, the papers and the customer need to hear of it. */
function afterMove(draft: Draft, before: GiveBack, moved: GiveBack, surroundings: Surroundings): void {
  const { kind } = moved.machine.state;
  // Failed before and failed now: that it is in doubt makes no paper.
  if (kind === 'failed' && before.machine.state.kind === 'failed') return;
  // Back already, by somebody's word, and now by its own proof.
  if (kind === 'done' && before.machine.state.kind === 'done') return;
  const isRefusedVoid = moved.method === 'void' && kind === 'failed';
  askSlips(draft, isRefusedVoid ? afterRefusedVoid(draft, before, moved, surroundings) : moved);
  if (kind === 'done') stopReplacement(draft, moved, surroundings);
  if (kind === 'failed') doubtOwner(draft, moved, surroundings);
}

/** A doubt waits for nothing, and is told also where the route is not configured any more. */
function policyFor(event: GiveBackEvent, routeId: string, surroundings: Surroundings): PaymentPolicy {
  if (event.kind !== 'doubted') return routeOf(surroundings, routeId).policy;
  return surroundings.routes[routeId]?.policy ?? gatewayPolicy;
}

export function moveGiveBack(
  draft: Draft,
  giveBackId: string,
  event: GiveBackEvent,
  surroundings: Surroundings,
): void {
  const giveBack = draft.state.giveBacks[giveBackId];
  assert(giveBack, `give-back ${giveBackId} is not loaded`);
  const policy = policyFor(event, giveBack.routeId, surroundings);
  const { now_ms, startedAt_ms } = surroundings;
  const step = stepGiveBack(giveBack.machine, event, now_ms, policy, startedAt_ms);
  const common = { giveBackId, event: event.kind, code: codeOf(event), at_ms: now_ms };
  if (step.verdict === 'noted') {
    draft.record({ type: 'giveBack.noted', body: common });
    return;
  }
  const stop = stopOf(draft, giveBack, step);
  if (stop !== null) {
    // What was heard of it is told, too.
    draft.record({ type: 'giveBack.noted', body: common });
    moveGiveBack(draft, giveBackId, stop, surroundings);
    return;
  }
  draft.record({ type: 'giveBack.moved', body: { ...common, machine: step.machine } });
  emit(draft, giveBackId, step);
  const moved = draft.state.giveBacks[giveBackId];
  assert(moved, `give-back ${giveBackId} vanished`);
  afterMove(draft, giveBack, moved, surroundings);
  settleSale(draft, moved.saleId, surroundings);
}

type Decided = { operatorId: string; approverId: string; reason: string };

/** What a manager decided of it, as the journal keeps it. */
function decisionOn(
  { giveBackId, amount_fen }: GiveBack,
  { operatorId, approverId, reason }: Decided,
  { now_ms }: Surroundings,
): GiveBackDecision {
  return { giveBackId, amount_fen, operatorId, approverId, reason, at_ms: now_ms };
}

/**
 * Another try of a refund that provably failed: under its own number where the acquirer asks for that, else by a new one that takes its place.
 */
export function giveBackRetried(
  state: TillState,
  event: Extract<TillEvent, { kind: 'giveBackRetried' }>,
  surroundings: Surroundings,
): Transition {
  const failed = own(state.giveBacks, event.giveBackId);
  if (!failed || !isOwed(failed)) return refuse(state, 'E-REF-04');
  if (!isRetryable(failed)) return refuse(state, isPerhapsBack(failed) ? 'E-REF-06' : 'E-REF-10');
  if (isOfLostTime(state, failed.saleId)) return refuse(state, 'E-RET-06');
  const { routeId, attemptId } = failed;
  const party = state.attempts[attemptId]?.party;
  if (!isSameContract(surroundings, { routeId, ...(party !== undefined && { party }) }))
    return refuse(state, 'E-RET-07');
  const draft = draftFrom(state);
  draft.record({ type: 'giveBack.retried', body: decisionOn(failed, event, surroundings) });
  if (mayKeepNumber(failed.machine.state, routeOf(surroundings, failed.routeId).policy)) {
    moveGiveBack(draft, failed.giveBackId, { kind: 'sendAgain' }, surroundings);
    return draft.done();
  }
  const refund = refundInstead(draft, failed, surroundings);
  if (refund.machine.state.kind !== 'sending' && !refund.slipPrinted) askSlips(draft, refund);
  return draft.done();
}

/** Money that went back twice: somebody has looked into it, and says what came of it. */
export function giveBackLossSeen(
  state: TillState,
  event: Extract<TillEvent, { kind: 'giveBackLossSeen' }>,
  surroundings: Surroundings,
): Transition {
  const one = own(state.giveBacks, event.giveBackId);
  if (one?.isLoss !== true) return refuse(state, 'E-REF-09');
  const draft = draftFrom(state);
  draft.record({ type: 'giveBack.lossSeen', body: decisionOn(one, event, surroundings) });
  return draft.done();
}

/** Refused, perhaps because it was back already: somebody has looked, and signs that the customer has it. That ends it, by his word. */
export function giveBackChecked(
  state: TillState,
  event: Extract<TillEvent, { kind: 'giveBackChecked' }>,
  surroundings: Surroundings,
): Transition {
  const failed = own(state.giveBacks, event.giveBackId);
  if (!failed || !isOwed(failed) || !isPerhapsBack(failed)) return refuse(state, 'E-REF-04');
  if (isOfLostTime(state, failed.saleId)) return refuse(state, 'E-RET-06');
  if (surroundings.routes[failed.routeId] === undefined) return refuse(state, 'E-RET-07');
  const draft = draftFrom(state);
  draft.record({ type: 'giveBack.checked', body: decisionOn(failed, event, surroundings) });
  moveGiveBack(draft, failed.giveBackId, { kind: 'officeSaysBack' }, surroundings);
  return draft.done();
}

/** Cash only after proof that the wallet got nothing back. */
export function giveBackPaid(
  state: TillState,
  event: Extract<TillEvent, { kind: 'giveBackPaid' }>,
  surroundings: Surroundings,
): Transition {
  const giveBack = own(state.giveBacks, event.giveBackId);
  if (!giveBack || !isOwed(giveBack)) return refuse(state, 'E-REF-04');
  if (isOfLostTime(state, giveBack.saleId)) return refuse(state, 'E-RET-06');
  if (state.shift === null) return refuse(state, 'E-SALE-07');
  const { operatorId, reason } = event;
  const { giveBackId, saleId } = giveBack;
  const draft = draftFrom(state);
  draft.record({ type: 'giveBack.paidInCash', body: decisionOn(giveBack, event, surroundings) });
  askDrawer(draft, { cause: 'cashRefund', operatorId, approverId: null, reason }, surroundings);
  askOwnSlip(draft, giveBackId);
  settleSale(draft, saleId, surroundings);
  return draft.done();
}

// Give-backs within the till: opening them, moving them, their slips, and cash for one that provably failed. Pure.
import { own } from '../own.ts';
import { assert } from '../assert.ts';
import { type GiveBack, type GiveBackMethod, isOwed } from '../giveback/give-back.ts';
import { type GiveBackEvent, isGiveBackProven } from '../giveback/machine.ts';
import { type GiveBackStep, openGiveBack, stepGiveBack } from '../giveback/transition.ts';
import { shanghaiDate } from '../time.ts';
import { askDrawer } from './drawer.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import { isRouteUp, routeOf, type Surroundings, type TillEvent } from './events.ts';
import { idOf, wireNumber } from './ids.ts';
import { isOfLostTime } from './restoring.ts';
import { settleSale } from './settling.ts';
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
  /** Another give-back's place is taken, whose slip the customer has. */
  slipPrinted?: boolean;
};

function emit(draft: Draft, giveBackId: string, step: GiveBackStep): void {
  for (const effect of step.effects) draft.effect({ ...effect, giveBackId });
}

export function startGiveBack(draft: Draft, wanted: Wanted, surroundings: Surroundings): string {
  const { state } = draft;
  const attempt = state.attempts[wanted.attemptId];
  assert(attempt?.machine.state.kind === 'approved', `nothing to give back of ${wanted.attemptId}`);
  const counter = state.counters.giveBack + 1;
  const { routeId, scheme, saleId, orderNumber } = attempt;
  const { policy } = routeOf(surroundings, routeId);
  const step = openGiveBack(isRouteUp(state, routeId), surroundings.now_ms, policy);
  const giveBack: GiveBack = {
    giveBackId: idOf('G', state, counter),
    requestNumber: `R${wireNumber(state, surroundings, counter)}`,
    ...wanted,
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
    story: [{ at_ms: surroundings.now_ms, what: step.machine.state.kind === 'sending' ? 'sent' : 'waits' }],
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
    if (!isGiveBackProven(moved.machine.state)) return;
    askOwnSlip(draft, moved.giveBackId);
    return;
  }
  const siblings = Object.values(draft.state.giveBacks).filter((one) => one.returnId === returnId);
  if (siblings.some((one) => UNTOLD.has(one.machine.state.kind))) return;
  askReturnSlip(draft, returnId);
}

/** Each outcome is a paper of its own, named by the record that asks for it. */
function askOwnSlip(draft: Draft, giveBackId: string): void {
  const receiptId = `${giveBackId}-${draft.state.sequence + 1}`;
  draft.record({ type: 'giveBack.slipAsked', body: { giveBackId, receiptId, number: receiptId } });
  draft.effect({ kind: 'print', receiptId, copy: 0 });
}

export function askReturnSlip(draft: Draft, returnId: string): void {
  draft.record({ type: 'return.slipAsked', body: { returnId, receiptId: returnId } });
  draft.effect({ kind: 'print', receiptId: returnId, copy: 0 });
}

/** A void refused for good: the same money goes back by a refund, on the same decision. Never both (DESIGN section 4). */
function refundInstead(draft: Draft, refused: GiveBack, surroundings: Surroundings): GiveBack {
  const { attemptId, amount_fen, returnId, cause, slipPrinted } = refused;
  const wanted = { attemptId, amount_fen, returnId, cause, slipPrinted, method: 'refund' } as const;
  const giveBackId = startGiveBack(draft, wanted, surroundings);
  const refund = draft.state.giveBacks[giveBackId];
  assert(refund, `the refund after void ${refused.giveBackId} vanished`);
  return refund;
}

export function moveGiveBack(
  draft: Draft,
  giveBackId: string,
  event: GiveBackEvent,
  surroundings: Surroundings,
): void {
  const giveBack = draft.state.giveBacks[giveBackId];
  assert(giveBack, `give-back ${giveBackId} is not loaded`);
  const { policy } = routeOf(surroundings, giveBack.routeId);
  const step = stepGiveBack(giveBack.machine, event, surroundings.now_ms, policy);
  const common = { giveBackId, event: event.kind, code: codeOf(event), at_ms: surroundings.now_ms };
  if (step.verdict === 'noted') {
    draft.record({ type: 'giveBack.noted', body: common });
    return;
  }
  draft.record({ type: 'giveBack.moved', body: { ...common, machine: step.machine } });
  emit(draft, giveBackId, step);
  const moved = draft.state.giveBacks[giveBackId];
  assert(moved, `give-back ${giveBackId} vanished`);
  const isRefusedVoid = moved.method === 'void' && moved.machine.state.kind === 'failed';
  askSlips(draft, isRefusedVoid ? refundInstead(draft, moved, surroundings) : moved);
  settleSale(draft, moved.saleId, surroundings);
}

/** Cash only after proof that the wallet got nothing back. */
export function giveBackPaid(
  state: TillState,
  event: Extract<TillEvent, { kind: 'giveBackPaid' }>,
  surroundings: Surroundings,
): Transition {
  const giveBack = own(state.giveBacks, event.giveBackId);
  if (!giveBack || !isOwed(giveBack)) return refuse(state, 'E-REF-04');
  if (isOfLostTime(state, giveBack.giveBackId)) return refuse(state, 'E-RET-06');
  if (state.shift === null) return refuse(state, 'E-SALE-07');
  const { operatorId, approverId, reason } = event;
  const { giveBackId, amount_fen, saleId } = giveBack;
  const draft = draftFrom(state);
  const body = { giveBackId, amount_fen, operatorId, approverId, reason, at_ms: surroundings.now_ms };
  draft.record({ type: 'giveBack.paidInCash', body });
  askDrawer(draft, { cause: 'cashRefund', operatorId, approverId: null, reason }, surroundings);
  askOwnSlip(draft, giveBackId);
  settleSale(draft, saleId, surroundings);
  return draft.done();
}

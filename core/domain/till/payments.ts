// One payment's moves within the till: the machine's step, the records, and what a proof does to its sale. Pure.
import { own } from '../own.ts';
import { assert } from '../assert.ts';
import { sum_fen } from '../money.ts';
import type { PaymentEffect, PaymentEvent } from '../payment/event.ts';
import { isProven } from '../payment/state.ts';
import type { Step } from '../payment/steps.ts';
import { stepPayment } from '../payment/transition.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import { routeOf, type RouteSettings, type Surroundings, type TillEvent } from './events.ts';
import { queueRefusal } from './offline.ts';
import { isBlocking, isDeferredOpen, isFlying, isLeaving, lost_fen, lostBy, takesTender } from './queries.ts';
import { isDoubtOfLostTime } from './restoring.ts';
import type { Sale } from '../sale/sale.ts';
import { UNKNOWN_SCHEME } from '../scan/detection.ts';
import { settleSale } from './settling.ts';
import { returnSurplus } from './surplus.ts';
import type { Attempt, RouteFacts, TillState } from './state.ts';
import { takeBackExcess, takeBackWriteOffs } from './write-offs.ts';

export function emit(draft: Draft, attemptId: string, effects: readonly PaymentEffect[]): void {
  for (const effect of effects) draft.effect({ ...effect, attemptId });
}

function codeOf(event: PaymentEvent): string | null {
  if ('code' in event) return event.code;
  if ('cause' in event) return event.cause;
  return 'result' in event ? event.result : null;
}

/** From now on its money stands in the books of whoever has the route now: nothing of it is known to those who had it as it was taken. */
function newParty(attempt: Attempt, event: PaymentEvent, { party }: RouteSettings): { party?: string } {
  const isOther = attempt.party !== undefined && party !== undefined && party !== attempt.party;
  return event.kind === 'submitted' && isOther ? { party } : {};
}

function recordStep(
  draft: Draft,
  attempt: Attempt,
  event: PaymentEvent,
  step: Step,
  surroundings: Surroundings,
): void {
  const { now_ms } = surroundings;
  const common = { attemptId: attempt.attemptId, event: event.kind, code: codeOf(event), at_ms: now_ms };
  if (step.verdict === 'noted') {
    draft.record({ type: 'payment.noted', body: common });
    return;
  }
  const party = newParty(attempt, event, routeOf(surroundings, attempt.routeId));
  draft.record({ type: 'payment.moved', body: { ...common, machine: step.machine, ...party } });
  emit(draft, attempt.attemptId, step.effects);
}

const soldStates: ReadonlySet<Sale['state']> = new Set(['completed', 'completedPending']);

/** The goods have left. Before that a part that ends without money is simply due again. */
function isSold(draft: Draft, attempt: Attempt): boolean {
  const sale = draft.state.sales[attempt.saleId];
  assert(sale, `sale ${attempt.saleId} is not loaded`);
  return soldStates.has(sale.state);
}

/** What is lost of its sale, and what of that somebody is told by an exception. */
function lossOf({ state }: Draft, { saleId }: Attempt): { lost_fen: number; told_fen: number } {
  const sale = state.sales[saleId];
  assert(sale, `sale ${saleId} is not loaded`);
  const told = [...lostBy(state)].filter(([id]) => state.exceptions[id]?.saleId === saleId);
  return { lost_fen: lost_fen(state, sale), told_fen: sum_fen(told.map(([, part_fen]) => part_fen)) };
}

/**
 * A deferred payment that ended without money: the goods are gone, so a person must deal with it. A fen that is missing has one exception,
 * or a Z would call it collected or lost twice: not one that was written off, or that a second try was to bring for an open exception.
 */
function raiseException(draft: Draft, attempt: Attempt, toldBefore_fen: number, now_ms: number): void {
  const { machine, amount_fen } = attempt;
  const { state } = machine;
  if (!attempt.wasDeferred || !isSold(draft, attempt)) return;
  const part_fen = Math.min(amount_fen, lossOf(draft, attempt).lost_fen - toldBefore_fen);
  if (part_fen <= 0) return;
  const part = part_fen < amount_fen ? { amount_fen: part_fen } : {};
  const body = { attemptId: attempt.attemptId, acquirerCode: attempt.acquirerCode, at_ms: now_ms, ...part };
  // `reversed` while still deferred: the acquirer says so by itself, no manager cancelled it.
  const isRefused = state.kind === 'declined' || (state.kind === 'reversed' && machine.deferred);
  if (isRefused) draft.record({ type: 'exception.raised', body: { ...body, reason: 'E-OFF-08' } });
  if (state.kind === 'expiredUnsent') {
    const reason = state.cause === 'codeLost' ? 'E-OFF-10' : 'E-OFF-09';
    draft.record({ type: 'exception.raised', body: { ...body, reason } });
  }
}

/** Nothing of it was sent before: what it is told, it has not been told yet. */
function isFirstSending({ machine: { state } }: Attempt): boolean {
  return state.kind === 'authorizing' && !state.resend;
}

/**
 * A configuration error meets everything until somebody mends it. What is wrong with one order alone may be so: the next one tries it, and a
 * second such word before anything is approved is believed. What is sent again may have heard the first one, too: that tells of no other.
 */
function afterRefusal(
  facts: RouteFacts,
  attempt: Attempt,
  event: Extract<PaymentEvent, { kind: 'declined' }>,
): RouteFacts {
  const { onTrial, ...others } = facts;
  const isFirst = facts.alarm === null && onTrial !== true;
  const isAgain = onTrial === true && !isFirstSending(attempt);
  const goesOn = event.ofThisOrder === true && (isFirst || isAgain);
  return { ...others, alarm: event.code, ...(goesOn && { onTrial: true }) };
}

function afterEvent(facts: RouteFacts, attempt: Attempt, event: PaymentEvent): RouteFacts {
  if (event.kind === 'declined' && event.reason === 'configuration')
    return afterRefusal(facts, attempt, event);
  if (event.kind !== 'approved') return facts;
  const { onTrial: _, ...proven } = facts;
  return { ...proven, alarm: null };
}

/** Sets or clears the route's alarm. */
function watchRoute(draft: Draft, attempt: Attempt, event: PaymentEvent): void {
  const facts = draft.state.routes[attempt.routeId];
  if (!facts) return;
  const next = afterEvent(facts, attempt, event);
  if (next.alarm === facts.alarm && next.onTrial === facts.onTrial) return;
  draft.record({ type: 'route.changed', body: { routeId: attempt.routeId, facts: next } });
}

/** `notSent`: whether the route's offline policy takes this very payment is decided here, from committed facts. */
function withOfflinePolicy(
  state: TillState,
  attempt: Attempt,
  event: PaymentEvent,
  surroundings: Surroundings,
): PaymentEvent {
  if (event.kind !== 'notSent') return event;
  // Nobody knows how long such a code lives, nor whether it is one.
  if (attempt.scheme === UNKNOWN_SCHEME) return { ...event, then: 'end' };
  const sale = state.sales[attempt.saleId];
  // Put aside, left or given up meanwhile: nobody decided that anything leaves on trust, and its customer may have gone.
  const isOnCounter = sale !== undefined && state.currentSaleId === sale.saleId;
  if (!isOnCounter || !takesTender(state, sale)) return { ...event, then: 'end' };
  const route = routeOf(surroundings, attempt.routeId);
  if (route.offline.mode === 'hold') return { ...event, then: 'hold' };
  if (event.then !== 'queue') return { ...event, then: 'end' };
  const refusal = queueRefusal(state, route, {
    routeId: attempt.routeId,
    amount_fen: attempt.amount_fen,
    deferrable: true,
    usedBefore: Object.values(state.attempts).some(
      (one) =>
        one.attemptId !== attempt.attemptId && one.codeHmac === attempt.codeHmac && isDeferredOpen(one),
    ),
    clockTrusted: surroundings.clockTrusted,
  });
  return refusal === null ? event : { ...event, then: 'end' };
}

export function movePayment(
  draft: Draft,
  attemptId: string,
  event: PaymentEvent,
  surroundings: Surroundings,
): void {
  const attempt = draft.state.attempts[attemptId];
  assert(attempt, `attempt ${attemptId} is not loaded`);
  const { policy } = routeOf(surroundings, attempt.routeId);
  const decided = withOfflinePolicy(draft.state, attempt, event, surroundings);
  const { now_ms, startedAt_ms } = surroundings;
  const step = stepPayment(attempt.machine, decided, now_ms, policy, startedAt_ms);
  const wasProven = isProven(attempt.machine.state);
  if (step.verdict !== 'noted') takeBackExcess(draft, attempt, now_ms);
  const { told_fen } = lossOf(draft, attempt);
  recordStep(draft, attempt, decided, step, surroundings);
  watchRoute(draft, attempt, decided);
  if (step.verdict === 'noted') return;
  const moved = draft.state.attempts[attemptId];
  assert(moved, `attempt ${attemptId} vanished`);
  if (!wasProven) raiseException(draft, moved, told_fen, surroundings.now_ms);
  if (moved.machine.state.kind === 'approved') {
    returnSurplus(draft, moved, surroundings);
    takeBackWriteOffs(draft, attempt, surroundings.now_ms);
  }
  settleSale(draft, attempt.saleId, surroundings);
}

/** Why the cashier may not give this payment up now: it had no fair chance yet (`giveUpFrom_ms` after sending), say. */
export function giveUpRefusal(state: TillState, attempt: Attempt, surroundings: Surroundings) {
  const paymentState = attempt.machine.state;
  if (isDoubtOfLostTime(state, attempt)) return 'E-RST-03';
  if (paymentState.kind === 'closing') return 'E-PAY-20';
  if (isLeaving(attempt)) return 'E-PAY-11';
  // A code that is on nobody's mind any more is closed at once: that takes no money back.
  if (paymentState.kind === 'presenting') return null;
  const { policy } = routeOf(surroundings, attempt.routeId);
  const isTooEarly =
    'sentAt_ms' in paymentState && surroundings.now_ms - paymentState.sentAt_ms < policy.giveUpFrom_ms;
  return isTooEarly ? 'E-PAY-14' : null;
}

export function giveUp(state: TillState, attemptId: string, surroundings: Surroundings): Transition {
  const attempt = own(state.attempts, attemptId);
  if (!attempt || !isBlocking(attempt)) return refuse(state, 'E-SALE-02');
  const refusal = giveUpRefusal(state, attempt, surroundings);
  if (refusal !== null) return refuse(state, refusal);
  const draft = draftFrom(state);
  movePayment(draft, attemptId, { kind: 'gaveUp' }, surroundings);
  return draft.done();
}

/** Oldest first; at most `window` in flight on the route, and one alone where it may still refuse our configuration. */
export function forward(
  state: TillState,
  event: Extract<TillEvent, { kind: 'forwarded' }>,
  surroundings: Surroundings,
): Transition {
  const facts = state.routes[event.routeId];
  // A route that refuses our configuration would refuse the whole queue, one by one: it waits for the mending.
  if (facts?.alarm && facts.onTrial !== true) return draftFrom(state).done();
  const window = facts?.onTrial ? 1 : event.window;
  const onRoute = Object.values(state.attempts).filter((attempt) => attempt.routeId === event.routeId);
  const { policy } = routeOf(surroundings, event.routeId);
  const flying = onRoute.filter((attempt) => isFlying(attempt, policy, surroundings.now_ms));
  const waiting = onRoute
    .filter((attempt) => attempt.machine.state.kind === 'queued')
    .sort((a, b) => a.tillSequence - b.tillSequence);
  const draft = draftFrom(state);
  for (const attempt of waiting.slice(0, Math.max(0, window - flying.length))) {
    movePayment(draft, attempt.attemptId, { kind: 'submitted' }, surroundings);
  }
  return draft.done();
}

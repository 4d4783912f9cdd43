// Payments within a sale: opening attempts, moving them, and what a proof does to the sale. Pure.
import { assert } from '../assert.ts';
import type { PaymentEffect, PaymentEvent } from '../payment/event.ts';
import { isProven } from '../payment/state.ts';
import type { Step } from '../payment/steps.ts';
import { openPayment, stepPayment } from '../payment/transition.ts';
import { saleTotal_fen } from '../sale/sale.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { RouteSettings, Surroundings, TillEvent } from './events.ts';
import { queueRefusal } from './offline.ts';
import { attemptsOf, currentSale, due_fen, isBlocking, isDeferredOpen } from './queries.ts';
import type { Attempt, TillState } from './state.ts';

function routeOf(surroundings: Surroundings, routeId: string): RouteSettings {
  const route = surroundings.routes[routeId];
  assert(route, `no route ${routeId} is configured`);
  return route;
}

function base36(value: number, width: number): string {
  return value.toString(36).toUpperCase().padStart(width, '0');
}

/** Terminal + install epoch + counter + random: never reused, even after a restore from backup (DESIGN section 4). */
function orderNumberOf(state: TillState, surroundings: Surroundings): string {
  const counter = base36(state.counters.attempt + 1, 6);
  return `${surroundings.terminalCode}${base36(state.epoch, 3)}${counter}${surroundings.entropy.slice(0, 8).toUpperCase()}`;
}

function emit(draft: Draft, attemptId: string, effects: readonly PaymentEffect[]): void {
  for (const effect of effects) draft.effect({ ...effect, attemptId });
}

export function codeScanned(
  state: TillState,
  event: Extract<TillEvent, { kind: 'codeScanned' }>,
  surroundings: Surroundings,
): Transition {
  const sale = currentSale(state);
  if (sale === null || sale.state !== 'tendering') return refuse(state, 'E-SCAN-03');
  if (attemptsOf(state, sale).some(isBlocking)) return refuse(state, 'E-SCAN-08');
  const amount_fen = due_fen(state, sale);
  assert(amount_fen > 0, `sale ${sale.saleId} is tendering with nothing due`);
  const route = routeOf(surroundings, event.routeId);
  const isOnline = state.routes[event.routeId]?.online ?? true;
  if (!isOnline) {
    const refusal = queueRefusal(state, route, {
      ...event,
      amount_fen,
      clockTrusted: surroundings.clockTrusted,
    });
    if (refusal !== null) return refuse(state, refusal);
  }
  const step = openPayment(isOnline ? 'authorize' : 'queue', surroundings.now_ms, route.policy);
  const attempt: Attempt = {
    attemptId: `P${base36(state.epoch, 3)}${base36(state.counters.attempt + 1, 6)}`,
    saleId: sale.saleId,
    orderNumber: orderNumberOf(state, surroundings),
    routeId: event.routeId,
    scheme: event.scheme,
    amount_fen,
    codeMask: event.codeMask,
    codeHmac: event.codeHmac,
    takenAt: surroundings.now_iso,
    tillSequence: state.counters.attempt + 1,
    openedAt_ms: surroundings.now_ms,
    machine: step.machine,
    wasDeferred: step.machine.deferred,
    acquirerCode: null,
    story: [{ at_ms: surroundings.now_ms, what: isOnline ? 'sent' : 'queued' }],
  };
  const draft = draftFrom(state);
  draft.record({ type: 'payment.opened', body: { attempt } });
  emit(draft, attempt.attemptId, step.effects);
  settleSale(draft, sale.saleId, surroundings);
  return draft.done();
}

function codeOf(event: PaymentEvent): string | null {
  if ('code' in event) return event.code;
  if ('cause' in event) return event.cause;
  return 'result' in event ? event.result : null;
}

function recordStep(draft: Draft, attempt: Attempt, event: PaymentEvent, step: Step, now_ms: number): void {
  const common = { attemptId: attempt.attemptId, event: event.kind, code: codeOf(event), at_ms: now_ms };
  if (step.verdict === 'noted') {
    draft.record({ type: 'payment.noted', body: common });
    return;
  }
  draft.record({ type: 'payment.moved', body: { ...common, machine: step.machine } });
  emit(draft, attempt.attemptId, step.effects);
}

/** A deferred payment that ended without money: the goods are gone, so a person must deal with it. */
function raiseException(draft: Draft, attempt: Attempt, now_ms: number): void {
  const { state } = attempt.machine;
  if (!attempt.wasDeferred) return;
  const body = { attemptId: attempt.attemptId, acquirerCode: attempt.acquirerCode, at_ms: now_ms };
  // `reversed` while still deferred: the acquirer says so by itself, no manager cancelled it.
  const isRefused = state.kind === 'declined' || (state.kind === 'reversed' && attempt.machine.deferred);
  if (isRefused) draft.record({ type: 'exception.raised', body: { ...body, reason: 'E-OFF-08' } });
  if (state.kind === 'expiredUnsent') {
    const reason = state.cause === 'codeLost' ? 'E-OFF-10' : 'E-OFF-09';
    draft.record({ type: 'exception.raised', body: { ...body, reason } });
  }
}

/** Sets or clears the route's alarm: a configuration error declines everything until somebody mends it. */
function watchRoute(draft: Draft, attempt: Attempt, event: PaymentEvent): void {
  const facts = draft.state.routes[attempt.routeId];
  if (!facts) return;
  const isAlarm = event.kind === 'declined' && event.reason === 'configuration';
  const alarm = isAlarm ? event.code : event.kind === 'approved' ? null : facts.alarm;
  if (alarm !== facts.alarm) {
    draft.record({ type: 'route.changed', body: { routeId: attempt.routeId, facts: { ...facts, alarm } } });
  }
}

/** Completes or confirms the sale when its payments say so (DESIGN section 4, "Sale"). */
function settleSale(draft: Draft, saleId: string, surroundings: Surroundings): void {
  const sale = draft.state.sales[saleId];
  assert(sale, `sale ${saleId} is not loaded`);
  const attempts = attemptsOf(draft.state, sale);
  const isPending = attempts.some(isDeferredOpen);
  if (sale.state === 'tendering' && !attempts.some(isBlocking) && due_fen(draft.state, sale) === 0) {
    const number = draft.state.counters.receipt + 1;
    const receiptId = `R${base36(draft.state.epoch, 3)}${base36(number, 6)}`;
    const body = {
      saleId,
      receiptId,
      receiptNumber: String(number).padStart(8, '0'),
      total_fen: saleTotal_fen(sale),
      pending: isPending,
      at_ms: surroundings.now_ms,
    };
    draft.record({ type: 'sale.completed', body });
    draft.effect({ kind: 'print', receiptId, copy: 0 });
  }
  if (sale.state === 'completedPending' && !isPending && due_fen(draft.state, sale) === 0) {
    draft.record({ type: 'sale.confirmed', body: { saleId } });
  }
}

/** `notSent`: whether the route's offline policy takes this very payment is decided here, from committed facts. */
function withOfflinePolicy(
  state: TillState,
  attempt: Attempt,
  event: PaymentEvent,
  surroundings: Surroundings,
): PaymentEvent {
  if (event.kind !== 'notSent' || event.then === 'end') return event;
  const refusal = queueRefusal(state, routeOf(surroundings, attempt.routeId), {
    routeId: attempt.routeId,
    amount_fen: attempt.amount_fen,
    deferrable: event.then === 'queue',
    queuedBefore: Object.values(state.attempts).some(
      (one) =>
        one.attemptId !== attempt.attemptId && one.codeHmac === attempt.codeHmac && isDeferredOpen(one),
    ),
    clockTrusted: surroundings.clockTrusted,
  });
  return refusal === null ? { ...event, then: 'queue' } : { ...event, then: 'end' };
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
  const step = stepPayment(attempt.machine, decided, surroundings.now_ms, policy);
  const wasProven = isProven(attempt.machine.state);
  recordStep(draft, attempt, decided, step, surroundings.now_ms);
  watchRoute(draft, attempt, decided);
  if (step.verdict === 'noted') return;
  const moved = draft.state.attempts[attemptId];
  assert(moved, `attempt ${attemptId} vanished`);
  if (!wasProven) raiseException(draft, moved, surroundings.now_ms);
  settleSale(draft, attempt.saleId, surroundings);
}

/** The cashier gives up: not before the answer had a fair chance (`giveUpFrom_ms` after sending). */
export function giveUp(state: TillState, attemptId: string, surroundings: Surroundings): Transition {
  const attempt = state.attempts[attemptId];
  if (!attempt || !isBlocking(attempt)) return refuse(state, 'E-SALE-02');
  const { policy } = routeOf(surroundings, attempt.routeId);
  const paymentState = attempt.machine.state;
  if (paymentState.kind === 'reversing' || paymentState.kind === 'disputed') return refuse(state, 'E-PAY-11');
  const isTooEarly =
    'sentAt_ms' in paymentState && surroundings.now_ms - paymentState.sentAt_ms < policy.giveUpFrom_ms;
  if (isTooEarly) return refuse(state, 'E-PAY-14');
  const draft = draftFrom(state);
  movePayment(draft, attemptId, { kind: 'gaveUp' }, surroundings);
  return draft.done();
}

/** Oldest first; at most `window` in flight on the route. */
export function forward(
  state: TillState,
  event: Extract<TillEvent, { kind: 'forwarded' }>,
  surroundings: Surroundings,
): Transition {
  // A route that refuses our configuration would turn the whole queue into exceptions, one by one: it waits for the mending.
  if (state.routes[event.routeId]?.alarm) return draftFrom(state).done();
  const onRoute = Object.values(state.attempts).filter((attempt) => attempt.routeId === event.routeId);
  const flying = onRoute.filter(
    (attempt) => isDeferredOpen(attempt) && attempt.machine.state.kind !== 'queued',
  );
  const waiting = onRoute
    .filter((attempt) => attempt.machine.state.kind === 'queued')
    .sort((a, b) => a.tillSequence - b.tillSequence);
  const draft = draftFrom(state);
  for (const attempt of waiting.slice(0, Math.max(0, event.window - flying.length))) {
    movePayment(draft, attempt.attemptId, { kind: 'submitted' }, surroundings);
  }
  return draft.done();
}

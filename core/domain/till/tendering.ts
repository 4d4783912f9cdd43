// Tenders of the sale on the counter: a payment code, cash, and how much of it a wallet shall pay. Pure.
import { assert } from '../assert.ts';
import { AMOUNT_LIMIT_fen } from '../money.ts';
import type { Step } from '../payment/steps.ts';
import { openPayment } from '../payment/transition.ts';
import type { Sale } from '../sale/sale.ts';
import { UNKNOWN_SCHEME } from '../scan/detection.ts';
import { askDrawer } from './drawer.ts';
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import { isRouteUp, type RouteSettings, routeOf, type Surroundings, type TillEvent } from './events.ts';
import { idOf, wireNumber } from './ids.ts';
import { queueRefusal } from './offline.ts';
import { emit, giveUpRefusal, movePayment } from './payments.ts';
import {
  attemptsOf,
  currentSale,
  due_fen,
  isBlocking,
  isCollecting,
  isLeaving,
  takesTender,
  walletDue_fen,
  isUndecided,
} from './queries.ts';
import type { ErrorText } from './reasons.ts';
import { settleSale } from './settling.ts';
import type { Attempt, TillState } from './state.ts';
import { placesFor } from './write-offs.ts';

type CodeScanned = Extract<TillEvent, { kind: 'codeScanned' }>;
type Mode = Parameters<typeof openPayment>[0];

/** How the payment begins: at once, or by the route's offline policy, or not at all. */
function modeOf(
  state: TillState,
  route: RouteSettings,
  request: CodeScanned & { amount_fen: number },
  surroundings: Surroundings,
): Mode | ErrorText {
  // The wallet takes a code once: spent here, it would never pay what waits with it.
  if (request.queuedBefore) return 'E-OFF-05';
  if (isRouteUp(state, request.routeId)) return 'authorize';
  if (route.offline.mode === 'hold') return request.scheme === UNKNOWN_SCHEME ? 'E-OFF-06' : 'hold';
  return queueRefusal(state, route, { ...request, clockTrusted: surroundings.clockTrusted }) ?? 'queue';
}

const openingWord: Record<Mode, string> = { authorize: 'sent', hold: 'held', queue: 'queued' };

/** How an attempt begins: its first step, in a word, and what is known of its code. */
export type Opening = { step: Step; word: string } & Pick<
  Attempt,
  'routeId' | 'scheme' | 'codeMask' | 'codeHmac' | 'presented'
>;

export function openAttempt(draft: Draft, sale: Sale, opening: Opening, surroundings: Surroundings): void {
  const { state } = draft;
  const { step, word, routeId, scheme, codeMask, codeHmac, presented } = opening;
  const counter = state.counters.attempt + 1;
  const { party } = routeOf(surroundings, routeId);
  const amount_fen = walletDue_fen(state, sale);
  const attempt: Attempt = {
    attemptId: idOf('P', state, counter),
    saleId: sale.saleId,
    orderNumber: wireNumber(state, surroundings, counter),
    routeId,
    ...(party !== undefined && { party }),
    scheme,
    amount_fen,
    codeMask,
    codeHmac,
    takenAt: surroundings.now_iso,
    tillSequence: counter,
    openedAt_ms: surroundings.now_ms,
    machine: step.machine,
    wasDeferred: step.machine.deferred,
    ...(presented && { presented }),
    ...(isCollecting(state, sale) && { collects: true, inPlaceOf: placesFor(state, sale, amount_fen) }),
    acquirerCode: null,
    zNumber: state.period.zNumber,
    givenBack_fen: 0,
    givingBack_fen: 0,
    surplus_fen: 0,
    story: [{ at_ms: surroundings.now_ms, what: word }],
  };
  draft.record({ type: 'payment.opened', body: { attempt } });
  emit(draft, attempt.attemptId, step.effects);
}

function isMode(found: Mode | ErrorText): found is Mode {
  return Object.hasOwn(openingWord, found);
}

export function codeScanned(state: TillState, event: CodeScanned, surroundings: Surroundings): Transition {
  const sale = currentSale(state);
  if (sale === null || !takesTender(state, sale)) return refuse(state, 'E-SCAN-03');
  if (attemptsOf(state, sale).some(isBlocking)) return refuse(state, 'E-SCAN-08');
  const amount_fen = walletDue_fen(state, sale);
  assert(amount_fen > 0, `sale ${sale.saleId} takes a tender with nothing due`);
  const route = routeOf(surroundings, event.routeId);
  const mode = modeOf(state, route, { ...event, amount_fen }, surroundings);
  if (!isMode(mode)) return refuse(state, mode);
  const { routeId, scheme, codeMask, codeHmac } = event;
  const step = openPayment(mode, surroundings.now_ms, route.policy);
  const draft = draftFrom(state);
  openAttempt(
    draft,
    sale,
    { step, word: openingWord[mode], routeId, scheme, codeMask, codeHmac },
    surroundings,
  );
  settleSale(draft, sale.saleId, surroundings);
  return draft.done();
}

export function walletPartSet(state: TillState, amount_fen: number | null): Transition {
  const sale = currentSale(state);
  if (sale === null || !takesTender(state, sale)) return refuse(state, 'E-SALE-02');
  const isPart = amount_fen === null || (amount_fen > 0 && amount_fen <= due_fen(state, sale));
  if (!isPart) return refuse(state, 'E-CASH-03');
  const draft = draftFrom(state);
  draft.record({ type: 'sale.walletPartSet', body: { saleId: sale.saleId, amount_fen } });
  return draft.done();
}

/** 抹零: down only, on cash only, never to nothing, and never after the tax was settled. */
export function roundDown_fen(state: TillState, sale: Sale, cash: Surroundings['cash']): number {
  if (isCollecting(state, sale)) return 0;
  const due = due_fen(state, sale);
  const off_fen = due % cash.roundDownTo_fen;
  return off_fen < due ? off_fen : 0;
}

/** More change than this is a slip of the finger, or a barcode in the wrong field. */
const CHANGE_LIMIT_fen = 100_000;

type CashTaken = Extract<TillEvent, { kind: 'cashTaken' }>;

function cashRefusal(state: TillState, event: CashTaken, surroundings: Surroundings): ErrorText | null {
  const sale = currentSale(state);
  if (sale === null || !takesTender(state, sale)) return 'E-SALE-02';
  if (state.shift === null) return 'E-SALE-07';
  for (const attempt of attemptsOf(state, sale).filter(isBlocking)) {
    if (isLeaving(attempt)) continue;
    const refusal = giveUpRefusal(state, attempt, surroundings);
    if (refusal !== null) return refusal;
  }
  return event.received_fen > AMOUNT_LIMIT_fen ? 'E-CASH-02' : null;
}

/** Cash for all that is due. A wallet payment in doubt goes through the one-way door first: a late charge is given back. */
export function cashTaken(state: TillState, event: CashTaken, surroundings: Surroundings): Transition {
  const refusal = cashRefusal(state, event, surroundings);
  if (refusal !== null) return refuse(state, refusal);
  const draft = draftFrom(state);
  const saleId = currentSale(state)?.saleId ?? '';
  const inDoubt = Object.values(state.attempts).filter((one) => one.saleId === saleId && isUndecided(one));
  for (const { attemptId } of inDoubt) movePayment(draft, attemptId, { kind: 'gaveUp' }, surroundings);
  const sale = draft.state.sales[saleId];
  assert(sale, `sale ${saleId} vanished`);
  // Without the payment in doubt it was paid already: no cash is taken.
  if (!takesTender(draft.state, sale)) return draft.done();
  const due = due_fen(draft.state, sale);
  const isRounded = event.roundDown || surroundings.cash.roundDownAlways;
  const rounding_fen = isRounded ? roundDown_fen(draft.state, sale, surroundings.cash) : 0;
  const amount_fen = due - rounding_fen;
  const change_fen = event.received_fen - amount_fen;
  if (change_fen < 0) return refuse(state, 'E-CASH-01');
  if (change_fen > CHANGE_LIMIT_fen) return refuse(state, 'E-CASH-02');
  const operatorId = state.operatorId ?? sale.operatorId;
  const cash = { received_fen: event.received_fen, amount_fen, rounding_fen, change_fen };
  draft.record({ type: 'sale.cashTaken', body: { saleId, cash, operatorId, at_ms: surroundings.now_ms } });
  askDrawer(draft, { cause: 'cashSale', operatorId, approverId: null, reason: '' }, surroundings);
  settleSale(draft, saleId, surroundings);
  return draft.done();
}

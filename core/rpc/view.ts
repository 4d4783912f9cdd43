// The engine's state as the contract's snapshot: what a screen shows. Pure but for the clock passed in.
import type { ErrorCode } from '../../contract/errors.ts';
import type { CashMoveView, ParkedView, RouteView, Snapshot } from '../../contract/snapshot.ts';
import { sum_fen } from '../domain/money.ts';
import { itemCount, saleTotal_fen } from '../domain/sale/sale.ts';
import {
  attemptsOf,
  covered_fen,
  currentSale,
  expectedLoss_fen,
  type Exposure,
  exposure,
  isBlocking,
  isOpenAttempt,
} from '../domain/till/queries.ts';
import { idOf } from '../domain/till/ids.ts';
import type { CashMove } from '../domain/till/records.ts';
import { isQuarantined } from '../domain/till/restoring.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { Store } from '../ports/journal.ts';
import type { Operator } from './operators.ts';
import { printView, printerViews, scannerViews } from './view-devices.ts';
import { paymentsFoundView } from './view-evidence.ts';
import { foundSaleView } from './view-found.ts';
import { openGiveBackViews } from './view-give-backs.ts';
import { paymentView, saleView } from './view-sale.ts';
import type { ViewSettings } from './view-settings.ts';

function publicOperator({ id, name, role }: Operator) {
  return { id, name, role };
}

function parkedViews(state: TillState): ParkedView[] {
  return state.parkedSaleIds.flatMap((saleId) => {
    const sale = state.sales[saleId];
    if (!sale) return [];
    const attempts = attemptsOf(state, sale);
    const [first] = sale.lines;
    return [
      {
        saleId,
        itemCount: itemCount(sale),
        total_fen: saleTotal_fen(sale),
        covered_fen: sum_fen(attempts.map(covered_fen)),
        hasUnproven: attempts.some(isOpenAttempt),
        firstName_zh: first?.name_zh ?? '',
        firstName_en: first?.name_en ?? '',
        openedAt_ms: sale.openedAt_ms,
      },
    ];
  });
}

function routeViews(engine: Engine, settings: ViewSettings, open: Exposure): RouteView[] {
  return Object.entries(settings.routes).map(([id, route]) => {
    const facts = engine.state.routes[id];
    const hasRoom = open.count < route.offline.count && open.total_fen < route.offline.openTotal_fen;
    return {
      id,
      schemes: route.schemes,
      presents: route.presents,
      state:
        facts === undefined
          ? 'starting'
          : facts.alarm !== null
            ? 'broken'
            : facts.online
              ? 'online'
              : 'offline',
      cause: facts?.alarm ?? facts?.cause ?? null,
      latency_ms: engine.ui.latency_ms[id] ?? null,
      offlineMode: route.offline.mode,
      queueOpen:
        route.offline.mode === 'queue' &&
        facts?.storeAndForward === true &&
        facts.alarm === null &&
        hasRoom &&
        !isQuarantined(engine.state),
      layer: (facts?.layer ?? null) as RouteView['layer'],
    };
  });
}

function lastCashMove({ state }: Engine, store: Store): CashMoveView | null {
  const { cashMove } = state.counters;
  const document = cashMove === 0 ? null : store.loadDocument(idOf('M', state, cashMove));
  if (document === null) return null;
  const { number, direction, amount_fen, reason } = document.body as CashMove;
  return { number, direction, amount_fen, reason };
}

/** The part of the day: shift, parked sales, money on its way back, drawer, lock. */
function dayOf(engine: Engine, store: Store, settings: ViewSettings) {
  const { state } = engine;
  const { shift, drawer, period, isLocked } = state;
  return {
    exceptionCount: Object.keys(state.exceptions).length,
    shift:
      shift === null
        ? null
        : { number: shift.number, openedAt_ms: shift.openedAt_ms, operatorId: shift.operatorId },
    counts: {
      cashMoves: state.counters.cashMove,
      drawerOpens: state.counters.drawer,
      zNumber: period.zNumber,
    },
    lastCashMove: lastCashMove(engine, store),
    parked: parkedViews(state),
    giveBacks: openGiveBackViews(engine, store),
    found: foundSaleView(engine, store, settings.terminalCode),
    asked: paymentsFoundView(engine, store),
    drawer: drawer?.outcome ?? ('none' as const),
    lockAfter_s: settings.lockAfter_s,
    wedge: settings.wedge,
    isLocked,
    denominations_fen: settings.denominations_fen,
    businessDate: period.businessDate,
  };
}

function restoredOf(state: TillState): Pick<Snapshot, 'restored'> {
  const { restored } = state;
  if (restored === undefined || !isQuarantined(state)) return {};
  const { at_ms, sequence, lostSequence } = restored;
  return { restored: { at_ms, sequence, lostSequence } };
}

export function snapshotOf(engine: Engine, store: Store, settings: ViewSettings, now_ms: number): Snapshot {
  const { state, ui, head } = engine;
  const sale = currentSale(state);
  const open = exposure(state);
  const limit_fen = Math.max(
    0,
    ...Object.values(settings.routes).map((route) => route.offline.openTotal_fen),
  );
  const resolving = Object.values(state.attempts).filter(
    (attempt) => isBlocking(attempt) && attempt.saleId !== sale?.saleId,
  );
  const operator = settings.operators.find((one) => one.id === state.operatorId);
  return {
    sequence: head.sequence,
    now_ms,
    refusal: null,
    store: { ...settings.store, terminalCode: settings.terminalCode },
    pxPerMm: settings.pxPerMm,
    language: state.language,
    operators: settings.operators.map(publicOperator),
    operator: operator ? publicOperator(operator) : null,
    sale: sale === null ? null : saleView(state, sale, settings, now_ms),
    resolving: resolving.map((attempt) => paymentView(attempt, settings.routes, now_ms)),
    notice:
      ui.notice === null
        ? null
        : { ...ui.notice, noticeId: String(ui.notice.id), code: ui.notice.code as ErrorCode },
    print: printView(engine),
    routes: routeViews(engine, settings, open),
    printers: printerViews(engine),
    scanners: scannerViews(engine),
    exposure: {
      ...open,
      room_fen: Math.max(0, limit_fen - open.total_fen),
      expectedLoss_fen: expectedLoss_fen(state, open),
    },
    ...dayOf(engine, store, settings),
    ...restoredOf(state),
    ...(engine.clockSetBy_ms === 0 ? {} : { clockSetBy_ms: engine.clockSetBy_ms }),
    comparing: { state: 'none' },
    diagnosis: null,
    journal: { sequence: head.sequence, shortHash: head.hash.slice(0, 8) },
  };
}

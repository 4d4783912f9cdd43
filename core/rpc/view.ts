// The engine's state as the contract's snapshot: what a screen shows. Pure but for the clock passed in.
import type {
  DeviceView,
  LineView,
  PaymentView,
  PrintView,
  RouteView,
  SaleView,
  Snapshot,
  StoryStep,
} from '../../contract/snapshot.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { isProven } from '../domain/payment/state.ts';
import { itemCount, lineAmount_fen, type Sale, saleTotal_fen } from '../domain/sale/sale.ts';
import type { RouteSettings } from '../domain/till/events.ts';
import {
  attemptsOf,
  covered_fen,
  currentSale,
  due_fen,
  exposure,
  isBlocking,
} from '../domain/till/queries.ts';
import { reasonOf } from '../domain/till/reason-of.ts';
import type { Attempt, TillState } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { PrinterStateNow } from '../engine/ui.ts';
import type { Operator } from './operators.ts';

export type ViewSettings = {
  store: { name_zh: string; name_en: string };
  terminalCode: string;
  pxPerMm: number;
  operators: readonly Operator[];
  routes: Readonly<Record<string, RouteSettings>>;
};

function publicOperator({ id, name, role }: Operator) {
  return { id, name, role };
}

function paymentView(attempt: Attempt, routes: ViewSettings['routes'], now_ms: number): PaymentView {
  const { state, due, deferred } = attempt.machine;
  const canEver = isBlocking(attempt) && state.kind !== 'reversing' && state.kind !== 'disputed';
  const sentAt_ms = 'sentAt_ms' in state ? state.sentAt_ms : null;
  const giveUpFrom_ms =
    canEver && sentAt_ms !== null ? sentAt_ms + (routes[attempt.routeId]?.policy.giveUpFrom_ms ?? 0) : null;
  return {
    attemptId: attempt.attemptId,
    orderNumber: attempt.orderNumber,
    scheme: attempt.scheme,
    amount_fen: attempt.amount_fen,
    codeMask: attempt.codeMask,
    state: state.kind,
    unproven: !isProven(state),
    deferred,
    since_ms: sentAt_ms ?? attempt.openedAt_ms,
    nextStepAt_ms: due?.at_ms ?? null,
    inquiries: 'inquiries' in state ? state.inquiries : 0,
    reversals: 'reversals' in state ? state.reversals : 0,
    reason: reasonOf(attempt),
    acquirerCode: attempt.acquirerCode,
    canGiveUp: giveUpFrom_ms !== null && now_ms >= giveUpFrom_ms,
    giveUpFrom_ms,
    story: attempt.story as StoryStep[],
  };
}

function saleView(state: TillState, sale: Sale, settings: ViewSettings, now_ms: number): SaleView {
  const attempts = attemptsOf(state, sale);
  const isBlocked = attempts.some(isBlocking);
  const isPartPaid = attempts.some((attempt) => covered_fen(attempt) > 0);
  const isAlive = sale.state === 'open' || sale.state === 'tendering';
  return {
    saleId: sale.saleId,
    state: sale.state,
    lines: sale.lines.map(
      (line): LineView => ({
        lineId: line.lineId,
        barcode: line.barcode,
        name_zh: line.name_zh,
        name_en: line.name_en,
        unit: line.unit,
        quantity: line.quantity,
        unitPrice_fen: line.price_fen,
        amount_fen: lineAmount_fen(line),
      }),
    ),
    lastLineId: sale.lastLineId,
    itemCount: itemCount(sale),
    total_fen: saleTotal_fen(sale),
    due_fen: due_fen(state, sale),
    receiptNumber: sale.receiptNumber,
    receiptId: sale.receiptId,
    payments: attempts.map((attempt) => paymentView(attempt, settings.routes, now_ms)),
    canTender: sale.state === 'open' && saleTotal_fen(sale) > 0,
    canCancel: isAlive && !isBlocked && !isPartPaid,
    canGoBack: sale.state === 'tendering' && !isBlocked && !isPartPaid,
  };
}

const printerReasons: Readonly<Record<PrinterStateNow, ErrorCode | null>> = {
  starting: null,
  ready: null,
  paperLow: null,
  paperOut: 'E-PRN-01',
  coverOpen: 'E-PRN-02',
  cutter: 'E-PRN-03',
  unreachable: 'E-PRN-04',
  connectionLost: 'E-PRN-05',
  garbage: 'E-PRN-06',
};

function printerViews(engine: Engine): DeviceView[] {
  return Object.entries(engine.ui.printers).map(([id, now]) => {
    const reason = printerReasons[now.state];
    const state =
      now.state === 'starting'
        ? 'starting'
        : reason !== null
          ? 'down'
          : now.state === 'ready'
            ? 'ready'
            : 'attention';
    return { id, state, reason, detail: now.detail };
  });
}

function scannerViews(engine: Engine): DeviceView[] {
  return Object.entries(engine.ui.scanners).map(([id, now]) => ({
    id,
    state: now.state,
    reason: now.state === 'down' ? 'E-SCAN-09' : null,
    detail: now.fault?.detail ?? '',
  }));
}

const printProblems: Readonly<Record<string, ErrorCode>> = {
  paperOut: 'E-PRN-01',
  coverOpen: 'E-PRN-02',
  cutter: 'E-PRN-03',
  unreachable: 'E-PRN-04',
  connectionLost: 'E-PRN-04',
  garbage: 'E-PRN-06',
  lostInMidReceipt: 'E-PRN-05',
};

function printView(engine: Engine): PrintView {
  const receiptId = engine.state.lastReceiptId;
  const receipt = receiptId === null ? undefined : engine.state.receipts[receiptId];
  if (!receipt) return { state: 'none', reason: null, receiptId: null };
  if (receipt.print === 'pending') return { state: 'printing', reason: null, receiptId };
  const isUnconfirmed = receipt.print === 'sentUnconfirmed';
  const reason = isUnconfirmed ? 'E-PRN-07' : (printProblems[receipt.problem ?? ''] ?? null);
  return { state: receipt.print, reason, receiptId };
}

function routeViews(engine: Engine, settings: ViewSettings): RouteView[] {
  const open = exposure(engine.state);
  return Object.entries(settings.routes).map(([id, route]) => {
    const facts = engine.state.routes[id];
    const hasRoom = open.count < route.offline.count && open.total_fen < route.offline.openTotal_fen;
    return {
      id,
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
      queueOpen: route.offline.mode === 'queue' && facts?.storeAndForward === true && hasRoom,
    };
  });
}

export function snapshotOf(engine: Engine, settings: ViewSettings, now_ms: number): Snapshot {
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
    routes: routeViews(engine, settings),
    printers: printerViews(engine),
    scanners: scannerViews(engine),
    exposure: { ...open, room_fen: Math.max(0, limit_fen - open.total_fen) },
    exceptionCount: state.exceptionCount,
    journal: { sequence: head.sequence, shortHash: head.hash.slice(0, 8) },
  };
}

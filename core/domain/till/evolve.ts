// evolve(state, record): the only way the till's state changes. Total, pure, used alike in selling, recovery and verification.
import { assert, assertNever } from '../assert.ts';
import type { Sale } from '../sale/sale.ts';
import type { TillRecord } from './records.ts';
import type { Attempt, Receipt, TillState } from './state.ts';
import { appendStory, storyOf } from './story.ts';

function withSale(state: TillState, saleId: string, change: (sale: Sale) => Sale): TillState {
  const sale = state.sales[saleId];
  assert(sale, `record names sale ${saleId}, which is not loaded`);
  return { ...state, sales: { ...state.sales, [saleId]: change(sale) } };
}

function withAttempt(state: TillState, attemptId: string, change: (attempt: Attempt) => Attempt): TillState {
  const attempt = state.attempts[attemptId];
  assert(attempt, `record names attempt ${attemptId}, which is not loaded`);
  return { ...state, attempts: { ...state.attempts, [attemptId]: change(attempt) } };
}

function withReceipt(state: TillState, receiptId: string, change: (receipt: Receipt) => Receipt): TillState {
  const receipt = state.receipts[receiptId];
  assert(receipt, `record names receipt ${receiptId}, which is not loaded`);
  return { ...state, receipts: { ...state.receipts, [receiptId]: change(receipt) } };
}

type Of<Type extends TillRecord['type']> = Extract<TillRecord, { type: Type }>['body'];

function saleOpened(state: TillState, body: Of<'sale.opened'>): TillState {
  const sale: Sale = {
    saleId: body.saleId,
    operatorId: body.operatorId,
    state: 'open',
    openedAt_ms: body.at_ms,
    lines: [],
    lastLineId: null,
    attemptIds: [],
    receiptId: null,
    receiptNumber: null,
    completedAt_ms: null,
  };
  return {
    ...state,
    counters: { ...state.counters, sale: state.counters.sale + 1 },
    currentSaleId: body.saleId,
    sales: { ...state.sales, [body.saleId]: sale },
  };
}

function lineAdded(state: TillState, body: Of<'sale.lineAdded'>): TillState {
  const next = withSale(state, body.saleId, (sale) => ({
    ...sale,
    lines: [...sale.lines, { ...body.goods, lineId: body.lineId, quantity: body.quantity }],
    lastLineId: body.lineId,
  }));
  return { ...next, counters: { ...next.counters, line: next.counters.line + 1 } };
}

function lineChanged(state: TillState, body: Of<'sale.quantitySet'>): TillState {
  return withSale(state, body.saleId, (sale) => ({
    ...sale,
    lines: sale.lines.map((line) =>
      line.lineId === body.lineId ? { ...line, quantity: body.quantity } : line,
    ),
    lastLineId: body.lineId,
  }));
}

function lineRemoved(state: TillState, body: Of<'sale.lineRemoved'>): TillState {
  return withSale(state, body.saleId, (sale) => {
    const lines = sale.lines.filter((line) => line.lineId !== body.lineId);
    return { ...sale, lines, lastLineId: lines.at(-1)?.lineId ?? null };
  });
}

function saleCompleted(state: TillState, body: Of<'sale.completed'>): TillState {
  const next = withSale(state, body.saleId, (sale) => ({
    ...sale,
    state: body.pending ? 'completedPending' : 'completed',
    receiptId: body.receiptId,
    receiptNumber: body.receiptNumber,
    completedAt_ms: body.at_ms,
  }));
  const receipt: Receipt = {
    receiptId: body.receiptId,
    number: body.receiptNumber,
    saleId: body.saleId,
    reprints: 0,
    print: 'pending',
    problem: null,
  };
  return {
    ...next,
    counters: { ...next.counters, receipt: next.counters.receipt + 1 },
    receipts: { ...next.receipts, [body.receiptId]: receipt },
    lastReceiptId: body.receiptId,
  };
}

function paymentOpened(state: TillState, body: Of<'payment.opened'>): TillState {
  const { attempt } = body;
  const next = withSale(state, attempt.saleId, (sale) => ({
    ...sale,
    attemptIds: [...sale.attemptIds, attempt.attemptId],
  }));
  return {
    ...next,
    counters: { ...next.counters, attempt: next.counters.attempt + 1 },
    attempts: { ...next.attempts, [attempt.attemptId]: attempt },
  };
}

function paymentMoved(state: TillState, body: Of<'payment.moved'>): TillState {
  return withAttempt(state, body.attemptId, (attempt) => ({
    ...attempt,
    machine: body.machine,
    wasDeferred: attempt.wasDeferred || body.machine.deferred,
    acquirerCode: body.code ?? attempt.acquirerCode,
    story: appendStory(attempt.story, storyOf(body)),
  }));
}

function paymentNoted(state: TillState, body: Of<'payment.noted'>): TillState {
  return withAttempt(state, body.attemptId, (attempt) => ({
    ...attempt,
    story: appendStory(attempt.story, storyOf(body)),
  }));
}

function routeChanged(state: TillState, body: Of<'route.changed'>): TillState {
  return { ...state, routes: { ...state.routes, [body.routeId]: body.facts } };
}

function saleStateSet(state: TillState, saleId: string, to: Sale['state']): TillState {
  return withSale(state, saleId, (sale) => ({ ...sale, state: to }));
}

function saleLeft(state: TillState, saleId: string): TillState {
  return { ...state, currentSaleId: state.currentSaleId === saleId ? null : state.currentSaleId };
}

function reprintAsked(state: TillState, { receiptId, count }: Of<'receipt.reprintAsked'>): TillState {
  return withReceipt(state, receiptId, (receipt) => ({ ...receipt, reprints: count, print: 'pending' }));
}

function printEnded(state: TillState, { receiptId, print, problem }: Of<'receipt.printEnded'>): TillState {
  return withReceipt(state, receiptId, (receipt) => ({ ...receipt, print, problem }));
}

export function evolve(state: TillState, record: TillRecord): TillState {
  switch (record.type) {
    case 'till.installed':
      return { ...state, epoch: record.body.epoch };
    case 'core.started':
    case 'clock.stepped':
      return state;
    case 'operator.signedIn':
      return { ...state, operatorId: record.body.operatorId };
    case 'operator.signedOut':
      return { ...state, operatorId: null };
    case 'till.languageSet':
      return { ...state, language: record.body.language };
    case 'sale.opened':
      return saleOpened(state, record.body);
    case 'sale.lineAdded':
      return lineAdded(state, record.body);
    case 'sale.quantitySet':
      return lineChanged(state, record.body);
    case 'sale.lineRemoved':
      return lineRemoved(state, record.body);
    case 'sale.tendering':
      return saleStateSet(state, record.body.saleId, 'tendering');
    case 'sale.reopened':
      return saleStateSet(state, record.body.saleId, 'open');
    case 'sale.cancelled':
      return saleStateSet(state, record.body.saleId, 'cancelled');
    case 'sale.completed':
      return saleCompleted(state, record.body);
    case 'sale.confirmed':
      return saleStateSet(state, record.body.saleId, 'completed');
    case 'sale.left':
      return saleLeft(state, record.body.saleId);
    case 'payment.opened':
      return paymentOpened(state, record.body);
    case 'payment.moved':
      return paymentMoved(state, record.body);
    case 'payment.noted':
      return paymentNoted(state, record.body);
    case 'exception.raised':
      return { ...state, exceptionCount: state.exceptionCount + 1 };
    case 'route.changed':
      return routeChanged(state, record.body);
    case 'receipt.reprintAsked':
      return reprintAsked(state, record.body);
    case 'receipt.printEnded':
      return printEnded(state, record.body);
    default:
      return assertNever(record, 'evolve');
  }
}

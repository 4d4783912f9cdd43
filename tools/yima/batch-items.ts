// The batches of one route by the till's journal: payments by the batch number of their approval, and what was given back of them.
import type { BatchItem } from '../../acquirers/gateway/batch.ts';
import { type Fields, fieldsOf, type JournalRow } from '../../reconciliation/journal/fields.ts';

/** When the till got to know of its first and of its latest payment. */
export type Batch = { batchNo: string; items: BatchItem[]; firstPaidAt_ms: number; lastPaidAt_ms: number };

type Order = { orderNumber: string; amount_fen: number; batchNo: string | null; paidAt_ms: number };
type GiveBack = {
  method: string;
  orderNumber: string;
  requestNumber: string;
  amount_fen: number;
  result: string | null;
};

export type BatchReading = {
  /** By number; oldest payment first. */
  batches: Map<string, Batch>;
  /** Payments of the route of which nothing is proven: in no batch yet. */
  unproven: number;
};

const over: ReadonlySet<string> = new Set(['declined', 'notSent', 'expiredUnsent', 'reversed', 'closed']);

class Reading {
  readonly orders = new Map<string, Order & { state: string }>();
  readonly giveBacks = new Map<string, GiveBack>();
  readonly #routeId: string;

  constructor(routeId: string) {
    this.#routeId = routeId;
  }

  take(row: JournalRow): void {
    switch (row.type) {
      case 'payment.opened':
        return this.#openOrder(fieldsOf(row));
      case 'payment.moved':
        return this.#moveOrder(fieldsOf(row));
      case 'giveBack.opened':
        return this.#openGiveBack(fieldsOf(row));
      case 'giveBack.moved':
        return this.#moveGiveBack(fieldsOf(row));
      default:
    }
  }

  #openOrder(fields: Fields): void {
    if (fields.text('attempt.routeId') !== this.#routeId) return;
    this.orders.set(fields.text('attempt.attemptId'), {
      orderNumber: fields.text('attempt.orderNumber'),
      amount_fen: fields.whole('attempt.amount_fen'),
      state: fields.text('attempt.machine.state.kind'),
      batchNo: null,
      paidAt_ms: 0,
    });
  }

  #moveOrder(fields: Fields): void {
    const order = this.orders.get(fields.text('attemptId'));
    if (order === undefined) return;
    order.state = fields.text('machine.state.kind');
    // A later state without a proof, reversed say, takes it out of its batch again.
    order.batchNo = fields.textOrNull('machine.state.proof.batchNo');
    if (order.batchNo !== null) order.paidAt_ms = fields.whole('at_ms');
  }

  #openGiveBack(fields: Fields): void {
    if (fields.text('giveBack.routeId') !== this.#routeId) return;
    this.giveBacks.set(fields.text('giveBack.giveBackId'), {
      method: fields.text('giveBack.method'),
      orderNumber: fields.text('giveBack.orderNumber'),
      requestNumber: fields.text('giveBack.requestNumber'),
      amount_fen: fields.whole('giveBack.amount_fen'),
      result: null,
    });
  }

  #moveGiveBack(fields: Fields): void {
    const giveBack = this.giveBacks.get(fields.text('giveBackId'));
    if (giveBack === undefined || fields.text('machine.state.kind') !== 'done') return;
    giveBack.result = fields.text('machine.state.result');
  }
}

function giveBackItem({ method, orderNumber, requestNumber, amount_fen }: GiveBack): BatchItem {
  return method === 'void'
    ? { kind: 'VOID', orderNumber, requestNumber: null, amount_fen }
    : { kind: 'REFUND', orderNumber, requestNumber, amount_fen };
}

/** @param rows all records from the first, in order. @throws BadJournal */
export function readBatches(rows: Iterable<JournalRow>, routeId: string): BatchReading {
  const reading = new Reading(routeId);
  for (const row of rows) reading.take(row);
  const done = Map.groupBy(
    [...reading.giveBacks.values()].filter(({ result }) => result !== null),
    ({ orderNumber }) => orderNumber,
  );
  const batches = new Map<string, Batch>();
  let unproven = 0;
  for (const { orderNumber, amount_fen, state, batchNo, paidAt_ms } of reading.orders.values()) {
    if (batchNo === null && !over.has(state)) unproven += 1;
    const back = done.get(orderNumber) ?? [];
    // The acquirer has reversed it: a reversed payment is none, and its void is none.
    if (batchNo === null || batchNo === '' || back.some(({ result }) => result === 'REVERSED')) continue;
    const batch = batches.get(batchNo) ?? { batchNo, items: [], firstPaidAt_ms: paidAt_ms, lastPaidAt_ms: 0 };
    batches.set(batchNo, batch);
    batch.items.push(
      { kind: 'PAY', orderNumber, requestNumber: null, amount_fen },
      ...back.map(giveBackItem),
    );
    batch.firstPaidAt_ms = Math.min(batch.firstPaidAt_ms, paidAt_ms);
    batch.lastPaidAt_ms = Math.max(batch.lastPaidAt_ms, paidAt_ms);
  }
  return { batches, unproven };
}

/**
 * All but the newest, whatever day it is: the terminal may go on in it. The one that began last and the one heard of last are mostly the same; a
 * payment that was in doubt for a day makes them two.
 */
export function closedBatches(batches: ReadonlyMap<string, Batch>): Batch[] {
  const all = [...batches.values()];
  const begun_ms = Math.max(...all.map(({ firstPaidAt_ms }) => firstPaidAt_ms));
  const heard_ms = Math.max(...all.map(({ lastPaidAt_ms }) => lastPaidAt_ms));
  return all.filter(
    ({ firstPaidAt_ms, lastPaidAt_ms }) => firstPaidAt_ms < begun_ms && lastPaidAt_ms < heard_ms,
  );
}

// The batches of one route by the till's journal: payments by the batch number of their approval, what was given back of them, and what
// their acquirer has said of them. For the till itself and for `yima batch`.
import type { BatchItem } from '../acquirers/gateway/batch.ts';
import { type Fields, fieldsOf, type JournalRow } from '../reconciliation/journal/fields.ts';

/** When the till got to know of its first and of its latest payment. `goingBack`: voids and refunds of it without a result. */
export type Batch = {
  batchNo: string;
  items: BatchItem[];
  goingBack: number;
  firstPaidAt_ms: number;
  lastPaidAt_ms: number;
};

/** What the acquirer said of a batch, by its last record. */
export type BatchAnswer = { at_ms: number } & (
  | { outcome: 'agreed'; settledAt_ms: number }
  | { outcome: 'differs'; differenceCount: number }
);

type Order = {
  orderNumber: string;
  amount_fen: number;
  state: string;
  batchNo: string | null;
  openedAt_ms: number;
  paidAt_ms: number;
};
type GiveBack = {
  method: string;
  orderNumber: string;
  requestNumber: string;
  amount_fen: number;
  /** Null: not proven. */
  result: string | null;
  isFailed: boolean;
};

export type BatchReading = {
  /** By number; oldest payment first. */
  batches: Map<string, Batch>;
  /** Payments of the route of which nothing is proven: in no batch yet. */
  unproven: number;
  /** When those of them were opened that the acquirer may have or get to know in a batch that is over. */
  askedAt_ms: number[];
  /** What the acquirer said last, by batch: as the journal has it. */
  answers: Map<string, BatchAnswer>;
};

const over: ReadonlySet<string> = new Set(['declined', 'notSent', 'expiredUnsent', 'reversed', 'closed']);

class Reading {
  readonly orders = new Map<string, Order>();
  readonly answers = new Map<string, BatchAnswer>();
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
      case 'batch.settled':
        return this.#answer(fieldsOf(row));
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
      openedAt_ms: fields.whole('attempt.openedAt_ms'),
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
      isFailed: false,
    });
  }

  #moveGiveBack(fields: Fields): void {
    const giveBack = this.giveBacks.get(fields.text('giveBackId'));
    if (giveBack === undefined) return;
    const kind = fields.text('machine.state.kind');
    giveBack.isFailed = kind === 'failed';
    giveBack.result = kind === 'done' ? fields.text('machine.state.result') : null;
  }

  #answer(fields: Fields): void {
    if (fields.text('routeId') !== this.#routeId) return;
    const about = { at_ms: fields.whole('at_ms') };
    const answer: BatchAnswer =
      fields.text('outcome') === 'agreed'
        ? { ...about, outcome: 'agreed', settledAt_ms: fields.whole('settledAt_ms') }
        : { ...about, outcome: 'differs', differenceCount: fields.whole('differenceCount') };
    this.answers.set(fields.text('batchNo'), answer);
  }
}

function giveBackItem({ method, orderNumber, requestNumber, amount_fen }: GiveBack): BatchItem {
  return method === 'void'
    ? { kind: 'VOID', orderNumber, requestNumber: null, amount_fen }
    : { kind: 'REFUND', orderNumber, requestNumber, amount_fen };
}

/** Not sent, or nothing more will be heard of it: no answer of a batch waits for these. */
const unheard: ReadonlySet<string> = new Set(['queued', 'held', 'disputed']);

function giveBacksByOrder(giveBacks: Iterable<GiveBack>): Map<string, GiveBack[]> {
  return Map.groupBy(
    [...giveBacks].filter(({ isFailed }) => !isFailed),
    ({ orderNumber }) => orderNumber,
  );
}

function addTo(batches: Map<string, Batch>, order: Order & { batchNo: string }, backs: GiveBack[]): void {
  const { orderNumber, amount_fen, batchNo, paidAt_ms } = order;
  const done = backs.filter(({ result }) => result !== null);
  // The acquirer has reversed it: a reversed payment is none, and its void is none.
  if (done.some(({ result }) => result === 'REVERSED')) return;
  const empty = { batchNo, items: [], goingBack: 0, firstPaidAt_ms: paidAt_ms, lastPaidAt_ms: 0 };
  const batch = batches.get(batchNo) ?? empty;
  batches.set(batchNo, batch);
  batch.items.push({ kind: 'PAY', orderNumber, requestNumber: null, amount_fen }, ...done.map(giveBackItem));
  batch.goingBack += backs.length - done.length;
  batch.firstPaidAt_ms = Math.min(batch.firstPaidAt_ms, paidAt_ms);
  batch.lastPaidAt_ms = Math.max(batch.lastPaidAt_ms, paidAt_ms);
}

/** @param rows all records from the first, in order. @throws BadJournal */
export function readBatches(rows: Iterable<JournalRow>, routeId: string): BatchReading {
  const reading = new Reading(routeId);
  for (const row of rows) reading.take(row);
  const backs = giveBacksByOrder(reading.giveBacks.values());
  const batches = new Map<string, Batch>();
  const open: Order[] = [];
  for (const order of reading.orders.values()) {
    const { batchNo, state, orderNumber } = order;
    if (batchNo === null && !over.has(state)) open.push(order);
    if (batchNo !== null && batchNo !== '')
      addTo(batches, { ...order, batchNo }, backs.get(orderNumber) ?? []);
  }
  const asked = open.filter(({ state }) => !unheard.has(state));
  const askedAt_ms = asked.map(({ openedAt_ms }) => openedAt_ms);
  return { batches, unproven: open.length, askedAt_ms, answers: reading.answers };
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

/** `waits`: payments, voids and refunds without a result that may be of it. `since_ms`: when another batch was heard of. */
export type Unsettled = Batch & { waits: number; since_ms: number; hasDiffered: boolean };

/** Those that are over and that the acquirer has not agreed with; of those that differed only `again`, and last. */
export function unsettledBatches(reading: BatchReading, again: ReadonlySet<string>): Unsettled[] {
  const { batches, answers, askedAt_ms } = reading;
  const isDue = ({ batchNo }: Batch): boolean =>
    !answers.has(batchNo) || (answers.get(batchNo)?.outcome === 'differs' && again.has(batchNo));
  const begins_ms = [...batches.values()].map(({ firstPaidAt_ms }) => firstPaidAt_ms);
  return closedBatches(batches)
    .filter(isDue)
    .map((batch) => {
      const since_ms = Math.min(...begins_ms.filter((at_ms) => at_ms > batch.firstPaidAt_ms));
      // What was opened before the next batch began may be of this one.
      const payments = askedAt_ms.filter((at_ms) => at_ms <= since_ms).length;
      const hasDiffered = answers.has(batch.batchNo);
      return { ...batch, since_ms, waits: batch.goingBack + payments, hasDiffered };
    })
    .toSorted((a, b) => Number(a.hasDiffered) - Number(b.hasDiffered));
}

// The batches of one route and terminal by the till's journal: payments by the batch number of their approval, and what was given back of
// them. For the till itself and for `yima batch`.
import type { BatchItem } from '../acquirers/gateway/batch.ts';
import type { JournalRow } from '../reconciliation/journal/fields.ts';
import {
  type BatchAnswer,
  type BatchTill,
  type GiveBack,
  type Moment,
  type Order,
  readBatchJournal,
} from './batch-journal.ts';

/** When the till got to know of its first and of its latest payment. `goingBack`: voids and refunds of it without a result. */
export type Batch = {
  batchNo: string;
  items: BatchItem[];
  goingBack: number;
  first: Moment;
  last: Moment;
};

export type BatchReading = {
  /** By number; oldest payment first. */
  batches: Map<string, Batch>;
  /** Payments of the route of which nothing is proven: in no batch yet. */
  unproven: number;
  /** The records that opened those of them that the acquirer may have or get to know in a batch that is over. */
  askedAt: number[];
  /** What the acquirer said last, by batch: as the journal has it. */
  answers: Map<string, BatchAnswer>;
};

const over: ReadonlySet<string> = new Set(['declined', 'notSent', 'expiredUnsent', 'reversed', 'closed']);

/** Not sent, or perhaps nothing more will ever be heard of it: no answer of a batch waits for these. */
const unheard: ReadonlySet<string> = new Set(['queued', 'held', 'disputed', 'closing']);

function giveBackItem({ method, orderNumber, requestNumber, amount_fen }: GiveBack): BatchItem {
  return method === 'void'
    ? { kind: 'VOID', orderNumber, requestNumber: null, amount_fen }
    : { kind: 'REFUND', orderNumber, requestNumber, amount_fen };
}

function giveBacksByOrder(giveBacks: Iterable<GiveBack>): Map<string, GiveBack[]> {
  return Map.groupBy(
    [...giveBacks].filter(({ isFailed }) => !isFailed),
    ({ orderNumber }) => orderNumber,
  );
}

type Paid = Order & { paid: NonNullable<Order['paid']> };

const isPaid = (order: Order): order is Paid => order.paid !== null && order.paid.batchNo !== '';

function addTo(
  batches: Map<string, Batch>,
  { orderNumber, amount_fen, paid }: Paid,
  backs: GiveBack[],
): void {
  const done = backs.filter(({ result }) => result !== null);
  // The acquirer has reversed it: a reversed payment is none, and its void is none.
  if (done.some(({ result }) => result === 'REVERSED')) return;
  const { batchNo } = paid;
  const batch = batches.get(batchNo) ?? { batchNo, items: [], goingBack: 0, first: paid, last: paid };
  batches.set(batchNo, batch);
  batch.items.push({ kind: 'PAY', orderNumber, requestNumber: null, amount_fen }, ...done.map(giveBackItem));
  batch.goingBack += backs.length - done.length;
  if (paid.sequence < batch.first.sequence) batch.first = paid;
  if (paid.sequence > batch.last.sequence) batch.last = paid;
}

/** @param rows all records from the first, in order. @throws BadJournal */
export function readBatches(rows: Iterable<JournalRow>, party: BatchTill): BatchReading {
  const journal = readBatchJournal(rows, party);
  const orders = [...journal.orders.values()];
  const backs = giveBacksByOrder(journal.giveBacks.values());
  const batches = new Map<string, Batch>();
  for (const order of orders.filter(isPaid)) addTo(batches, order, backs.get(order.orderNumber) ?? []);
  const open = orders.filter(({ paid, state }) => paid === null && !over.has(state));
  const asked = open.filter(({ state }) => !unheard.has(state));
  return {
    batches,
    unproven: open.length,
    askedAt: asked.map(({ openedAt }) => openedAt),
    answers: journal.answers,
  };
}

// What a till's journal has of one route: its payments, what was given back of them, and what its acquirer has said of their batches. One
// terminal's alone: a number of a batch is told apart on its terminal only, and a till may be activated anew as another one.
import { type Fields, fieldsOf, type JournalRow } from '../reconciliation/journal/fields.ts';
import { terminalOf } from './domain/till/ids.ts';

/** `tillCode`: what the till's own order numbers begin with. `terminalCode`: as the acquirer knows the terminal, which gives the batches their numbers. */
export type BatchParty = { routeId: string; tillCode: string; terminalCode: string };

/** The same by the journal alone: null where nobody says what the acquirer calls the terminal. */
export type BatchTill = Omit<BatchParty, 'terminalCode'> & { terminalCode: string | null };

/** What came first is told by the journal's sequence. `at_ms` is the acquirer's clock, and the till's where that can't be read. */
export type Moment = { sequence: number; at_ms: number };

/** What the acquirer said of a batch, by its last record. */
export type BatchAnswer = { at_ms: number } & (
  | { outcome: 'agreed'; settledAt_ms: number }
  | { outcome: 'differs'; differenceCount: number }
);

export type Order = {
  orderNumber: string;
  amount_fen: number;
  state: string;
  /** The record that opened it. */
  openedAt: number;
  /** Since when it has been in its batch; null: not paid, or no more. */
  paid: (Moment & { batchNo: string }) | null;
};

export type GiveBack = {
  method: string;
  orderNumber: string;
  requestNumber: string;
  amount_fen: number;
  /** Null: not proven. */
  result: string | null;
  isFailed: boolean;
};

function paidAt_ms(fields: Fields): number {
  const told_ms = Date.parse(fields.textOrNull('machine.state.proof.paidAt') ?? '');
  return Number.isNaN(told_ms) ? fields.whole('at_ms') : told_ms;
}

class BatchJournal {
  readonly orders = new Map<string, Order>();
  readonly answers = new Map<string, BatchAnswer>();
  readonly giveBacks = new Map<string, GiveBack>();
  readonly #party: BatchTill;

  constructor(party: BatchTill) {
    this.#party = party;
  }

  take(row: JournalRow): void {
    switch (row.type) {
      case 'payment.opened':
        return this.#openOrder(fieldsOf(row), row.sequence);
      case 'payment.moved':
        return this.#moveOrder(fieldsOf(row), row.sequence);
      case 'giveBack.opened':
        return this.#openGiveBack(fieldsOf(row));
      case 'giveBack.moved':
        return this.#moveGiveBack(fieldsOf(row));
      case 'batch.settled':
        return this.#answer(fieldsOf(row));
      default:
    }
  }

  #openOrder(fields: Fields, sequence: number): void {
    const orderNumber = fields.text('attempt.orderNumber');
    if (fields.text('attempt.routeId') !== this.#party.routeId) return;
    if (terminalOf(orderNumber) !== this.#party.tillCode) return;
    this.orders.set(fields.text('attempt.attemptId'), {
      orderNumber,
      amount_fen: fields.whole('attempt.amount_fen'),
      state: fields.text('attempt.machine.state.kind'),
      openedAt: sequence,
      paid: null,
    });
  }

  #moveOrder(fields: Fields, sequence: number): void {
    const order = this.orders.get(fields.text('attemptId'));
    if (order === undefined) return;
    order.state = fields.text('machine.state.kind');
    const batchNo = fields.textOrNull('machine.state.proof.batchNo');
    // A later state without a proof, reversed say, takes it out of its batch again.
    if (batchNo === null) order.paid = null;
    else if (order.paid?.batchNo !== batchNo) order.paid = { batchNo, sequence, at_ms: paidAt_ms(fields) };
  }

  #openGiveBack(fields: Fields): void {
    if (fields.text('giveBack.routeId') !== this.#party.routeId) return;
    // After a void that was denied a refund begins as failed.
    const kind = fields.text('giveBack.machine.state.kind');
    this.giveBacks.set(fields.text('giveBack.giveBackId'), {
      method: fields.text('giveBack.method'),
      orderNumber: fields.text('giveBack.orderNumber'),
      requestNumber: fields.text('giveBack.requestNumber'),
      amount_fen: fields.whole('giveBack.amount_fen'),
      result: null,
      isFailed: kind === 'failed',
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
    const { routeId, tillCode, terminalCode } = this.#party;
    const answered = fields.textOrNull('terminalCode');
    if (fields.text('routeId') !== routeId || (fields.textOrNull('tillCode') ?? answered) !== tillCode)
      return;
    if (terminalCode !== null && answered !== terminalCode) return;
    const about = { at_ms: fields.whole('at_ms') };
    const answer: BatchAnswer =
      fields.text('outcome') === 'agreed'
        ? { ...about, outcome: 'agreed', settledAt_ms: fields.whole('settledAt_ms') }
        : { ...about, outcome: 'differs', differenceCount: fields.whole('differenceCount') };
    this.answers.set(fields.text('batchNo'), answer);
  }
}

/** @param rows all records from the first, in order. @throws BadJournal */
export function readBatchJournal(rows: Iterable<JournalRow>, party: BatchTill): BatchJournal {
  const journal = new BatchJournal(party);
  for (const row of rows) journal.take(row);
  return journal;
}

/** The tills that this route's payments were made on, by their own numbers, in their order. @throws BadJournal */
export function tillsIn(rows: Iterable<JournalRow>, routeId: string): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    if (row.type !== 'payment.opened') continue;
    const fields = fieldsOf(row);
    if (fields.text('attempt.routeId') === routeId) found.add(terminalOf(fields.text('attempt.orderNumber')));
  }
  return [...found];
}

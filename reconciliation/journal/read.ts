// Folds the records of payments and give-backs; all other records say nothing here.
import { BadJournal, type Fields, fieldsOf, type JournalRow } from './fields.ts';
import {
  type GiveBackBelief,
  type GiveBackItem,
  type OrderBelief,
  type OrderItem,
  partsOf,
  type TillBooks,
} from './items.ts';

type Reading = {
  attempts: Map<string, OrderItem>;
  giveBacks: Map<string, GiveBackItem>;
  epochs: Set<number>;
  terminals: Set<string>;
};

const proven: Readonly<Record<string, OrderBelief>> = {
  approved: 'taken',
  declined: 'free',
  notSent: 'free',
  expiredUnsent: 'free',
  reversed: 'free',
  closed: 'free',
};

const givenUp: ReadonlySet<string> = new Set(['reversing', 'disputed']);

const ends: Readonly<Record<string, GiveBackBelief>> = { done: 'done', failed: 'failed' };

function beliefIn(state: string): GiveBackBelief {
  return (Object.hasOwn(ends, state) ? ends[state] : undefined) ?? 'open';
}

/** `20261123` -> `2026-11-23`; anything else is no word about a day. */
function dashed(text: string | null): string | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  return year === '' ? null : `${year}-${month}-${day}`;
}

function moveOrder(order: OrderItem, state: string, fields: Fields, at_ms: number): void {
  const was = order.belief;
  order.belief = (Object.hasOwn(proven, state) ? proven[state] : undefined) ?? 'open';
  // Forwarded from the queue to another merchant than it was taken for: it stands in his books.
  order.party = fields.textOrNull('party') ?? order.party;
  if (order.belief === 'taken' && was !== 'taken') {
    order.cameAfterLoss ||= was === 'free' || givenUp.has(order.state);
    order.settlementDate = dashed(fields.textOrNull('machine.state.proof.settlementDate'));
    const numbers = ['acquirerOrderId', 'thirdPartyOrderId'].map((name) =>
      fields.textOrNull(`machine.state.proof.${name}`),
    );
    order.acquirerNumbers = numbers.filter((number) => number !== null);
  }
  order.state = state;
  order.provenAt_ms = order.belief === 'open' ? null : at_ms;
}

function openOrder(reading: Reading, fields: Fields, sequence: number): void {
  const order: OrderItem = {
    orderNumber: fields.text('attempt.orderNumber'),
    routeId: fields.text('attempt.routeId'),
    party: fields.textOrNull('attempt.party'),
    amount_fen: fields.whole('attempt.amount_fen'),
    belief: 'open',
    state: fields.text('attempt.machine.state.kind'),
    openedAt_ms: fields.whole('attempt.openedAt_ms'),
    provenAt_ms: null,
    settlementDate: null,
    acquirerNumbers: [],
    cameAfterLoss: false,
    records: [sequence],
  };
  reading.attempts.set(fields.text('attempt.attemptId'), order);
  const parts = partsOf(order.orderNumber);
  if (parts === null) return;
  reading.terminals.add(parts.terminal);
  reading.epochs.add(parts.epoch);
}

function openGiveBack(reading: Reading, fields: Fields, sequence: number): void {
  const method = fields.text('giveBack.method');
  if (method !== 'void' && method !== 'refund') {
    throw new BadJournal(`record ${sequence}: giveBack.method is neither void nor refund`);
  }
  const state = fields.text('giveBack.machine.state.kind');
  const belief = beliefIn(state);
  const openedAt_ms = fields.whole('giveBack.openedAt_ms');
  reading.giveBacks.set(fields.text('giveBack.giveBackId'), {
    requestNumber: fields.text('giveBack.requestNumber'),
    orderNumber: fields.text('giveBack.orderNumber'),
    routeId: fields.text('giveBack.routeId'),
    party: reading.attempts.get(fields.textOrNull('giveBack.attemptId') ?? '')?.party ?? null,
    method,
    amount_fen: fields.whole('giveBack.amount_fen'),
    belief,
    state,
    openedAt_ms,
    // After a void that was denied a refund begins as failed.
    provenAt_ms: belief === 'open' ? null : openedAt_ms,
    bookings: [],
    paidInCash: false,
    records: [sequence],
  });
}

function named<Item>(items: ReadonlyMap<string, Item>, id: string, sequence: number): Item {
  const item = items.get(id);
  if (item === undefined) throw new BadJournal(`record ${sequence} speaks of ${id}, which was never opened`);
  return item;
}

function moveGiveBack(reading: Reading, fields: Fields, sequence: number): void {
  const item = named(reading.giveBacks, fields.text('giveBackId'), sequence);
  const at_ms = fields.whole('at_ms');
  const was = item.belief;
  item.state = fields.text('machine.state.kind');
  item.belief = beliefIn(item.state);
  item.records.push(sequence);
  // Its own proof, after a word that counted already: X and Z have it on the day of the word.
  if (was === 'done' && item.belief === 'done') return;
  item.provenAt_ms = item.belief === 'open' ? null : at_ms;
  if (item.belief === 'done') item.bookings.push({ at_ms, back_fen: item.amount_fen });
  if (was === 'done' && item.belief === 'failed')
    item.bookings.push({ at_ms, back_fen: 0 - item.amount_fen });
}

function take(reading: Reading, row: JournalRow): void {
  const { sequence } = row;
  switch (row.type) {
    case 'payment.opened':
      return openOrder(reading, fieldsOf(row), sequence);
    case 'payment.moved': {
      const fields = fieldsOf(row);
      const order = named(reading.attempts, fields.text('attemptId'), sequence);
      moveOrder(order, fields.text('machine.state.kind'), fields, fields.whole('at_ms'));
      order.records.push(sequence);
      return;
    }
    case 'giveBack.opened':
      return openGiveBack(reading, fieldsOf(row), sequence);
    case 'giveBack.moved':
      return moveGiveBack(reading, fieldsOf(row), sequence);
    case 'giveBack.paidInCash': {
      const item = named(reading.giveBacks, fieldsOf(row).text('giveBackId'), sequence);
      item.paidInCash = true;
      item.records.push(sequence);
      return;
    }
    case 'till.installed':
    case 'till.restored':
      reading.epochs.add(fieldsOf(row).whole('epoch'));
      return;
    case 'report.taken':
    case 'day.closed':
      reading.terminals.add(fieldsOf(row).text('report.terminalCode'));
      return;
    default:
  }
}

/**
 * @param rows all records from the first, in order.
 * @param terminalCode of the till, where it is known: a journal in which nothing was sold by a code yet names none. @throws BadJournal
 */
export function readBooks(rows: Iterable<JournalRow>, terminalCode: string | null = null): TillBooks {
  const reading: Reading = {
    attempts: new Map(),
    giveBacks: new Map(),
    epochs: new Set(),
    terminals: new Set(terminalCode === null ? [] : [terminalCode]),
  };
  for (const row of rows) take(reading, row);
  const { attempts, giveBacks, epochs, terminals } = reading;
  return { orders: [...attempts.values()], giveBacks: [...giveBacks.values()], epochs, terminals };
}

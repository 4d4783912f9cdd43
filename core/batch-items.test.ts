// Which payments, voids and refunds of a journal make a batch.
import { expect, it } from 'vitest';
import type { JournalRow } from '../reconciliation/journal/fields.ts';
import { closedBatches, readBatches, unsettledBatches } from './batch-items.ts';

const MIDNIGHT_ms = Date.UTC(2026, 10, 27, 16);

class Journal {
  readonly rows: JournalRow[] = [];

  add(type: string, body: object): this {
    const at = new Date(MIDNIGHT_ms).toISOString();
    this.rows.push({ sequence: this.rows.length + 1, at, type, body: JSON.stringify(body) });
    return this;
  }

  pay(orderNumber: string, amount_fen: number, routeId = 'gateway', openedAt_ms = 0): this {
    const machine = { state: { kind: 'authorizing' } };
    const attempt = { attemptId: `A-${orderNumber}`, orderNumber, routeId, amount_fen, openedAt_ms, machine };
    return this.add('payment.opened', { attempt });
  }

  move(orderNumber: string, state: object, at_ms = MIDNIGHT_ms): this {
    return this.add('payment.moved', { attemptId: `A-${orderNumber}`, at_ms, machine: { state } });
  }

  paid(orderNumber: string, amount_fen: number, batchNo: string, at_ms = MIDNIGHT_ms): this {
    return this.pay(orderNumber, amount_fen).move(
      orderNumber,
      { kind: 'approved', proof: { batchNo } },
      at_ms,
    );
  }

  back(method: 'void' | 'refund', orderNumber: string, amount_fen: number, state: object): this {
    const requestNumber = `R${orderNumber}${amount_fen}`;
    const giveBackId = `G-${requestNumber}`;
    const giveBack = { giveBackId, method, requestNumber, orderNumber, routeId: 'gateway', amount_fen };
    return this.add('giveBack.opened', { giveBack }).add('giveBack.moved', {
      giveBackId,
      machine: { state },
    });
  }
}

const itemsOf = ({ rows }: Journal, batchNo: string) =>
  readBatches(rows, 'gateway')
    .batches.get(batchNo)
    ?.items.map(({ kind, orderNumber, requestNumber, amount_fen }) =>
      [kind, orderNumber, requestNumber ?? '-', amount_fen].join(' '),
    );

it('has each payment by its approval, and what was given back of it', () => {
  const journal = new Journal()
    .paid('N1', 450, '7')
    .paid('N2', 900, '7')
    .paid('N3', 300, '8')
    .back('void', 'N1', 450, { kind: 'done', result: 'VOIDED' })
    .back('refund', 'N2', 100, { kind: 'done', result: 'REFUNDED' })
    .back('refund', 'N2', 200, { kind: 'failed', code: 'ORDER_NOT_PAID' })
    .back('refund', 'N2', 300, { kind: 'unknown' });
  expect(itemsOf(journal, '7')).toEqual([
    'PAY N1 - 450',
    'VOID N1 - 450',
    'PAY N2 - 900',
    'REFUND N2 RN2100 100',
  ]);
  expect(itemsOf(journal, '8')).toEqual(['PAY N3 - 300']);
});

it('has nothing of what was reversed, declined, in doubt or paid elsewhere', () => {
  const journal = new Journal()
    .paid('N1', 450, '7')
    .pay('N2', 100)
    .move('N2', { kind: 'declined', code: 'RISK_REJECTED' })
    .paid('N3', 200, '7')
    .move('N3', { kind: 'reversing' })
    .move('N3', { kind: 'reversed', result: 'REVERSED' })
    .paid('N4', 300, '7')
    .back('void', 'N4', 300, { kind: 'done', result: 'REVERSED' })
    .pay('N5', 400)
    .move('N5', { kind: 'unknown' })
    .pay('N6', 500, 'wechat')
    .move('N6', { kind: 'approved', proof: { batchNo: '7' } });
  expect(itemsOf(journal, '7')).toEqual(['PAY N1 - 450']);
  expect(readBatches(journal.rows, 'gateway').unproven).toBe(1);
});

it('is closed unless it is the newest, whatever day it is', () => {
  const closed = (journal: Journal) =>
    closedBatches(readBatches(journal.rows, 'gateway').batches).map(({ batchNo }) => batchNo);
  const journal = new Journal()
    .paid('N1', 100, '7', MIDNIGHT_ms - 3000)
    .paid('N2', 100, '8', MIDNIGHT_ms - 2000)
    .paid('N3', 100, '6', MIDNIGHT_ms - 1000);
  expect(closed(journal)).toEqual(['7', '8']);
  // Heard of late: neither that batch nor the one that began last is surely over.
  journal.paid('N4', 100, '7', MIDNIGHT_ms);
  expect(closed(journal)).toEqual(['8']);
  expect(closed(new Journal().paid('N1', 100, '7'))).toEqual([]);
  expect(closed(new Journal())).toEqual([]);
});

/** Batch, and how many of it have no result yet. */
const unsettled = ({ rows }: Journal, ...again: string[]) =>
  unsettledBatches(readBatches(rows, 'gateway'), new Set(again)).map(
    ({ batchNo, waits, since_ms }) => `${batchNo} ${waits} ${since_ms - MIDNIGHT_ms}`,
  );

const answer = (journal: Journal, batchNo: string, outcome: string, routeId = 'gateway') =>
  journal.add('batch.settled', {
    routeId,
    batchNo,
    outcome,
    at_ms: MIDNIGHT_ms,
    settledAt_ms: MIDNIGHT_ms,
    differenceCount: 1,
  });

it('is to be settled until the acquirer has answered; one that differed when it is asked for again', () => {
  const journal = new Journal()
    .paid('N1', 100, '7', MIDNIGHT_ms - 3000)
    .paid('N2', 100, '8', MIDNIGHT_ms - 2000)
    .paid('N3', 100, '9', MIDNIGHT_ms - 1000);
  expect(unsettled(journal)).toEqual(['7 0 -2000', '8 0 -1000']);
  // Another gateway has numbers of its own.
  answer(journal, '8', 'agreed', 'second');
  answer(journal, '7', 'differs');
  expect(unsettled(journal)).toEqual(['8 0 -1000']);
  expect(unsettled(journal, '7', '8')).toEqual(['8 0 -1000', '7 0 -2000']);
  answer(journal, '7', 'agreed');
  expect(unsettled(journal, '7')).toEqual(['8 0 -1000']);
});

it('waits for what may be of it and has no result', () => {
  const journal = new Journal()
    .paid('N1', 100, '7', MIDNIGHT_ms - 3000)
    .back('refund', 'N1', 10, { kind: 'pending' })
    .back('refund', 'N1', 20, { kind: 'failed', code: 'ORDER_NOT_PAID' })
    .back('refund', 'N1', 30, { kind: 'done', result: 'REFUNDED' })
    .paid('N2', 100, '8', MIDNIGHT_ms - 2000)
    .pay('N3', 100, 'gateway', MIDNIGHT_ms - 1500)
    .move('N3', { kind: 'unknown' })
    .paid('N4', 100, '9', MIDNIGHT_ms - 1000);
  // One of its own going back; the doubtful payment is of 8 or 9.
  expect(unsettled(journal)).toEqual(['7 1 -2000', '8 1 -1000']);
  journal.move('N3', { kind: 'disputed' });
  expect(unsettled(journal)).toEqual(['7 1 -2000', '8 0 -1000']);
  journal.pay('N5', 100, 'gateway', MIDNIGHT_ms - 1500).move('N5', { kind: 'queued' });
  expect(unsettled(journal)).toEqual(['7 1 -2000', '8 0 -1000']);
});

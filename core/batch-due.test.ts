// Which batches are over, and which of these are to be settled: by the journal's order, whatever a clock said.
import { expect, it } from 'vitest';
import { BatchRows, MIDNIGHT_ms, party } from '../test/core/batch-rows.ts';
import { closedBatches, nextRound, type Unsettled, unsettledBatches } from './batch-due.ts';
import { readBatches } from './batch-items.ts';

const DAY_ms = 24 * 3_600_000;
const YEAR_ms = 365 * DAY_ms;

const unsettled = ({ rows }: BatchRows, ...again: string[]): Unsettled[] =>
  unsettledBatches(readBatches(rows, party), new Set(again));

const numbersOf = (batches: readonly { batchNo: string }[]) => batches.map(({ batchNo }) => batchNo);

/** Batch, how many of it have no result yet, and days since the next began. */
const told = (journal: BatchRows, ...again: string[]) =>
  unsettled(journal, ...again).map(
    ({ batchNo, waits, since_ms }) => `${batchNo} ${waits} ${(since_ms - MIDNIGHT_ms) / DAY_ms}`,
  );

/** A payment a day, each in a batch of its own, from `days` ago. */
function daily(days: number, journal = new BatchRows()): BatchRows {
  for (let ago = days; ago > 0; ago -= 1)
    journal.paid(`D${ago}`, 100, `${ago} ago`, { at_ms: MIDNIGHT_ms - ago * DAY_ms });
  return journal;
}

it('is closed unless it is the newest, whatever day it is', () => {
  const closed = (journal: BatchRows) => numbersOf(closedBatches(readBatches(journal.rows, party).batches));
  const journal = new BatchRows().paid('N1', 100, '7').paid('N2', 100, '8').paid('N3', 100, '6');
  expect(closed(journal)).toEqual(['7', '8']);
  // Heard of late: neither that batch nor the one that began last is surely over.
  journal.paid('N4', 100, '7');
  expect(closed(journal)).toEqual(['8']);
  expect(closed(new BatchRows().paid('N1', 100, '7'))).toEqual([]);
  expect(closed(new BatchRows())).toEqual([]);
});

it.each([
  ['ten years ahead', 10 * YEAR_ms],
  ['six years behind', -6 * YEAR_ms],
])('a day with a clock that was %s changes nothing of what is over', (_, off_ms) => {
  const journal = new BatchRows()
    .paid('N1', 100, '417', { at_ms: MIDNIGHT_ms - 3 * DAY_ms })
    .paid('N2', 100, '418', { at_ms: MIDNIGHT_ms - 2 * DAY_ms + off_ms });
  expect(numbersOf(unsettled(journal))).toEqual(['417']);
  journal.paid('N3', 100, '419', { at_ms: MIDNIGHT_ms - DAY_ms });
  expect(numbersOf(unsettled(journal))).toEqual(['417', '418']);
  journal.pay('N4', 100).move('N4', { kind: 'unknown' }).paid('N5', 100, '420');
  // Opened in 419: nothing that was over then waits for it.
  expect(unsettled(journal).map(({ batchNo, waits }) => `${batchNo} ${waits}`)).toEqual([
    '417 0',
    '418 0',
    '419 1',
  ]);
});

it('a payment that moves on in its batch does not make that the one heard of last', () => {
  const journal = new BatchRows().paid('N1', 100, '7').paid('N2', 100, '8').paid('N3', 100, '9');
  journal.move('N1', { kind: 'approved', proof: { batchNo: '7' }, unwanted: true });
  expect(numbersOf(unsettled(journal))).toEqual(['7', '8']);
});

it('is to be settled until the acquirer has answered; one that differed when it is asked for again', () => {
  const journal = daily(3);
  expect(told(journal)).toEqual(['3 ago 0 -2', '2 ago 0 -1']);
  // Another gateway has numbers of its own.
  journal.answer('2 ago', 'agreed', { routeId: 'second' }).answer('3 ago', 'differs');
  expect(told(journal)).toEqual(['2 ago 0 -1']);
  expect(told(journal, '3 ago', '2 ago')).toEqual(['2 ago 0 -1', '3 ago 0 -2']);
  journal.answer('3 ago', 'agreed');
  expect(told(journal, '3 ago')).toEqual(['2 ago 0 -1']);
});

it('waits for what may be of it and has no result, and not for what may never have one', () => {
  const journal = new BatchRows()
    .paid('N1', 100, '7')
    .back('refund', 'N1', 10, { kind: 'pending' })
    .back('refund', 'N1', 20, { kind: 'failed', code: 'ORDER_NOT_PAID' })
    .back('refund', 'N1', 30, { kind: 'done', result: 'REFUNDED' })
    .paid('N2', 100, '8')
    .pay('N3', 100)
    .move('N3', { kind: 'unknown' })
    .paid('N4', 100, '9');
  // One of its own going back; the doubtful payment is of 8 or 9.
  expect(told(journal)).toEqual(['7 1 0', '8 1 0']);
  for (const kind of ['disputed', 'queued', 'held', 'closing'])
    expect([kind, ...told(journal.move('N3', { kind }))]).toEqual([kind, '7 1 0', '8 0 0']);
});

it('one that has been over for more than 35 days is left alone', () => {
  const found = numbersOf(unsettled(daily(300)));
  expect([found[0], found.at(-1), found.length]).toEqual(['38 ago', '2 ago', 37]);
  // Differing or not.
  const differed = daily(50).answer('45 ago', 'differs').answer('5 ago', 'differs');
  expect(numbersOf(unsettled(differed, '45 ago', '5 ago')).slice(-2)).toEqual(['2 ago', '5 ago']);
  // The shop was closed for long: its last batch is over since it opened again.
  const reopened = new BatchRows()
    .paid('N1', 100, '7', { at_ms: MIDNIGHT_ms - YEAR_ms })
    .paid('N2', 100, '8')
    .paid('N3', 100, '9');
  expect(numbersOf(unsettled(reopened))).toEqual(['7', '8']);
});

it('a clock that is wrong now hides nothing, and the acquirer has the better one', () => {
  expect(unsettled(daily(20).paid('N1', 100, 'now', { at_ms: MIDNIGHT_ms + 10 * YEAR_ms }))).toHaveLength(20);
  const days = [3, 2, 1, 0].map((ago) => MIDNIGHT_ms - ago * DAY_ms);
  const wrong = new BatchRows();
  for (const at_ms of days)
    wrong.paid(`W${at_ms}`, 100, `${at_ms}`, {
      at_ms: at_ms + 10 * YEAR_ms,
      paidAt: new Date(at_ms).toISOString(),
    });
  expect(unsettled(wrong).map(({ since_ms }) => since_ms)).toEqual(days.slice(1));
});

it('a round takes the twenty oldest that can be asked about, and nothing of the others but what is told', () => {
  const all = unsettled(daily(30).pay('N1', 100).move('N1', { kind: 'unknown' }).paid('N2', 100, 'now'));
  const { due, batches } = nextRound(all, new Set(['30 ago', '12 ago']));
  const taken = numbersOf(batches);
  expect([taken.length, taken[0], taken.at(-1)]).toEqual([20, '29 ago', '9 ago']);
  expect(taken).not.toContain('12 ago');
  expect([due.length, due.some((one) => 'items' in one)]).toEqual([30, false]);
  expect(numbersOf(nextRound(all, new Set(numbersOf(all))).batches)).toEqual([]);
  // The newest of them waits for what has no result.
  expect(numbersOf(nextRound(all.slice(-2), new Set()).batches)).toEqual(['2 ago']);
});

it('does not wait for a refund that was opened as failed: nothing is ever sent of it', () => {
  const waits = (state: object) => {
    const journal = new BatchRows().paid('N1', 900, '7').opened('refund', 'N1', 900, state);
    return told(journal.paid('N2', 100, '8')).map((batch) => batch.split(' ')[1]);
  };
  expect(waits({ kind: 'sending' })).toEqual(['1']);
  expect(waits({ kind: 'failed', code: 'NOT_ALLOWED', perhapsBack: true })).toEqual(['0']);
});

// What an acquirer says of a settled batch: a record for each answer that is new, and no figure changed.
import { expect, test } from 'vitest';
import { TestTill } from '../../../test/sim/till-kit.ts';
import { evolve } from './evolve.ts';
import type { BatchAnswer, BatchFigures } from './state.ts';

const figures = (payment_fen: number): BatchFigures => ({
  paymentCount: 2,
  payment_fen,
  voidCount: 0,
  void_fen: 0,
  refundCount: 0,
  refund_fen: 0,
});

const agreed = (batchNo: string, routeId = 'gateway', terminalCode = '20260002'): BatchAnswer => ({
  routeId,
  terminalCode,
  batchNo,
  outcome: 'agreed',
  settledAt_ms: 1_000,
  till: figures(900),
  acquirer: figures(900),
  differenceCount: 0,
});

const differs = (batchNo: string, acquirer_fen: number): BatchAnswer => ({
  ...agreed(batchNo),
  outcome: 'differs',
  settledAt_ms: null,
  acquirer: figures(acquirer_fen),
  differenceCount: 1,
});

const recorded = (till: TestTill) =>
  till.records.flatMap(({ type, body }) =>
    type === 'batch.settled' ? [`${body.routeId} ${body.batchNo} ${body.outcome}`] : [],
  );

test('the same answer again makes no record; another one of the same batch does', () => {
  const till = TestTill.ready();
  const { period, shift, grand } = till.state;
  const answers = [
    differs('7', 400),
    differs('7', 400),
    differs('7', 500),
    agreed('7'),
    agreed('7'),
    agreed('7', 'second'),
    agreed('7', 'gateway', '20260003'),
  ];
  for (const answer of answers) till.tell({ kind: 'batchAnswered', answer });
  expect(recorded(till)).toEqual([
    'gateway 7 differs',
    'gateway 7 differs',
    'gateway 7 agreed',
    'second 7 agreed',
    'gateway 7 agreed',
  ]);
  expect(till.state.batches?.map((one) => [one.routeId, one.terminalCode, one.outcome])).toEqual([
    ['gateway', '20260002', 'agreed'],
    ['second', '20260002', 'agreed'],
    ['gateway', '20260003', 'agreed'],
  ]);
  expect([till.state.period, till.state.shift, till.state.grand]).toEqual([period, shift, grand]);
});

test('a till that was started again from its journal still knows them', () => {
  const till = TestTill.ready();
  till.tell({ kind: 'batchAnswered', answer: differs('7', 400) });
  const [record] = till.records.slice(-1);
  const again = TestTill.ready();
  if (record !== undefined) again.state = evolve(again.state, JSON.parse(JSON.stringify(record)));
  again.tell({ kind: 'batchAnswered', answer: differs('7', 400) });
  expect(recorded(again)).toEqual([]);
});

test('a till of years keeps the newest dozen in memory', () => {
  const till = TestTill.ready();
  for (let day = 0; day < 40; day += 1) till.tell({ kind: 'batchAnswered', answer: agreed(String(day)) });
  expect(till.state.batches?.map(({ batchNo }) => Number(batchNo))).toEqual(
    Array.from({ length: 12 }, (_, index) => 28 + index),
  );
});

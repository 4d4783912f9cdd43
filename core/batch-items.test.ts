// Which payments, voids and refunds of a journal make a batch.
import { expect, it } from 'vitest';
import { BatchRows, party } from '../test/core/batch-rows.ts';
import { readBatches } from './batch-items.ts';
import { tillsIn } from './batch-journal.ts';

const itemsOf = ({ rows }: BatchRows, batchNo: string, of = party) =>
  readBatches(rows, of)
    .batches.get(batchNo)
    ?.items.map(({ kind, orderNumber, requestNumber, amount_fen }) =>
      [kind, orderNumber.slice(8), requestNumber ?? '-', amount_fen].join(' '),
    );

it('has each payment by its approval, and what was given back of it', () => {
  const journal = new BatchRows()
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
  const journal = new BatchRows()
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
    .paid('N6', 500, '7', { routeId: 'wechat' });
  expect(itemsOf(journal, '7')).toEqual(['PAY N1 - 450']);
  expect(readBatches(journal.rows, party).unproven).toBe(1);
});

it('two terminals that one till has been have batches of their own under the same number', () => {
  const old = { ...party, tillCode: '20250001', terminalCode: '20250001' };
  const journal = new BatchRows()
    .paid('N1', 100, '000001', old)
    .pay('N2', 200, old)
    .answer('000001', 'agreed', old)
    .paid('N3', 700, '000001');
  expect(itemsOf(journal, '000001')).toEqual(['PAY N3 - 700']);
  expect(itemsOf(journal, '000001', old)).toEqual(['PAY N1 - 100']);
  const { answers, unproven } = readBatches(journal.rows, party);
  expect([answers.size, unproven]).toEqual([0, 0]);
  expect(readBatches(journal.rows, old).answers.get('000001')?.outcome).toBe('agreed');
  expect(tillsIn(journal.rows, party.routeId)).toEqual(['20250001', '20260002']);
});

it("where the acquirer knows the terminal by another number, payments are found by the till's and answers by both", () => {
  const party_70 = { ...party, terminalCode: '70010001' };
  const journal = new BatchRows()
    .paid('N1', 100, '000001', party_70)
    .answer('000001', 'differs', { ...party, terminalCode: '70010001', tillCode: '20250001' })
    .answer('000001', 'differs', { ...party, terminalCode: '70010009' });
  expect(itemsOf(journal, '000001', party_70)).toEqual(['PAY N1 - 100']);
  // Another till's on that terminal, and this one's on another: neither is an answer.
  expect(readBatches(journal.rows, party_70).answers.size).toBe(0);
  journal.answer('000001', 'agreed', party_70);
  expect(readBatches(journal.rows, party_70).answers.get('000001')?.outcome).toBe('agreed');
  expect(readBatches(journal.rows, party).answers.size).toBe(0);
});

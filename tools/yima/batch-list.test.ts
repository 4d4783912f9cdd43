// What `yima batch list` says of a till that has been two terminals.
import { expect, it } from 'vitest';
import { BatchRows, party } from '../../test/core/batch-rows.ts';
import { batchLines } from './batch-list.ts';

const heads = ({ rows }: BatchRows) =>
  batchLines(() => rows, party.routeId).map((line) => line.replace(/[:,].*/, ''));

it('names the terminal where there are two, and keeps their batches and answers apart', () => {
  const old = { ...party, tillCode: '20250001', terminalCode: '20250001' };
  const journal = new BatchRows();
  expect(heads(journal)).toEqual(['no batch of gateway in the journal']);
  journal.paid('N1', 100, '000001', old).paid('N2', 200, '000002', old).answer('000001', 'agreed', old);
  expect(heads(journal)).toEqual(['batch 000001', '  agreed', 'batch 000002', '  the newest']);
  // Nobody has paid on the new one yet.
  journal.pay('N3', 300);
  expect(heads(journal)).toHaveLength(4);
  journal.move('N3', { kind: 'approved', proof: { batchNo: '000001' } });
  expect(heads(journal)).toEqual([
    'terminal 20250001',
    'batch 000001',
    '  agreed',
    'batch 000002',
    '  the newest',
    'terminal 20260002',
    'batch 000001',
    '  the newest',
  ]);
});

it("an answer of the terminal that the acquirer knows by another number is this till's", () => {
  const own = { ...party, terminalCode: '70010001' };
  const journal = new BatchRows().paid('N1', 100, '000001').paid('N2', 200, '000002');
  journal.answer('000001', 'agreed', own);
  expect(heads(journal)).toEqual(['batch 000001', '  agreed', 'batch 000002', '  the newest']);
});

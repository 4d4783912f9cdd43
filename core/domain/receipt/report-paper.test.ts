// What X and Z say on paper where a figure alone would say another thing.
import { expect, test } from 'vitest';
import { header } from '../../../test/core/paper-header.ts';
import { answers, codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { buildReportPaper } from './report-paper.ts';

const restored = { backup: { sequence: 1, hash: 'ab' }, lost: null, readableTo: null, at_ms: 0 };

/** The headings and outcomes of an X. */
function outcomesOn(till: TestTill): string[] {
  till.tell({ kind: 'reportTaken', operatorId: '9', at_ms: till.now_ms });
  const taken = till.records.findLast((record) => record.type === 'report.taken');
  if (taken === undefined) throw new Error('no report');
  const { blocks } = buildReportPaper(header, { receiptId: 'X1', number: 'X1' }, taken.body.report, () => '');
  return blocks.flatMap((block) => {
    if (block.kind === 'text' && block.text.includes('款项结果')) return [block.text];
    return block.kind === 'pair' && block.right.startsWith('原 Z') ? [block.right] : [];
  });
}

test('a payment of this very period, decided after a restore in the middle of it, is not called an earlier period’s', () => {
  const till = TestTill.tendering(1500);
  till.tell(codeScan());
  till.tell({ kind: 'restored', epoch: 2, ...restored });
  till.pay(answers.approved);
  expect(outcomesOn(till)).toEqual(['本期恢复前款项结果 Of this period, before the restore', '原 Z1']);
});

test('one of an earlier period is, before and after a restore', () => {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell(codeScan());
  till.tell({ kind: 'saleLeft' });
  till.tell({ kind: 'dayClosed', operatorId: '9', at_ms: till.now_ms });
  till.tell({ kind: 'restored', epoch: 2, ...restored });
  till.pay(answers.approved);
  expect(outcomesOn(till)).toEqual(['前期款项结果 Outcomes of earlier periods', '原 Z1']);
});

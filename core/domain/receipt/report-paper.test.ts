// What X and Z say on paper: signs as on the screen and on the shift's slip, and words where a figure alone would say another thing.
import { expect, test } from 'vitest';
import {
  backAnswers,
  backAt,
  payBackInCash,
  returning,
  signedFor,
  tellBack,
} from '../../../test/sim/back-kit.ts';
import { header } from '../../../test/core/paper-header.ts';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { buildReportPaper } from './report-paper.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };

function returnAll(till: TestTill): void {
  const { saleId, lines } = till.sale();
  const asked = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  expect(till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided }).refusal).toBeNull();
}

test('money that goes out is negative, so that each group adds up', () => {
  const till = TestTill.tendering(1500);
  till.tell({ kind: 'cashTaken', received_fen: 2000, roundDown: false });
  returnAll(till);
  till.tell({ kind: 'goodsEntered', goods: goods(700) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  returnAll(till);
  const [giveBackId = ''] = Object.keys(till.state.giveBacks);
  till.tell({
    kind: 'giveBack',
    giveBackId,
    event: { kind: 'done', result: 'SUCCESS', reference: 'R77' },
  });
  till.tell({ kind: 'cashMoved', direction: 'paidOut', amount_fen: 300, ...decided });
  till.tell({ kind: 'reportTaken', operatorId: '9', at_ms: till.now_ms });
  const taken = till.records.findLast((record) => record.type === 'report.taken');
  if (taken === undefined) throw new Error('no report');
  const { blocks } = buildReportPaper(
    header,
    { receiptId: 'X1', number: 'X1' },
    taken.body.report,
    (id) => id,
  );
  const pairs = blocks.flatMap((block) => (block.kind === 'pair' ? [`${block.left}: ${block.right}`] : []));
  expect(pairs).toEqual(
    expect.arrayContaining([
      '  收款 Approved x1: 7.00',
      expect.stringMatching(/^ {2}(退款 Refunds|撤销 Voids) x1: -7\.00$/),
      '现金销售 Cash sales x1: 15.00',
      '现金退款 Cash refunds x1: -15.00',
      '存入 Paid in x0: 0.00',
      '支出 Paid out x1: -3.00',
      '  退货 Returns x2: -22.00',
    ]),
  );
});

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

/** The carried row and the outcomes of an X, each with its word, amount, number and Z. */
function rowsOn(till: TestTill): string[] {
  till.tell({ kind: 'reportTaken', operatorId: '9', at_ms: till.now_ms });
  const taken = till.records.findLast((record) => record.type === 'report.taken');
  if (taken === undefined) throw new Error('no report');
  const { blocks } = buildReportPaper(header, { receiptId: 'X1', number: 'X1' }, taken.body.report, () => '');
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text];
    return block.kind === 'pair' ? [`${block.left.trim()}: ${block.right}`] : [];
  });
  const from = lines.findIndex((line) => line.startsWith('结转'));
  return lines.slice(from, lines.indexOf('范围 Ranges'));
}

test('money that went back twice is carried, and when it was looked into told as this period’s', () => {
  const till = returning(1, backAnswers.refused);
  payBackInCash(till);
  tellBack(till, backAnswers.done);
  const { giveBackId, requestNumber } = backAt(till);
  expect(rowsOn(till)).toEqual([
    '结转 Carried (列明并转入下期)',
    '重复退款待查 Back twice: 5.00',
    expect.stringContaining(requestNumber),
  ]);
  till.tell({ kind: 'giveBackLossSeen', giveBackId, ...signedFor });
  expect(rowsOn(till)).toEqual([
    '结转 Carried',
    '无 None',
    '本期重复退款 Back twice in this period',
    '重复退款已查 Back twice, seen: 5.00',
    `${requestNumber}: 原 Z1`,
  ]);
  till.tell({ kind: 'dayClosed', operatorId: '9', at_ms: till.now_ms });
  expect(rowsOn(till)).toEqual(['结转 Carried', '无 None']);
});

test('a refund that was refused, and may be back by other means, is not carried as one that failed', () => {
  const till = TestTill.tendering(1500);
  till.tell(codeScan());
  till.pay(answers.approved);
  returnAll(till);
  for (const more of [{}, { perhapsBack: true } as const]) {
    const giveBackId = Object.keys(till.state.giveBacks).at(-1) ?? '';
    till.tell({ kind: 'giveBack', giveBackId, event: { kind: 'refused', code: 'X', ...more } });
  }
  till.tell({ kind: 'reportTaken', operatorId: '9', at_ms: till.now_ms });
  const taken = till.records.findLast((record) => record.type === 'report.taken');
  if (taken === undefined) throw new Error('no report');
  const { blocks } = buildReportPaper(header, { receiptId: 'X1', number: 'X1' }, taken.body.report, String);
  const pairs = blocks.flatMap((block) => (block.kind === 'pair' ? [`${block.left}: ${block.right}`] : []));
  expect(pairs).toContain('退款失败或待核对 Failed/to check: 15.00');
});

// The report on paper: what goes out has the same sign as on the screen and on the shift's slip.
import { expect, test } from 'vitest';
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

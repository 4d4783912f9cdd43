// The sheet of a compared bill: it adds up by its own figures, and every difference stands on it, dealt with or to be.
import { expect, test } from 'vitest';
import type { Adjustment, BillComparison } from '../../../contract/reconciliation.ts';
import { header } from '../../../test/core/paper-header.ts';
import { buildReconciliationPaper } from './reconciliation-paper.ts';

const words = (zh: string, en = 'x') => ({ zh, en });
const classOf = (name: string, count: number, effect_fen: number) => ({
  class: name,
  count,
  effect_fen,
  name: words(`类${name}`),
  who: words('店长'),
  next: words('去查'),
});
const finding = (name: string, orderNumber: string, effect_fen: number) => ({
  class: name,
  orderNumber,
  refundNumber: null,
  lines: [1],
  here: 'approved 5.00',
  there: '-',
  bill_fen: 0,
  till_fen: 0,
  effect_fen,
});

const comparison: BillComparison = {
  rail: 'gateway',
  routeIds: ['gateway'],
  billDate: '2026-11-22',
  file: '20261122.csv',
  fileHash: 'ab'.repeat(32),
  till_fen: 1000,
  payout_fen: 1290,
  kept_fen: 10,
  agreed: 1,
  classes: [classOf('A', 1, 500), classOf('B', 1, -200)],
  findings: [finding('A', 'N1', 500), finding('B', 'N2', -200)],
  leftOff: 3,
  table: null,
};

function paper(
  change: Partial<BillComparison>,
  adjustments: Adjustment[] = [],
  proven: number[] = [],
): string {
  const taken = {
    reconciliationId: 'B1',
    at_ms: 0,
    operatorId: 'w',
    comparison: { ...comparison, ...change },
  };
  const { blocks } = buildReconciliationPaper(header, { taken, adjustments, proven }, (id) =>
    id === 'm' ? '王店长' : id,
  );
  return blocks
    .map((block) =>
      'left' in block ? `${block.left}|${block.right}` : 'text' in block ? block.text : block.kind,
    )
    .join('\n');
}

test('it adds up, and says so by its own figures', () => {
  expect(paper({})).toMatch(
    /Till, net\|10\.00\n类A x x1\|5\.00\n类B x x1\|-2\.00\n.*\|-0\.10\n.*\|12\.90\n.*Unexplained\|0\.00/,
  );
  expect(paper({ payout_fen: 1291 })).toContain('Unexplained|0.01');
});

test("a chain's bill of a day, of all its tills, may come to more than one payment can", () => {
  const others = classOf('wrongTerminal', 110_000, 1_100_000_000);
  const classes = [others, classOf('B', 1, 900_000_000)];
  expect(paper({ classes, payout_fen: 2_000_000_990 })).toMatch(/\|20000009\.90\n.*Unexplained\|0\.00/);
});

test('each difference stands under its class, with what was done about it', () => {
  const adjustment: Adjustment = {
    adjustmentId: 'J1',
    reconciliationId: 'B1',
    index: 1,
    class: 'B',
    orderNumber: 'N2',
    effect_fen: -200,
    reason: '已问收单方',
    operatorId: 'w',
    approverId: 'm',
    at_ms: 5,
  };
  const first = { ...adjustment, reason: '先问过', approverId: 'li', at_ms: 1, noted: true } as const;
  const text = paper({}, [adjustment, first]);
  expect(text).toContain('5 笔差异 DIFFER');
  expect(text).toMatch(/类A x x1\n店长: 去查\nx: x\nN1\|5\.00\n(.*\n){2}处理 Settled: _+/);
  expect(text).toMatch(
    /类B x x1\n店长: 去查\nx: x\nN2\|-2\.00\n(.*\n){2}已备注 Noted: 先问过\n批准 Approved\|li\n已处理 Settled: 已问收单方\n批准 Approved\|王店长/,
  );
  expect(text).toMatch(/另有 3 笔/);
  // A remark alone leaves room for what ends it.
  expect(paper({}, [first])).toMatch(/已备注 Noted: 先问过\n批准 Approved\|li\n处理 Settled: _+/);
});

test('what had no proof stays open until it has one, and where the bill has lines of it until somebody says what came of it', () => {
  const said = {
    reconciliationId: 'B1',
    index: 0,
    orderNumber: 'N1',
    operatorId: 'w',
    approverId: 'm',
    at_ms: 5,
  };
  const word: Adjustment = {
    ...said,
    adjustmentId: 'J1',
    class: 'stillPending',
    effect_fen: 0,
    reason: '等回复',
  };
  const blank = /处理 Settled: _+/;
  const pending = finding('stillPending', 'N1', 500);
  const of = (row: typeof pending, adjustments: Adjustment[], proven: number[]) =>
    paper({ findings: [row], classes: [classOf('stillPending', 1, 500)], leftOff: 0 }, adjustments, proven);
  expect(of(pending, [word], [])).toMatch(blank);
  expect(of(pending, [word], [])).toContain('已备注 Noted: 等回复');
  expect(of(pending, [], [0])).toMatch(/后来已有结果 Proven since\n处理 Settled: _+/);
  expect(of(pending, [word], [0])).not.toMatch(blank);
  expect(of({ ...pending, lines: [] }, [], [0])).not.toMatch(blank);
  expect(of(pending, [{ ...word, confirmed: true }], [])).not.toMatch(blank);
});

test('a bill that agrees has no band of differences', () => {
  expect(paper({ findings: [], leftOff: 0, classes: [] })).not.toMatch(/DIFFER/);
});

test('lines of other tills are counted, with whose turn it is and where they stand', () => {
  const change = { findings: [], leftOff: 0, table: 'b.csv.findings.csv' };
  const others = { ...classOf('wrongTerminal', 2, 700), next: words('核对', 'compare') };
  const agreed = classOf('matched', 9, 0);
  const text = paper({ ...change, others: 2, classes: [agreed, others] });
  expect(text).toMatch(/Differ\|0\n他机 Other tills\|2\n/);
  expect(text).toContain(
    '类wrongTerminal x x2\n店长: 核对\nx: compare\n见表格 In the table: b.csv.findings.csv',
  );
  expect(text).not.toContain('类matched');
  // Kept before this till's own were told from them.
  const old = paper({ ...change, classes: [agreed, others] });
  expect(old).toMatch(/不在本机账上 Not in these books\|2\n.*请再核对/);
  expect(old).toContain('店长: 核对');
});

test('what till and bill say stands in both languages, each thing on its line; an older text as it is', () => {
  const said = (zh: string, en: string, facts: string) => ({ words: { zh, en }, facts });
  const here = [said('已收款', 'approved', '5.00 2026-11-22 10:00:00 42001')];
  const there = [
    said('收款', 'payment', 'PAY 5.00 42002'),
    said('第一笔收款', 'first payment', 'PAY 5.00 42001'),
  ];
  const own = { ...finding('A', 'N1', 500), here, there };
  expect(paper({ findings: [own] })).toContain(
    '本机 Here: 已收款 approved 5.00 2026-11-22 10:00:00 42001\n账单 There: 收款 payment PAY 5.00 42002\n  第一笔收款 first payment PAY 5.00 42001',
  );
  expect(paper({ findings: [{ ...own, here: [], there: 'payment 5.00' }] })).toContain(
    '本机 Here: -\n账单 There: payment 5.00',
  );
});

// Slips of what goes back: how much, and in what state; like the report: the shop by the numbers of the payment's own acquirer, the rail in both languages.
import { describe, expect, test } from 'vitest';
import { header as plain } from '../../../test/core/paper-header.ts';
import { backAnswers, returning, settleBack, tellBack } from '../../../test/sim/back-kit.ts';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import type { GiveBack } from '../giveback/give-back.ts';
import type { Return } from '../till/records.ts';
import type { ReceiptHeader } from './blocks.ts';
import type { ReceiptDocument } from './document.ts';
import { buildReportPaper } from './report-paper.ts';
import type { ReturnedSale } from './return-money.ts';
import { buildGiveBackSlip, buildReturnSlip } from './slips.ts';

const ROUTE = 'second';
const nameOf = (operatorId: string) => operatorId;
const noVoucher = () => null;

function headerWith(terminal: string | null): ReceiptHeader {
  const payee = { kind: 'merchant', number: '898420157229001', terminal } as const;
  return { ...plain, terminalCode: '20260002', payeeOf: () => payee };
}

const pairsOf = ({ blocks }: ReceiptDocument) =>
  blocks.flatMap((block) => (block.kind === 'pair' ? [`${block.left}: ${block.right}`] : []));

const shopIn = (paper: ReceiptDocument) =>
  pairsOf(paper).filter((line) => /^(终端|商户号|收单终端)/.test(line));

/** A sale paid on `ROUTE` whose goods come back. */
function returned(): TestTill {
  const till = TestTill.tendering(1500);
  till.configured = [ROUTE];
  const about = { online: true, cause: null, layer: null, storeAndForward: false } as const;
  till.tell({ kind: 'routeObserved', routeId: ROUTE, ...about });
  till.tell(codeScan({ routeId: ROUTE }));
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const asked = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const decided = { operatorId: '1', approverId: '9', reason: 'asked' };
  expect(till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided }).refusal).toBeNull();
  return till;
}

/** The return of this till with its sale. */
function returnOf(till: TestTill): { one: Return; of: ReturnedSale } {
  const opened = till.records.find((record) => record.type === 'return.opened');
  if (opened === undefined) throw new Error('nothing came back');
  const giveBacks = Object.values(till.state.giveBacks);
  return { one: opened.body.return, of: { sale: till.sale(), attempts: till.attempts(), giveBacks } };
}

function goingBack(): { one: Return; of: ReturnedSale; giveBack: GiveBack } {
  const { one, of } = returnOf(returned());
  const [giveBack] = of.giveBacks;
  if (giveBack === undefined) throw new Error('nothing goes back');
  return { one, of, giveBack };
}

test('what goes back names the payment by the acquirer’s number, where there is one', () => {
  const { one, of, giveBack } = goingBack();
  const voucherOf = (attemptId: string) => (attemptId === giveBack.attemptId ? '4200002601' : 'another');
  const line = '原付款凭证号 Voucher: 4200002601';
  expect(pairsOf(buildReturnSlip(plain, one, of, nameOf, voucherOf))).toContain(line);
  expect(pairsOf(buildGiveBackSlip(plain, giveBack, 'G1', voucherOf))).toContain(line);
  const bare = [buildReturnSlip(plain, one, of, nameOf, noVoucher), buildGiveBackSlip(plain, giveBack, 'G1')];
  for (const paper of bare) expect(JSON.stringify(paper)).not.toContain('凭证号');
});

test.each([
  [
    '70010002',
    ['终端 Terminal: 20260002', '商户号 Merchant: 898420157229001', '收单终端 Terminal: 70010002'],
  ],
  ['20260002', ['终端 Terminal: 20260002', '商户号 Merchant: 898420157229001']],
  [null, ['终端 Terminal: 20260002', '商户号 Merchant: 898420157229001']],
])(
  'an acquirer that knows the till by %s: on the slip of a return and of its outcome',
  (terminal, expected) => {
    const { one, of, giveBack } = goingBack();
    const header = headerWith(terminal);
    expect(shopIn(buildReturnSlip(header, one, of, nameOf, noVoucher))).toEqual(expected);
    expect(shopIn(buildGiveBackSlip(header, giveBack, 'G1'))).toEqual(expected);
  },
);

/** Goods that left on trust come back, all of them: nobody had paid for them. */
function returnedUnpaid(): ReturnType<typeof returnOf> {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell(codeScan());
  const { saleId, lines } = till.sale();
  const asked = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  till.tell({
    kind: 'returnOpened',
    saleId,
    lines: asked,
    operatorId: '1',
    approverId: '9',
    reason: 'asked',
  });
  expect(Object.values(till.state.giveBacks)).toEqual([]);
  return returnOf(till);
}

const moneyLines = (paper: ReceiptDocument) =>
  pairsOf(paper).filter((line) => /^(退货货款|未收到|补退|应退)/.test(line));

describe('what is to be returned', () => {
  test('is nothing for goods that nobody has paid for', () => {
    const { one, of } = returnedUnpaid();
    const paper = buildReturnSlip(plain, one, of, nameOf, noVoucher);
    expect(moneyLines(paper)).toEqual([
      '退货货款 Goods returned: 15.00',
      '未收到,不退 Not received: -15.00',
      '应退 TO RETURN: ￥0.00',
    ]);
    expect(JSON.stringify(paper)).toContain('没有钱要退给顾客');
  });

  test('is the goods’ worth where all of it was paid, also after a refund took a void’s place', () => {
    const { one, of, giveBack } = goingBack();
    const failed = { state: { kind: 'failed', code: 'X' }, due: null } as const;
    const refused = { ...giveBack, method: 'void', machine: failed, replacedBy: 'G2' } as const;
    const refund = {
      ...giveBack,
      giveBackId: 'G2',
      method: 'refund',
      replaces: giveBack.giveBackId,
    } as const;
    for (const giveBacks of [of.giveBacks, [refused, refund]])
      expect(moneyLines(buildReturnSlip(plain, one, { ...of, giveBacks }, nameOf, noVoucher))).toEqual([
        '应退 TO RETURN: ￥15.00',
      ]);
  });

  test('is more than their worth where a late payment makes up for an earlier return', () => {
    const { one, of } = goingBack();
    const paper = buildReturnSlip(plain, { ...one, amount_fen: 1200 }, of, nameOf, noVoucher);
    expect(moneyLines(paper)).toEqual([
      '退货货款 Goods returned: 12.00',
      '补退前次 Owed from before: 3.00',
      '应退 TO RETURN: ￥15.00',
    ]);
  });
});

describe('a refund that was refused', () => {
  /** The void of a whole return, and the refund after it. */
  function refused(last: { perhapsBack?: true }): ReceiptDocument {
    const till = returned();
    for (const more of [{}, last]) {
      const giveBackId = Object.keys(till.state.giveBacks).at(-1) ?? '';
      till.tell({ kind: 'giveBack', giveBackId, event: { kind: 'refused', code: 'X', ...more } });
    }
    const { one, of } = returnOf(till);
    return buildReturnSlip(plain, one, of, nameOf, noVoucher);
  }

  test.each([
    ['for good: failed', {}, '退款失败 FAILED'],
    ['and may be back by other means: to be checked', { perhapsBack: true }, '退款被拒,待核对 CHECK'],
  ] as const)('%s, and not on its way', (_, last, word) => {
    const paper = refused(last);
    expect(pairsOf(paper).filter((line) => line.startsWith('状态'))).toEqual([`状态 State: ${word}`]);
    expect(JSON.stringify(paper)).not.toContain('退款处理中');
  });
});

test('the report names the rail of a wallet where it is not the wallet itself', () => {
  const till = returned();
  till.tell({ kind: 'reportTaken', operatorId: '9', at_ms: till.now_ms });
  const taken = till.records.findLast((record) => record.type === 'report.taken');
  if (taken === undefined) throw new Error('no report');
  const none = { count: 0, amount_fen: 0 };
  const row = { approved: { count: 1, amount_fen: 150 }, refunds: none, voids: none, net_fen: 150 };
  const rails: [string, string][] = [
    ['WECHAT', 'WECHAT'],
    ['WECHAT', 'NETSUNION'],
    ['JD', 'UNIONPAY'],
    ['ECNY', 'DCEP'],
    ['UNKNOWN', 'CARD'],
  ];
  const wallets = rails.map(([scheme, rail]) => ({ scheme, rail, ...row }));
  const paper = buildReportPaper(
    plain,
    { receiptId: 'X1', number: 'X1' },
    { ...taken.body.report, wallets },
    nameOf,
  );
  const shown = pairsOf(paper);
  const from = shown.indexOf('微信支付: 1.50');
  expect(shown.slice(from, from + 14).filter((line) => !line.startsWith('  收款'))).toEqual([
    '微信支付: 1.50',
    '微信支付: 1.50',
    '  支付渠道 Via: 网联 NetsUnion',
    '京东支付: 1.50',
    '  支付渠道 Via: 银联 UnionPay',
    '数字人民币: 1.50',
    '  支付渠道 Via: 数字人民币 e-CNY',
    '未识别的付款码: 1.50',
    '  支付渠道 Via: CARD',
  ]);
});

test("a refund of the day and one of the day before that is back after all leave no count: the wallet's sums still add up", () => {
  const till = returning(1, backAnswers.lost);
  settleBack(till, { isReturnedThere: true });
  till.tell({ kind: 'dayClosed', operatorId: '9', at_ms: till.now_ms });
  // What the bill had called done is refused by the acquirer.
  tellBack(till, backAnswers.refused, 0);
  till.tell({ kind: 'saleLeft' });
  for (const price_fen of [300, 500])
    till.tell({ kind: 'goodsEntered', goods: goods(price_fen, String(price_fen)) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan({ codeHmac: 'h2' }));
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const back = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
  const decided = { operatorId: '1', approverId: '9', reason: 'asked' };
  till.tell({ kind: 'returnOpened', saleId, lines: back, ...decided });
  tellBack(till, backAnswers.done);
  till.tell({ kind: 'dayClosed', operatorId: '9', at_ms: till.now_ms });
  const closed = till.records.findLast((record) => record.type === 'day.closed');
  if (closed === undefined) throw new Error('no report');
  const shown = pairsOf(
    buildReportPaper(plain, { receiptId: 'Z2', number: 'Z2' }, closed.body.report, nameOf),
  );
  const from = shown.indexOf('微信支付: 10.00');
  expect(shown.slice(from + 1, from + 3)).toEqual(['  收款 Approved x1: 8.00', '  退款 Refunds x0: 2.00']);
});

// What a receipt says, and what it must never say.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { proof } from '../../../test/sim/machine-variants.ts';
import { header } from '../../../test/core/paper-header.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import { buildReceipt } from './build.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { buildEvidenceSlip } from './evidence-slip.ts';

function receiptOf(till: TestTill): ReceiptDocument {
  const sale = till.sale();
  const receipt = till.state.receipts[sale.receiptId ?? ''];
  if (!receipt) throw new Error('the sale has no receipt');
  const attempts = till.attempts().filter((attempt) => attempt.saleId === sale.saleId);
  return buildReceipt(header, receipt, sale, attempts, Object.values(till.state.giveBacks));
}

const has = (document: ReceiptDocument, block: Partial<ReceiptBlock>) =>
  expect(document.blocks).toContainEqual(expect.objectContaining(block));
const banners = (document: ReceiptDocument) => document.blocks.filter((block) => block.kind === 'banner');
const texts = (document: ReceiptDocument) => JSON.stringify(document.blocks);

function sold(): TestTill {
  const till = TestTill.tendering(8741);
  till.now_ms = Date.parse('2026-12-31T16:05:00Z');
  till.tell(codeScan({ codeMask: '130000********0007' }));
  till.pay(answers.approved);
  return till;
}

function soldOffline(): TestTill {
  const till = TestTill.tendering(8741);
  till.line(false);
  till.tell(codeScan());
  return till;
}

describe('a paid sale', () => {
  const document = receiptOf(sold());

  test('has its number, total, time in the shop, and where to find it at the acquirer', () => {
    expect(document.number).toBe('00000001');
    has(document, { kind: 'pair', left: '票号 No.', right: '00000001' });
    has(document, { kind: 'pair', left: '合计 TOTAL', right: '￥87.41' });
    has(document, { kind: 'pair', left: '时间 Time', right: '2027-01-01 00:05:00' });
    has(document, { kind: 'pair', right: proof.retrievalRefNum });
    has(document, { kind: 'pair', right: proof.acquirerOrderId });
    has(document, { kind: 'barcode', data: 'R001000001K7' });
  });

  test('has the number of the customer’s own bill where the acquirer’s is another', () => {
    const walletOf = (thirdPartyOrderId: string) => {
      const till = TestTill.tendering(8741);
      till.tell(codeScan());
      till.pay({ kind: 'approved', proof: { ...proof, thirdPartyOrderId, actual_fen: 8741 } });
      const pairs = receiptOf(till).blocks.filter((block) => block.kind === 'pair');
      return pairs.filter(({ left }) => left === '钱包单号 Wallet').map(({ right }) => right);
    };
    expect(walletOf('4200002601202611286419820123')).toEqual(['4200002601202611286419820123']);
    expect(walletOf(proof.acquirerOrderId)).toEqual([]);
    expect(walletOf('')).toEqual([]);
  });

  test('prints no empty number where a wallet gives none', () => {
    const till = TestTill.tendering(8741);
    till.tell(codeScan());
    const bare = { ...proof, retrievalRefNum: '', systemTraceNum: '', batchNo: '' };
    till.pay({ kind: 'approved', proof: { ...bare, actual_fen: 8741 } });
    const blocks = receiptOf(till).blocks.filter((block) => block.kind === 'pair');
    expect(blocks.filter(({ right }) => right === '' || right === '/')).toEqual([]);
    expect(blocks.map(({ left }) => left)).toContain('收单单号 Acquirer');
  });

  test.each([
    ['000123', '000001', '凭证/批次 Trace/Batch', '000123/000001'],
    ['651652', '', '凭证号 Trace', '651652'],
    ['', '000001', '批次号 Batch', '000001'],
  ])('trace "%s" and batch "%s": %s', (systemTraceNum, batchNo, left, right) => {
    const till = TestTill.tendering(8741);
    till.tell(codeScan());
    till.pay({ kind: 'approved', proof: { ...proof, systemTraceNum, batchNo, actual_fen: 8741 } });
    const paper = receiptOf(till);
    has(paper, { kind: 'pair', left, right });
    expect(texts(paper).match(/Trace|Batch/g)).toHaveLength(left.match(/Trace|Batch/g)?.length ?? 0);
  });

  test.each([
    ['UNIONPAY', 'JD', ['京东支付']],
    ['AGGREGATE', 'WECHAT', ['微信支付']],
    ['UNIONPAY', '某银行', ['某银行']],
    ['WECHAT', 'WECHAT', []],
    ['WECHAT', null, []],
    ['AGGREGATE', 'OTHER', []],
  ])('%s paid with %s: the app stands there only where it says more', (scheme, payerApp, apps) => {
    const till = TestTill.tendering(8741);
    till.tell(codeScan({ scheme }));
    till.pay({ kind: 'approved', proof: { ...proof, payerApp, actual_fen: 8741 } });
    const blocks = receiptOf(till).blocks.filter((block) => block.kind === 'pair');
    expect(blocks.filter(({ left }) => left === '付款应用 App').map(({ right }) => right)).toEqual(apps);
  });

  test.each([
    ['UNKNOWN', 'WECHAT', null, ['微信支付 WeChat Pay']],
    ['AGGREGATE', 'ALIPAY', null, ['支付宝 Alipay']],
    ['AGGREGATE', 'UNIONPAY', 'JD', ['银联 UnionPay', '京东支付']],
    ['AGGREGATE', 'WECHAT', 'WECHAT', ['微信支付']],
    ['UNKNOWN', 'NETSUNION', 'OTHER', ['网联 NetsUnion']],
    ['UNKNOWN', 'CARD', 'OTHER', ['CARD']],
    ['UNKNOWN', '', null, []],
    ['AGGREGATE', 'OTHER', null, []],
    ['WECHAT', 'WECHAT', null, []],
    ['ECNY', 'UNIONPAY', null, []],
  ])('%s by %s with %s: rail and app, each once, where the scheme names no wallet', (...given) => {
    const [scheme, rail, payerApp, expected] = given;
    const till = TestTill.tendering(8741);
    till.tell(codeScan({ scheme }));
    till.pay({ kind: 'approved', proof: { ...proof, rail, payerApp, actual_fen: 8741 } });
    const evidence = evidenceOf(till.state, till.newest());
    const slip = buildEvidenceSlip(
      header,
      { evidenceId: 'V1', at_ms: 1, operatorId: '1', evidence },
      () => '小王',
    );
    for (const paper of [receiptOf(till), slip]) {
      const pairs = paper.blocks.filter((block) => block.kind === 'pair');
      const told = pairs.filter(({ left }) => left === '支付渠道 Via' || left === '付款应用 App');
      expect(told.map(({ right }) => right)).toEqual(expected);
    }
  });

  test('has one row for each line, which add up', () => {
    const till = TestTill.ready();
    for (const barcode of ['1', '1', '2']) till.tell({ kind: 'goodsEntered', goods: goods(333, barcode) });
    till.tell({ kind: 'tenderStarted' });
    till.tell(codeScan());
    till.pay(answers.approved);
    const items = receiptOf(till).blocks.flatMap((block) => (block.kind === 'item' ? [block] : []));
    expect(items.map((item) => [item.quantity, item.unitPrice, item.amount])).toEqual([
      ['2', '3.33', '6.66'],
      ['1', '3.33', '3.33'],
    ]);
  });

  test('shows the mask of the code and nothing else of it', () => {
    has(document, { kind: 'pair', right: '130000********0007' });
    expect(texts(document)).not.toContain('hmac');
  });

  test('carries the head of the journal', () => {
    has(document, { kind: 'text', text: '账 #a1b2c3d4' });
    has(document, { kind: 'qr', data: `yima:${document.receiptId}:00000001:a1b2c3d4:K7Q2M9XA` });
  });

  test('says what the customer really paid only when that differs', () => {
    expect(texts(document)).toContain('顾客实付');
    const exact = TestTill.tendering(proof.actual_fen);
    exact.tell(codeScan());
    exact.pay(answers.approved);
    expect(texts(receiptOf(exact))).not.toContain('顾客实付');
  });

  test('shows only the attempt that paid', () => {
    const till = TestTill.tendering();
    till.tell(codeScan({ codeMask: '281111********1111' }));
    till.pay(answers.declined);
    till.tell(codeScan({ codeMask: '130000********0007' }));
    till.pay(answers.approved);
    expect(texts(receiptOf(till))).not.toContain('281111');
  });
});

describe('a sale that was paid offline', () => {
  test('says so on top, in both languages, while it is open', () => {
    const till = soldOffline();
    expect(receiptOf(till).blocks[0]).toEqual({ kind: 'banner', text: '离线待确认' });
    has(receiptOf(till), { kind: 'text', text: 'OFFLINE, NOT YET AUTHORIZED' });
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.noAnswer);
    expect(banners(receiptOf(till))).toHaveLength(1);
  });

  test('has no banner once it is approved, and none was ever on a sale paid online', () => {
    const till = soldOffline();
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.approved);
    expect(banners(receiptOf(till))).toEqual([]);
    expect(banners(receiptOf(sold()))).toEqual([]);
  });

  test('claims no acquirer reference before there is one', () => {
    expect(texts(receiptOf(soldOffline()))).not.toContain('参考号');
  });
});

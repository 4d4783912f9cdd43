// A code of ours on paper: only while it may be scanned, with all that a customer must know, and no word that it is paid. And
// what receipts and slips say of a payment that has no code of the customer's.
import { describe, expect, test } from 'vitest';
import { header } from '../../../test/core/paper-header.ts';
import { answers, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import { buildReceipt } from './build.ts';
import { buildCodePaper } from './code-paper.ts';
import type { ReceiptBlock } from './document.ts';
import { buildEvidenceSlip } from './evidence-slip.ts';

const CONTENT = 'https://qr.alipay.com/bax03206ug0kulveltqc80a8';
const EXPIRES_ms = Date.parse('2026-11-28T04:05:00Z');

function asked(): TestTill {
  const till = TestTill.tendering(8741);
  till.tell({ kind: 'presentAsked', routeId: ROUTE, scheme: 'AGGREGATE', expiresAt_ms: EXPIRES_ms });
  return till;
}

function shown(): TestTill {
  const till = asked();
  till.pay({ kind: 'presented', content: CONTENT });
  return till;
}

function print(till: TestTill) {
  const { attemptId } = till.newest();
  return till.tell({ kind: 'codePrintAsked', attemptId, operatorId: '1' });
}

function paperOf(till: TestTill): ReceiptBlock[] {
  const record = till.records.findLast((one) => one.type === 'code.printed');
  if (!record) throw new Error('no code was printed');
  return buildCodePaper(header, record.body.printed).blocks;
}

const textOf = (blocks: readonly ReceiptBlock[]): string => JSON.stringify(blocks);

describe('the paper of a code', () => {
  test('ends when the acquirer says, where that is sooner than was asked for', () => {
    const till = asked();
    till.pay({ kind: 'presented', content: CONTENT, endsEarlier_ms: 60_000 });
    print(till);
    expect(textOf(paperOf(till))).toContain('2026-11-28 12:04:00');
  });

  test('has the code itself, the amount, the order, the end, and that it is no receipt', () => {
    const till = shown();
    expect(print(till).effects).toEqual([{ kind: 'print', receiptId: expect.any(String), copy: 0 }]);
    const paper = paperOf(till);
    expect(paper).toContainEqual({ kind: 'qr', data: CONTENT });
    expect(paper).toContainEqual({ kind: 'banner', text: '这不是收据' });
    expect(textOf(paper)).toContain('￥87.41');
    expect(textOf(paper)).toContain(till.newest().orderNumber);
    expect(textOf(paper)).toContain('2026-11-28 12:05:00');
    expect(textOf(paper)).not.toMatch(/已付|支付成功|PAID/);
  });

  test('says the same when it comes out after the code was closed', () => {
    const till = shown();
    print(till);
    const before = textOf(paperOf(till));
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    expect(textOf(paperOf(till))).toBe(before);
  });

  test('is a paper of its own, and changes neither the sale nor any figure', () => {
    const till = shown();
    const { sales, attempts, period } = till.state;
    print(till);
    expect({ sales: till.state.sales, attempts: till.state.attempts }).toEqual({ sales, attempts });
    expect(till.state.period).toEqual(period);
    expect(Object.values(till.state.receipts).map(({ kind }) => kind)).toEqual(['code']);
  });

  test.each([
    ['that is not here yet', asked],
    [
      'that is being closed',
      () => {
        const till = shown();
        till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
        return till;
      },
    ],
    [
      'that was paid',
      () => {
        const till = shown();
        till.pay(answers.approved);
        return till;
      },
    ],
  ])('there is none of a code %s', (_what, make) => {
    expect(print(make()).refusal).toBe('E-SALE-02');
  });

  test('waits alone: the next one is asked for when it has come out', () => {
    const till = shown();
    const { effects } = print(till);
    const receiptId = effects.flatMap((one) => (one.kind === 'print' ? [one.receiptId] : []))[0] ?? '';
    expect(print(till).refusal).toBe('E-PRN-10');
    const paperOut = { print: 'failed', problem: 'paperOut', proof: 'nothing' } as const;
    till.tell({ kind: 'printEnded', receiptId, ...paperOut });
    expect(print(till).refusal).toBe('E-PRN-10');
    till.tell({ kind: 'printEnded', receiptId, print: 'printed', problem: null, proof: 'processId' });
    expect(print(till).refusal).toBeNull();
  });

  test('there is none of a payment that nobody knows', () => {
    const till = shown();
    const nobodys = till.tell({ kind: 'codePrintAsked', attemptId: '__proto__', operatorId: '1' });
    expect(nobodys.refusal).toBe('E-SALE-02');
  });
});

describe('a receipt', () => {
  function receiptOf(till: TestTill): string {
    const sale = till.sale();
    const receipt = till.state.receipts[sale.receiptId ?? ''];
    if (!receipt) throw new Error('the sale has no receipt');
    return textOf(
      buildReceipt(header, receipt, sale, till.attempts(), Object.values(till.state.giveBacks)).blocks,
    );
  }

  test('says that the customer scanned, where there is no code of his', () => {
    const till = shown();
    till.pay(answers.approved);
    expect(receiptOf(till)).toContain('顾客扫码 Customer scanned');
    expect(receiptOf(till)).not.toContain('付款码');
  });

  test('paid in cash beside a code being closed tells that it comes back if it was paid', () => {
    const till = shown();
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    till.tell({ kind: 'cashTaken', received_fen: 10_000, roundDown: false });
    expect(receiptOf(till)).toContain('收款码关闭中,如已付将退回');
    expect(receiptOf(till)).not.toContain('撤销中');
  });
});

test('the slip for a customer claims that a code was scanned only where it was paid', () => {
  const till = shown();
  const slip = () => {
    const evidence = evidenceOf(till.state, till.newest());
    return textOf(
      buildEvidenceSlip(header, { evidenceId: 'V1', at_ms: 1, operatorId: '1', evidence }, () => '小王')
        .blocks,
    );
  };
  expect(slip()).toContain('商家收款码');
  expect(slip()).not.toMatch(/付款码|顾客扫码/);
  till.pay(answers.approved);
  expect(slip()).toContain('顾客扫码');
});

// Payments of a sale that do not pay for it, or not with all of their money: the customer sees each, and what becomes of it.
import { describe, expect, test } from 'vitest';
import { header } from '../../../test/core/paper-header.ts';
import { proof } from '../../../test/sim/machine-variants.ts';
import { answers, codeScan, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import type { GiveBackEvent } from '../giveback/machine.ts';
import { buildReceipt } from './build.ts';

/** Its lines from the tenders on. */
function linesOf(till: TestTill): string[] {
  const sale = till.sale();
  const receipt = till.state.receipts[sale.receiptId ?? ''];
  if (!receipt) throw new Error('the sale has no receipt');
  const giveBacks = Object.values(till.state.giveBacks);
  const { blocks } = buildReceipt(header, receipt, sale, till.attempts(), giveBacks);
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'pair') return [`${block.left}: ${block.right}`];
    return block.kind === 'text' ? [block.text] : [];
  });
  return lines.slice(lines.findIndex((line) => line.startsWith('含税')) + 1);
}

function give(till: TestTill, event: GiveBackEvent): void {
  const giveBackId = Object.keys(till.state.giveBacks).at(-1) ?? '';
  till.tell({ kind: 'giveBack', giveBackId, event });
}

/** Lost, 10.00 of 15.00 collected with another wallet, and then charged after all: 10.00 of it goes back. */
function paidTwiceInPart(): TestTill {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  const first = till.newest().attemptId;
  till.tell({ kind: 'collectStarted', attemptId: first });
  till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
  till.tell(codeScan({ codeHmac: 'hmac-2', scheme: 'ALIPAY' }));
  till.pay({ kind: 'approved', proof: { ...proof, actual_fen: 1000 } });
  till.pay({ kind: 'approved', proof: { ...proof, actual_fen: 1500 } }, first);
  expect(till.sale().state).toBe('completed');
  return till;
}

describe('a part of a payment that goes back', () => {
  const backLines = (till: TestTill) => linesOf(till).filter((line) => /^(其中|状态|退款单)/.test(line));

  test('stands below it, with its state and the number of its refund', () => {
    const till = paidTwiceInPart();
    const [{ requestNumber } = { requestNumber: '' }] = Object.values(till.state.giveBacks);
    const lines = linesOf(till);
    expect(lines[0]).toBe('微信支付: 15.00');
    expect(lines.indexOf('其中退回 Of which back: 10.00')).toBeLessThan(lines.indexOf('支付宝: 10.00'));
    expect(backLines(till)).toEqual([
      '其中退回 Of which back: 10.00',
      '状态 State: 退款处理中 PENDING',
      `退款单 Refund: ${requestNumber}`,
    ]);
    give(till, { kind: 'done', result: 'SUCCESS', reference: 'R77' });
    expect(backLines(till)[1]).toBe('状态 State: 已退款 REFUNDED');
  });

  test('is not on its way where it was refused', () => {
    const till = paidTwiceInPart();
    give(till, { kind: 'refused', code: 'X' });
    expect(backLines(till)[1]).toBe('状态 State: 退款失败 FAILED');
  });
});

describe('a whole payment that goes back', () => {
  /** Paid in cash beside a payment that was being reversed, which is found charged when it can't be reversed any more. */
  function foundCharged(): TestTill {
    const till = TestTill.disputed('noProof');
    till.tell({ kind: 'cashTaken', received_fen: 800, roundDown: false });
    till.later(600_000).pay({ kind: 'timer' });
    till.pay(answers.approved);
    return till;
  }
  const wordOf = (till: TestTill) => linesOf(till).find((line) => line.startsWith('微信支付'));
  const refuseVoid = (till: TestTill) => {
    const [back] = Object.values(till.state.giveBacks);
    if (back?.method === 'void') give(till, { kind: 'refused', code: 'X' });
  };

  const inFull = ['未用于本单,已全额退回', 'Not used here, returned in full'] as const;

  test.each([
    ['asked for', null, '退款中', ['未用于本单,将全额退回', 'Not used here, goes back in full']],
    ['back', { kind: 'done', result: 'SUCCESS', reference: 'R77' }, '已退款', inFull],
    [
      'refused',
      { kind: 'refused', code: 'X' },
      '退款失败',
      ['未用于本单,还没有退回', 'Not used here, not given back yet'],
    ],
    [
      'refused, and perhaps back',
      { kind: 'refused', code: 'X', perhapsBack: true },
      '退款待核对',
      ['未用于本单,是否已退正在核对', 'Not used here; being checked if back'],
    ],
  ] as const)('%s: and called returned only where it is back', (_, event, word, [zh, en]) => {
    const till = foundCharged();
    refuseVoid(till);
    if (event !== null) give(till, event);
    expect(wordOf(till)).toBe(`微信支付 ${word}: 8.00`);
    expect(linesOf(till).filter((line) => /未用于本单|Not used/.test(line))).toEqual([zh, en]);
  });
});
describe('a payment without a result, beside cash', () => {
  const cash = { kind: 'cashTaken', received_fen: 2000, roundDown: false } as const;

  test('declined, and approved after the cash: asked about, and named', () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan());
    till.pay(answers.declined);
    till.tell(cash);
    till.pay(answers.approved);
    expect(till.newest().machine.state.kind).toBe('inquiring');
    expect(linesOf(till)).toContain('微信支付 查询中: 15.00');
    expect(linesOf(till)).toContain(`订单号 Order: ${till.newest().orderNumber}`);
  });

  test('in dispute: not called a reversal', () => {
    const till = TestTill.disputed('noProof');
    till.tell(cash);
    expect(linesOf(till)).toContain('微信支付 有争议: 8.00');
    expect(linesOf(till).join()).not.toContain('撤销中');
  });

  test('being reversed', () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan());
    till.pay(answers.noAnswer);
    till.later(20_000).tell(cash);
    expect(till.newest().machine.state.kind).toBe('reversing');
    expect(linesOf(till)).toContain('微信支付 撤销中: 15.00');
  });
});

test('a payment that collects goods anew is undecided until its answer, and does not go back for sure', () => {
  const till = TestTill.tendering(1500);
  till.line(false);
  till.tell(codeScan());
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
  till.pay(answers.declined);
  till.tell({ kind: 'collectStarted', attemptId: till.newest().attemptId });
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  expect(linesOf(till)).toContain('微信支付 结果未定: 15.00');
});

// Payments without a result beside what was paid: the customer sees each, and what becomes of its money. Pure.
import { yuanText } from '../money.ts';
import { isBlocking } from '../till/queries.ts';
import type { Attempt } from '../till/state.ts';
import { pair, payeeBlocks, type ReceiptHeader, schemeName, text } from './blocks.ts';
import type { ReceiptBlock } from './document.ts';

/** What a question about a payment begins with: its number, and whom it paid. */
export function orderBlocks(header: ReceiptHeader, { orderNumber, attemptId }: Attempt): ReceiptBlock[] {
  return [pair('订单号 Order', orderNumber), ...payeeBlocks(header, attemptId)];
}

/** Money in doubt beside what was paid: the customer must know that it comes back. */
export function leavingBlocks(header: ReceiptHeader, attempts: readonly Attempt[]): ReceiptBlock[] {
  return attempts
    .filter(isBlocking)
    .flatMap((attempt) => [...leavingWords(attempt), ...orderBlocks(header, attempt)]);
}

/**
 * Nobody may have scanned a code of ours that is being closed; a reversal is of a payment that was asked for. What is not behind the one-way
 * door may still pay for this sale, where its goods are collected anew.
 */
function leavingWords({ scheme, amount_fen, machine: { state } }: Attempt): ReceiptBlock[] {
  const named = (word: string) => pair(`${schemeName(scheme)} ${word}`.trim(), yuanText(amount_fen));
  switch (state.kind) {
    case 'closing':
      return [named(''), text('收款码关闭中,如已付将退回'), text('Code being closed; returned if paid')];
    case 'reversing':
      return [named('撤销中'), text('如已扣款,将原路退回 Will be returned if charged')];
    case 'disputed':
      return [named('有争议'), text('查明已扣款的,全额退回'), text('All returned if proven charged')];
    default:
      return state.kind === 'inquiring' && state.giveBack
        ? [named('查询中'), text('如已扣款,将全额退回'), text('Returned in full if charged')]
        : [named('结果未定'), text('如已扣款而未用于本单,将退回'), text('Returned if charged and not used')];
  }
}

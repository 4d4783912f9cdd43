// What of a receipt's total has not come, on top of it: else a receipt whose payment failed looks like one that was paid. Pure.
import { sum_fen, yuanText } from '../money.ts';
import { type Sale, saleTotal_fen } from '../sale/sale.ts';
import { paidFor_fen } from '../sale/settled.ts';
import type { Attempt } from '../till/state.ts';
import { covered_fen, inDoubt_fen, writtenOffAlone_fen } from '../till/queries.ts';
import { text } from './blocks.ts';
import type { ReceiptBlock } from './document.ts';

/** Without a result, and behind the one-way door: charged or not, it pays for nothing here. A code that is being closed may have been paid. */
function isGoingBack({ machine: { state } }: Attempt): boolean {
  if (state.kind === 'inquiring') return state.giveBack;
  return state.kind === 'reversing' || state.kind === 'disputed';
}

/** Goods that were back, unpaid, before their money came: it was received, and went back for them. */
export function backForGoods_fen(sale: Sale, attempts: readonly Attempt[]): number {
  const surplus_fen = sum_fen(attempts.map((one) => one.surplus_fen));
  const wallets = attempts.map(
    (one) => Math.min(one.amount_fen, one.givenBack_fen + one.givingBack_fen) - one.surplus_fen,
  );
  const refunded_fen = sum_fen(wallets) + sale.cashReturned_fen;
  const unrefunded_fen = Math.max(0, paidFor_fen(sale.settled, sale.returned) - refunded_fen);
  return Math.min(surplus_fen, unrefunded_fen);
}

type Missing = { undecided_fen: number; due_fen: number; lost_fen: number };

/**
 * `lost_fen`: written off, or of goods that all came back: nobody asks for it, and no payment may have taken it. `undecided_fen`: a payment for
 * it has no result yet, whether it would pay for the goods or go back.
 */
function missingOf(sale: Sale, attempts: readonly Attempt[]): Missing {
  const { cash } = sale;
  const cash_fen = cash === null ? 0 : cash.amount_fen + cash.rounding_fen;
  const covering_fen = sum_fen(attempts.map(covered_fen)) + cash_fen + backForGoods_fen(sale, attempts);
  const missing_fen = Math.max(0, saleTotal_fen(sale) - covering_fen);
  const unasked_fen =
    sale.state === 'returned' ? missing_fen : Math.min(missing_fen, writtenOffAlone_fen(sale, attempts));
  const paying_fen = inDoubt_fen(attempts.filter((one) => !isGoingBack(one)));
  const awaited_fen = Math.min(missing_fen - unasked_fen, paying_fen);
  const doubt_fen = Math.min(unasked_fen, inDoubt_fen(attempts) - awaited_fen);
  return {
    undecided_fen: awaited_fen + doubt_fen,
    due_fen: missing_fen - unasked_fen - awaited_fen,
    lost_fen: unasked_fen - doubt_fen,
  };
}

function band(words: string, amount_fen: number, lines: readonly string[]): ReceiptBlock[] {
  if (amount_fen === 0) return [];
  return [
    { kind: 'banner', text: `${words}\n￥${yuanText(amount_fen)}` },
    ...lines.map((line) => text(line, { align: 'center' })),
  ];
}

export function unpaidBlocks(sale: Sale, attempts: readonly Attempt[]): ReceiptBlock[] {
  const { undecided_fen, due_fen, lost_fen } = missingOf(sale, attempts);
  return [
    ...band('结果未定 NOT DECIDED', undecided_fen, [
      '付款还没有结果,请勿再付。',
      'No result yet: do not pay again.',
    ]),
    ...band('未付 NOT PAID', due_fen, ['货款没有收到,请在收银台付款。', 'Not received: pay at the till.']),
    ...band('未收到 NOT RECEIVED', lost_fen, ['货款没有收到,商户不再收取。', 'Not received, not asked for.']),
  ];
}

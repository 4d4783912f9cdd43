// What a return gives back, and where that is not the goods' worth, why: nobody gets money back that never came, and none is called so that
// may have been charged. As with every paper a copy says what is true when it is printed. Pure.
import { type GiveBack, isSuperseded } from '../giveback/give-back.ts';
import { sum_fen, yuanText } from '../money.ts';
import type { Sale } from '../sale/sale.ts';
import { inDoubt_fen } from '../till/queries.ts';
import type { Return } from '../till/records.ts';
import type { Attempt } from '../till/state.ts';
import { money, pair, text } from './blocks.ts';
import type { ReceiptBlock } from './document.ts';
import { backForGoods_fen } from './unpaid.ts';

/** The sale whose goods came back, with all its payments and give-backs. */
export type ReturnedSale = {
  sale: Sale;
  attempts: readonly Attempt[];
  giveBacks: readonly GiveBack[];
};

export type MoneyOfReturn = {
  back_fen: number;
  /** Of its worth, by payments that have no result: back by themselves if they were charged. */
  doubt_fen: number;
  /** The rest of it that is not given here; below zero a late payment makes up for an earlier return. */
  rest_fen: number;
  /** A payment of this sale may have been charged, and has no result. */
  isInDoubt: boolean;
  /** Undone by the acquirer, whether it had been charged or not. */
  wasReversed: boolean;
  /** Money for goods that had come back unpaid came later, and goes back by refunds of its own. */
  late: readonly GiveBack[];
};

/** What failed stands there as the refund that took its place. */
export function shown(giveBacks: readonly GiveBack[]): GiveBack[] {
  return giveBacks.filter((one) => !isSuperseded(one));
}

/** What wallets give back: one that was refused is told by what took its place, and a refused void by its refund. */
function byWallets_fen(giveBacks: readonly GiveBack[]): number {
  const last = giveBacks.filter(
    ({ replacedBy, method, machine }) =>
      replacedBy === undefined && (method === 'refund' || machine.state.kind !== 'failed'),
  );
  return sum_fen(last.map((one) => one.amount_fen));
}

/** By the acquirer, whether it had been charged or not. */
export function wasUndone({ machine: { state } }: Attempt): boolean {
  return state.kind === 'reversed' || (state.kind === 'closed' && state.wentBack === true);
}

export function moneyOfReturn(one: Return, { sale, attempts, giveBacks }: ReturnedSale): MoneyOfReturn {
  const own = giveBacks.filter(({ returnId }) => returnId === one.returnId);
  const back_fen = one.cash_fen + byWallets_fen(own);
  const unpaid_fen = one.amount_fen - back_fen;
  const open_fen = inDoubt_fen(attempts);
  const doubt_fen = Math.min(Math.max(0, unpaid_fen), open_fen);
  const rest_fen = unpaid_fen - doubt_fen;
  const isLate = rest_fen > 0 && backForGoods_fen(sale, attempts) > 0;
  return {
    back_fen,
    doubt_fen,
    rest_fen,
    isInDoubt: open_fen > 0,
    wasReversed: rest_fen > 0 && attempts.some(wasUndone),
    late: isLate ? shown(giveBacks.filter(({ cause }) => cause === 'surplus')) : [],
  };
}

function restLabel({ rest_fen, wasReversed, late }: MoneyOfReturn): string {
  if (rest_fen < 0) return '补退前次 Owed from before';
  // Only of what provably took no money.
  return wasReversed || late.length > 0 ? '不在此退 Not given here' : '未收到,不退 Not received';
}

/** Whatever else goes back, or may, stands below with its payment. */
function closingWords({ back_fen, isInDoubt, wasReversed, late }: MoneyOfReturn): ReceiptBlock[] {
  if (wasReversed)
    return [text('有付款已撤销,如曾扣款已退回。'), text('Reversed here: if charged, it has gone back.')];
  if (back_fen > 0 || isInDoubt || late.length > 0) return [];
  return [text('没有钱要退给顾客。'), text('No money goes back to the customer.')];
}

export function moneyBlocks(one: Return, told: MoneyOfReturn): ReceiptBlock[] {
  const { back_fen, doubt_fen, rest_fen } = told;
  return [
    ...(doubt_fen === 0 && rest_fen === 0 ? [] : [money('退货货款 Goods returned', one.amount_fen)]),
    ...(doubt_fen === 0 ? [] : [money('结果未定 No result yet', -doubt_fen)]),
    ...(rest_fen === 0 ? [] : [money(restLabel(told), -rest_fen)]),
    pair('应退 TO RETURN', `￥${yuanText(back_fen)}`, { size: 2, bold: true }),
    ...closingWords(told),
  ];
}

// What of a sale's payments goes back since the sale did not need it: charged late, or paid for twice. Pure.
import { type GiveBack, isPerhapsBack, isSuperseded } from '../giveback/give-back.ts';
import { yuanText } from '../money.ts';
import type { Attempt } from '../till/state.ts';
import { covered_fen } from '../till/queries.ts';
import { pair, schemeName, text } from './blocks.ts';
import type { ReceiptBlock } from './document.ts';
import { giveBackWord } from './slips.ts';

/** What was refused is told by what took its place. */
function backOf({ attemptId }: Attempt, giveBacks: readonly GiveBack[]): GiveBack | undefined {
  return giveBacks.findLast(
    (one) => one.attemptId === attemptId && one.cause === 'surplus' && !isSuperseded(one),
  );
}

type Word = '退款中' | '已退款' | '退款待核对' | '退款失败';

/** Called back only when it is. */
const notUsedWords: Readonly<Record<Word, readonly [zh: string, en: string]>> = {
  退款中: ['未用于本单,将全额退回', 'Not used here, goes back in full'],
  已退款: ['未用于本单,已全额退回', 'Not used here, returned in full'],
  退款待核对: ['未用于本单,是否已退正在核对', 'Not used here; being checked if back'],
  退款失败: ['未用于本单,还没有退回', 'Not used here, not given back yet'],
};

function shortWord(one: GiveBack | undefined): Word {
  const kind = one?.machine.state.kind;
  if (one === undefined || (kind !== 'done' && kind !== 'failed')) return '退款中';
  if (kind === 'done' || one.paidInCash) return '已退款';
  return isPerhapsBack(one) ? '退款待核对' : '退款失败';
}

/** All of it: it was given up before, or came when the sale was paid otherwise. */
export function isAllSurplus(attempt: Attempt): boolean {
  return attempt.machine.state.kind === 'approved' && covered_fen(attempt) === 0;
}

export function allSurplusBlocks(attempt: Attempt, giveBacks: readonly GiveBack[]): ReceiptBlock[] {
  const word = shortWord(backOf(attempt, giveBacks));
  return [
    pair(`${schemeName(attempt.scheme)} ${word}`, yuanText(attempt.amount_fen)),
    ...notUsedWords[word].map((line) => text(line)),
  ];
}

/** Below a payment of which a part was needed. */
export function partSurplusBlocks(attempt: Attempt, giveBacks: readonly GiveBack[]): ReceiptBlock[] {
  const one = backOf(attempt, giveBacks);
  if (attempt.surplus_fen === 0 || one === undefined) return [];
  return [
    pair('其中退回 Of which back', yuanText(attempt.surplus_fen), { bold: true }),
    pair('状态 State', giveBackWord(one), { bold: true }),
    pair('退款单 Refund', one.requestNumber),
  ];
}

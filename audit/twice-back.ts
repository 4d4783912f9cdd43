// Money that went back twice, and what becomes of a give-back that another one's end concerns: none that was carried vanishes without a row.
import type { Books, GiveBackEntry } from './books.ts';
import { postLate } from './payments.ts';
import { tellsAllEnds } from './rules.ts';

export function postLateGiveBack(books: Books, what: string, giveBack: GiveBackEntry): void {
  const { giveBackId: id, requestNumber: number, amount_fen, zNumber } = giveBack;
  postLate(books.period, what, { id, number, amount_fen, zNumber });
}

/** Told only since the second rules. */
export function postEnd(books: Books, what: string, giveBack: GiveBackEntry): void {
  if (tellsAllEnds(books)) postLateGiveBack(books, what, giveBack);
}

/** All that stood for the same money, oldest first. */
function chainOf(giveBack: GiveBackEntry): GiveBackEntry[] {
  let first = giveBack;
  while (first.before !== null) first = first.before;
  const chain: GiveBackEntry[] = [];
  for (let one: GiveBackEntry | null = first; one !== null; one = one.after) chain.push(one);
  return chain;
}

/** Given back in this period: no report before carried it as a second time. */
function isBackHere({ period }: Books, { giveBackId }: GiveBackEntry): boolean {
  return period.late.some(({ id, what }) => id === giveBackId && (what === 'refunded' || what === 'voided'));
}

/** Whether the customer has the money of this chain twice, now that this one of it is done or refused. */
export function settleTwice(books: Books, moved: GiveBackEntry): void {
  const chain = chainOf(moved);
  let times = 0;
  for (const { kind, paidInCash } of chain) times += (kind === 'done' ? 1 : 0) + (paidInCash ? 1 : 0);
  if (times > 1) {
    if (moved.kind === 'done') books.twiceBack.add(moved);
    return;
  }
  for (const one of chain) {
    const isCleared = books.twiceBack.delete(one) && one !== moved;
    if (isCleared && !isBackHere(books, one)) postEnd(books, 'notTwice', one);
  }
}

/** Somebody has looked into it: the shop's loss has no other figure, and is told whenever it came. */
export function takeLossSeen(books: Books, giveBack: GiveBackEntry): void {
  books.twiceBack.delete(giveBack);
  if (!tellsAllEnds(books)) return;
  const { giveBackId: id, requestNumber: number, amount_fen, zNumber: originalZ } = giveBack;
  books.period.late.push({ what: 'lossSeen', id, number, amount_fen, originalZ });
}

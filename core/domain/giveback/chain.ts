// Give-backs of the same money: one that failed, the one that took its place, and so on. Of them the money goes back once. Pure.
import { counts_fen, type GiveBack, isPerhapsBack } from './give-back.ts';

type All = Readonly<Record<string, GiveBack>>;

/** Oldest first; one alone is a chain, too. */
export function chainOf(giveBacks: All, one: GiveBack): GiveBack[] {
  const chain = [one];
  for (let first = one; first.replaces !== undefined; ) {
    const before = giveBacks[first.replaces];
    if (before === undefined) break;
    chain.unshift(before);
    first = before;
  }
  for (let last = one; last.replacedBy !== undefined; ) {
    const after = giveBacks[last.replacedBy];
    if (after === undefined) break;
    chain.push(after);
    last = after;
  }
  return chain;
}

/** How often the customer has its money: by the wallet, and in cash. More than once is a loss. */
function timesBack({ machine, paidInCash }: GiveBack): number {
  return (machine.state.kind === 'done' ? 1 : 0) + (paidInCash ? 1 : 0);
}

/** Paid out already, by the wallet after it had refused: another one of the same money would be a second time. */
export function isBackBy(chain: readonly GiveBack[]): boolean {
  return chain.some((one) => timesBack(one) > 0);
}

/** Of the chain, the one whose money somebody found with the customer after the wire had refused it. */
export function foundElsewhere(chain: readonly GiveBack[]): GiveBack | undefined {
  return chain.find(({ machine: { state } }) => state.kind === 'done' && state.elsewhere === true);
}

export function isTwiceBack(chain: readonly GiveBack[]): boolean {
  return chain.reduce((sum, one) => sum + timesBack(one), 0) > 1;
}

/**
 * One that was replaced is perhaps back only because bill or office had called it back, and the wire then denied it: what may be back by
 * other means is never tried again.
 */
export function isBackInDoubt(chain: readonly GiveBack[]): boolean {
  return chain.some((one) => one.replacedBy !== undefined && isPerhapsBack(one));
}

/** Of what a payment gives back, or promises, that which goes beside the money itself: each chain stands for its money once. */
export function besides_fen(giveBacks: All, attemptId: string): number {
  const lasts = Object.values(giveBacks).filter(
    (one) => one.attemptId === attemptId && one.replacedBy === undefined,
  );
  // Plain sums: the same money stands in them more than once, so that they may pass the limit of one amount.
  return lasts.reduce((beside_fen, last) => {
    const counted = chainOf(giveBacks, last).map(counts_fen);
    const all_fen = counted.reduce((sum, { given_fen, giving_fen }) => sum + given_fen + giving_fen, 0);
    return beside_fen + Math.max(0, all_fen - last.amount_fen);
  }, 0);
}

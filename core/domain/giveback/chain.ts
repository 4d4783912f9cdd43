// Give-backs of the same money: one that failed, the one that took its place, and so on. Of them the money goes back once. Pure.
import type { GiveBack } from './give-back.ts';

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

export function isTwiceBack(chain: readonly GiveBack[]): boolean {
  return chain.reduce((sum, one) => sum + timesBack(one), 0) > 1;
}

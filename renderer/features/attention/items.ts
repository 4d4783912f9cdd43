// What waits for a person, in one list: first what can be acted on, the oldest first.
import type { ExceptionView, GiveBackView, UndecidedView } from '../../../contract/snapshot.ts';

export type Item =
  | { kind: 'exception'; id: string; at_ms: number; exception: ExceptionView }
  | { kind: 'giveBack'; id: string; at_ms: number; giveBack: GiveBackView }
  | { kind: 'undecided'; id: string; at_ms: number; undecided: UndecidedView };

/** Proven not given, and not paid out yet: only then cash instead. */
export function canPayCash({ state, paidInCash }: GiveBackView): boolean {
  return state === 'failed' && !paidInCash;
}

/** The acquirer may have refused it because the money went back by other means: somebody must look before cash is paid. */
export function mustBeChecked({ reason }: GiveBackView): boolean {
  return reason === 'E-REF-06';
}

function isActionable(item: Item): boolean {
  if (item.kind === 'undecided') return false;
  return item.kind === 'exception' || canPayCash(item.giveBack) || item.giveBack.isTwice;
}

export function itemsOf(
  exceptions: readonly ExceptionView[],
  giveBacks: readonly GiveBackView[],
  undecided: readonly UndecidedView[] = [],
): readonly Item[] {
  const items: Item[] = [
    ...exceptions.map((exception) => ({
      kind: 'exception' as const,
      id: exception.attemptId,
      at_ms: exception.at_ms,
      exception,
    })),
    ...giveBacks.map((giveBack) => ({
      kind: 'giveBack' as const,
      id: giveBack.giveBackId,
      at_ms: giveBack.openedAt_ms,
      giveBack,
    })),
    ...undecided.map((one) => ({
      kind: 'undecided' as const,
      id: one.attemptId,
      at_ms: one.at_ms,
      undecided: one,
    })),
  ];
  return items.toSorted((a, b) => Number(isActionable(b)) - Number(isActionable(a)) || a.at_ms - b.at_ms);
}

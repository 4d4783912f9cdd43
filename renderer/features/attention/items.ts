// What waits for a person, in one list: first what can be acted on, the oldest first.
import type { ExceptionView, GiveBackView, Snapshot } from '../../../contract/snapshot.ts';

export type Item =
  | { kind: 'exception'; id: string; at_ms: number; exception: ExceptionView }
  | { kind: 'giveBack'; id: string; at_ms: number; giveBack: GiveBackView };

/** Failed offline payments, as they stood after that record of the journal. */
export type Listed = { sequence: number; rows: readonly ExceptionView[] };

export function newerOf(before: Listed | null, answer: Listed): Listed {
  return before !== null && before.sequence > answer.sequence ? before : answer;
}

/** Proven not given, and not paid out yet: only then cash instead. */
export function canPayCash({ state, paidInCash }: GiveBackView): boolean {
  return state === 'failed' && !paidInCash;
}

/** The acquirer may have refused it because the money went back by other means: somebody must look before cash is paid. */
export function mustBeChecked({ reason }: GiveBackView): boolean {
  return reason === 'E-REF-06';
}

/** `now`: the same row as it stands now. What was asked about `asked` may still be answered: its facts have not changed below the question. */
export function isAsItWas(asked: Item, now: Item | undefined): boolean {
  if (asked.kind === 'exception' || now?.kind !== 'giveBack') return now?.kind === asked.kind;
  const { state, reason, paidInCash, isTwice, canRetry } = asked.giveBack;
  const { giveBack } = now;
  return (
    giveBack.state === state &&
    giveBack.reason === reason &&
    giveBack.paidInCash === paidInCash &&
    giveBack.isTwice === isTwice &&
    giveBack.canRetry === canRetry
  );
}

/** It goes on only by a person; all others go their own way. */
function waitsForPerson(giveBack: GiveBackView): boolean {
  return canPayCash(giveBack) || giveBack.isTwice;
}

/** How many things wait for a person. */
export function waitingCount({ exceptionCount, giveBacks }: Snapshot): number {
  return exceptionCount + giveBacks.filter(waitsForPerson).length;
}

function isActionable(item: Item): boolean {
  return item.kind === 'exception' || waitsForPerson(item.giveBack);
}

export function itemsOf(
  exceptions: readonly ExceptionView[],
  giveBacks: readonly GiveBackView[],
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
  ];
  return items.toSorted((a, b) => Number(isActionable(b)) - Number(isActionable(a)) || a.at_ms - b.at_ms);
}

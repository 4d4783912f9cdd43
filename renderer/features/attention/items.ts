// What waits for a person, in one list: first what can be acted on, the oldest first.
import type { ExceptionView, GiveBackView, Snapshot, UndecidedView } from '../../../contract/snapshot.ts';

export type Item =
  | { kind: 'exception'; id: string; at_ms: number; exception: ExceptionView }
  | { kind: 'giveBack'; id: string; at_ms: number; giveBack: GiveBackView }
  | { kind: 'undecided'; id: string; at_ms: number; undecided: UndecidedView };

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

/**
 * `now`: the same row as it stands now. What was asked about `asked` may still be answered: its facts have not changed below the question. A
 * refund without an answer is asked about all the while, and is the same one as long as it has none.
 */
export function isAsItWas(asked: Item, now: Item | undefined): boolean {
  // What is still missing of a lost payment: another sum than the one that somebody has agreed to is another question.
  if (asked.kind === 'exception' && now?.kind === 'exception')
    return now.exception.amount_fen === asked.exception.amount_fen;
  if (asked.kind !== 'giveBack' || now?.kind !== 'giveBack') return now?.kind === asked.kind;
  const [before, after] = [asked.giveBack, now.giveBack];
  if (!isEnded(before)) return !isEnded(after);
  return (
    after.state === before.state &&
    after.reason === before.reason &&
    after.paidInCash === before.paidInCash &&
    after.isTwice === before.isTwice &&
    after.canRetry === before.canRetry
  );
}

function isEnded({ state }: GiveBackView): boolean {
  return state === 'failed' || state === 'done';
}

export function amountOf_fen(item: Item): number {
  switch (item.kind) {
    case 'exception':
      return item.exception.amount_fen;
    case 'giveBack':
      return item.giveBack.amount_fen;
    case 'undecided':
      return item.undecided.amount_fen;
  }
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
  if (item.kind === 'undecided') return false;
  return item.kind === 'exception' || waitsForPerson(item.giveBack);
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

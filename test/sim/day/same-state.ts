// Is the till after a restart the till before it? Compared part by part, so that the answer names one.
import { isDeepStrictEqual } from 'node:util';
import { isOpenGiveBack } from '../../../core/domain/giveback/give-back.ts';
import { isOpenAttempt } from '../../../core/domain/till/queries.ts';
import type { TillState } from '../../../core/domain/till/state.ts';

type Entities = Record<string, unknown>;
/** What memory may still hold after it has ended, and the disk does not load again. */
const parts = ['sales', 'attempts', 'receipts', 'giveBacks'] as const;
const isEntities: ReadonlySet<string> = new Set(parts);

/** As it comes back from the disk. Nearly always the texts are the same, which says it all. */
function isSameStored(before: unknown, now: unknown): boolean {
  const [was, is] = [JSON.stringify(before), JSON.stringify(now)];
  return was === is || isDeepStrictEqual(JSON.parse(was), JSON.parse(is));
}

function told(part: string, before: unknown, now: unknown): string {
  return `${part}: ${JSON.stringify(before)} became ${JSON.stringify(now)}`;
}

function mustBeThere(known: TillState): Record<(typeof parts)[number], string[]> {
  const { currentSaleId, parkedSaleIds } = known;
  return {
    sales: [...parkedSaleIds, ...(currentSaleId === null ? [] : [currentSaleId])],
    attempts: Object.values(known.attempts)
      .filter(isOpenAttempt)
      .map((one) => one.attemptId),
    receipts: [],
    giveBacks: Object.values(known.giveBacks)
      .filter(isOpenGiveBack)
      .map((one) => one.giveBackId),
  };
}

function entityDifference(
  part: string,
  loaded: Entities,
  known: Entities,
  wanted: readonly string[],
): string | null {
  const missing = wanted.find((id) => !(id in loaded));
  if (missing !== undefined) return `${part}: ${missing} is not loaded`;
  for (const [id, before] of Object.entries(known)) {
    if (!(id in loaded) || isSameStored(before, loaded[id])) continue;
    return told(`${part} ${id}`, before, loaded[id]);
  }
  return null;
}

/** What differs, in words, or null. Of things that have ended memory may hold more than a restart loads; what both hold is equal. */
export function sameState(loaded: TillState, known: TillState): string | null {
  const wanted = mustBeThere(known);
  for (const part of parts) {
    const difference = entityDifference(part, loaded[part], known[part], wanted[part]);
    if (difference !== null) return difference;
  }
  for (const part of Object.keys(known) as (keyof TillState)[]) {
    if (isEntities.has(part) || isSameStored(known[part], loaded[part])) continue;
    return told(part, known[part], loaded[part]);
  }
  return null;
}

// Whether a decision about a row still means what it was made about, by the newest snapshot: also between two drawings of the list.
import type { Snapshot } from '../../../contract/snapshot.ts';
import { isAsItWas, type Item } from './items.ts';

/** Of a give-back. The lists of payments stand in no snapshot, and there the core refuses what has changed. */
export function isStillMeant(item: Item, snapshot: Pick<Snapshot, 'giveBacks'> | null): boolean {
  if (item.kind !== 'giveBack') return true;
  const giveBack = snapshot?.giveBacks.find(({ giveBackId }) => giveBackId === item.giveBack.giveBackId);
  return isAsItWas(item, giveBack && { ...item, giveBack });
}

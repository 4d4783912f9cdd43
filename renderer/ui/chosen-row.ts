// One row of a list that changes by itself is chosen. The choice stays with its row wherever that moves, and ends with it: a key
// never acts on another row than the one that was looked at. Pure, but for the hook.
import { useState } from 'react';

/** `undefined`: nobody has chosen yet, and no list was here. The first row is chosen as it comes. */
type Wanted = string | undefined;

export function wantedOf(before: Wanted, ids: readonly string[]): Wanted {
  return before ?? ids[0];
}

/** -1: nothing is chosen, the row has gone. */
export function placeOf(wanted: Wanted, ids: readonly string[]): number {
  return wanted === undefined ? -1 : ids.indexOf(wanted);
}

/** The row `by` further on, within the list; from none the first one. */
export function steppedTo(wanted: Wanted, ids: readonly string[], by: number): Wanted {
  const at = placeOf(wanted, ids);
  return at === -1 ? (ids[0] ?? wanted) : ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
}

/** `ids` null: the list is not here yet. */
export function useChosenRow(ids: readonly string[] | null) {
  const [before, setWanted] = useState<Wanted>(undefined);
  const rows = ids ?? [];
  const wanted = wantedOf(before, rows);
  if (wanted !== before) setWanted(wanted);
  return {
    chosen: placeOf(wanted, rows),
    choose: (index: number) => setWanted(rows[index] ?? wanted),
    step: (by: number) => setWanted(steppedTo(wanted, rows, by)),
  };
}

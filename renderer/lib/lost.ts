// Which records a restore from a backup has lost, as far as anybody knows.
import type { Snapshot } from '../../contract/snapshot.ts';

type Gap = Pick<NonNullable<Snapshot['restored']>, 'sequence' | 'lostSequence'>;

export type Lost = { kind: 'some'; first: number; last: number } | { kind: 'none' } | { kind: 'unknown' };

/** `none`: none that is known; the till's last word on how far it had written is not synced and may be behind. */
export function lostOf({ sequence, lostSequence }: Gap): Lost {
  if (lostSequence === null) return { kind: 'unknown' };
  return lostSequence > sequence
    ? { kind: 'some', first: sequence + 1, last: lostSequence }
    : { kind: 'none' };
}

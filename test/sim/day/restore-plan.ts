// On some days the till's disk is lost, and it goes on from a backup that was made earlier in the day.
import { chanceFor } from '../../month/random.ts';

const minute_ms = 60_000;
/** By how seldom such a moment comes on a day that waits for it. */
const moments: Record<AtBackup, number> = {
  anything: 2,
  payment: 2,
  queued: 3,
  giveBack: 3,
  owedRefund: 4,
  code: 2,
  partPaid: 3,
};
/** Of the days: enough to meet everything else, and no more, since a restore is slow. */
const SHARE = 0.1;

/** What is open as the backup is made. */
export type AtBackup = 'anything' | 'payment' | 'queued' | 'giveBack' | 'owedRefund' | 'code' | 'partPaid';

export type RestorePlan = {
  /** Since the day's start: from then on a moment is waited for in which it is open, but not for longer than that. */
  backupAt_ms: number;
  waitsFor: AtBackup;
  waitsUntil_ms: number;
  /** From the backup to the loss. */
  lost_ms: number;
  /** What is left of the state directory: all of it, its `head` alone, or nothing. */
  left: 'all' | 'head' | 'nothing';
  /** Of the line, from the restore on: whatever took the disk took it, too. */
  outage: { for_ms: number; kind: 'refused' | 'unreachable' | 'silent' } | null;
  /** Until the manager ends the quarantine, in acts of the cashier. */
  confirmsAfter_acts: number;
  /** People come until then, at least. */
  until_ms: number;
};

export function restoreFor(seed: number): RestorePlan | null {
  const chance = chanceFor(seed, 'restore');
  if (!chance.happens(SHARE)) return null;
  const backupAt_ms = chance.whole(0, 8 * minute_ms);
  const waitsUntil_ms = backupAt_ms + 6 * minute_ms;
  // Now and then the next moment, and now and then long enough for everything to have come to an end.
  const lost_ms = chance.whole(50, chance.pick([2000, 60_000, 15 * minute_ms, 15 * minute_ms]));
  return {
    backupAt_ms,
    waitsFor: chance.weighted(moments),
    waitsUntil_ms,
    lost_ms,
    left: chance.pick(['all', 'head', 'nothing']),
    outage: chance.happens(0.5)
      ? { for_ms: chance.whole(1, 3 * minute_ms), kind: chance.pick(['refused', 'unreachable', 'silent']) }
      : null,
    confirmsAfter_acts: chance.whole(0, 200),
    until_ms: waitsUntil_ms + lost_ms + chance.whole(minute_ms, 8 * minute_ms),
  };
}

// Room for a backup. It must not fill the disk that the till sells on, and old copies must not keep new ones from being made until
// the journal itself has no room beside them.
import { rmSync, statfsSync } from 'node:fs';
import { listBackups } from './backup-files.ts';
import { NO_MARK } from './backup-origin.ts';

/** Left free for the journal itself. */
const RESERVE_bytes = 100 * 1024 * 1024;

/** Never dropped for room: the newest, and the one to go back to where it is damaged. */
const KEPT_ALWAYS = 2;

/** `dropped`: how many were, for room. */
export type Room = { free_bytes: number; needed_bytes: number; dropped: number };

function freeOn(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/**
 * The oldest of this very journal go, one after the other, until there is room or the newest two are left: what is in them is in the newer ones
 * too, but for the end of an epoch that a restore has left.
 */
export function makeRoom(directory: string, mark: string, copy_bytes: number): Room {
  const needed_bytes = copy_bytes + RESERVE_bytes;
  const room: Room = { free_bytes: freeOn(directory), needed_bytes, dropped: 0 };
  if (room.free_bytes >= needed_bytes || mark === NO_MARK) return room;
  const own = listBackups(directory).filter((one) => one.mark === mark);
  for (const { file } of own.slice(KEPT_ALWAYS).toReversed()) {
    // Somebody beside us may have dropped it already.
    rmSync(file, { force: true });
    room.dropped += 1;
    room.free_bytes = freeOn(directory);
    if (room.free_bytes >= needed_bytes) break;
  }
  return room;
}

/** For whoever reads that a backup was made, or was not; empty: none had to go. */
export function droppedText(dropped: number): string {
  return dropped === 0 ? '' : `, after ${dropped} of the oldest backups were dropped for room`;
}

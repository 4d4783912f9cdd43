// Notices that a path no longer leads to the device that was opened. serialport 13 can miss an unplug: a read that is
// in flight at the hang-up returns 0 bytes, and its unix-read then asks again for ever, with no close and no error.
import { fstat, stat } from 'node:fs';
import type { Stats } from 'node:fs';
import type { Clock } from '../../core/ports/clock.ts';
import { errorDetail } from './link-state.ts';

export type PathWatch = {
  path: string;
  clock: Clock;
  every_ms: number;
  /** Called at most once, with the reason in words; the watch is over then. */
  gone(detail: string): void;
};

export type DeviceWatch = PathWatch & {
  /** The open descriptor. Linux gives its inode and number to no other device while we hold it. */
  descriptor: number;
};

const absent = new Set(['ENOENT', 'ENOTDIR', 'ENXIO', 'ENODEV']);

function isSame(opened: Stats, now: Stats): boolean {
  return opened.dev === now.dev && opened.ino === now.ino && opened.rdev === now.rdev;
}

/** For a device that somebody else opened for us: `opened` is what the path led to just before. */
export function watchPath(watch: PathWatch, opened: Stats): () => void {
  const { path, clock, every_ms } = watch;
  let over = false;
  let cancelTimer = (): void => undefined;

  const finish = (detail: string): void => {
    over = true;
    watch.gone(detail);
  };
  const again = (): void => {
    cancelTimer = clock.after(every_ms, () => stat(path, look));
  };
  const look = (error: Error | null, now: Stats): void => {
    if (over) return;
    if (error === null && !isSame(opened, now)) finish(`${path} is another device now`);
    else if (error !== null && absent.has(errorDetail(error).code)) finish(`${path} is no longer there`);
    // any other failure to look (no descriptors left, say) tells nothing about the device
    else again();
  };

  again();
  return () => {
    over = true;
    cancelTimer();
  };
}

/** Looks every `every_ms` until the device is gone or the returned function is called. */
export function watchDevice(watch: DeviceWatch): () => void {
  let over = false;
  let stop = (): void => undefined;
  fstat(watch.descriptor, (error, opened) => {
    if (over) return;
    if (error === null) stop = watchPath(watch, opened);
    else watch.gone(errorDetail(error).detail);
  });
  return () => {
    over = true;
    stop();
  };
}

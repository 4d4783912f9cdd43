// Watches a device file that nobody has open, so that a printer which was plugged in or pulled between two looks is seen
// at once and not at the next look.
import { stat } from 'node:fs';
import type { Stats } from 'node:fs';
import type { Clock } from '../../core/ports/clock.ts';

/** Calls `changed` after each change until the returned function is called. */
export type PresenceWatch = (changed: () => void) => () => void;

/** Mode and owner too: a device appears as root's, and udev gives it to its group a moment later. */
function signatureOf(found: Stats | null): string {
  if (found === null) return 'absent';
  const { dev, ino, rdev, mode, uid, gid } = found;
  return [dev, ino, rdev, mode, uid, gid].join(' ');
}

/** Looks every `every_ms`, by default 400. */
export function watchPresence(path: string, clock: Clock, every_ms = 400): PresenceWatch {
  return (changed) => {
    let before: string | null = null;
    let over = false;
    let cancel = (): void => undefined;
    const look = (): void => {
      stat(path, (error, found) => {
        if (over) return;
        const now = signatureOf(error === null ? found : null);
        if (before !== null && now !== before) changed();
        before = now;
        cancel = clock.after(every_ms, look);
      });
    };
    look();
    return () => {
      over = true;
      cancel();
    };
  };
}

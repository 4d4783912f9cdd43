// A byte link over a character device that Node can only read and write without blocking: USB printers under usblp, HID
// devices under hidraw. One descriptor for both directions: an answer read through another one was lost (reference devices
// 3.3). Node can neither select() on it nor make a socket of it, so the link asks again and again.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { watchDevice } from './device-watch.ts';
import { CloseOnce, errorDetail } from './link-state.ts';
import { monotonicClock } from './monotonic-clock.ts';
import { PolledLink } from './polled-link.ts';

export type PolledOptions = {
  path: string;
  /** First part of its fault codes. */
  kind: 'usb' | 'hid';
  access: 'read' | 'readAndWrite';
};

/** What the opener works with; all of it has defaults. */
export type PolledParts = {
  clock?: Clock;
  /** Between two looks whether the path still leads to the device that we opened. Default 400. */
  watchEvery_ms?: number;
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'notFound',
  ENOTDIR: 'notFound',
  ENODEV: 'notFound',
  ENXIO: 'notFound',
  // usblp gives itself to one opener at a time
  EBUSY: 'busy',
  EACCES: 'denied',
  EPERM: 'denied',
};

function openFault(kind: PolledOptions['kind'], error: unknown): Fault {
  const { code, detail } = errorDetail(error);
  const reason = reasons[code] ?? 'openFailed';
  const hint = reason === 'denied' ? "; a udev rule must give it to the till's user (docs/devices.md)" : '';
  return { code: `${kind}.${reason}`, retry: 'safe', detail: `${detail}${hint}` };
}

const { O_RDONLY, O_RDWR, O_NONBLOCK, O_NOCTTY } = constants;

/** @throws what the system says. A wrong path must not fill a file with receipts. */
async function openDevice({ path, access }: PolledOptions): Promise<FileHandle> {
  const handle = await open(path, (access === 'read' ? O_RDONLY : O_RDWR) | O_NONBLOCK | O_NOCTTY);
  if ((await handle.stat()).isCharacterDevice()) return handle;
  await handle.close();
  throw new Error(`${path} is no device`);
}

/** Opening faults are `safe`, later ones `unsafe`. */
export function openPolledDevice(options: PolledOptions, parts: PolledParts = {}): LinkOpener {
  const { clock = monotonicClock(), watchEvery_ms = 400 } = parts;
  const { path, kind } = options;
  return async (listener) => {
    let handle: FileHandle;
    try {
      handle = await openDevice(options);
    } catch (error) {
      return { ok: false, fault: openFault(kind, error) };
    }
    const link = new PolledLink({ handle, kind, clock, listener, state: new CloseOnce(listener) });
    link.stopWatching = watchDevice({
      path,
      descriptor: handle.fd,
      clock,
      every_ms: watchEvery_ms,
      gone: (detail) => link.unplugged(detail),
    });
    link.read();
    return { ok: true, link };
  };
}

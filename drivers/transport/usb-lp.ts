// A byte link over the kernel's USB printer class driver (usblp, /dev/usb/lp0). One descriptor for both directions: an
// answer read through another one was lost (reference devices 3.3). Node can neither select() on it nor make a socket of
// it, so the link asks again and again, without blocking.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ByteLinkListener, LinkOpener, OpenResult } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { watchDevice } from './device-watch.ts';
import { CloseOnce, errorDetail } from './link-state.ts';
import { monotonicClock } from './monotonic-clock.ts';
import { PolledLink } from './polled-link.ts';

export type UsbOptions = { path: string };

/** What the opener works with; all of it has defaults. */
export type UsbParts = {
  clock?: Clock;
  /** Between two looks whether the path still leads to the device that we opened. Default 400. */
  watchEvery_ms?: number;
};

const faultCodes: Readonly<Record<string, string>> = {
  ENOENT: 'usb.notFound',
  ENOTDIR: 'usb.notFound',
  ENODEV: 'usb.notFound',
  ENXIO: 'usb.notFound',
  // usblp gives itself to one opener at a time
  EBUSY: 'usb.busy',
  EACCES: 'usb.denied',
  EPERM: 'usb.denied',
};

function openFault(error: unknown): Fault {
  const { code, detail } = errorDetail(error);
  return { code: faultCodes[code] ?? 'usb.openFailed', retry: 'safe', detail };
}

const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants;

/** @throws what the system says. A wrong path must not fill a file with receipts. */
async function openDevice(path: string): Promise<FileHandle> {
  const handle = await open(path, O_RDWR | O_NONBLOCK | O_NOCTTY);
  if ((await handle.stat()).isCharacterDevice()) return handle;
  await handle.close();
  throw new Error(`${path} is no device`);
}

/** An opener for one USB printer. Fault codes `usb.*`; opening faults are `safe`, later ones `unsafe`. */
export function openUsbLp(options: UsbOptions, parts: UsbParts = {}): LinkOpener {
  const { clock = monotonicClock(), watchEvery_ms = 400 } = parts;
  const { path } = options;
  return async (listener: ByteLinkListener): Promise<OpenResult> => {
    let handle: FileHandle;
    try {
      handle = await openDevice(path);
    } catch (error) {
      return { ok: false, fault: openFault(error) };
    }
    const link = new PolledLink({ handle, clock, listener, state: new CloseOnce(listener) });
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

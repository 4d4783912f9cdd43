// What is plugged into this machine, whether or not the configuration names it. Reads files only; opens no device.
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceLister } from '../../core/ports/device-lists.ts';
import { type ChosenHidApi, hidApi } from '../transport/hid-api.ts';
import { errorDetail } from '../transport/link-state.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { listHid, readerOf } from './hid.ts';
import { listSerial } from './serial.ts';
import { listUsbPrinters } from './usb-printers.ts';

export type ListerParts = {
  clock?: Clock;
  sysRoot?: string;
  devRoot?: string;
  /** Default: this machine's own HID devices, whatever the roots. */
  hid?: Pick<ChosenHidApi, 'devices' | 'backend'>;
  /** For each list. Default 3000. */
  limit_ms?: number;
};

type Listed<Listing> = { found: Listing[]; problem: string | null };

/** Never rejects, and always ends: a dying disk or device must not keep the technician waiting. */
function within<Listing>(
  listing: Promise<Listing[]>,
  clock: Clock,
  limit_ms: number,
): Promise<Listed<Listing>> {
  return new Promise((resolve) => {
    const cancel = clock.after(limit_ms, () =>
      resolve({ found: [], problem: `no answer within ${limit_ms / 1000} s` }),
    );
    const end = (listed: Listed<Listing>): void => {
      cancel();
      resolve(listed);
    };
    listing.then(
      (found) => end({ found, problem: null }),
      (error: unknown) => end({ found: [], problem: errorDetail(error).detail }),
    );
  });
}

export function createDeviceLister(parts: ListerParts = {}): DeviceLister {
  const { clock = monotonicClock(), sysRoot = '/sys', devRoot = '/dev', limit_ms = 3000 } = parts;
  const api = parts.hid ?? hidApi({ clock });
  return {
    list: (post) => {
      const lists = Promise.all([
        within(listSerial(sysRoot, devRoot), clock, limit_ms),
        within(listHid(api), clock, limit_ms),
        within(listUsbPrinters(sysRoot, devRoot), clock, limit_ms),
      ]);
      void lists.then(([serial, hid, usbPrinters]) =>
        post({ serial, hid: { ...hid, ...readerOf(api.backend()) }, usbPrinters }),
      );
    },
  };
}

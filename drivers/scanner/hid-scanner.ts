// A scanner in HID-POS mode (usage page 0x8C): reports instead of bytes, and its descriptor says what is in them.
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceIdentity } from '../../core/ports/device.ts';
import type { Fault } from '../../core/ports/fault.ts';
import type { Scanner } from '../../core/ports/scanner.ts';
import type { HidApi, HidDevice } from '../transport/hid-device.ts';
import { DeviceScanner, type ScannerOpener } from './device-scanner.ts';
import { HidDecoder } from './hid-decoder.ts';
import { findHid, type HidTarget, targetText } from './hid-target.ts';
import { type HidUser, HidUsers } from './hid-users.ts';

export type HidScannerOptions = { id: string; target: HidTarget; api: HidApi; clock: Clock };

const usersOfThisProcess = new HidUsers();

function identityOf({ maker, product, serial, release }: HidDevice): DeviceIdentity {
  return { maker, model: product, serial, firmware: release };
}

/** Opens a device that the user has taken: it is free again once it is closed or lost, or where it does not open. */
function openTaken(open: LinkOpener, path: string, user: HidUser): LinkOpener {
  return async (listener) => {
    let givenUp: Fault | null = null;
    const result = await open({
      bytes: (chunk) => {
        if (givenUp === null) listener.bytes(chunk);
      },
      closed: (fault) => {
        usersOfThisProcess.free(user, path);
        listener.closed(fault ?? givenUp);
      },
    });
    if (!result.ok) {
      usersOfThisProcess.free(user, path);
      return result;
    }
    user.giveUp = () => {
      givenUp = { code: 'hid.busy', retry: 'safe', detail: `${path} is meant for another scanner` };
      void result.link.end();
    };
    return result;
  };
}

/** Fault codes `hid.*`; opening faults are `safe`, later ones `unsafe`. */
export function createHidScanner({ id, target, api, clock }: HidScannerOptions): Scanner {
  let device: HidDevice | null = null;
  const user: HidUser = { target, giveUp: () => undefined };
  usersOfThisProcess.join(user);
  const open: ScannerOpener = async (listener) => {
    const finding = await findHid(target, api, (devices) => usersOfThisProcess.take(user, devices));
    if (!finding.ok) return finding;
    const { path, layouts } = finding.found;
    device = finding.found.device;
    const result = await openTaken(api.open(path), path, user)(listener);
    return result.ok ? { ...result, decoder: new HidDecoder(layouts) } : result;
  };
  const identify = () => Promise.resolve(device === null ? null : identityOf(device));
  const stopped = () => usersOfThisProcess.leave(user);
  return new DeviceScanner({ id, connection: targetText(target), open, identify, stopped, clock });
}

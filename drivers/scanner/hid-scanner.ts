// A scanner in HID-POS mode (usage page 0x8C): reports instead of bytes, and its descriptor says what is in them.
import type { Clock } from '../../core/ports/clock.ts';
import type { DeviceIdentity } from '../../core/ports/device.ts';
import type { Scanner } from '../../core/ports/scanner.ts';
import type { HidApi, HidDevice } from '../transport/hid-device.ts';
import { DeviceScanner, type ScannerOpener } from './device-scanner.ts';
import { HidDecoder } from './hid-decoder.ts';
import { findHid, type HidTarget, targetText } from './hid-target.ts';

export type HidScannerOptions = { id: string; target: HidTarget; api: HidApi; clock: Clock };

function identityOf({ maker, product, serial, release }: HidDevice): DeviceIdentity {
  return { maker, model: product, serial, firmware: release };
}

/** Fault codes `hid.*`; opening faults are `safe`, later ones `unsafe`. */
export function createHidScanner({ id, target, api, clock }: HidScannerOptions): Scanner {
  let device: HidDevice | null = null;
  const open: ScannerOpener = async (listener) => {
    const finding = await findHid(target, api);
    if (!finding.ok) return finding;
    const { path, layouts } = finding.found;
    device = finding.found.device;
    const result = await api.open(path)(listener);
    return result.ok ? { ...result, decoder: new HidDecoder(layouts) } : result;
  };
  const identify = () => Promise.resolve(device === null ? null : identityOf(device));
  return new DeviceScanner({ id, connection: targetText(target), open, identify, clock });
}

// USB printers under the kernel's printer class driver (usblp, /dev/usb/lp0).
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import { openPolledDevice, type PolledParts } from './polled-device.ts';

export type UsbOptions = { path: string };

/** An opener for one USB printer. Fault codes `usb.*`. */
export function openUsbLp({ path }: UsbOptions, parts: PolledParts = {}): LinkOpener {
  return openPolledDevice({ path, kind: 'usb', access: 'readAndWrite' }, parts);
}

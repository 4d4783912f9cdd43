// USB printers under the kernel's usblp driver.
import { join } from 'node:path';
import type { UsbPrinterListing } from '../../core/ports/device-lists.ts';
import { namesIn, textIn } from './names.ts';

const isPrinter = (name: string): boolean => /^lp\d+$/.test(name);

/** Known to /sys or standing in /dev: a container may show one of them only. */
export async function listUsbPrinters(sysRoot: string, devRoot: string): Promise<UsbPrinterListing[]> {
  const known = await namesIn(join(sysRoot, 'class/usbmisc'));
  const standing = await namesIn(join(devRoot, 'usb'));
  const names = [...new Set([...known, ...standing])].filter(isPrinter).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      path: join(devRoot, 'usb', name),
      deviceId: (await textIn(join(sysRoot, 'class/usbmisc', name, 'device/ieee1284_id'))) || null,
    })),
  );
}

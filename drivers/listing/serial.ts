// Serial ports of this machine, from /sys: SerialPort.list would need the program udevadm, which small systems lack.
import { join } from 'node:path';
import type { SerialListing } from '../../core/ports/device-lists.ts';
import { usbDeviceAt } from '../transport/usb-device.ts';
import { linksByTarget, namesIn, realPathOf, textIn } from './names.ts';

/** The 8250 driver shows ports that nobody built in; their type is 0. */
async function isReal(directory: string): Promise<boolean> {
  if ((await realPathOf(join(directory, 'device'))) === null) return false;
  return (await textIn(join(directory, 'type'))) !== '0';
}

export async function listSerial(sysRoot: string, devRoot: string): Promise<SerialListing[]> {
  const byPath = await linksByTarget(join(devRoot, 'serial/by-path'));
  const byId = await linksByTarget(join(devRoot, 'serial/by-id'));
  const found: SerialListing[] = [];
  for (const name of await namesIn(join(sysRoot, 'class/tty'))) {
    const directory = join(sysRoot, 'class/tty', name);
    if (!(await isReal(directory))) continue;
    const path = join(devRoot, name);
    const target = (await realPathOf(path)) ?? path;
    const usb = await usbDeviceAt(join(directory, 'device'));
    found.push({
      path,
      stablePath: byId.get(target) ?? byPath.get(target) ?? null,
      maker: usb?.maker ?? null,
      serial: usb?.serial ?? null,
      vendorId: usb?.vendorId ?? null,
      productId: usb?.productId ?? null,
    });
  }
  return found;
}

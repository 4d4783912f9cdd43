// Who a device file is, by the USB device it hangs on as /sys shows it: anybody may read that, whoever has the device open.
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DeviceIdentity } from '../../core/ports/device.ts';

export type UsbDevice = {
  vendorId: string;
  productId: string;
  maker: string | null;
  product: string | null;
  serial: string | null;
  /** bcdDevice, as `2.64`. */
  release: string | null;
};

/** From an interface up to its device there are one or two steps, a USB-serial adapter has one more. */
const mostSteps = 6;
/** It goes into reports: a hostile device must not fill them. */
const longestText = 126;

/** What a device says of itself; null where it says nothing. */
export function toldText(value: string | undefined): string | null {
  const text = (value ?? '').trim().slice(0, longestText);
  return text === '' ? null : text;
}

/** A file's text, or null where there is none. */
async function textOf(file: string): Promise<string | null> {
  try {
    return toldText(await readFile(file, 'utf8'));
  } catch (error) {
    return ignored(error);
  }
}

/** No such file, or none that we may read: what it would say is not known, and that is all. */
function ignored(_error: unknown): null {
  return null;
}

function releaseOf(bcd: string | null): string | null {
  const [, whole = '', part = ''] = /^(\d\d)(\d\d)$/.exec(bcd ?? '') ?? [];
  return whole === '' ? null : `${Number(whole)}.${part}`;
}

/** The USB device above `directory` (`/sys/class/tty/ttyACM0/device`), or null when it hangs on none. */
export async function usbDeviceAt(directory: string): Promise<UsbDevice | null> {
  let at: string;
  try {
    at = await realpath(directory);
  } catch (error) {
    return ignored(error);
  }
  for (let step = 0; step < mostSteps && at !== dirname(at); step += 1, at = dirname(at)) {
    const vendorId = await textOf(join(at, 'idVendor'));
    if (vendorId === null) continue;
    return {
      vendorId,
      productId: (await textOf(join(at, 'idProduct'))) ?? '',
      maker: await textOf(join(at, 'manufacturer')),
      product: await textOf(join(at, 'product')),
      serial: await textOf(join(at, 'serial')),
      release: releaseOf(await textOf(join(at, 'bcdDevice'))),
    };
  }
  return null;
}

/** The identity of the USB device whose serial port `path` leads to. */
export async function serialIdentity(path: string, sysRoot = '/sys'): Promise<DeviceIdentity | null> {
  let name: string;
  try {
    name = basename(await realpath(path));
  } catch (error) {
    return ignored(error);
  }
  const device = await usbDeviceAt(join(sysRoot, 'class/tty', name, 'device'));
  if (device === null) return null;
  const { maker, product, serial, release } = device;
  return { maker, model: product, serial, firmware: release };
}

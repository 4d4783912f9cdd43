// What drivers need of the system's HID devices, whoever reads them, and what /sys says of one.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import { errorDetail } from './link-state.ts';
import { toldText, type UsbDevice, usbDeviceAt } from './usb-device.ts';

/** Numbers as four hexadecimal digits, small. */
export type HidDevice = UsbDevice & {
  path: string;
  /** Null: it could not be read. */
  descriptor: Uint8Array | null;
};

/** Tests bring devices of their own. */
export type HidApi = {
  /** Rejects when the list can't be had. */
  devices(): Promise<HidDevice[]>;
  /** Each chunk that the link hears is one report as the device sent it, its id first where it has one. */
  open(path: string): LinkOpener;
};

/** Null where there is no such file, or none that we may read. */
async function contentOf(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorDetail(error).code === '') throw error;
    return null;
  }
}

/** `HID_ID=0003:00000C2E:00000B81` of a device's uevent file, and the like. */
function valuesOf(uevent: string): ReadonlyMap<string, string> {
  const pairs = uevent.split('\n').map((line) => /^(\w+)=(.*)$/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', pair[2] ?? ''] as const])));
}

export const fourDigits = (text: string): string => text.slice(-4).toLowerCase().padStart(4, '0');

/** The device behind `hidraw3`, by name; null when it is not there (any more). */
export async function describeHid(name: string, sysRoot: string, devRoot: string): Promise<HidDevice | null> {
  const directory = join(sysRoot, 'class/hidraw', name, 'device');
  const uevent = await contentOf(join(directory, 'uevent'));
  if (uevent === null) return null;
  const values = valuesOf(uevent.toString('utf8'));
  const [, vendorId = '', productId = ''] = (values.get('HID_ID') ?? '').split(':');
  const usb = await usbDeviceAt(directory);
  return {
    path: join(devRoot, name),
    vendorId: fourDigits(vendorId),
    productId: fourDigits(productId),
    maker: usb?.maker ?? null,
    // a device on no USB (Bluetooth) has its name only here
    product: usb?.product ?? toldText(values.get('HID_NAME')),
    serial: usb?.serial ?? toldText(values.get('HID_UNIQ')),
    release: usb?.release ?? null,
    descriptor: await contentOf(join(directory, 'report_descriptor')),
  };
}

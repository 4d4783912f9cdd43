// HID devices by the kernel's hidraw: listed in /sys, read from /dev/hidrawN, one report at each read. Without node-hid,
// whose ready-made binary does not load where libusb is missing (adr/0010).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import { errorDetail } from './link-state.ts';
import { openPolledDevice, type PolledParts } from './polled-device.ts';
import { usbDeviceAt } from './usb-device.ts';

export type HidDevice = {
  path: string;
  /** Four hexadecimal digits, small. */
  vendorId: string;
  productId: string;
  maker: string | null;
  product: string | null;
  serial: string | null;
  release: string | null;
  /** Null: it could not be read. */
  descriptor: Uint8Array | null;
};

/** What drivers need of the system's HID devices, so that tests can bring devices of their own. */
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

const fourDigits = (text: string): string => text.slice(-4).toLowerCase().padStart(4, '0');

async function describe(name: string, sysRoot: string, devRoot: string): Promise<HidDevice | null> {
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
    product: usb?.product ?? values.get('HID_NAME')?.slice(0, 126) ?? null,
    serial: usb?.serial ?? (values.get('HID_UNIQ')?.slice(0, 126) || null),
    release: usb?.release ?? null,
    descriptor: await contentOf(join(directory, 'report_descriptor')),
  };
}

async function devicesIn(sysRoot: string, devRoot: string): Promise<HidDevice[]> {
  let names: string[];
  try {
    names = await readdir(join(sysRoot, 'class/hidraw'));
  } catch (error) {
    // no HID device was ever plugged in, or the kernel has no hidraw
    if (errorDetail(error).code === 'ENOENT') return [];
    throw error;
  }
  const found = await Promise.all(names.toSorted().map((name) => describe(name, sysRoot, devRoot)));
  return found.filter((device) => device !== null);
}

export function hidraw(parts: PolledParts = {}, sysRoot = '/sys', devRoot = '/dev'): HidApi {
  return {
    devices: () => devicesIn(sysRoot, devRoot),
    open: (path) => openPolledDevice({ path, kind: 'hid', access: 'read' }, parts),
  };
}

// HID devices by the kernel's hidraw alone: listed in /sys, read from /dev/hidrawN, one report at each read. For systems
// on which node-hid does not load (adr/0010).
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeHid, type HidApi, type HidDevice } from './hid-device.ts';
import { errorDetail } from './link-state.ts';
import { openPolledDevice, type PolledParts } from './polled-device.ts';

async function devicesIn(sysRoot: string, devRoot: string): Promise<HidDevice[]> {
  let names: string[];
  try {
    names = await readdir(join(sysRoot, 'class/hidraw'));
  } catch (error) {
    // no HID device was ever plugged in, or the kernel has no hidraw
    if (errorDetail(error).code === 'ENOENT') return [];
    throw error;
  }
  const found = await Promise.all(names.toSorted().map((name) => describeHid(name, sysRoot, devRoot)));
  return found.filter((device) => device !== null);
}

export function hidraw(parts: PolledParts = {}, sysRoot = '/sys', devRoot = '/dev'): HidApi {
  return {
    devices: () => devicesIn(sysRoot, devRoot),
    open: (path) => openPolledDevice({ path, kind: 'hid', access: 'read' }, parts),
  };
}

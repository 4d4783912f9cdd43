// Finds the device that the configuration means among those that are plugged in.
import { realpath } from 'node:fs/promises';
import type { Fault } from '../../core/ports/fault.ts';
import { readDescriptor } from '../transport/hid-items.ts';
import type { HidApi, HidDevice } from '../transport/hid-device.ts';
import { errorDetail } from '../transport/link-state.ts';
import { type ScanLayout, scanLayouts } from './hid-layout.ts';

/** By numbers (four hexadecimal digits each, and the serial number where two are alike) or by a name in /dev. */
export type HidTarget = {
  vendorId?: string | undefined;
  productId?: string | undefined;
  serial?: string | undefined;
  path?: string | undefined;
};

/** `layouts` null: the descriptor could not be read. */
export type FoundHid = { path: string; device: HidDevice | null; layouts: ScanLayout[] | null };
type Finding = { ok: true; found: FoundHid } | { ok: false; fault: Fault };

export function targetText({ vendorId, productId, serial, path }: HidTarget): string {
  if (path !== undefined) return `hid ${path}`;
  return `hid ${vendorId}:${productId}${serial === undefined ? '' : ` ${serial}`}`;
}

function fault(code: string, detail: string): Finding {
  return { ok: false, fault: { code: `hid.${code}`, retry: 'safe', detail } };
}

const found = (path: string, device: HidDevice | null): FoundHid => {
  const descriptor = device?.descriptor ?? null;
  return { path, device, layouts: descriptor === null ? null : scanLayouts(readDescriptor(descriptor)) };
};

async function candidates(target: HidTarget, devices: readonly HidDevice[]): Promise<FoundHid[]> {
  if (target.path !== undefined) {
    const path = await realpath(target.path);
    return [found(path, devices.find((device) => device.path === path) ?? null)];
  }
  return devices.filter((device) => isMeant(target, device)).map((device) => found(device.path, device));
}

/** By its numbers. */
export function isMeant({ vendorId, productId, serial }: HidTarget, device: HidDevice): boolean {
  return (
    device.vendorId === vendorId?.toLowerCase() &&
    device.productId === productId?.toLowerCase() &&
    (serial === undefined || device.serial === serial)
  );
}

/**
 * Of a device with several parts the one that scans: another may be its keyboard. `take` says which one nobody else has, and never rejects;
 * nor does this.
 */
export async function findHid(
  target: HidTarget,
  api: HidApi,
  take: (devices: readonly FoundHid[]) => Promise<FoundHid | null>,
): Promise<Finding> {
  let all: FoundHid[];
  try {
    all = await candidates(target, await api.devices());
  } catch (error) {
    const { code, detail } = errorDetail(error);
    return fault(code === 'ENOENT' ? 'notFound' : 'noList', detail);
  }
  const scanning = all.filter(({ layouts }) => layouts === null || layouts.length > 0);
  const taken = await take(scanning);
  if (taken !== null) return { ok: true, found: taken };
  if (scanning.length > 0) {
    const paths = scanning.map(({ path }) => path).join(', ');
    if (target.path !== undefined) return fault('busy', `${paths} is another scanner's`);
    return fault(
      'notFound',
      `no ${targetText(target)} is plugged in but what is another scanner's: ${paths}`,
    );
  }
  const [first] = all;
  if (first === undefined) return fault('notFound', `no ${targetText(target)} is plugged in`);
  return fault(
    'notAScanner',
    `${first.path} is no scanner in HID-POS mode: set it to that with the sheet of its manual`,
  );
}

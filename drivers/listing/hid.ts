// HID devices of this machine, each with the page of usages that tells what it is.
import type { HidListing } from '../../core/ports/device-lists.ts';
import { readDescriptor } from '../transport/hid-items.ts';
import type { HidBackend } from '../transport/hid-api.ts';
import type { HidApi } from '../transport/hid-device.ts';

const scannerPage = 0x8c;

/** Of a device that is several things in one the scanner counts. `00`: its descriptor can't be read. */
function usagePageOf(descriptor: Uint8Array | null): string {
  const { fields } = readDescriptor(descriptor ?? new Uint8Array(0));
  const pages = fields.map(({ application }) => application >>> 16);
  const page = pages.includes(scannerPage) ? scannerPage : (pages[0] ?? 0);
  return page.toString(16).padStart(2, '0');
}

export async function listHid(api: Pick<HidApi, 'devices'>): Promise<HidListing[]> {
  const devices = await api.devices();
  return devices.map(({ path, vendorId, productId, maker, product, serial, descriptor }) => ({
    path,
    vendorId,
    productId,
    maker,
    product,
    serial,
    usagePage: usagePageOf(descriptor),
  }));
}

/** Who reads them, in words; nothing before the first look has chosen. */
export function readerOf(backend: HidBackend | null): { reader?: string } {
  if (backend === null) return {};
  return {
    reader: backend.reader === 'node-hid' ? 'node-hid' : `hidraw (node-hid does not load: ${backend.reason})`,
  };
}

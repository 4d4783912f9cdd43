// HID devices by node-hid's asynchronous API, which lists them by udev and reads them in a thread. Report descriptors and
// firmware releases it does not tell: those come from /sys.
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Device } from 'node-hid';
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { watchPath } from './device-watch.ts';
import { describeHid, fourDigits, type HidApi, type HidDevice } from './hid-device.ts';
import { errorDetail } from './link-state.ts';
import { monotonicClock } from './monotonic-clock.ts';
import { type NodeHidDevice, NodeHidLink } from './node-hid-link.ts';
import type { PolledParts } from './polled-device.ts';
import { toldText } from './usb-device.ts';

/** Of the package what we use. Its synchronous half can crash a process that ends during a read. */
export type NodeHidModule = {
  /** Loads the native part, or throws why that can't be. */
  getHidapiVersion(): string;
  devicesAsync(): Promise<Device[]>;
  HIDAsync: { open(path: string): Promise<NodeHidDevice> };
};

/** node-hid gives the system error only in its text. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/no such (file|device)|not a directory/i, 'notFound'],
  [/busy/i, 'busy'],
  [/permission denied|not permitted/i, 'denied'],
];

function openFault(path: string, error: unknown): Fault {
  const { detail } = errorDetail(error);
  // a device may be named busy
  const text = detail.replaceAll(path, '');
  const reason = reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'openFailed';
  const hint =
    reason === 'denied' ? "; a udev rule must let the till's user read and write it (docs/devices.md)" : '';
  return { code: `hid.${reason}`, retry: 'safe', detail: `${detail}${hint}` };
}

function openNodeHid(module: NodeHidModule, path: string, parts: PolledParts): LinkOpener {
  const { clock = monotonicClock(), watchEvery_ms = 400 } = parts;
  return async (listener) => {
    let device: NodeHidDevice;
    let opened: Stats;
    try {
      opened = await stat(path);
      device = await module.HIDAsync.open(path);
    } catch (error) {
      return { ok: false, fault: openFault(path, error) };
    }
    const link = new NodeHidLink(device, listener);
    const gone = (detail: string): void => link.unplugged(detail);
    link.stopWatching = watchPath({ path, clock, every_ms: watchEvery_ms, gone }, opened);
    await link.read();
    return { ok: true, link };
  };
}

const hexadecimal = (value: number): string => fourDigits(value.toString(16));

async function describe(path: string, told: Device, sysRoot: string): Promise<HidDevice> {
  const known = await describeHid(basename(path), sysRoot, '/dev');
  return {
    path,
    vendorId: hexadecimal(told.vendorId),
    productId: hexadecimal(told.productId),
    maker: toldText(told.manufacturer),
    product: toldText(told.product),
    serial: toldText(told.serialNumber),
    release: known?.release ?? null,
    descriptor: known?.descriptor ?? null,
  };
}

async function devicesOf(module: NodeHidModule, sysRoot: string): Promise<HidDevice[]> {
  // one entry for each thing that a device is, all with the same path
  const byPath = new Map((await module.devicesAsync()).map((device) => [device.path ?? '', device]));
  byPath.delete('');
  const paths = [...byPath].toSorted(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  return Promise.all(paths.map(([path, device]) => describe(path, device, sysRoot)));
}

/** Opening faults are `safe`, later ones `unsafe`. */
export function nodeHid(module: NodeHidModule, parts: PolledParts = {}, sysRoot = '/sys'): HidApi {
  return {
    devices: () => devicesOf(module, sysRoot),
    open: (path) => openNodeHid(module, path, parts),
  };
}

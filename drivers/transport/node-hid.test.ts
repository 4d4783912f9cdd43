// HID devices by node-hid, on a stand-in for the package: reports, ends of every kind, refusals, lists.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HidScannerDevice } from '../../fixtures/devices/hid-scanner/device.ts';
import { reportsOf } from '../../fixtures/devices/hid-scanner/reports.ts';
import { scannerDescriptors } from '../../fixtures/devices/hid-scanner/descriptors.ts';
import type { ScannerEvent } from '../../core/ports/scanner.ts';
import { createHidScanner } from '../scanner/hid-scanner.ts';
import { monotonicClock } from './monotonic-clock.ts';
import { nodeHid } from './node-hid.ts';
import type { PolledParts } from './polled-device.ts';
import { type ScriptedNodeHid, scriptedNodeHid } from './scripted-node-hid.ts';

vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 50_000, interval: 5 };
const root = mkdtempSync(join(tmpdir(), 'yima-node-hid-'));
const path = join(root, 'hidraw0');
afterAll(() => rmSync(root, { recursive: true }));

/** What nobody caught. */
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
let others: NodeJS.UncaughtExceptionListener[] = [];
beforeEach(() => {
  writeFileSync(path, '');
  others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', note);
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.removeAllListeners('uncaughtException').off('unhandledRejection', note);
  for (const one of others) process.on('uncaughtException', one);
});
const ticks = async (): Promise<void> => {
  for (let count = 0; count < 5; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

async function open(
  module: ScriptedNodeHid,
  parts: PolledParts = {},
  bytes = vi.fn<(chunk: Uint8Array) => void>(),
) {
  const closed = vi.fn<(fault: unknown) => void>();
  const result = await nodeHid(module, parts).open(path)({ bytes, closed });
  if (!result.ok) throw new Error(result.fault.detail);
  const [device] = module.opened;
  if (device === undefined) throw new Error('nothing was opened');
  return { link: result.link, device, bytes, closed };
}

it('hears each report as it came, and nothing once it is closing', async () => {
  const { link, device, bytes, closed } = await open(scriptedNodeHid());
  device.report([2, 5, 93, 81, 49]);
  device.report([2]);
  device.whileClosing = async () => {
    await ticks();
    device.report([9, 9]);
  };
  const ended = [link.end(), link.end()];
  expect(closed).not.toHaveBeenCalled();
  await Promise.all(ended);
  await link.end();
  expect(bytes.mock.calls).toEqual([[Uint8Array.of(2, 5, 93, 81, 49)], [Uint8Array.of(2)]]);
  expect([closed.mock.calls, device.closings]).toEqual([[[null]], 1]);
  expect(await link.write(Uint8Array.of(1))).toMatchObject({ code: 'hid.readOnly' });
  expect(uncaught).toEqual([]);
});

it('is closed at once by the read that fails, and frees the device', async () => {
  const { link, device, closed } = await open(scriptedNodeHid());
  device.fail('could not read from HID device: device disconnected');
  const fault = {
    code: 'hid.unplugged',
    retry: 'unsafe',
    detail: 'could not read from HID device: device disconnected',
  };
  expect(closed.mock.calls).toEqual([[fault]]);
  await link.end();
  expect([device.isClosed, device.closings, closed.mock.calls.length]).toEqual([true, 1, 1]);
});

it('is silent about a failed read while it is closing', async () => {
  const { link, device, closed } = await open(scriptedNodeHid());
  device.whileClosing = async () => device.fail('device disconnected');
  await link.end();
  await ticks();
  expect([closed.mock.calls, uncaught]).toEqual([[[null]], []]);
});

it('says what closing said, when that fails', async () => {
  const { link, device, closed } = await open(scriptedNodeHid());
  device.whileClosing = () => Promise.reject(new Error('EIO'));
  await link.end();
  await ticks();
  expect(closed.mock.calls).toEqual([[{ code: 'hid.unplugged', retry: 'unsafe', detail: 'EIO' }]]);
  expect(uncaught).toEqual([]);
});

it('can be closed in the moment it is open', async () => {
  const module = scriptedNodeHid();
  const closed = vi.fn<(fault: unknown) => void>();
  const result = await nodeHid(module).open(path)({ bytes: () => undefined, closed });
  if (result.ok) await result.link.end();
  await ticks();
  expect([closed.mock.calls, module.opened[0]?.isClosed, uncaught]).toEqual([[[null]], true, []]);
});

it('lets go of a device when the scanner is stopped while it opens, and scans when it is not', async () => {
  const module = scriptedNodeHid();
  const events: ScannerEvent[] = [];
  const parts = { id: 'counter', target: { path }, api: nodeHid(module), clock: monotonicClock() };
  const stopped = createHidScanner(parts);
  stopped.start((event) => events.push(event));
  await stopped.stop();
  expect([module.opened.map(({ isClosed }) => isClosed), events]).toEqual([[true], []]);
  const scanner = createHidScanner(parts);
  scanner.start((event) => events.push(event));
  await vi.waitFor(() => expect(events).toMatchObject([{ kind: 'status', state: 'ready' }]), patient);
  for (const report of reportsOf('lengthFirst', '6901821000474', ']E0'))
    module.opened[1]?.report([...report]);
  expect(events[1]).toMatchObject({
    kind: 'frame',
    symbology: ']E0',
    bytes: Uint8Array.from(Buffer.from('6901821000474')),
  });
  await scanner.stop();
  expect(uncaught).toEqual([]);
});

it('sees an unplugging that node-hid misses, and another device in its place', async () => {
  for (const pull of [
    () => rmSync(path),
    () => {
      writeFileSync(`${path}.new`, '');
      renameSync(`${path}.new`, path);
    },
  ]) {
    const { device, closed } = await open(scriptedNodeHid(), { watchEvery_ms: 20 });
    pull();
    await vi.waitFor(() => expect(closed.mock.calls).toMatchObject([[{ code: 'hid.unplugged' }]]), patient);
    await vi.waitFor(() => expect(device.isClosed).toBe(true), patient);
    writeFileSync(path, '');
  }
});

it('throws a defect of ours as one, and does not call it unplugged', async () => {
  const defect = new Error('assertion failed');
  const { device, closed, link } = await open(
    scriptedNodeHid(),
    {},
    vi.fn(() => {
      throw defect;
    }),
  );
  device.report([1]);
  await vi.waitFor(() => expect(uncaught).toEqual([defect]), patient);
  uncaught.length = 0;
  expect(closed).not.toHaveBeenCalled();
  await link.end();
});

it.each([
  ["Failed to open a device with path 'PATH': No such file or directory", 'hid.notFound'],
  ["Failed to open a device with path 'PATH': No such device", 'hid.notFound'],
  ["Failed to open a device with path 'PATH': Device or resource busy", 'hid.busy'],
  ["Failed to open a device with path 'PATH': Permission denied", 'hid.denied'],
  ["Failed to open a device with path 'PATH': Too many open files", 'hid.openFailed'],
  [
    "ioctl(GRDESCSIZE) error for 'PATH', not a HIDRAW device?: Inappropriate ioctl for device",
    'hid.openFailed',
  ],
])('%s', async (reason, code) => {
  const busy = join(root, 'busy-permission denied');
  writeFileSync(busy, '');
  const module = scriptedNodeHid(undefined, () => reason.replace('PATH', busy));
  const result = await nodeHid(module).open(busy)({ bytes: () => undefined, closed: () => undefined });
  expect(result).toMatchObject({ ok: false, fault: { code, retry: 'safe' } });
  const gone = await nodeHid(module).open(join(root, 'none'))({
    bytes: () => undefined,
    closed: () => undefined,
  });
  expect(gone).toMatchObject({ ok: false, fault: { code: 'hid.notFound', retry: 'safe' } });
});

it('lists each device once, with the descriptor that only /sys has', async () => {
  const simulator = new HidScannerDevice({ directory: root, layout: 'noId', publish: () => undefined });
  await simulator.plug();
  const numbers = { vendorId: 0xc2e, productId: 0xb81, release: 0x264, interface: 0 };
  const module = scriptedNodeHid(() => [
    {
      vendorId: 1,
      productId: 0xffff,
      path: '/dev/hidraw10',
      release: 0,
      interface: -1,
      serialNumber: '',
      product: 'x'.repeat(900),
    },
    {
      ...numbers,
      path: '/dev/hidraw0',
      manufacturer: ' Yima ',
      product: 'Scanner',
      serialNumber: 'SIM42',
      usagePage: 1,
    },
    {
      ...numbers,
      path: '/dev/hidraw0',
      manufacturer: ' Yima ',
      product: 'Scanner',
      serialNumber: 'SIM42',
      usagePage: 0x8c,
    },
    { ...numbers },
  ]);
  expect(await nodeHid(module, {}, join(root, 'sys')).devices()).toEqual([
    {
      path: '/dev/hidraw0',
      vendorId: '0c2e',
      productId: '0b81',
      maker: 'Yima',
      product: 'Scanner',
      serial: 'SIM42',
      release: '2.64',
      descriptor: Buffer.from(scannerDescriptors.noId),
    },
    {
      path: '/dev/hidraw10',
      vendorId: '0001',
      productId: 'ffff',
      maker: null,
      product: 'x'.repeat(126),
      serial: null,
      release: null,
      descriptor: null,
    },
  ]);
  await simulator.unplug();
});

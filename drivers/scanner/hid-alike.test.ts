// Several HID scanners of one model in one process: each has a device of its own, whatever the configuration means it by. As the kernel does,
// a node here gives each report to everybody who has it open.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ByteLinkListener } from '../../core/ports/byte-link.ts';
import type { Scanner, ScannerEvent } from '../../core/ports/scanner.ts';
import { scannerDescriptors } from '../../fixtures/devices/hid-scanner/descriptors.ts';
import { reportsOf } from '../../fixtures/devices/hid-scanner/reports.ts';
import type { HidApi, HidDevice } from '../transport/hid-device.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { createHidScanner } from './hid-scanner.ts';
import type { HidTarget } from './hid-target.ts';

const patient = { timeout: 20_000, interval: 10 };
const numbers = { vendorId: '0c2e', productId: '0b81' };
const descriptor = Uint8Array.from(scannerDescriptors.lengthFirst);
let directory: string;
let scanners: Scanner[] = [];
/** What is plugged in, and who has it open. */
let nodes: Map<string, { device: HidDevice; openers: Set<ByteLinkListener> }>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-alike-'));
  nodes = new Map();
});
afterEach(async () => {
  await Promise.all(scanners.map((scanner) => scanner.stop()));
  scanners = [];
  rmSync(directory, { recursive: true });
});

function plug(name: string, serial: string | null = null): string {
  const path = join(directory, name);
  writeFileSync(path, '');
  const told = { maker: null, product: null, serial, release: null };
  nodes.set(path, { device: { path, ...numbers, ...told, descriptor }, openers: new Set() });
  return path;
}

function unplug(path: string): void {
  const openers = nodes.get(path)?.openers ?? [];
  nodes.delete(path);
  rmSync(path);
  for (const opener of openers) opener.closed({ code: 'hid.unplugged', retry: 'unsafe', detail: path });
}

function scan(path: string, text: string): void {
  for (const report of reportsOf('lengthFirst', text, ']E0')) {
    for (const opener of nodes.get(path)?.openers ?? []) opener.bytes(report);
  }
}

const api: HidApi = {
  devices: async () =>
    [...nodes.values()]
      .map(({ device }) => device)
      .toSorted((one, other) => one.path.localeCompare(other.path, 'en', { numeric: true })),
  open: (path) => async (listener) => {
    const openers = nodes.get(path)?.openers;
    if (openers === undefined) {
      return { ok: false, fault: { code: 'hid.notFound', retry: 'safe', detail: path } };
    }
    openers.add(listener);
    const end = async () => {
      if (openers.delete(listener)) listener.closed(null);
    };
    return { ok: true, link: { write: async () => null, end } };
  },
};

function create(id: string, target: HidTarget) {
  const scanner = createHidScanner({ id, target, api, clock: monotonicClock() });
  scanners.push(scanner);
  const events: ScannerEvent[] = [];
  return {
    scanner,
    events,
    start: () => scanner.start((event) => events.push(event)),
    state: () => events.findLast((event) => event.kind === 'status'),
    scans: () =>
      events.flatMap((event) => (event.kind === 'frame' ? [Buffer.from(event.bytes).toString()] : [])),
  };
}
type Driven = ReturnType<typeof create>;

const ready = (...all: Driven[]) =>
  vi.waitFor(
    () => expect(all.map((one) => one.state()?.state)).toEqual(all.map(() => 'ready' as const)),
    patient,
  );
const down = (one: Driven, code: string) =>
  vi.waitFor(() => expect(one.state()?.fault?.code).toBe(code), patient);

/** Scans once with the device at each path; what each scanner heard. */
function heard(paths: readonly string[], all: readonly Driven[]): string[][] {
  const counts = all.map((one) => one.scans().length);
  for (const path of paths) scan(path, path.slice(-7));
  return all.map((one, index) => one.scans().slice(counts[index]));
}

describe('HID scanners of one model', () => {
  it('have a device each, and a scan counts once', async () => {
    const paths = [plug('hidraw0'), plug('hidraw1')];
    const both = [create('hand', numbers), create('stand', numbers)] as const;
    for (const one of both) one.start();
    await ready(...both);
    expect(heard(paths, both)).toEqual([['hidraw0'], ['hidraw1']]);
  });

  it('leave a device to whoever has it, and find one that is free again: lost or closed', async () => {
    const first = plug('hidraw0');
    const hand = create('hand', numbers);
    const stand = create('stand', numbers);
    hand.start();
    await ready(hand);
    stand.start();
    await down(stand, 'hid.notFound');
    expect(stand.state()?.fault?.detail).toBe(
      `no hid 0c2e:0b81 is plugged in but what is another scanner's: ${first}`,
    );
    const second = plug('hidraw1');
    await ready(stand);
    unplug(first);
    await down(hand, 'hid.notFound');
    expect(heard([second], [hand, stand])).toEqual([[], ['hidraw1']]);
    await stand.scanner.stop();
    await ready(hand);
    expect(heard([second], [hand, stand])).toEqual([['hidraw1'], []]);
  });

  it('leave a device free that did not open', async () => {
    const opening = vi.spyOn(api, 'open').mockImplementationOnce((path) => async () => {
      return { ok: false, fault: { code: 'hid.denied', retry: 'safe', detail: path } };
    });
    const path = plug('hidraw0');
    const hand = create('hand', numbers);
    hand.start();
    await down(hand, 'hid.denied');
    await ready(hand);
    opening.mockRestore();
    expect(heard([path], [hand])).toEqual([['hidraw0']]);
  });

  it('by numbers never take what another one means by its name, plugged in or not', async () => {
    const first = plug('hidraw0');
    const name = join(directory, 'scanner-hand');
    symlinkSync(first, name);
    const stand = create('stand', numbers);
    const hand = create('hand', { path: name });
    stand.start();
    await down(stand, 'hid.notFound');
    expect(stand.state()?.fault?.detail).toContain(first);
    const second = plug('hidraw1');
    await ready(stand);
    hand.start();
    await ready(hand);
    expect(heard([first, second], [hand, stand])).toEqual([['hidraw0'], ['hidraw1']]);
    unplug(first);
    await down(hand, 'hid.notFound');
    plug('hidraw0');
    await ready(hand, stand);
    expect(heard([first, second], [hand, stand])).toEqual([['hidraw0'], ['hidraw1']]);
  });

  it('by numbers give up a device whose name came after its node', async () => {
    const first = plug('hidraw0');
    const name = join(directory, 'scanner-hand');
    const hand = create('hand', { path: name });
    const stand = create('stand', numbers);
    hand.start();
    stand.start();
    await ready(stand);
    symlinkSync(first, name);
    await ready(hand);
    expect(heard([first], [hand, stand])).toEqual([['hidraw0'], []]);
    expect(stand.events).toContainEqual(
      expect.objectContaining({ state: 'down', fault: expect.objectContaining({ code: 'hid.busy' }) }),
    );
    const second = plug('hidraw1');
    await ready(hand, stand);
    expect(heard([first, second], [hand, stand])).toEqual([['hidraw0'], ['hidraw1']]);
  });

  it('by two names of one device do not share it', async () => {
    const first = plug('hidraw0');
    const name = join(directory, 'scanner-hand');
    symlinkSync(first, name);
    const hand = create('hand', { path: name });
    const stand = create('stand', { path: first });
    hand.start();
    await ready(hand);
    stand.start();
    await down(stand, 'hid.busy');
    expect(heard([first], [hand, stand])).toEqual([['hidraw0'], []]);
  });

  it('by serial number have their own, whichever starts first and whoever is plugged in first', async () => {
    const paths = [plug('hidraw0', 'S1'), plug('hidraw1', 'S2')];
    const stand = create('stand', numbers);
    const hand = create('hand', { ...numbers, serial: 'S1' });
    stand.start();
    await ready(stand);
    hand.start();
    await ready(hand);
    expect(heard(paths, [hand, stand])).toEqual([['hidraw0'], ['hidraw1']]);
  });

  it('that all have one serial number work all the same', async () => {
    const paths = [plug('hidraw0', '0000'), plug('hidraw1', '0000')];
    const hand = create('hand', { ...numbers, serial: '0000' });
    const stand = create('stand', numbers);
    hand.start();
    stand.start();
    await ready(hand, stand);
    expect(heard(paths, [hand, stand])).toEqual([['hidraw0'], ['hidraw1']]);
  });
});

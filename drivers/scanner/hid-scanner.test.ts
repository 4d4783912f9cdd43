// The HID scanner driver on devices of an emulator's process: scans, misbehaviour, unplugging, another device in its place.
// The device's description is read from a tree laid out as the kernel's; only the reading of its node is stood in for.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Scanner, ScannerEvent } from '../../core/ports/scanner.ts';
import {
  type HidScannerProcess,
  openHidSocket,
  startHidScanner,
} from '../../fixtures/devices/hid-scanner/spawn.ts';
import { hidraw } from '../transport/hidraw.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';

import { createHidScanner } from './hid-scanner.ts';
import type { HidTarget } from './hid-target.ts';

vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 50_000, interval: 10 };
const numbers = { vendorId: '0c2e', productId: '0B81' };
let directory: string;
let device: HidScannerProcess;
const scanners: Scanner[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'yima-hid-'));
  device = await startHidScanner(directory, 'lengthFirst');
});
afterEach(async () => {
  await Promise.all(scanners.splice(0).map((scanner) => scanner.stop()));
  await device.stop();
  rmSync(directory, { recursive: true });
});

function drive(target: HidTarget = numbers) {
  const api = { ...hidraw({}, device.sysRoot, device.devRoot), open: openHidSocket };
  const scanner = createHidScanner({ id: 'counter', target, api, clock: monotonicClock() });
  scanners.push(scanner);
  const events: ScannerEvent[] = [];
  scanner.start((event) => events.push(event));
  return {
    scanner,
    frames: () =>
      events.flatMap((event) =>
        event.kind === 'frame' ? [[Buffer.from(event.bytes).toString(), event.symbology]] : [],
      ),
    states: () =>
      events.flatMap((event) => (event.kind === 'status' ? [event.fault?.code ?? event.state] : [])),
  };
}

describe('HID scanner', () => {
  it('posts scans with their symbology, short and long, and says who it is', async () => {
    const { scanner, frames, states } = drive();
    await vi.waitFor(() => expect(states()).toEqual(['ready']), patient);
    await device.waitFor('opened');
    await device.call('scan', { text: '6901821000474', symbology: ']E0' });
    const long = `hQVDUFYwMWE${'B'.repeat(109)}`;
    await device.call('scan', { text: long });
    await vi.waitFor(
      () =>
        expect(frames()).toEqual([
          ['6901821000474', ']E0'],
          [long, ']Q1'],
        ]),
      patient,
    );
    expect(scanner.report()).toMatchObject({
      connection: 'hid 0c2e:0B81',
      identity: {
        maker: 'Yima Simulators',
        model: 'HID-POS scanner',
        serial: 'SIM0000042',
        firmware: '2.64',
      },
      lastError: null,
      statistics: { GoodScanCount: 2, BadScanCount: 0, ConnectionCount: 1 },
    });
  });

  it('shows a stalled, cut or foreign report as unreadable or not at all, and goes on', async () => {
    const { scanner, frames, states } = drive();
    await vi.waitFor(() => expect(states()).toEqual(['ready']), patient);
    await device.waitFor('opened');
    await device.call('wrongId');
    await device.call('stall', { text: 'A'.repeat(100) });
    await vi.waitFor(() => expect(frames()).toEqual([['', undefined]]), patient);
    await device.call('cutShort');
    // its rest, as far as we know, until it has been quiet for a moment
    await vi.waitFor(
      async () => {
        await device.call('scan', { text: '62001' });
        expect(frames().at(-1)).toEqual(['62001', ']Q1']);
      },
      { timeout: 50_000, interval: 400 },
    );
    expect(scanner.report().statistics.BadScanCount).toBeGreaterThanOrEqual(1);
    for (let count = 0; count < 20; count += 1) await device.call('garbage');
    expect(states()).toEqual(['ready']);
  });

  it('is pulled in the middle of a scan, comes back with no half of it, and knows another device', async () => {
    const { frames, states } = drive();
    await vi.waitFor(() => expect(states()).toEqual(['ready']), patient);
    await device.waitFor('opened');
    await device.call('stall', { text: 'A'.repeat(100) });
    const pulled_ms = performance.now();
    await device.call('unplug');
    await vi.waitFor(() => expect(states()[1]).toBe('hid.unplugged'), patient);
    const plugged_ms = performance.now();
    await device.call('replug');
    await vi.waitFor(() => expect(states().at(-1)).toBe('ready'), patient);
    console.log(
      `HID scanner: unplugging seen after ${Math.round(plugged_ms - pulled_ms)} ms, ` +
        `back after ${Math.round(performance.now() - plugged_ms)} ms`,
    );
    await device.call('scan', { text: '62002' });
    await vi.waitFor(() => expect(frames().at(-1)).toEqual(['62002', ']Q1']), patient);
    await device.call('unplug');
    await device.call('replugAsMouse');
    await vi.waitFor(() => expect(states().at(-1)).toBe('hid.notAScanner'), patient);
  });

  it('is found by a name in /dev, waits for one that is missing, and lets go of it when stopped', async () => {
    const name = join(directory, 'scanner');
    const { scanner, states } = drive({ path: name });
    await vi.waitFor(() => expect(states()).toEqual(['hid.notFound']), patient);
    symlinkSync(device.path, name);
    await vi.waitFor(() => expect(states()).toEqual(['hid.notFound', 'ready']), patient);
    await device.waitFor('opened');
    const mark = device.waitFor('closed');
    await scanner.stop();
    await mark;
    const other = drive({ ...numbers, serial: 'another' });
    await vi.waitFor(() => expect(other.states()).toEqual(['hid.notFound']), patient);
  });
});

// The scanner driver on real pseudo terminals: framing, unplugging, coming back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Scanner, ScannerEvent } from '../../core/ports/scanner.ts';
import { startScanner } from '../../fixtures/devices/scanner/scanner.ts';
import type { ScannerSuffix, VirtualScanner } from '../../fixtures/devices/scanner/scanner.ts';
import { createScanner } from '../registry.ts';
import { openSerial } from '../transport/serial.ts';
import type { Framing } from './framing.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-scanner-'));
const link = join(directory, 'ttyScanner');
vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 20_000, interval: 10 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => rmSync(directory, { recursive: true }));

async function device(suffix: ScannerSuffix = '\r'): Promise<VirtualScanner> {
  const scanner = await startScanner({ link, suffix });
  cleanups.push(() => scanner.stop());
  return scanner;
}

type Driver = { scanner: Scanner; events: ScannerEvent[]; frames(): string[]; states(): string[] };

function driver(framing: Framing = { kind: 'line' }): Driver {
  const scanner = createScanner({
    id: 'counter',
    transport: { kind: 'serial', path: link, baudRate: 9600 },
    framing,
  });
  const events: ScannerEvent[] = [];
  scanner.start((event) => events.push(event));
  cleanups.push(() => scanner.stop());
  return {
    scanner,
    events,
    frames: () =>
      events.flatMap((event) => (event.kind === 'frame' ? [Buffer.from(event.bytes).toString()] : [])),
    states: () => events.flatMap((event) => (event.kind === 'status' ? [event.state] : [])),
  };
}

describe('serial scanner', () => {
  it.each<[ScannerSuffix, Framing]>([
    ['\r', { kind: 'line' }],
    ['\r\n', { kind: 'line' }],
    ['stx-etx', { kind: 'stx-etx' }],
    ['none', { kind: 'timeout' }],
  ])('posts whole frames: suffix %j', async (suffix, framing) => {
    const scanner = await device(suffix);
    const { frames, states } = driver(framing);
    await scanner.whenOpened();
    await vi.waitFor(() => expect(states()).toEqual(['ready']), patient);
    await scanner.scan('0069012345');
    await vi.waitFor(() => expect(frames()).toEqual(['0069012345']), patient);
    await scanner.scan('微信\x1d8');
    await vi.waitFor(() => expect(frames()).toEqual(['0069012345', '微信\x1d8']), patient);
  });

  it('says once that the device is missing, and comes back with no half frame', async () => {
    const { scanner: driven, frames, states, events } = driver();
    await vi.waitFor(() => expect(states()).toEqual(['down']), patient);
    expect(events[0]).toMatchObject({
      scannerId: 'counter',
      fault: { code: 'serial.notFound', retry: 'safe' },
    });
    const scanner = await device();
    await scanner.whenOpened();
    await vi.waitFor(() => expect(states()).toEqual(['down', 'ready']), patient);
    await scanner.scan('690');
    await scanner.send('62halfAFra');
    await vi.waitFor(() => expect(frames()).toEqual(['690']), patient);
    const unplugged_ms = performance.now();
    await scanner.unplug();
    await vi.waitFor(() => expect(states()).toEqual(['down', 'ready', 'down']), patient);
    const replugged_ms = performance.now();
    await scanner.replug();
    await vi.waitFor(() => expect(states()).toEqual(['down', 'ready', 'down', 'ready']), patient);
    console.log(
      `serial scanner: unplugging seen after ${Math.round(replugged_ms - unplugged_ms)} ms, ` +
        `back after ${Math.round(performance.now() - replugged_ms)} ms`,
    );
    await scanner.whenOpened();
    await scanner.scan('6901234');
    await vi.waitFor(() => expect(frames()).toEqual(['690', '6901234']), patient);
    expect(driven.report()).toMatchObject({
      category: 'scanner',
      connection: `serial ${link} 9600`,
      lastError: { code: 'serial.unplugged' },
      statistics: {
        GoodScanCount: 2,
        ConnectionCount: 2,
        CommunicationErrorCount: 1,
        ReceivedByteCount: expect.any(Number),
      },
    });
  });

  it('lets go of the device when stopped, even while it is missing, and posts nothing more', async () => {
    const missing = driver();
    await vi.waitFor(() => expect(missing.states()).toEqual(['down']), patient);
    await missing.scanner.stop();
    const scanner = await device();
    const present = driver();
    await scanner.whenOpened();
    await present.scanner.stop();
    const again = await openSerial({ path: link, baudRate: 9600 })({
      bytes: () => undefined,
      closed: () => undefined,
    });
    expect(again.ok).toBe(true);
    if (again.ok) await again.link.end();
    expect(missing.states()).toEqual(['down']);
  });
});

describe('openSerial', () => {
  const silent = { bytes: () => undefined, closed: () => undefined };

  it('refuses a second open as busy', async () => {
    await device();
    const first = await openSerial({ path: link, baudRate: 9600 })(silent);
    const second = await openSerial({ path: link, baudRate: 9600 })(silent);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, fault: { code: 'serial.busy', retry: 'safe' } });
    if (first.ok) await first.link.end();
  });

  it('answers a write on an unplugged line with a fault', async () => {
    const scanner = await device();
    const closed = vi.fn<(fault: unknown) => void>();
    const opened = await openSerial({ path: link, baudRate: 9600 })({ bytes: () => undefined, closed });
    if (!opened.ok) throw new Error(opened.fault.detail);
    expect(await opened.link.write(Buffer.from('beep'))).toBeNull();
    await scanner.unplug();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1), patient);
    expect(closed.mock.calls[0]?.[0]).toMatchObject({ code: 'serial.unplugged', retry: 'unsafe' });
    expect(await opened.link.write(Buffer.from('beep'))).toMatchObject({ code: 'serial.unplugged' });
    await opened.link.end();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

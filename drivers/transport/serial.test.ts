// The watch over an open serial line: serialport 13 can miss an unplug and then reads nothing for ever.
import {
  close,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ByteLink } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { openPty } from '../../fixtures/devices/pty.ts';
import { openSerial } from './serial.ts';
import type { SerialOptions } from './serial.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-serial-'));
afterAll(() => rmSync(directory, { recursive: true }));
vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 60_000, interval: 10 };

/** serialport after a missed unplug: open, no error, and a read that never ends. */
function deafPort(options: SerialOptions): SerialPort {
  const binding = {
    open: ({ path }: { path: string }) => {
      const port = {
        fd: openSync(path, 'r+') as number | null,
        get isOpen() {
          return port.fd !== null;
        },
        read: () => new Promise(() => undefined),
        write: () => Promise.resolve(),
        close: () =>
          new Promise<void>((resolve, reject) => {
            const { fd } = port;
            port.fd = null;
            close(fd ?? -1, (error) => (error ? reject(error) : resolve()));
          }),
      };
      return Promise.resolve(port);
    },
  };
  const settings = { ...options, autoOpen: false, binding };
  return new SerialPort(settings);
}

/** A clock whose timers go off when told. */
function handClock() {
  const timers = new Set<() => void>();
  const clock: Clock = {
    wall_ms: () => 0,
    steady_ms: () => 0,
    after: (_delay_ms, run) => {
      const timer = (): void => {
        timers.delete(timer);
        run();
      };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  return { clock, timers, tick: () => [...timers].forEach((timer) => timer()) };
}

let made = 0;
function device(): { path: string; pointTo: (name: string) => void } {
  made += 1;
  const path = join(directory, `tty${made}`);
  const pointTo = (name: string): void => {
    const target = join(directory, `${name}${made}`);
    writeFileSync(target, '');
    symlinkSync(target, `${path}.new`);
    renameSync(`${path}.new`, path);
  };
  pointTo('device');
  return { path, pointTo };
}

async function watched(path: string) {
  const hand = handClock();
  const closed = vi.fn<(fault: Fault | null) => void>();
  const open = openSerial({ path, baudRate: 9600 }, { clock: hand.clock, createPort: deafPort });
  const result = await open({ bytes: () => undefined, closed });
  if (!result.ok) throw new Error(result.fault.detail);
  const link: ByteLink = result.link;
  const isArmed = (): void => expect(hand.timers.size).toBe(1);
  await vi.waitFor(isArmed, patient);
  /** One whole look: until the next one is due, or the link is closed. */
  const look = async (): Promise<void> => {
    hand.tick();
    await vi.waitFor(() => closed.mock.calls.length > 0 || isArmed(), patient);
  };
  return { link, closed, look, timers: hand.timers };
}

describe('a port that did not notice', () => {
  it.each<[string, (one: ReturnType<typeof device>) => void]>([
    ['the path is gone', ({ path }) => unlinkSync(path)],
    ['the path leads to another device', ({ pointTo }) => pointTo('other')],
  ])('is closed and reported as unplugged, once: %s', async (_name, unplug) => {
    const one = device();
    const { link, closed, look, timers } = await watched(one.path);
    await look();
    await look();
    expect(closed).not.toHaveBeenCalled();
    unplug(one);
    await look();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), patient);
    expect(closed.mock.calls).toEqual([
      [expect.objectContaining({ code: 'serial.unplugged', retry: 'unsafe' })],
    ]);
    expect(closed.mock.calls[0]?.[0]?.detail).toContain(one.path);
    expect(await link.write(Buffer.from('beep'))).toMatchObject({ code: 'serial.unplugged' });
    await link.end();
    expect(closed).toHaveBeenCalledTimes(1);
    expect(timers.size).toBe(0);
  });

  it('is no longer watched once we have closed it', async () => {
    const one = device();
    const { link, closed, look, timers } = await watched(one.path);
    await look();
    await link.end();
    unlinkSync(one.path);
    expect(timers.size).toBe(0);
    expect(closed.mock.calls).toEqual([[null]]);
  });
});

it('notices every hang-up of a real line, also those that serialport misses', async () => {
  const pty = await openPty({ link: join(directory, 'ttyPlugged') });
  for (let round = 0; round < 16; round += 1) {
    const closed = vi.fn<(fault: Fault | null) => void>();
    const open = openSerial({ path: pty.path, baudRate: 9600 }, { watchEvery_ms: 100 });
    const opened = await open({ bytes: () => undefined, closed });
    if (!opened.ok) throw new Error(opened.fault.detail);
    await pty.whenOpened();
    // bytes on the way make it likely that a read is in flight at the hang-up: about every second one was missed
    if (round % 2 === 0) void pty.write('x'.repeat(50), { bytesPerSecond: 20_000 });
    await pty.hangUp();
    // back at once, as a cable with a loose contact is
    if (round % 4 < 2) await pty.replug();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), patient);
    expect(closed.mock.calls).toEqual([[expect.objectContaining({ code: 'serial.unplugged' })]]);
    await pty.replug();
  }
  await pty.close();
});

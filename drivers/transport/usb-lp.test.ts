// The usblp transport on a pseudo terminal in raw mode: a character device that says EAGAIN likewise, with a reader that
// can be slow, stall, or vanish. Of usblp's own answers (EINVAL, EBUSY, empty packets) no pty can give any.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { openPty, type Pty } from '../../fixtures/devices/pty.ts';
import { monotonicClock } from './monotonic-clock.ts';
import { openUsbLp } from './usb-lp.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-usblp-'));
const path = join(directory, 'lp0');
vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 50_000, interval: 10 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => rmSync(directory, { recursive: true }));

async function printerOn(): Promise<{ pty: Pty; got: () => Buffer }> {
  const pty = await openPty({ link: path });
  cleanups.push(() => pty.close());
  const parts: Buffer[] = [];
  pty.output.on('data', (part: Buffer) => parts.push(part));
  return { pty, got: () => Buffer.concat(parts) };
}

async function openLink(clock: Clock = monotonicClock()) {
  const chunks: Uint8Array[] = [];
  const closed: (Fault | null)[] = [];
  const opened = await openUsbLp(
    { path },
    { clock },
  )({
    bytes: (chunk) => chunks.push(chunk),
    closed: (fault) => closed.push(fault),
  });
  if (!opened.ok) throw new Error(opened.fault.detail);
  cleanups.push(() => opened.link.end());
  return { link: opened.link, heard: () => Buffer.concat(chunks), closed };
}

const silent = { bytes: () => undefined, closed: () => undefined };
const patternOf = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 7) % 251));

it('carries bytes both ways on one descriptor', async () => {
  const { pty, got } = await printerOn();
  const { link, heard, closed } = await openLink();
  await pty.whenOpened();
  expect(await link.write(Buffer.from([0x10, 0x04, 0x01]))).toBeNull();
  await vi.waitFor(() => expect([...got()]).toEqual([0x10, 0x04, 0x01]), patient);
  await pty.write(Buffer.from([0x12, 0x00, 0x0d, 0x0a, 0x11, 0xff]));
  await vi.waitFor(() => expect([...heard()]).toEqual([0x12, 0x00, 0x0d, 0x0a, 0x11, 0xff]), patient);
  await link.end();
  expect(closed).toEqual([null]);
  expect(await link.write(Buffer.from('x'))).toMatchObject({ code: 'link.closed' });
});

it('counts what a slow printer took, so that each byte arrives once, in order, over many short writes', async () => {
  const { pty, got } = await printerOn();
  const { link } = await openLink();
  await pty.whenOpened();
  pty.read({ bytesPerSecond: 200_000 });
  const all = patternOf(300_000);
  let done = 0;
  for (let at = 0; at < all.length; at += 50_000) {
    void link.write(all.subarray(at, at + 50_000)).then((fault) => (done += fault === null ? 1 : 1000));
  }
  await vi.waitFor(() => expect(got().length).toBeGreaterThan(20_000), patient);
  // the last of them has no room yet: back-pressure
  expect(done).toBeLessThan(6);
  await vi.waitFor(() => expect(done).toBe(6), patient);
  await vi.waitFor(() => expect(got().length).toBe(all.length), patient);
  expect(got().equals(all)).toBe(true);
});

it('waits for a stalled printer, goes on when it does, and can be ended while it stalls', async () => {
  const { pty, got } = await printerOn();
  let waits = 0;
  const clock = monotonicClock();
  const after: Clock['after'] = (...timer) => {
    waits += 1;
    return clock.after(...timer);
  };
  const { link, closed } = await openLink({ ...clock, after });
  await pty.whenOpened();
  pty.read({ on: false });
  const all = patternOf(200_000);
  let done = false;
  const written = link.write(all).then((fault) => {
    done = true;
    return fault;
  });
  await vi.waitFor(() => expect(waits).toBeGreaterThan(50), patient);
  expect(done).toBe(false);
  pty.read({ on: true });
  expect(await written).toBeNull();
  await vi.waitFor(() => expect(got().equals(all)).toBe(true), patient);
  pty.read({ on: false });
  const stuck = link.write(all);
  await link.end();
  expect(await stuck).toMatchObject({ code: 'usb.stalled', retry: 'unsafe' });
  expect(closed).toEqual([{ code: 'usb.stalled', retry: 'unsafe', detail: expect.any(String) }]);
});

it('sees a pulled cable, idle or in the middle of a write, and opens the next device under the same name', async () => {
  const { pty } = await printerOn();
  const idle = await openLink();
  await pty.whenOpened();
  const pulled_ms = performance.now();
  await pty.hangUp();
  await vi.waitFor(() => expect(idle.closed).toMatchObject([{ code: 'usb.unplugged' }]), patient);
  console.log(`usblp: unplugging seen after ${Math.round(performance.now() - pulled_ms)} ms`);
  expect(await idle.link.write(Buffer.from('x'))).toMatchObject({ code: 'usb.unplugged' });
  await pty.replug();
  const busy = await openLink();
  await pty.whenOpened();
  pty.read({ on: false });
  const written = busy.link.write(patternOf(200_000));
  await pty.hangUp();
  expect(await written).toMatchObject({ code: 'usb.unplugged', retry: 'unsafe' });
  expect(busy.closed).toHaveLength(1);
});

it('asks, before it closes, whether the last block is out: by an empty write that really reaches the driver', () => {
  const calls = join(directory, 'calls');
  const script = `
    import { openUsbLp } from ${JSON.stringify(new URL('usb-lp.ts', import.meta.url).href)};
    const { link } = await openUsbLp({ path: '/dev/null' })({ bytes() {}, closed() {} });
    await link.write(Buffer.from('last block'));
    await link.end();`;
  execFileSync('strace', [
    '-f',
    '-e',
    'trace=write',
    '-o',
    calls,
    process.execPath,
    '--input-type=module',
    '-e',
    script,
  ]);
  const writes = readFileSync(calls, 'utf8');
  // Without the bracket: another thread's call may come between a call and its end (`<unfinished ...>`).
  const descriptor = /write\((\d+), "last block", 10/.exec(writes)?.[1];
  expect(writes.split('"last block"')[1]).toContain(`write(${descriptor}, "", 0`);
});

it('says why it cannot open: nothing there, or no device', async () => {
  expect(await openUsbLp({ path: join(directory, 'none') })(silent)).toMatchObject({
    ok: false,
    fault: { code: 'usb.notFound', retry: 'safe' },
  });
  const file = join(directory, 'file');
  writeFileSync(file, 'text');
  expect(await openUsbLp({ path: file })(silent)).toMatchObject({
    ok: false,
    fault: { code: 'usb.openFailed', detail: `${file} is no device` },
  });
});

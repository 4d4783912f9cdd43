// Drawer pulses over real sockets: the bytes, their place in the queue, and every way one can end. Never a second pulse.
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { OpenResult } from '../../core/ports/byte-link.ts';
import type { DrawerOutcome, PrinterEvent } from '../../core/ports/printer.ts';
import { createPrinter, type PrinterConfig } from '../registry.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { drawerPulse, drawerPulseNow } from './commands.ts';
import { printerProfiles } from './profile.ts';
import { ReceiptPrinter } from './receipt-printer.ts';
import { startScriptedPrinter, type Script, type ScriptedPrinter } from './scripted-printer.ts';

vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 20_000, interval: 5 };
const document = {
  receiptId: 'r1',
  number: '000001',
  blocks: [{ kind: 'rule' as const }],
};
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const ordered = hex('1b70 00 19 fa');
const realTime = hex('1014 01 00 01');
const timings = { answer_ms: 5000, settle_ms: 20, look_ms: 20 };

/** A scripted printer that keeps every chunk. */
async function fake(script: Script = {}): Promise<ScriptedPrinter & { heard(): Buffer }> {
  const chunks: Buffer[] = [];
  const printer = await startScriptedPrinter({
    ...script,
    intercept: (socket, chunk) => {
      chunks.push(chunk);
      return script.intercept?.(socket, chunk) ?? false;
    },
  });
  cleanups.push(() => printer.close());
  return Object.assign(printer, { heard: () => Buffer.concat(chunks) });
}

const count = (bytes: Buffer, pulse: Buffer): number =>
  bytes.toString('hex').split(pulse.toString('hex')).length - 1;

function follow(printer: ReturnType<typeof createPrinter>) {
  const events: PrinterEvent[] = [];
  const ended = () =>
    events.flatMap((event) => (event.kind === 'status' ? [] : [[event.kind, event.jobId] as const]));
  const outcomes = () => events.flatMap((event) => (event.kind === 'drawer' ? [event.outcome] : []));
  const outcome = async (): Promise<DrawerOutcome> => {
    await vi.waitFor(() => expect(outcomes()).toHaveLength(1), patient);
    return outcomes()[0] as DrawerOutcome;
  };
  printer.start((event) => events.push(event));
  cleanups.push(() => printer.stop());
  return { printer, events, ended, outcomes, outcome };
}

function drive(port: number, extra: Partial<PrinterConfig> = {}) {
  const transport = { kind: 'tcp' as const, host: '127.0.0.1', port, linger_ms: 500 };
  return follow(
    createPrinter({ id: 'p1', transport, profile: 'generic80', poll_ms: 60_000, timings, ...extra }),
  );
}

it('golden bytes: ESC p in units of 2 ms, DLE DC4 1 in units of 100 ms, both clamped to their range', () => {
  expect(Buffer.from(drawerPulse(2, 50, 500))).toEqual(ordered);
  expect(Buffer.from(drawerPulse(5, 2000, 0))).toEqual(hex('1b70 01 ff 01'));
  expect(Buffer.from(drawerPulseNow(2, 100))).toEqual(realTime);
  expect(Buffer.from(drawerPulseNow(5, 5000))).toEqual(hex('1014 01 01 08'));
});

it.each([
  ['generic80', ordered, realTime],
  ['generic58', ordered, realTime],
  ['epson80', realTime, ordered],
] as const)('%s sends its own pulse, once', async (profile, pulse, other) => {
  const device = await fake();
  const driver = drive(device.port, { profile });
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toEqual({ kind: 'sent' });
  await driver.printer.stop();
  expect(count(device.heard(), pulse)).toBe(1);
  expect(count(device.heard(), other)).toBe(0);
  expect(driver.ended()).toEqual([['drawer', 'd1']]);
});

it('goes before waiting receipts, not into the middle of one', async () => {
  // the first receipt waits for its ordered status until we let it go
  let waiting: Socket | null = null;
  const device = await fake({
    intercept: (socket, chunk) => {
      if (waiting !== null || !chunk.includes('\x1dr\x01')) return false;
      waiting = socket;
      return true;
    },
  });
  const driver = drive(device.port);
  driver.printer.print({ jobId: 'j1', document, copy: 0 });
  await vi.waitFor(() => expect(device.heard().includes('\x1dr\x01')).toBe(true), patient);
  driver.printer.print({ jobId: 'j2', document, copy: 0 });
  driver.printer.pulseDrawer('d1');
  driver.printer.pulseDrawer('d2');
  expect(count(device.heard(), ordered)).toBe(0);
  (waiting as Socket | null)?.write(Uint8Array.of(0));
  await vi.waitFor(() => expect(driver.ended()).toHaveLength(4), patient);
  expect(driver.ended()).toEqual([
    ['finished', 'j1'],
    ['drawer', 'd1'],
    ['drawer', 'd2'],
    ['finished', 'j2'],
  ]);
  expect(count(device.heard(), ordered)).toBe(2);
  expect(device.jobs().every((bytes) => count(bytes, ordered) === 0)).toBe(true);
});

it('behind a receipt that holds the printer it is given up in its time, and never opens the drawer later', async () => {
  let waiting: Socket | null = null;
  const device = await fake({
    intercept: (socket, chunk) => {
      if (!chunk.includes('\x1dr\x01')) return false;
      waiting = socket;
      return true;
    },
  });
  const driver = drive(device.port, { timings: { ...timings, pulseWait_ms: 50 } });
  driver.printer.print({ jobId: 'j1', document, copy: 0 });
  await vi.waitFor(() => expect(waiting).not.toBeNull(), patient);
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toEqual({
    kind: 'failed',
    detail: 'not sent: the printer was held by a receipt',
  });
  (waiting as Socket | null)?.write(Uint8Array.of(0));
  await vi.waitFor(() => expect(driver.ended()).toHaveLength(2), patient);
  await driver.printer.stop();
  expect(driver.ended()).toEqual([
    ['drawer', 'd1'],
    ['finished', 'j1'],
  ]);
  expect(count(device.heard(), ordered)).toBe(0);
});

it('interrupts an idle look', async () => {
  // a printer that answers nothing: the look would last for ever
  const device = await fake({ intercept: () => true });
  const driver = drive(device.port, { timings: { ...timings, answer_ms: 600_000 } });
  await vi.waitFor(() => expect(device.heard().subarray(-3)).toEqual(hex('100401')), patient);
  driver.printer.pulseDrawer('d1');
  await vi.waitFor(() => expect(count(device.heard(), ordered)).toBe(1), patient);
});

it('to a printer that answers nothing is sent', async () => {
  const device = await fake({ intercept: () => true });
  const driver = drive(device.port, { timings: { ...timings, answer_ms: 40 } });
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toEqual({ kind: 'sent' });
});

it('refused before any byte has failed, and the printer shows as unreachable', async () => {
  const device = await startScriptedPrinter();
  await device.close();
  const driver = drive(device.port);
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining('tcp.refused'),
  });
  expect(driver.events).toContainEqual(expect.objectContaining({ kind: 'status', state: 'unreachable' }));
});

it('reset when it arrives is unknown, and not repeated', async () => {
  const device = await fake({
    intercept: (socket, chunk) => {
      if (!chunk.includes(ordered)) return false;
      socket.resetAndDestroy();
      return true;
    },
  });
  const driver = drive(device.port);
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toMatchObject({ kind: 'unknown' });
  driver.printer.print({ jobId: 'j1', document, copy: 0 });
  await vi.waitFor(() => expect(driver.ended()).toHaveLength(2), patient);
  expect(count(device.heard(), ordered)).toBe(1);
});

it('by a link that breaks in mid-write is unknown; dead before the write it has failed', async () => {
  const broken = { code: 'serial.failed', retry: 'unsafe' as const, detail: 'unplugged' };
  let isDead = false;
  let writes = 0;
  const printer = new ReceiptPrinter({
    id: 'p1',
    connection: 'none',
    profile: printerProfiles.generic80,
    clock: monotonicClock(),
    poll_ms: 60_000,
    timings: { answer_ms: 20, settle_ms: 1 },
    open: (listener): Promise<OpenResult> => {
      if (isDead) listener.closed(broken);
      const write = (bytes: Uint8Array) => {
        if (bytes[0] === 0x1b) writes += 1;
        return Promise.resolve(bytes[0] === 0x1b ? broken : null);
      };
      return Promise.resolve({ ok: true, link: { write, end: () => Promise.resolve() } });
    },
  });
  const driver = follow(printer);
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toEqual({ kind: 'unknown', detail: 'unplugged' });
  isDead = true;
  driver.printer.pulseDrawer('d2');
  await vi.waitFor(() => expect(driver.outcomes()).toHaveLength(2), patient);
  expect(driver.outcomes()[1]).toEqual({ kind: 'failed', detail: 'unplugged' });
  expect(writes).toBe(1);
});

it('to a peer that takes no data is unknown', async () => {
  const printer = new ReceiptPrinter({
    id: 'p1',
    connection: 'none',
    profile: printerProfiles.generic80,
    clock: monotonicClock(),
    poll_ms: 60_000,
    timings: { completion_ms: 30, answer_ms: 10 },
    open: () =>
      Promise.resolve({
        ok: true,
        link: { write: () => new Promise<null>(() => undefined), end: () => Promise.resolve() },
      }),
  });
  const driver = follow(printer);
  driver.printer.pulseDrawer('d1');
  expect(await driver.outcome()).toEqual({ kind: 'unknown', detail: 'the printer takes no data' });
});

it('into some other service is unknown', async () => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('220 smtp.example.com ESMTP ready\r\n'.repeat(4));
    socket.on('data', () => socket.write('500 what?\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const driver = drive(port, { timings: { ...timings, answer_ms: 100 } });
  driver.printer.pulseDrawer('d1');
  expect((await driver.outcome()).kind).toBe('unknown');
});

it('an error that stops the printer is told, whichever pulse it has', async () => {
  // 76: cutter error in DLE EOT 2 and 3, waiting for recovery in DLE EOT 1
  const answers: Record<number, number> = { 1: 0x3a, 2: 0x52, 3: 0x1a, 4: 0x12 };
  const device = await fake({ realTime: (n) => answers[n] ?? null });
  for (const profile of ['generic80', 'epson80'] as const) {
    const driver = drive(device.port, { profile });
    driver.printer.pulseDrawer('d1');
    expect(await driver.outcome()).toMatchObject({
      kind: 'unknown',
      detail: expect.stringContaining('cutter'),
    });
    await driver.printer.stop();
  }
});

it('waiting when the driver stops has failed, one event each', async () => {
  const device = await fake({ ordered: () => null });
  const driver = drive(device.port);
  driver.printer.print({ jobId: 'j1', document, copy: 0 });
  await vi.waitFor(() => expect(device.heard().includes('\x1dr\x01')).toBe(true), patient);
  driver.printer.pulseDrawer('d1');
  await driver.printer.stop();
  expect(driver.outcomes()).toEqual([{ kind: 'failed', detail: 'stopped' }]);
  expect(count(device.heard(), ordered)).toBe(0);
});

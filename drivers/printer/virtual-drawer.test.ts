// Drawer pulses against the virtual printer: opened once, whatever the paper does, and no part of any receipt.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { connectPrinterControl, type PrinterControl } from '../../fixtures/devices/printer/client.ts';
import { type PrinterProcess, startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import { createPrinter } from '../registry.ts';
import type { PrinterProfileName } from './profile.ts';
import { sampleReceipt } from './sample-receipt.ts';

vi.setConfig({ testTimeout: 60_000 });
const directory = mkdtempSync(join(tmpdir(), 'yima-drawer-'));
const patient = { timeout: 20_000, interval: 10 };
let device: PrinterProcess;
let control: PrinterControl;
let printer: Printer;
let events: PrinterEvent[] = [];

beforeAll(async () => {
  device = await startPrinter({ directory, render: false });
  control = await connectPrinterControl(device.control);
});
afterEach(async () => {
  await printer.stop();
  await control.paperIn();
  await control.coverClose();
  await control.cutterError(false);
  await control.drawerClose();
  await control.tear();
});
afterAll(async () => {
  control.close();
  await device.stop();
  rmSync(directory, { recursive: true });
});

function drive(profile: PrinterProfileName): Printer {
  const transport = { kind: 'tcp' as const, host: '127.0.0.1', port: device.port };
  events = [];
  const posted = events;
  printer = createPrinter({
    id: 'p1',
    transport,
    profile,
    poll_ms: 50,
    timings: { answer_ms: 3000, look_ms: 50 },
  });
  printer.start((event) => posted.push(event));
  return printer;
}
const outcomes = () => events.flatMap((event) => (event.kind === 'drawer' ? [event.outcome] : []));
const finished = () => events.filter((event) => event.kind === 'finished');

it.each([
  ['generic80', 'ordered', 50],
  ['epson80', 'realTime', 100],
] as const)('%s opens the drawer once', async (profile, command, on_ms) => {
  const [mark, before] = [control.mark(), await control.drawerPulses()];
  drive(profile).pulseDrawer('d1');
  const opened = await control.drawerOpened({ since: mark });
  expect(opened).toMatchObject({ pin: 2, on_ms, command, count: before + 1 });
  await vi.waitFor(() => expect(outcomes()).toEqual([{ kind: 'sent' }]), patient);
  expect(await control.drawerPulses()).toBe(before + 1);
});

it.each(['paperOut', 'coverOpen'] as const)(
  'with %s a real-time pulse opens it all the same',
  async (trouble) => {
    const before = await control.drawerPulses();
    await control[trouble]();
    drive('epson80').pulseDrawer('d1');
    await vi.waitFor(() => expect(outcomes()).toEqual([{ kind: 'sent' }]), patient);
    expect(await control.drawerPulses()).toBe(before + 1);
  },
);

it('an ordered pulse waits in the printer for paper, and the driver says so', async () => {
  const before = await control.drawerPulses();
  await control.paperOut();
  drive('generic80').pulseDrawer('d1');
  const detail = 'sent, but the printer is stopped: paperOut';
  await vi.waitFor(() => expect(outcomes()).toEqual([{ kind: 'unknown', detail }]), patient);
  expect(await control.drawerPulses()).toBe(before);
  await control.paperIn();
  expect(await control.drawerPulses()).toBe(before + 1);
});

it('in an error that this printer obeys no pulse in, nothing is promised', async () => {
  const before = await control.drawerPulses();
  await control.cutterError();
  drive('epson80').pulseDrawer('d1');
  await control.waitFor('drawer.ignored');
  const detail = 'sent, but the printer is stopped: cutter';
  await vi.waitFor(() => expect(outcomes()).toEqual([{ kind: 'unknown', detail }]), patient);
  expect(await control.drawerPulses()).toBe(before);
});

it('a pulse is on no paper: neither in a receipt nor as one', async () => {
  const [mark, jobsBefore] = [control.mark(), (await control.jobs()).length];
  const driver = drive('generic80');
  driver.print({ jobId: 'j1', document: sampleReceipt, copy: 0 });
  driver.pulseDrawer('d1');
  driver.print({ jobId: 'j2', document: sampleReceipt, copy: 0 });
  driver.pulseDrawer('d2');
  await vi.waitFor(() => expect([outcomes().length, finished().length]).toEqual([2, 2]), patient);
  await control.waitFor('drawer.opened', (event) => event.seq > mark, { since: mark });
  const jobs = (await control.jobs()).slice(jobsBefore);
  expect(jobs).toHaveLength(2);
  for (const job of jobs) {
    expect(job.faults).toEqual([]);
    expect(readFileSync(job.bin).includes(Buffer.from('1b700019fa', 'hex'))).toBe(false);
  }
});

// A printer on this machine, as a serial line and as usblp have it: the virtual printer on a pseudo terminal. Prints, runs
// out, is pulled and comes back under its name, idle and in the middle of a receipt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PrintOutcome, Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { connectPrinterControl, type PrinterControl } from '../../fixtures/devices/printer/client.ts';
import { type PrinterProcess, startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import { sampleReceipt } from '../printer/sample-receipt.ts';
import { createPrinter, type PrinterConfig } from '../registry.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const directory = mkdtempSync(join(tmpdir(), 'yima-local-printer-'));
const tty = join(directory, 'lp0');
const patient = { timeout: 50_000, interval: 10 };
const timings = { answer_ms: 1000, look_ms: 100, completion_ms: 20_000 };

describe.each<[string, PrinterConfig['transport']]>([
  ['serial', { kind: 'serial', path: tty, baudRate: 115_200 }],
  ['usb', { kind: 'usb', path: tty }],
])('a printer on %s', (kind, transport) => {
  let device: PrinterProcess;
  let control: PrinterControl;
  let printer: Printer | null = null;
  let events: PrinterEvent[] = [];

  beforeAll(async () => {
    device = await startPrinter({ directory, tty, baud: 115_200, render: false });
    control = await connectPrinterControl(device.control);
  });
  afterEach(() => printer?.stop());
  afterAll(async () => {
    control.close();
    await device.stop();
  });

  function drive(config: Partial<PrinterConfig> = {}): Printer {
    events = [];
    const posted = events;
    printer = createPrinter({ id: 'p1', transport, profile: 'epson80', poll_ms: 3000, timings, ...config });
    printer.start((event) => posted.push(event));
    return printer;
  }
  const shown = () => events.findLast((event) => event.kind === 'status')?.state;
  const untilShown = (state: string) => vi.waitFor(() => expect(shown()).toBe(state), patient);
  const outcomeOf = async (jobId: string): Promise<PrintOutcome | undefined> => {
    const found = () => events.find((event) => event.kind === 'finished' && event.jobId === jobId);
    const event = await vi.waitFor(() => expect(found()).toBeDefined(), patient).then(found);
    return event?.kind === 'finished' ? event.outcome : undefined;
  };

  it('prints a whole receipt at the speed of the line, and says who it is', async () => {
    const driven = drive();
    driven.print({ jobId: 'a', document: sampleReceipt, copy: 0 });
    expect(await outcomeOf('a')).toEqual({ kind: 'printed', evidence: 'processId' });
    const [paper] = await control.jobs();
    expect(paper?.text).toContain('微信支付');
    expect(driven.report().connection).toBe(kind === 'usb' ? `usb ${tty}` : `serial ${tty} 115200`);
  });

  it('is pulled and plugged in again while idle, between two looks', async () => {
    drive();
    await untilShown('ready');
    const pulled_ms = performance.now();
    await control.unplug();
    await untilShown('unreachable');
    const plugged_ms = performance.now();
    await control.replug();
    await untilShown('ready');
    console.log(
      `${kind} printer: unplugging shown after ${Math.round(plugged_ms - pulled_ms)} ms, ` +
        `ready again after ${Math.round(performance.now() - plugged_ms)} ms`,
    );
  });

  it('is pulled in the middle of a receipt: may be half out, and the next one prints after replugging', async () => {
    const driven = drive();
    await untilShown('ready');
    await control.slow(500);
    await control.call('hangUp', { afterBytes: 600 });
    driven.print({ jobId: 'half', document: sampleReceipt, copy: 0 });
    expect(await outcomeOf('half')).toMatchObject({
      kind: 'failed',
      problem: 'connectionLost',
      printed: 'unknown',
    });
    await control.slow(0);
    await control.powerOff();
    await control.powerOn();
    await control.replug();
    await untilShown('ready');
    driven.print({ jobId: 'next', document: sampleReceipt, copy: 1 });
    expect(await outcomeOf('next')).toMatchObject({ kind: 'printed' });
  });

  it('runs out of paper, and loses its power without a word', async () => {
    drive({ poll_ms: 100 });
    await untilShown('ready');
    await control.paperOut();
    await untilShown('paperOut');
    await control.paperIn();
    await untilShown('ready');
    await control.powerOff();
    await untilShown('unreachable');
    await control.powerOn();
    await untilShown('ready');
  });
});

afterAll(() => rmSync(directory, { recursive: true }));

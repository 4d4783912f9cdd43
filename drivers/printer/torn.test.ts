// A receipt that broke off within a command: what comes next would be the data of that, with its mark, shop and number. And answers that the
// run of the program before this one has asked for.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { PrintOutcome, Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { PrinterDevice, type Receipt } from '../../fixtures/devices/printer/device.ts';
import type { Item } from '../../fixtures/devices/printer/display-list.ts';
import { Interpreter } from '../../fixtures/devices/printer/interpret.ts';
import { visible } from '../../test/print/judge.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { outOfCommand } from './commands.ts';
import { encodePieces } from './encode.ts';
import { longestData_bytes, type PrinterProfileName, printerProfiles } from './profile.ts';
import { ReceiptPrinter } from './receipt-printer.ts';
import { sampleReceipt } from './sample-receipt.ts';
import { streamOf } from './stream.ts';

vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 60_000, interval: 5 };

function itemsOf(printer: Interpreter, bytes: Uint8Array): Item[] {
  printer.feed(bytes);
  const items: Item[] = [];
  for (let step = printer.next(); step !== undefined; step = printer.next()) items.push(...step.items);
  return items;
}

describe.each(Object.keys(printerProfiles) as PrinterProfileName[])('on %s', (name) => {
  const profile = printerProfiles[name];
  const bytesOf = (copy: 0 | 'afterCrash', isPartOut: boolean) =>
    streamOf(encodePieces(sampleReceipt, profile, copy), profile, { processId: '0001', isPartOut }).bytes;

  it('the next paper is whole, wherever the last one was torn', () => {
    const torn = bytesOf(0, false);
    const wanted = visible(itemsOf(new Interpreter(), bytesOf('afterCrash', false))).join('\n');
    const broken: number[] = [];
    // a picture is many bytes of one kind
    const step = torn.length > 4000 ? 11 : 1;
    for (let cut = 0; cut <= torn.length; cut += step) {
      const printer = new Interpreter();
      itemsOf(printer, torn.subarray(0, cut));
      const [end, next] = [outOfCommand(longestData_bytes(profile)), bytesOf('afterCrash', true)];
      const paper = visible(itemsOf(printer, Buffer.concat([end, next]))).join('\n');
      if (!paper.includes(wanted)) broken.push(cut);
    }
    expect(broken).toEqual([]);
  });
});

/** A printer on a line that outlives the program. `hangUp`: the program is gone, and what it has sent is there. */
function line(device: PrinterDevice) {
  let hangUp: () => void = () => undefined;
  const open: LinkOpener = (listener) => {
    let isClosed = false;
    const close = (): void => {
      if (isClosed) return;
      isClosed = true;
      device.detach();
      listener.closed(null);
    };
    device.attach((bytes) => {
      setImmediate(() => {
        if (!isClosed) listener.bytes(Uint8Array.from(bytes));
      });
    });
    hangUp = () => {
      isClosed = true;
      device.detach();
    };
    const write = (bytes: Uint8Array) => {
      if (!isClosed) device.receive(Buffer.from(bytes));
      return Promise.resolve(null);
    };
    return Promise.resolve({ ok: true, link: { write, end: () => Promise.resolve(close()) } });
  };
  return { open, hangUp: () => hangUp() };
}

const running: Printer[] = [];
afterEach(async () => {
  for (const printer of running.splice(0)) await printer.stop();
});

function start(open: LinkOpener, profile: PrinterProfileName) {
  const events: PrinterEvent[] = [];
  const printer = new ReceiptPrinter({
    id: 'p1',
    open,
    connection: 'test',
    profile: printerProfiles[profile],
    clock: monotonicClock(),
    poll_ms: 60_000,
  });
  printer.start((event) => events.push(event));
  const outcome = async (jobId: string): Promise<PrintOutcome> => {
    const find = () => events.find((event) => event.kind === 'finished' && event.jobId === jobId);
    await vi.waitFor(() => expect(find()).toBeDefined(), patient);
    const event = find();
    if (event?.kind !== 'finished') throw new Error('no outcome');
    return event.outcome;
  };
  return { printer, events, outcome };
}

const papers: Receipt[] = [];

function printing(bytesPerSecond: number): PrinterDevice {
  const device = new PrinterDevice({
    publish: () => undefined,
    onReceipt: (paper) => papers.push(paper),
  });
  device.features.processId = false;
  device.features.automaticStatus = false;
  device.features.bytesPerSecond = bytesPerSecond;
  return device;
}

it('what the receipt of a killed core still answers is no proof of the paper after it', async () => {
  const device = printing(500);
  const wire = line(device);
  const killed = start(wire.open, 'generic80');
  await vi.waitFor(
    () => expect(killed.events).toContainEqual(expect.objectContaining({ state: 'ready' })),
    patient,
  );
  killed.printer.print({ jobId: '1', document: sampleReceipt, copy: 0 });
  await vi.waitFor(() => expect(device.pending_bytes).toBeGreaterThan(600), patient);
  wire.hangUp();
  const { printer, outcome } = start(wire.open, 'generic80');
  running.push(printer);
  printer.print({ jobId: '2', document: sampleReceipt, copy: 'afterCrash' });
  expect(await outcome('2')).toEqual({ kind: 'printed', evidence: 'orderedStatus' });
  expect(papers.at(-1)?.text).toContain('POSSIBLE COPY');
});

it('a pulse after a receipt that broke off within a picture opens the drawer', async () => {
  const device = printing(1_000_000);
  const pieces = encodePieces(sampleReceipt, printerProfiles.generic58, 0);
  const bytes = Buffer.concat(pieces);
  device.receive(bytes.subarray(0, bytes.indexOf(Buffer.from([0x1d, 0x76, 0x30])) + 12));
  const { printer, events } = start(line(device).open, 'generic58');
  running.push(printer);
  printer.pulseDrawer('7');
  await vi.waitFor(() => expect(events).toContainEqual(expect.objectContaining({ kind: 'drawer' })), patient);
  expect(events.find(({ kind }) => kind === 'drawer')).toMatchObject({ outcome: { kind: 'sent' } });
  expect(device.drawerPulses).toBe(1);
});

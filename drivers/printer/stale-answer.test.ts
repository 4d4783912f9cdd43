// What was asked by a session that hung up is answered in the next one on a line that outlives it (USB, serial): it must pass for no
// answer there, or each later one stands for the question before it.
import { afterEach, expect, it, vi } from 'vitest';
import type { ByteLinkListener, LinkOpener } from '../../core/ports/byte-link.ts';
import type { Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { printerProfiles } from './profile.ts';
import { ReceiptPrinter } from './receipt-printer.ts';
import { sampleReceipt } from './sample-receipt.ts';

vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 30_000, interval: 5 };
let printer: Printer | null = null;
afterEach(async () => printer?.stop());

/** As long as a printer thinks before it answers. */
const THINKS_ms = 5;

/** Keeps what it has to say until somebody listens. */
class UsbPrinter {
  realTime = (_n: number): number => 0x12;
  asked = 0;
  readonly #unread: number[];
  #listener: ByteLinkListener | null = null;

  constructor(unread: number[] = []) {
    this.#unread = unread;
  }

  open: LinkOpener = (listener) => {
    this.#listener = listener;
    setTimeout(() => this.#tell(), 1);
    return Promise.resolve({
      ok: true,
      link: {
        write: (bytes) => {
          const requests = Buffer.from(bytes)
            .toString('latin1')
            .matchAll(/\x10\x04([\x01-\x04])|\x1dr\x01/g);
          for (const [, n] of requests) this.#answer(n === undefined ? 0 : this.realTime(n.charCodeAt(0)));
          return Promise.resolve(null);
        },
        end: () => {
          this.#listener = null;
          listener.closed(null);
          return Promise.resolve();
        },
      },
    });
  };

  #answer(byte: number): void {
    this.asked += 1;
    setTimeout(() => {
      this.#unread.push(byte);
      this.#tell();
    }, THINKS_ms);
  }

  #tell(): void {
    if (this.#listener !== null && this.#unread.length > 0)
      this.#listener.bytes(Uint8Array.from(this.#unread.splice(0)));
  }
}

const openCover = (n: number): number => ({ 1: 0x1a, 2: 0x16 })[n] ?? 0x12;

function start(device: UsbPrinter): { made: Printer; events: PrinterEvent[] } {
  const events: PrinterEvent[] = [];
  const made = new ReceiptPrinter({
    id: 'p1',
    open: device.open,
    connection: 'usb /dev/usb/lp0',
    profile: printerProfiles.generic80,
    clock: monotonicClock(),
    poll_ms: 20,
    timings: { completion_ms: 300, resume_ms: 500, look_ms: 20, quiet_ms: 50, answer_ms: 200, settle_ms: 20 },
  });
  printer = made;
  made.start((event) => events.push(event));
  return { made, events };
}

/** What is shown when it has been asked often enough for whatever was on its way. */
async function shownAfterLooks(device: UsbPrinter, events: readonly PrinterEvent[]): Promise<unknown> {
  const { asked } = device;
  await vi.waitFor(() => expect(device.asked).toBeGreaterThan(asked + 12), patient);
  return events.findLast(({ kind }) => kind === 'status');
}

it('an open cover is shown as one after a pulse that broke into a look, and no receipt is sent under it', async () => {
  const device = new UsbPrinter();
  const { made, events } = start(device);
  await vi.waitFor(() => expect(device.asked).toBe(1), { ...patient, interval: 1 });
  made.pulseDrawer('6');
  await vi.waitFor(() => expect(events).toContainEqual(expect.objectContaining({ kind: 'drawer' })), patient);
  device.realTime = openCover;
  expect(await shownAfterLooks(device, events)).toMatchObject({ state: 'coverOpen' });
  made.print({ jobId: '7', document: sampleReceipt, copy: 0 });
  await vi.waitFor(
    () => expect(events).toContainEqual(expect.objectContaining({ kind: 'finished' })),
    patient,
  );
  expect(events.find(({ kind }) => kind === 'finished')).toMatchObject({
    outcome: { kind: 'failed', problem: 'coverOpen', printed: 'nothing' },
  });
});

it('and after a core that was killed in the middle of a look', async () => {
  const device = new UsbPrinter([0x12]);
  device.realTime = openCover;
  const { events } = start(device);
  expect(await shownAfterLooks(device, events)).toMatchObject({ state: 'coverOpen' });
});

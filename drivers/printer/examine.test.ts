// What a printer says of itself when asked, and what the driver has counted: on real sockets.
import { afterEach, expect, it, vi } from 'vitest';
import type { Clock } from '../../core/ports/clock.ts';
import type { Printer, PrinterEvent, PrinterExamination } from '../../core/ports/printer.ts';
import { createPrinter } from '../registry.ts';
import type { PrinterConfig } from '../registry.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { sampleReceipt } from './sample-receipt.ts';
import { startScriptedPrinter } from './scripted-printer.ts';
import type { Script, ScriptedPrinter } from './scripted-printer.ts';

vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 60_000, interval: 5 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const timings = { answer_ms: 20_000, settle_ms: 5, look_ms: 5 };

type Bench = { device: ScriptedPrinter; printer: Printer; events: PrinterEvent[]; chunks: Buffer[] };

async function bench(script: Script = {}, extra: Partial<PrinterConfig> = {}, clock?: Clock): Promise<Bench> {
  const chunks: Buffer[] = [];
  const device = await startScriptedPrinter({
    ...script,
    intercept: (socket, chunk) => {
      chunks.push(chunk);
      return script.intercept?.(socket, chunk) ?? false;
    },
  });
  cleanups.push(() => device.close());
  const transport = { kind: 'tcp' as const, host: '127.0.0.1', port: device.port, linger_ms: 200 };
  const config = { id: 'p1', transport, profile: 'generic80' as const, poll_ms: 60_000, timings, ...extra };
  const printer = createPrinter(config, clock);
  const events: PrinterEvent[] = [];
  cleanups.push(() => printer.stop());
  printer.start((event) => events.push(event));
  return { device, printer, events, chunks };
}

const examine = (printer: Printer): Promise<PrinterExamination> =>
  new Promise((resolve) => printer.examine(resolve));
const asked = (chunks: Buffer[], request: string): number =>
  Buffer.concat(chunks).toString('latin1').split(request).length - 1;

const names: Readonly<Record<string, string>> = {
  A: '3.1',
  B: 'XPRINTER',
  C: 'XP-N160II',
  D: '\xd6\xd0 0042',
};

it('tells who it is and what it proves, and remembers it for the report', async () => {
  const { printer, chunks } = await bench({ identity: (n) => names[n] ?? null });
  expect(printer.report()).toMatchObject({ category: 'printer', identity: null, lastError: null });
  const identity = { maker: 'XPRINTER', model: 'XP-N160II', serial: '中 0042', firmware: '3.1' };
  expect(await examine(printer)).toEqual({
    kind: 'examined',
    answers: true,
    state: 'ready',
    detail: '',
    identity,
    processId: null,
    orderedStatus: true,
  });
  expect(printer.report().identity).toEqual(identity);
  // a profile without process ids is not asked for them: such a printer would print the letters
  expect(asked(chunks, '\x1d(H')).toBe(0);
  // out of whatever it may have been in the middle of, once, and no receipt
  expect(asked(chunks, '\x1b@')).toBe(1);
  expect(asked(chunks, '\x1c&')).toBe(0);
});

it.each([true, false])('process ids, where the profile has them: %s', async (processId) => {
  const waits = { ...timings, answer_ms: processId ? 20_000 : 300 };
  const { printer } = await bench({ processId }, { profile: 'epson80', timings: waits });
  expect(await examine(printer)).toMatchObject({ processId, orderedStatus: true, identity: null });
});

it('one that answers in order and has no GS I is not waited for', async () => {
  const { printer, chunks } = await bench();
  expect(await examine(printer)).toMatchObject({ answers: true, identity: null, orderedStatus: true });
  expect(asked(chunks, '\x1dI')).toBe(2);
});

it('a clone that answers nothing costs 3 seconds at the most, by the waits it is given', async () => {
  // the waits that were really waited out, whatever the machine adds to them
  let waited_ms = 0;
  const real = monotonicClock();
  const after: Clock['after'] = (delay_ms, run) =>
    real.after(delay_ms, () => {
      waited_ms += delay_ms;
      run();
    });
  const { printer } = await bench({ intercept: () => true }, { timings: {} }, { ...real, after });
  const found = await examine(printer);
  expect(found).toMatchObject({ kind: 'examined', answers: false, identity: null, orderedStatus: false });
  expect(waited_ms).toBeGreaterThan(0);
  expect(waited_ms).toBeLessThanOrEqual(3000);
});

it('a stopped printer is asked nothing that would wait in its buffer', async () => {
  const { printer, chunks, events } = await bench({ realTime: (n) => (n === 4 ? 0x72 : 0x12) });
  expect(await examine(printer)).toEqual({
    kind: 'examined',
    answers: true,
    state: 'paperOut',
    detail: '',
    identity: null,
    processId: null,
    orderedStatus: null,
  });
  expect(asked(chunks, '\x1dr')).toBe(0);
  expect(events).toMatchObject([{ kind: 'status', state: 'paperOut' }]);
  expect(printer.report()).toMatchObject({
    lastError: { code: 'paperOut' },
    statistics: { PaperOutCount: 1 },
  });
});

it('unreachable, with the reason', async () => {
  const { device, printer } = await bench();
  await device.close();
  expect(await examine(printer)).toMatchObject({
    kind: 'unreachable',
    detail: expect.stringContaining('refused'),
  });
  const { connection, lastError, statistics } = printer.report();
  expect(connection).toBe(`tcp 127.0.0.1:${device.port}`);
  expect(lastError?.code).toBe('tcp.refused');
  expect(statistics.CommunicationErrorCount).toBeGreaterThan(0);
});

it('comes after the jobs before it and before the jobs after it', async () => {
  const { printer, events } = await bench();
  const order: string[] = [];
  printer.print({ jobId: 'first', document: sampleReceipt, copy: 0 });
  printer.examine(() => order.push(`examined after ${events.filter(isFinished).length}`));
  printer.print({ jobId: 'second', document: sampleReceipt, copy: 0 });
  await vi.waitFor(() => expect(events.filter(isFinished)).toHaveLength(2), patient);
  expect(order).toEqual(['examined after 1']);
  expect(printer.report().statistics).toMatchObject({ ReceiptPrintedCount: 2, FailedReceiptCount: 0 });
  const { SentByteCount = 0, ReceivedByteCount = 0, ConnectionCount } = printer.report().statistics;
  expect(SentByteCount).toBeGreaterThan(1000);
  expect(ReceivedByteCount).toBeGreaterThan(5);
  expect(ConnectionCount).toBeGreaterThanOrEqual(3);
});
const isFinished = (event: PrinterEvent): boolean => event.kind === 'finished';

it('posts once when the printer is stopped: running, waiting, and asked too late', async () => {
  const { printer, chunks } = await bench({ intercept: () => true });
  const found: PrinterExamination[] = [];
  for (let time = 0; time < 2; time += 1) printer.examine((each) => found.push(each));
  await vi.waitFor(() => expect(chunks.length).toBeGreaterThan(0), patient);
  await printer.stop();
  printer.examine((each) => found.push(each));
  const stopped = { kind: 'unreachable', detail: 'stopped' };
  expect(found).toEqual([stopped, stopped, stopped]);
});

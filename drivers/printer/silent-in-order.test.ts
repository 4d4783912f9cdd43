// Answers in order: a printer that never gives them is waited for once, and one that babbles is not believed.
import { afterEach, expect, it, vi } from 'vitest';
import type { Clock } from '../../core/ports/clock.ts';
import type { PrinterEvent } from '../../core/ports/printer.ts';
import { createPrinter } from '../registry.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { sampleReceipt } from './sample-receipt.ts';
import { startScriptedPrinter } from './scripted-printer.ts';
import type { Script } from './scripted-printer.ts';

vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 60_000, interval: 5 };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A wait for completion that only ends when the test lets it, and a short one that the first look ends. */
const timings = {
  answer_ms: 20_000,
  settle_ms: 5,
  quiet_ms: 20,
  freshQuiet_ms: 20,
  completion_ms: 100_000_000,
  perByte_ms: 0,
  silentCompletion_ms: 0,
  look_ms: 5,
};

async function till(script: Script = {}) {
  let ahead_ms = 0;
  let looks = 0;
  const real = monotonicClock();
  const clock: Clock = { ...real, steady_ms: () => real.steady_ms() + ahead_ms };
  const device = await startScriptedPrinter({ ordered: () => null, ...script });
  const realTime = script.realTime ?? (() => 0x12);
  device.script.realTime = (n) => {
    if (n === 1) looks += 1;
    return realTime(n);
  };
  cleanups.push(() => device.close());
  const transport = { kind: 'tcp' as const, host: '127.0.0.1', port: device.port, linger_ms: 500 };
  const printer = createPrinter({ id: 'p1', transport, profile: 'generic80', poll_ms: 5, timings }, clock);
  const events: PrinterEvent[] = [];
  printer.start((event) => events.push(event));
  cleanups.push(() => printer.stop());
  const finished = () => events.flatMap((event) => (event.kind === 'finished' ? [event.outcome] : []));
  const states = () => events.flatMap((event) => (event.kind === 'status' ? [event.state] : []));
  let printed = 0;
  /** Prints one receipt. `waited`: it did not end by itself, the wait had to be ended. */
  const print = async () => {
    printed += 1;
    printer.print({ jobId: `${printed}`, document: sampleReceipt, copy: 0 });
    await vi.waitFor(() => expect(device.jobs()).toHaveLength(printed), patient);
    const looksBefore = looks;
    // one look would have ended the short wait
    await vi.waitFor(
      () => expect(finished().length === printed || looks >= looksBefore + 6).toBe(true),
      patient,
    );
    const waited = finished().length < printed;
    if (waited) ahead_ms += timings.completion_ms;
    await vi.waitFor(() => expect(finished()).toHaveLength(printed), patient);
    return { waited, outcome: finished().at(-1) };
  };
  return { print, states, device };
}

const sentOnly = { kind: 'printed', evidence: 'sentOnly' };

it('waits once, then no more', async () => {
  const { print } = await till();
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
  expect(await print()).toEqual({ waited: false, outcome: sentOnly });
  expect(await print()).toEqual({ waited: false, outcome: sentOnly });
});

it('waits again after trouble: it may be another printer now', async () => {
  let paper = true;
  const { print, states } = await till({ realTime: (n) => (paper ? 0x12 : n === 4 ? 0x72 : 0x12) });
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
  paper = false;
  await vi.waitFor(() => expect(states().at(-1)).toBe('paperOut'), patient);
  paper = true;
  await vi.waitFor(() => expect(states().at(-1)).toBe('ready'), patient);
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
  expect(await print()).toEqual({ waited: false, outcome: sentOnly });
});

it('waits again after a receipt was lost with its connection', async () => {
  const { print, device } = await till();
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
  device.script.intercept = (socket, chunk) => {
    if (!chunk.includes('\x1c&')) return false;
    socket.resetAndDestroy();
    return true;
  };
  expect(await print()).toMatchObject({ outcome: { kind: 'failed', problem: 'connectionLost' } });
  delete device.script.intercept;
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
});

it('believes an answer in order when one comes after all', async () => {
  const { print, device } = await till();
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
  device.script.ordered = () => 0;
  // the answer and the end of the short wait race: the proof counts if it came first
  await vi.waitFor(
    async () => expect((await print()).outcome).toEqual({ kind: 'printed', evidence: 'orderedStatus' }),
    patient,
  );
  device.script.ordered = () => null;
  expect(await print()).toEqual({ waited: true, outcome: sentOnly });
});

it('believes none when a byte that is no status came among the right ones', async () => {
  // 0xff first, then what was asked for: by luck a babbling peer answers like that.
  const intercept: Script['intercept'] = (socket, chunk) => {
    if (chunk.includes(Buffer.from([0x10, 0x04, 0x01]))) socket.write(Uint8Array.of(0xff));
    return false;
  };
  const { print } = await till({ ordered: () => 0, intercept });
  expect((await print()).outcome).toEqual(sentOnly);
});

// Jobs against real sockets: every way a print can end, and the idle look.
import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PrintOutcome, Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { createPrinter } from '../registry.ts';
import type { PrinterConfig } from '../registry.ts';
import { monotonicClock } from '../transport/monotonic-clock.ts';
import { openTcp } from '../transport/tcp.ts';
import { runJob } from './job.ts';
import { newMemory } from './look.ts';
import type { PrinterMemory } from './look.ts';
import { printerProfiles } from './profile.ts';
import { startScriptedPrinter } from './scripted-printer.ts';
import type { Script, ScriptedPrinter } from './scripted-printer.ts';
import { printerTimings } from './timings.ts';
import type { PrinterTimings } from './timings.ts';

vi.setConfig({ testTimeout: 60_000 });
const patient = { timeout: 20_000, interval: 5 };
const document = {
  receiptId: 'r1',
  number: '000001',
  blocks: [
    { kind: 'text' as const, text: '珍珠奶茶', align: 'left' as const, size: 1 as const, bold: false },
  ],
};
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Patient where an answer is expected, short only where silence is the point. */
const timings = {
  answer_ms: 5000,
  settle_ms: 20,
  freshQuiet_ms: 20,
  completion_ms: 20_000,
  look_ms: 20,
  processIdGrace_ms: 100,
};
const deaf = { ...timings, answer_ms: 60, silentCompletion_ms: 60, completion_ms: 60 };

async function fake(script: Script = {}): Promise<ScriptedPrinter> {
  const printer = await startScriptedPrinter(script);
  cleanups.push(() => printer.close());
  return printer;
}

type Driver = {
  printer: Printer;
  events: PrinterEvent[];
  outcomes(): PrintOutcome[];
  states(): string[];
  outcome(): Promise<PrintOutcome>;
};

function drive(port: number, extra: Partial<PrinterConfig> = {}): Driver {
  const transport = { kind: 'tcp' as const, host: '127.0.0.1', port, linger_ms: 500 };
  const printer = createPrinter({
    id: 'p1',
    transport,
    profile: 'generic80',
    poll_ms: 60_000,
    timings,
    ...extra,
  });
  const events: PrinterEvent[] = [];
  const outcomes = () => events.flatMap((event) => (event.kind === 'finished' ? [event.outcome] : []));
  const states = () => events.flatMap((event) => (event.kind === 'status' ? [event.state] : []));
  printer.start((event) => events.push(event));
  cleanups.push(() => printer.stop());
  const outcome = async (): Promise<PrintOutcome> => {
    await vi.waitFor(() => expect(outcomes()).toHaveLength(1), patient);
    return outcomes()[0] as PrintOutcome;
  };
  return { printer, events, outcomes, states, outcome };
}

/** What `runJob` needs, for tests of one job without the printer around it. */
function jobContext(
  port: number,
  { memory = newMemory(), ...waits }: Partial<PrinterTimings> & { memory?: PrinterMemory },
) {
  const outcomes: PrintOutcome[] = [];
  const states: string[] = [];
  const context = {
    open: openTcp({ host: '127.0.0.1', port, linger_ms: 100 }),
    clock: monotonicClock(),
    profile: printerProfiles.epson80,
    timings: { ...printerTimings, ...waits },
    memory,
    report: (state: string) => states.push(state),
    hold: () => undefined,
  };
  return { context, outcomes, states };
}

const print = (driver: Driver, jobId = 'j1'): void => driver.printer.print({ jobId, document, copy: 0 });
const cut = Buffer.from('1d564200', 'hex');
const tea = Buffer.from('d5e4d6e9c4ccb2e8', 'hex');

describe('printed', () => {
  it('by process id, and the whole receipt arrived', async () => {
    const device = await fake({ processId: true });
    const driver = drive(device.port, { profile: 'epson80' });
    print(driver);
    expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'processId' });
    const [job] = device.jobs();
    expect(job?.includes(tea)).toBe(true);
    expect(job?.includes(cut)).toBe(true);
  });

  it('by ordered status, where the process id is not answered', async () => {
    const device = await fake();
    const driver = drive(device.port, { profile: 'epson80' });
    print(driver);
    expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'orderedStatus' });
  });

  it('sent only, when it answers real-time status but nothing in order', async () => {
    const device = await fake({ ordered: () => null });
    const driver = drive(device.port, { timings: { ...timings, completion_ms: 100 } });
    print(driver);
    expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'sentOnly' });
  });

  it('sent only, when it never answers at all; the receipt is not lost', async () => {
    const device = await fake({ intercept: () => true });
    const driver = drive(device.port, { timings: deaf });
    print(driver);
    expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'sentOnly' });
    expect(device.jobs()[0]?.includes(cut)).toBe(true);
  });

  it('on a clone that answers without the fixed bits', async () => {
    const device = await fake({ realTime: () => 0x00, ordered: () => null });
    const driver = drive(device.port, { timings: deaf });
    print(driver);
    expect((await driver.outcome()).kind).toBe('printed');
  });

  it('in order, one session at a time, one outcome each', async () => {
    const device = await fake();
    let most = 0;
    device.script.intercept = () => {
      most = Math.max(most, device.sockets.size);
      return false;
    };
    const driver = drive(device.port, { poll_ms: 1 });
    for (const jobId of ['a', 'b', 'c']) print(driver, jobId);
    await vi.waitFor(() => expect(driver.outcomes()).toHaveLength(3), patient);
    const order = driver.events.flatMap((event) => (event.kind === 'finished' ? [event.jobId] : []));
    expect(order).toEqual(['a', 'b', 'c']);
    expect(device.jobs()).toHaveLength(3);
    expect(most).toBe(1);
  });
});

describe('failed before the first byte: nothing printed', () => {
  it.each([
    ['paperOut', (n: number) => (n === 4 ? 0x72 : 0x12)],
    ['coverOpen', (n: number) => (n === 2 ? 0x36 : 0x12)],
    ['cutter', (n: number) => (n === 2 ? 0x52 : n === 3 ? 0x1a : 0x12)],
  ])('%s', async (problem, realTime) => {
    const device = await fake({ realTime });
    const driver = drive(device.port);
    print(driver);
    expect(await driver.outcome()).toMatchObject({ kind: 'failed', problem, printed: 'nothing' });
    expect(device.jobs()).toEqual([]);
    expect(driver.states()).toEqual([problem]);
  });

  it('unreachable', async () => {
    const device = await fake();
    await device.close();
    const driver = drive(device.port);
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'unreachable', printed: 'nothing' });
    expect(driver.states()).toEqual(['unreachable']);
  });

  it.each([
    ['an echo', (chunk: Buffer) => chunk],
    ['a web server', () => Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')],
    ['noise', () => Buffer.from('ff9392a1c4d3f093b4e58871', 'hex')],
  ])('garbage from %s', async (_, reply) => {
    const device = await fake({
      intercept: (socket, chunk) => {
        socket.write(reply(chunk));
        return true;
      },
    });
    const driver = drive(device.port, { timings: { ...timings, answer_ms: 1000 } });
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'garbage', printed: 'nothing' });
    expect(device.jobs()).toEqual([]);
    expect(driver.states()).toEqual(['garbage']);
  });

  it('offline without a cause', async () => {
    const device = await fake({ realTime: (n) => (n === 1 ? 0x1a : 0x12) });
    const driver = drive(device.port);
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'unreachable', printed: 'nothing' });
    expect(device.jobs()).toEqual([]);
  });

  it("silent although it used to answer: its connection may be another host's", async () => {
    const device = await fake({ intercept: () => true });
    const { context, outcomes } = jobContext(device.port, {
      ...deaf,
      memory: { ...newMemory(), answers: true },
    });
    await runJob(context, [Buffer.from('\x1b@\x1c&')], (outcome) => outcomes.push(outcome));
    expect(outcomes).toMatchObject([{ problem: 'unreachable', printed: 'nothing' }]);
    expect(device.jobs()).toEqual([]);
  });

  it('a peer that closes during the probe', async () => {
    const device = await fake({
      intercept: (socket) => {
        socket.destroy();
        return true;
      },
    });
    const driver = drive(device.port);
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'connectionLost', printed: 'nothing' });
  });
});

it('waits out a moment of being offline', async () => {
  let looks = 0;
  const device = await fake({
    realTime: (n) => {
      if (n === 1) looks += 1;
      return n === 1 && looks < 3 ? 0x1a : 0x12;
    },
  });
  const driver = drive(device.port);
  print(driver);
  expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'orderedStatus' });
});

describe('failed in the middle: unknown', () => {
  it('connection lost after the data', async () => {
    const device = await fake({
      intercept: (socket, chunk) => {
        if (!chunk.includes('\x1c&')) return false;
        socket.resetAndDestroy();
        return true;
      },
    });
    const driver = drive(device.port);
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'connectionLost', printed: 'unknown' });
  });

  it('paper runs out and is loaded in time: printed after all, with the cashier told', async () => {
    let paper = true;
    let device: ScriptedPrinter | null = null;
    device = await fake({
      realTime: (n) => (paper ? 0x12 : n === 4 ? 0x72 : n === 2 ? 0x32 : 0x1a),
      ordered: () => null,
      intercept: (_, chunk) => {
        if (chunk.includes('\x1c&')) paper = false;
        return false;
      },
    });
    const driver = drive(device.port);
    print(driver);
    await vi.waitFor(() => expect(driver.states()).toContain('paperOut'), patient);
    expect(driver.outcomes()).toEqual([]);
    paper = true;
    for (const socket of device.sockets) socket.write(Uint8Array.of(0));
    expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'orderedStatus' });
    expect(driver.states().at(-1)).toBe('ready');
  });

  it.each([
    ['and throws the rest away, where it can', 'epson80', true, 'unknown'],
    ['and says that the rest may come, where it does not answer that', 'epson80', false, 'held'],
    ['and says that the rest may come, where it cannot', 'generic80', false, 'held'],
  ] as const)('paper runs out and stays out: gives up, %s', async (_, profile, clears, printed) => {
    let paper = true;
    const device = await fake({
      clears,
      realTime: (n) => (paper ? 0x12 : n === 4 ? 0x72 : n === 2 ? 0x32 : 0x1a),
      ordered: () => null,
      intercept: (_socket, chunk) => {
        if (chunk.includes('\x1c&')) paper = false;
        return false;
      },
    });
    const answer_ms = clears ? timings.answer_ms : 300;
    const driver = drive(device.port, { profile, timings: { ...timings, answer_ms, resume_ms: 100 } });
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'paperOut', printed });
    const clear = Buffer.from('10140801031401060208', 'hex');
    await vi.waitFor(() => expect(device.jobs()[0]?.includes(clear)).toBe(profile === 'epson80'), patient);
  });

  it('a printer that falls silent', async () => {
    let alive = true;
    const device = await fake({
      intercept: (_, chunk) => {
        if (chunk.includes('\x1c&')) alive = false;
        return !alive;
      },
    });
    const driver = drive(device.port, { timings: { ...timings, answer_ms: 1000, completion_ms: 100 } });
    print(driver);
    expect(await driver.outcome()).toMatchObject({ problem: 'connectionLost', printed: 'unknown' });
  });

  it('a printer that stops taking data, with the reason from its automatic status', async () => {
    const device = await fake({
      intercept: (socket, chunk) => {
        // the first chunk of the job goes unread from here on; status requests before it are answered
        if (!chunk.includes('\x1c&')) return false;
        socket.pause();
        socket.write(Uint8Array.of(0x18, 0x00, 0x0c, 0x0f));
        return true;
      },
    });
    const { context, outcomes, states } = jobContext(device.port, {
      ...timings,
      resume_ms: 200,
      answer_ms: 300,
    });
    // more than the buffers of both ends of a socket take
    const bytes = Buffer.concat([Buffer.from('\x1b@\x1c&'), Buffer.alloc(64_000_000, 'a')]);
    await runJob(context, [bytes], (outcome) => outcomes.push(outcome));
    expect(outcomes).toMatchObject([{ problem: 'paperOut', printed: 'held' }]);
    expect(states).toContain('paperOut');
  });

  it('stop ends a running job as unknown and a waiting one as nothing', async () => {
    const device = await fake({ ordered: () => null });
    const driver = drive(device.port);
    print(driver, 'running');
    print(driver, 'waiting');
    await vi.waitFor(() => expect(device.jobs()).toHaveLength(1), patient);
    await driver.printer.stop();
    expect(driver.outcomes()).toMatchObject([
      { problem: 'connectionLost', printed: 'unknown' },
      { problem: 'unreachable', printed: 'nothing' },
    ]);
  });
});

describe('the idle look', () => {
  it('shows changes only, and each of them', async () => {
    let paper = 0x12;
    const device = await fake({ realTime: (n) => (n === 4 ? paper : 0x12) });
    const driver = drive(device.port, { poll_ms: 5 });
    await vi.waitFor(() => expect(driver.states()).toEqual(['ready']), patient);
    paper = 0x1e;
    await vi.waitFor(() => expect(driver.states()).toEqual(['ready', 'paperLow']), patient);
    paper = 0x72;
    await vi.waitFor(() => expect(driver.states()).toEqual(['ready', 'paperLow', 'paperOut']), patient);
    await device.close();
    await vi.waitFor(() => expect(driver.states().at(-1)).toBe('unreachable'), patient);
    expect(device.jobs()).toEqual([]);
    const seen = driver.states();
    expect(seen.filter((state, at) => state === seen[at - 1])).toEqual([]);
  });

  it('recovers when the printer is switched on', async () => {
    const parked = createServer();
    await new Promise<void>((resolve) => parked.listen(0, '127.0.0.1', resolve));
    const address = parked.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => parked.close(resolve));
    const driver = drive(port, { poll_ms: 5 });
    await vi.waitFor(() => expect(driver.states()).toEqual(['unreachable']), patient);
    const late = createServer((socket) => {
      socket.on('data', () => socket.write(Uint8Array.of(0x12)));
      socket.on('error', () => socket.destroy());
    });
    cleanups.unshift(() => new Promise((resolve) => late.close(resolve)));
    await new Promise<void>((resolve) => late.listen(port, '127.0.0.1', resolve));
    await vi.waitFor(() => expect(driver.states().at(-1)).toBe('ready'), patient);
  });

  it('gives way to a job that comes in the middle', async () => {
    const device = await fake();
    let held = false;
    device.script.intercept = (_, chunk) => {
      const first = !held && !chunk.includes('\x1c&');
      held = true;
      return first;
    };
    const driver = drive(device.port, { timings: { ...timings, answer_ms: 600_000 } });
    await vi.waitFor(() => expect(held).toBe(true), patient);
    print(driver);
    expect(await driver.outcome()).toEqual({ kind: 'printed', evidence: 'orderedStatus' });
  });
});

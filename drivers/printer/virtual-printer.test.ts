// The driver against the virtual printer: text, symbols and recovery as an independent interpreter sees them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PrintJob, PrintOutcome, Printer, PrinterEvent } from '../../core/ports/printer.ts';
import { connectPrinterControl } from '../../fixtures/devices/printer/client.ts';
import type { PrinterControl } from '../../fixtures/devices/printer/client.ts';
import { startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import type { PrinterProcess } from '../../fixtures/devices/printer/spawn.ts';
import { createPrinter } from '../registry.ts';
import type { PrinterConfig } from '../registry.ts';
import { displayWidth } from './columns.ts';
import { sampleBarcode, sampleQr, sampleReceipt } from './sample-receipt.ts';

vi.setConfig({ testTimeout: 60_000 });
const directory = mkdtempSync(join(tmpdir(), 'yima-printer-'));
const patient = { timeout: 20_000, interval: 10 };
let device: PrinterProcess;
let control: PrinterControl;
let printer: Printer | null = null;
let events: PrinterEvent[] = [];

beforeAll(async () => {
  device = await startPrinter({ directory });
  control = await connectPrinterControl(device.control);
});
beforeEach(async () => {
  await control.processId(true);
  await control.asb(true);
});
afterEach(async () => {
  await printer?.stop();
  await control.paperIn();
  await control.coverClose();
  await control.silent(false);
  await control.tear();
});
afterAll(async () => {
  control.close();
  await device.stop();
  rmSync(directory, { recursive: true });
});

function drive(config: Partial<PrinterConfig> = {}): Printer {
  const transport = { kind: 'tcp' as const, host: '127.0.0.1', port: device.port };
  events = [];
  const posted = events;
  const timings = { answer_ms: 3000, look_ms: 50 };
  printer = createPrinter({ id: 'p1', transport, profile: 'epson80', poll_ms: 50, timings, ...config });
  printer.start((event) => posted.push(event));
  return printer;
}

async function outcomeOf(jobId: string): Promise<PrintOutcome> {
  const find = () => events.find((event) => event.kind === 'finished' && event.jobId === jobId);
  await vi.waitFor(() => expect(find()).toBeDefined(), patient);
  const event = find();
  if (event?.kind !== 'finished') throw new Error('no outcome');
  return event.outcome;
}

const states = (): string[] => events.flatMap((event) => (event.kind === 'status' ? [event.state] : []));
const job = (jobId: string, copy: PrintJob['copy'] = 0): PrintJob => ({
  jobId,
  document: sampleReceipt,
  copy,
});

describe('a Chinese receipt', () => {
  it.each([
    ['epson80', 48, 'processId'],
    ['generic80', 48, 'orderedStatus'],
  ] as const)('on %s is complete, aligned and proven', async (profile, columns, evidence) => {
    const mark = control.mark();
    drive({ profile }).print(job('a'));
    expect(await outcomeOf('a')).toEqual({ kind: 'printed', evidence });
    const paper = await control.waitFor('paper.cut', {}, { since: mark });
    const lines = String(paper['text']).split('\n');
    expect(paper['faults']).toEqual([]);
    expect(paper['qrCodes']).toEqual([sampleQr]);
    expect(lines.join('\n')).toContain(sampleBarcode);
    expect(lines.map((line) => line.trim())).toContain('一码便利店');
    expect(lines.map((line) => line.trim())).toContain('谢谢惠顾，欢迎再来！?');
    for (const amount of ['7.00', '18.00', '322.00', '-0.00']) {
      const line = lines.find((each) => each.endsWith(` ${amount}`)) ?? '';
      expect(displayWidth(line), line).toBe(columns);
    }
    expect(lines.some((line) => /^合计 +￥347\.00$/.test(line) && displayWidth(line) === columns / 2)).toBe(
      true,
    );
  });

  it('fits 58 mm, symbols as pictures or text, torn off', async () => {
    drive({ profile: 'generic58' }).print(job('a'));
    expect((await outcomeOf('a')).kind).toBe('printed');
    const mark = control.mark();
    await control.tear();
    const paper = await control.waitFor('paper.torn', {}, { since: mark });
    const lines = String(paper['text']).split('\n');
    expect(paper['faults']).toEqual([]);
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(32);
    expect(lines.map((line) => line.trim())).toContain(sampleBarcode);
  });

  it('says at the top that it is a copy', async () => {
    const mark = control.mark();
    const driver = drive();
    driver.print(job('a', 1));
    await outcomeOf('a');
    const reprint = await control.waitFor('paper.cut', {}, { since: mark });
    expect(String(reprint['text']).split('\n')[0]?.trim()).toBe('重印 REPRINT 1');
    const later = control.mark();
    driver.print(job('b', 'afterCrash'));
    await outcomeOf('b');
    const maybe = await control.waitFor('paper.cut', {}, { since: later });
    expect(String(maybe['text']).split('\n')[0]?.trim()).toBe('可能重复 POSSIBLE COPY');
  });
});

describe('trouble', () => {
  it('paper out before the sale: shown while idle, and nothing is printed', async () => {
    const driver = drive();
    await vi.waitFor(() => expect(states()).toEqual(['ready']), patient);
    await control.paperOut();
    await vi.waitFor(() => expect(states()).toEqual(['ready', 'paperOut']), patient);
    driver.print(job('a'));
    expect(await outcomeOf('a')).toMatchObject({ problem: 'paperOut', printed: 'nothing' });
  });

  it.each(['epson80', 'generic80'] as const)(
    'paper out in the middle on %s: resumes and proves it',
    async (profile) => {
      const mark = control.mark();
      const driver = drive({ profile });
      await control.paperOut(5);
      driver.print(job('a'));
      await vi.waitFor(() => expect(states()).toContain('paperOut'), patient);
      expect(events.filter((event) => event.kind === 'finished')).toEqual([]);
      await control.paperIn();
      expect((await outcomeOf('a')).kind).toBe('printed');
      const paper = await control.waitFor('paper.cut', {}, { since: mark });
      expect(paper['qrCodes']).toEqual([sampleQr]);
    },
  );

  it('paper stays out: unknown, and the abandoned rest never comes out', async () => {
    const timings = { answer_ms: 3000, look_ms: 50, resume_ms: 300 };
    const mark = control.mark();
    const driver = drive({ timings, poll_ms: 60_000 });
    await control.paperOut(5);
    driver.print(job('a'));
    expect(await outcomeOf('a')).toMatchObject({ problem: 'paperOut', printed: 'unknown' });
    await control.waitFor('cleared', {}, { since: mark });
    await control.paperIn();
    driver.print(job('b', 1));
    expect((await outcomeOf('b')).kind).toBe('printed');
    // the five lines of the first try, cut off, then the whole marked copy
    const isWhole = ({ qrCodes }: Record<string, unknown>): boolean => JSON.stringify(qrCodes) !== '[]';
    const papers = (await control.jobs()).slice(-2);
    expect(papers.map((paper) => isWhole({ ...paper }))).toEqual([false, true]);
    expect(papers[0]?.text).not.toContain('REPRINT');
    expect(papers[1]?.text.trimStart().startsWith('重印 REPRINT 1')).toBe(true);
  });

  it('a printer that never answers still prints it', async () => {
    await control.silent();
    const mark = control.mark();
    const timings = { answer_ms: 100, silentCompletion_ms: 100 };
    drive({ timings, poll_ms: 60_000 }).print(job('a'));
    expect(await outcomeOf('a')).toEqual({ kind: 'printed', evidence: 'sentOnly' });
    await control.waitFor('paper.cut', {}, { since: mark });
  });

  it('a connection cut in the middle: unknown', async () => {
    const driver = drive({ poll_ms: 60_000 });
    await vi.waitFor(() => expect(states()).toEqual(['ready']), patient);
    await control.hangUp(200);
    driver.print(job('a'));
    expect(await outcomeOf('a')).toMatchObject({ problem: 'connectionLost', printed: 'unknown' });
  });
});

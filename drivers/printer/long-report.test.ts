// Reports: hundreds of rows of two columns, on both papers, as an independent interpreter and the virtual printer see them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReceiptBlock } from '../../core/domain/receipt/document.ts';
import type { PrinterEvent } from '../../core/ports/printer.ts';
import { connectPrinterControl, type PrinterControl } from '../../fixtures/devices/printer/client.ts';
import { textOf } from '../../fixtures/devices/printer/display-list.ts';
import { interpret } from '../../fixtures/devices/printer/interpret.ts';
import { type PrinterProcess, startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import { createPrinter } from '../registry.ts';
import { displayWidth } from './columns.ts';
import { encodeReceipt } from './encode.ts';
import { printerProfiles } from './profile.ts';

vi.setConfig({ testTimeout: 60_000 });
const ROWS = 400;

function report(): ReceiptBlock[] {
  const pair = (left: string, right: string, bold = false): ReceiptBlock => ({
    kind: 'pair',
    left,
    right,
    size: 1,
    bold,
  });
  const rows = Array.from({ length: ROWS }, (_, index) =>
    pair(
      index % 3 === 0
        ? `第${index}行 微信支付退款（含门店活动优惠与平台立减部分合计金额） row ${index}`
        : `row ${index}`,
      `￥${index}.00`,
    ),
  );
  return [
    { kind: 'text', text: 'Z 报表', align: 'center', size: 2, bold: true },
    { kind: 'rule' },
    ...rows,
    { kind: 'rule' },
    pair('合计', '￥79,800.00', true),
    { kind: 'barcode', data: 'R00100000C' },
  ];
}
const document = { receiptId: 'z1', number: 'Z000001', blocks: report() };

describe.each([
  ['80 mm', printerProfiles.epson80],
  ['58 mm', printerProfiles.generic58],
] as const)('on %s', (_name, profile) => {
  const { items, faults } = interpret(encodeReceipt(document, profile, 0));
  const lines = items.filter((item) => item.kind === 'line').map(textOf);

  it('every amount stands at the right edge, in order, on the last row of its text', () => {
    expect(faults).toEqual([]);
    const amounts = lines.flatMap((line) => /￥(\d+)\.00$/.exec(line)?.[1] ?? []);
    expect(amounts.slice(0, ROWS)).toEqual(Array.from({ length: ROWS }, (_, index) => String(index)));
    for (const line of lines.filter((each) => /￥\d+\.00$/.test(each)))
      expect(displayWidth(line), line).toBe(profile.columns);
  });

  it('a long left side wraps and loses nothing; no row is wider than the paper', () => {
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(profile.columns);
    const first = lines.indexOf('-'.repeat(profile.columns)) + 1;
    const end = lines.findIndex((line) => line.endsWith('￥0.00'));
    expect(end).toBeGreaterThan(first);
    expect(
      lines
        .slice(first, end + 1)
        .join('')
        .replaceAll(' ', ''),
    ).toBe('第0行微信支付退款（含门店活动优惠与平台立减部分合计金额）row0￥0.00');
  });
});

describe('on the virtual printer', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-report-'));
  let device: PrinterProcess;
  let control: PrinterControl;
  beforeAll(async () => {
    device = await startPrinter({ directory, render: false });
    control = await connectPrinterControl(device.control);
  });
  afterAll(async () => {
    control.close();
    await device.stop();
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['epson80', 'processId'],
    ['generic80', 'orderedStatus'],
  ] as const)('%s prints all of it, proven', async (profile, evidence) => {
    const mark = control.mark();
    const transport = { kind: 'tcp' as const, host: '127.0.0.1', port: device.port };
    const events: PrinterEvent[] = [];
    const printer = createPrinter({ id: 'p1', transport, profile, timings: { answer_ms: 3000 } });
    printer.start((event) => events.push(event));
    printer.print({ jobId: 'z', document, copy: 0 });
    const outcome = () => events.find((event) => event.kind === 'finished');
    await vi.waitFor(() => expect(outcome()).toBeDefined(), { timeout: 40_000, interval: 10 });
    await printer.stop();
    expect(outcome()).toMatchObject({ outcome: { kind: 'printed', evidence } });
    const paper = await control.waitFor('paper.cut', {}, { since: mark });
    expect(paper['faults']).toEqual([]);
    expect(paper['barcodes']).toEqual(['R00100000C']);
    expect(String(paper['text']).match(/￥\d+\.00$/gm)).toHaveLength(ROWS);
  });
});

// A running core with its printer on a local device and its scanner on a serial line: what the snapshot says when either
// is pulled and plugged in again, and that sales go on without a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { connectPrinterControl, type PrinterControl } from '../../fixtures/devices/printer/client.ts';
import { type PrinterProcess, startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import type { ConfigurationInput } from '../../tools/lab/shop.ts';
import { openTill, quick, type Till } from '../hostile/till.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.each(['usb', 'serial'] as const)('a till with a printer on %s', (kind) => {
  let directory: string;
  let device: PrinterProcess;
  let paper: PrinterControl;
  let till: Till;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yp-'));
    const tty = join(directory, 'lp0');
    device = await startPrinter({ directory, tty, render: false });
    paper = await connectPrinterControl(device.control);
    const transport: ConfigurationInput['printer']['transport'] =
      kind === 'usb' ? { kind, path: tty } : { kind, path: tty, baudRate: 115_200 };
    till = await openTill((configuration) => {
      const { printer, ...rest } = quick(configuration);
      return { ...rest, printer: { ...printer, transport, poll_ms: 3000 } };
    });
  });
  afterEach(async () => {
    await till.stop();
    paper.close();
    await device.stop();
    rmSync(directory, { recursive: true });
  });

  /** Milliseconds until the snapshot says so. */
  async function seen(act: () => Promise<unknown>, shows: (snapshot: Snapshot) => boolean): Promise<number> {
    const begin_ms = performance.now();
    await act();
    await till.rpc.until('seen', shows);
    return Math.round(performance.now() - begin_ms);
  }
  const printed = async (count: number): Promise<void> => {
    await till.rpc.until('printed', ({ print }) => print.state === 'printed');
    expect(await paper.jobs()).toHaveLength(count);
  };

  it('sells, loses printer and scanner, gets both back, and sells', async () => {
    await till.rpc.until('printer ready', ({ printers }) => printers[0]?.state === 'ready');
    await till.pay();
    await till.rpc.until('sold', ({ sale }) => sale?.state === 'completed');
    await printed(1);
    const { scanner } = till.shop;
    const times = {
      printerGone: await seen(paper.unplug, ({ printers }) => printers[0]?.state === 'down'),
      printerBack: await seen(paper.replug, ({ printers }) => printers[0]?.state === 'ready'),
      scannerGone: await seen(scanner.unplug, ({ scanners }) => scanners[0]?.state === 'down'),
      scannerBack: await seen(scanner.replug, ({ scanners }) => scanners[0]?.state === 'ready'),
    };
    console.log(`${kind}: ${JSON.stringify(times)} ms`);
    await till.pay();
    await till.rpc.until('sold again', ({ sale }) => sale?.state === 'completed');
    await printed(2);
  });
});

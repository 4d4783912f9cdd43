// All trials of one fault on one printer and one wire: one till, one sale after the other, each struck at another byte.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrintJob } from '../../core/ports/printer.ts';
import { printerProfiles } from '../../drivers/printer/profile.ts';
import { ReceiptPrinter } from '../../drivers/printer/receipt-printer.ts';
import { monotonicClock } from '../../drivers/transport/monotonic-clock.ts';
import { openSerial } from '../../drivers/transport/serial.ts';
import { openTcp } from '../../drivers/transport/tcp.ts';
import { chanceFor } from '../month/random.ts';
import { dropping, type Plant, watched } from './plants.ts';
import {
  type Fault,
  type Model,
  openStruckPrinter,
  type StruckPrinter,
  type Wire,
} from './struck-printer.ts';
import { openPaperTill } from './till.ts';
import { type Bench, type Outcome, runTrial, type Trial } from './trial.ts';

export type Series = { fault: Fault; model: Model; wire: Wire; isLate: boolean; isBlip: boolean };

/** The order of the waits is that of the real ones; each is shorter. */
const timings = {
  answer_ms: 120,
  settle_ms: 30,
  completion_ms: 500,
  perByte_ms: 0.1,
  silentCompletion_ms: 150,
  processIdGrace_ms: 150,
  quiet_ms: 120,
  freshQuiet_ms: 600,
  look_ms: 40,
};

/** A serial line slow enough that a printer can be back before the receipt has left the till. */
const BAUD = 38_400;

function driverFor(printer: StruckPrinter, profile: Bench['profile'], isLate: boolean) {
  const clock = monotonicClock();
  const { transport } = printer;
  if (transport.kind === 'usb') throw new Error('no usb here');
  const open = transport.kind === 'tcp' ? openTcp(transport) : openSerial(transport, { clock });
  return new ReceiptPrinter({
    id: 'receipt',
    connection: 'test',
    open,
    profile: printerProfiles[profile],
    clock,
    poll_ms: 100,
    timings: { ...timings, resume_ms: isLate ? 250 : 50_000 },
  });
}

export async function withBench<Result>(
  series: Series,
  plant: Plant,
  use: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'yima-print-'));
  const { model, wire, isBlip } = series;
  const link = join(directory, 'tty');
  const baud = isBlip ? { baud: BAUD } : {};
  const printer = await openStruckPrinter(model, { kind: wire, link, ...baud });
  const profile = model === 'silent' ? 'generic80' : model;
  const jobs: PrintJob[] = [];
  const driver = watched(driverFor(printer, profile, series.isLate), jobs, plant);
  const till = openPaperTill(directory, driver, (engine) => dropping(engine, plant));
  try {
    return await use({ till, printer, profile, jobs });
  } finally {
    await till.stop();
    await printer.close();
    rmSync(directory, { recursive: true });
  }
}

function trialOf(series: Series, at_bytes: number, seed: number): Trial {
  const chance = chanceFor(seed, `${JSON.stringify(series)} ${at_bytes}`);
  const { fault, isLate, isBlip } = series;
  return {
    fault,
    at_bytes,
    isLate,
    blip_ms: isBlip ? chance.whole(130, 400) : null,
    bytesPerSecond: chance.pick([0, 8000]),
  };
}

/** `places`: from the length of an untroubled job to where the fault strikes. */
export function runSeries(
  series: Series,
  options: { places: (job_bytes: number) => number[]; seed: number; plant?: Plant },
): Promise<Outcome[]> {
  return withBench(series, options.plant ?? 'none', async (bench) => {
    const calm = await runTrial(bench, { ...trialOf(series, 0, 0), fault: 'none', blip_ms: null });
    const outcomes = [calm];
    for (const at_bytes of options.places(calm.job_bytes))
      outcomes.push(await runTrial(bench, trialOf(series, at_bytes, options.seed)));
    return outcomes;
  });
}

const faults: readonly Fault[] = ['paperOut', 'coverOpen', 'powerLoss', 'hangUp', 'stall'];

/** Every series there is. A fault that the till cannot outwait is always late. */
export function allSeries(): Series[] {
  const models: readonly Model[] = ['generic80', 'epson80', 'generic58', 'silent'];
  return models.flatMap((model) =>
    (['tcp', 'serial'] as const).flatMap((wire) =>
      faults.flatMap((fault): Series[] => {
        const series = { fault, model, wire, isLate: true, isBlip: false };
        if (fault === 'hangUp') return wire === 'tcp' ? [series] : [];
        // a silent printer on a slow line: nothing says when its line may be closed, and a pseudo terminal drops the rest
        if (fault === 'powerLoss' && model === 'silent' && wire === 'serial') return [series];
        if (fault === 'powerLoss') return [series, { ...series, isBlip: true }];
        return [series, { ...series, isLate: false }];
      }),
    ),
  );
}

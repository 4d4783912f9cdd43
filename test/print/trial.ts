// One sale whose receipt meets a fault, and the cashier who does what the screen says until it is settled.
import type { PrintJob } from '../../core/ports/printer.ts';
import { printerProfiles } from '../../drivers/printer/profile.ts';
import { encodeReceipt } from '../../drivers/printer/encode.ts';
import { interpret } from '../../fixtures/devices/printer/interpret.ts';
import type { Receipt as Paper } from '../../fixtures/devices/printer/device.ts';
import { type End, type Evidence, judge, wholeOnes } from './judge.ts';
import type { Fault, StruckPrinter } from './struck-printer.ts';
import type { PaperTill } from './till.ts';

export type Trial = {
  fault: Fault;
  at_bytes: number;
  /** Help comes when the till has given up, not before. */
  isLate: boolean;
  /** The printer is away so long, when its power comes back by itself. */
  blip_ms: number | null;
  /** 0: prints as fast as it receives. */
  bytesPerSecond: number;
};

export type Outcome = {
  trial: Trial;
  problems: string[];
  proofs: (string | null)[];
  reprints: number;
  isStruck: boolean;
  job_bytes: number;
};

export type Bench = {
  till: PaperTill;
  printer: StruckPrinter;
  profile: keyof typeof printerProfiles;
  /** Everything that the driver was given to print. */
  jobs: readonly PrintJob[];
};

const DEADLINE_ms = 60_000;
/** A question stands behind every 256 bytes, between two rows, and a row may be as long again (the QR code): so much holds one for sure. */
const SURELY_ASKED_bytes = 512;
const SLOWEST_BLIP_ms = 1500;
const pause = (duration_ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, duration_ms));

/** @throws Error when it does not come: the till hangs. */
async function until(what: string, condition: () => boolean): Promise<void> {
  const limit_ms = performance.now() + DEADLINE_ms;
  while (!condition()) {
    if (performance.now() > limit_ms) throw new Error(`waited too long for ${what}`);
    await pause(4);
  }
}

/** What hangs from the printer or was cut off it. */
function papersNow({ device }: StruckPrinter, from: number): Paper[] {
  const unfinished = { items: device.printedItems } as Paper;
  return [...device.papers.slice(from), unfinished];
}

class Cashier {
  readonly #bench: Bench;
  readonly #trial: Trial;
  readonly #from: number;
  readonly ends: End[] = [];
  isStruck = false;
  reprints = 0;
  job_bytes = 0;

  constructor(bench: Bench, trial: Trial) {
    this.#bench = bench;
    this.#trial = trial;
    this.#from = bench.printer.device.papers.length;
  }

  strike(): boolean {
    const { fault, blip_ms } = this.#trial;
    const { printer } = this.#bench;
    this.isStruck = true;
    if (blip_ms !== null) void this.#comeBack(blip_ms);
    return printer.strike(fault);
  }

  /**
   * Not before a question was lost: on a busy machine the till may send nothing for the whole of a short time, and a cut in
   * which nothing was said is the limit that docs/printing.md names. No printer starts in less than the second after that.
   */
  async #comeBack(blip_ms: number): Promise<void> {
    const { printer } = this.#bench;
    const latest_ms = performance.now() + SLOWEST_BLIP_ms;
    await pause(blip_ms);
    while (printer.lost_bytes < SURELY_ASKED_bytes && performance.now() < latest_ms) await pause(4);
    await printer.heal();
  }

  get #isTroubleShown(): boolean {
    const state = this.#bench.till.engine.ui.printers['receipt']?.state;
    return state !== 'ready' && state !== 'paperLow' && state !== 'starting';
  }

  get #isEnded(): boolean {
    const { proof } = this.#bench.till.print();
    return proof !== null && proof !== 'nothing';
  }

  /** Waits for the end of this print, and helps the printer when the screen asks for it. */
  async #wait(): Promise<void> {
    const { till, printer } = this.#bench;
    const { isLate, blip_ms } = this.#trial;
    let isHelped = blip_ms !== null || isLate;
    await until('the end of the print', () => {
      // nothing is out, and nothing will be until somebody helps
      const isStuck = till.print().proof === 'nothing';
      if (this.isStruck && ((!isHelped && this.#isTroubleShown) || isStuck)) {
        isHelped = true;
        void printer.heal();
      }
      return this.#isEnded;
    });
    this.ends.push({
      copy: this.reprints,
      proof: till.print().proof,
      papers: papersNow(printer, this.#from),
    });
    if (this.ends.length === 1) this.job_bytes = printer.device.jobBytes;
  }

  async run(receiptId: string, originals: () => Evidence['originals']): Promise<void> {
    const { till, printer } = this.#bench;
    for (;;) {
      await this.#wait();
      printer.device.arm(null);
      await printer.heal();
      await until('the printer to come to rest', () => printer.device.pending_bytes === 0);
      const { proof } = till.print();
      if (proof === 'processId' || proof === 'orderedStatus' || this.reprints === 3) return;
      // not confirmed: looks for it; interrupted or stuck: prints it again, for that is the worst that a person can do
      if (proof === 'sentOnly' && wholeOnes(papersNow(printer, this.#from), originals()).length > 0) return;
      this.reprints += 1;
      till.reprint(receiptId);
    }
  }

  papers(): readonly Paper[] {
    return this.#bench.printer.device.papers.slice(this.#from);
  }
}

export async function runTrial(bench: Bench, trial: Trial): Promise<Outcome> {
  const { till, printer, profile, jobs } = bench;
  const { device } = printer;
  const isDrawerStill = (): boolean => till.engine.state.drawer?.outcome !== 'opening';
  await until('the drawer of the shift', isDrawerStill);
  const pulsesBefore = device.drawerPulses;
  const cashier = new Cashier(bench, trial);
  device.features.bytesPerSecond = trial.bytesPerSecond;
  device.arm(trial.fault === 'none' ? null : { at_bytes: trial.at_bytes, strike: () => cashier.strike() });
  const receiptId = till.sell();
  const originals = () =>
    jobs
      .filter(({ document }) => document.receiptId === receiptId)
      .map(({ document }) => interpret(encodeReceipt(document, printerProfiles[profile], 0)).items);
  const problems: string[] = [];
  try {
    await cashier.run(receiptId, originals);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  device.tear();
  await until('the drawer', isDrawerStill);
  problems.push(
    ...judge({
      originals: originals(),
      ends: cashier.ends,
      papers: cashier.papers(),
      screen: till.print().state,
      reprints: cashier.reprints,
      drawerPulses: device.drawerPulses - pulsesBefore,
      openPrintRows: till.store.openRows().filter((row) => row.kind === 'print').length,
    }),
  );
  const { ends, isStruck, job_bytes, reprints } = cashier;
  return { trial, problems, proofs: ends.map((end) => end.proof), reprints, isStruck, job_bytes };
}

// A printer with paper that ends, a cable that comes loose, and a drawer on it. It remembers which papers came out.
import type { Printer, PrinterEvent, PrintJob } from '../../core/ports/printer.ts';
import type { VirtualClock } from './clock.ts';
import type { FaultCounts } from './faults.ts';
import type { Chance } from './random.ts';

export class PrinterModel {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #faults: FaultCounts;
  #paperOutUntil_ms = 0;
  /** Every paper that was asked for, by its id. */
  readonly asked = new Set<string>();
  isCalm = false;

  constructor(deps: { clock: VirtualClock; chance: Chance; faults: FaultCounts }) {
    this.#clock = deps.clock;
    this.#chance = deps.chance;
    this.#faults = deps.faults;
  }

  portFor(life: { isDead: boolean }): Printer {
    let listener: (event: PrinterEvent) => void = () => undefined;
    const post = (delay_ms: number, event: PrinterEvent) =>
      this.#clock.after(delay_ms, () => {
        if (!life.isDead) listener(event);
      });
    return {
      id: 'receipt',
      start: (to) => {
        listener = to;
      },
      print: (job) => this.#print(job, post),
      pulseDrawer: (jobId) => {
        const isBroken = !this.isCalm && this.#chance.happens(0.01);
        if (isBroken) this.#faults.saw('drawerFailed');
        const outcome = isBroken
          ? ({ kind: 'failed', detail: 'no answer' } as const)
          : ({ kind: 'sent' } as const);
        post(120, { kind: 'drawer', printerId: 'receipt', jobId, outcome });
      },
      examine: (answer) => answer({ kind: 'unreachable', detail: 'nobody asks here' }),
      report: () => ({
        id: 'receipt',
        category: 'printer',
        connection: 'model',
        identity: null,
        lastError: null,
        statistics: {},
      }),
      stop: async () => undefined,
    };
  }

  #print(job: PrintJob, post: (delay_ms: number, event: PrinterEvent) => void): void {
    this.asked.add(job.document.receiptId);
    const end = (delay_ms: number, outcome: Extract<PrinterEvent, { kind: 'finished' }>['outcome']) =>
      post(delay_ms, { kind: 'finished', printerId: 'receipt', jobId: job.jobId, outcome });
    const now_ms = this.#clock.now_ms();
    if (!this.isCalm && this.#chance.happens(0.002)) {
      this.#faults.saw('paperOut');
      this.#paperOutUntil_ms = now_ms + this.#chance.whole(20_000, 400_000);
    }
    if (now_ms < this.#paperOutUntil_ms)
      return end(400, { kind: 'failed', problem: 'paperOut', printed: 'nothing', detail: '' });
    if (!this.isCalm && this.#chance.happens(0.002)) {
      this.#faults.saw('paperLostInMidReceipt');
      return end(900, { kind: 'failed', problem: 'connectionLost', printed: 'unknown', detail: '' });
    }
    end(this.#chance.whole(700, 2500), { kind: 'printed', evidence: 'orderedStatus' });
  }
}

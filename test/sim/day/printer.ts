// A printer that runs out of paper, opens, tears, loses power and says less than it did; with a drawer on it. It knows every
// paper that ever came out, whoever asked for it.
import type { ReceiptDocument } from '../../../core/domain/receipt/document.ts';
import type { Printer, PrinterEvent, PrintJob, PrintOutcome } from '../../../core/ports/printer.ts';
import type { Chance } from '../../month/random.ts';
import type { Plan } from './plan.ts';
import type { Mortal, Time } from './time.ts';

/** `copy` 0: no mark stands on it. */
export type Paper = { receiptId: string; copy: PrintJob['copy']; isWhole: boolean };

type Ending = { delay_ms: number; paper: 'none' | 'half' | 'whole'; outcome: PrintOutcome };

export class PrinterModel {
  readonly #time: Time;
  readonly #chance: Chance;
  readonly #weights: Plan['printer'];
  readonly #saw: (kind: string) => void;
  readonly #story: (text: string) => void;
  readonly #drawn: (document: ReceiptDocument) => void;
  readonly papers: Paper[] = [];
  /** Pulses that the drawer obeyed, by the job that asked. */
  readonly pulses: string[] = [];
  /** A till that goes on from a backup gives the lost time's numbers of jobs again. */
  till = 1;
  isCalm = false;
  /** Until then it has no paper, or its cover is open. */
  #stopped: { until_ms: number; problem: 'paperOut' | 'coverOpen' } | null = null;

  constructor(deps: {
    time: Time;
    chance: Chance;
    weights: Plan['printer'];
    saw(kind: string): void;
    story(text: string): void;
    drawn(document: ReceiptDocument): void;
  }) {
    this.#time = deps.time;
    this.#chance = deps.chance;
    this.#weights = deps.weights;
    this.#saw = deps.saw;
    this.#story = deps.story;
    this.#drawn = deps.drawn;
  }

  /** For one life of the core; what it was told to print comes out, whether it lives to hear of it or not. */
  portFor(life: Mortal): Printer {
    let listener: (event: PrinterEvent) => void = () => undefined;
    const post = (event: PrinterEvent) => {
      if (!life.isDead) listener(event);
    };
    return {
      id: 'receipt',
      start: (to) => {
        listener = to;
      },
      print: (job) => !life.isDead && this.#print(job, post),
      pulseDrawer: (jobId) => !life.isDead && this.#pulse(jobId, post),
      examine: (answer) => answer({ kind: 'unreachable', detail: 'nobody asks here' }),
      report: () => ({
        id: 'receipt',
        category: 'printer',
        connection: 'model',
        identity: null,
        lastError: null,
        statistics: {},
      }),
      stop: () => Promise.resolve(),
    };
  }

  #happens(trouble: keyof Plan['printer']): boolean {
    if (this.isCalm || !this.#chance.happens(this.#weights[trouble])) return false;
    this.#saw(`printer.${trouble}`);
    this.#story(`[${trouble}]`);
    return true;
  }

  #pulse(jobId: string, post: (event: PrinterEvent) => void): void {
    const isLost = this.#happens('powerLoss');
    // The answer is lost; of every other one the pulse itself is, too.
    const isObeyed = !isLost || Number(jobId) % 2 === 0;
    if (isObeyed) this.pulses.push(`${this.till}/${jobId}`);
    this.#story(`pulse ${jobId} ${isObeyed ? 'opens the drawer' : 'is lost'}`);
    const outcome = isLost
      ? ({ kind: 'unknown', detail: 'no answer' } as const)
      : ({ kind: 'sent' } as const);
    this.#time.after(120, () => post({ kind: 'drawer', printerId: 'receipt', jobId, outcome }));
  }

  #print(job: PrintJob, post: (event: PrinterEvent) => void): void {
    const { delay_ms, paper, outcome } = this.#ending();
    const { receiptId } = job.document;
    this.#drawn(job.document);
    this.#time.after(delay_ms, () => {
      this.#story(`${paper} paper of ${receiptId}, copy ${job.copy}: ${outcome.kind}`);
      if (paper !== 'none') this.papers.push({ receiptId, copy: job.copy, isWhole: paper === 'whole' });
      post({ kind: 'finished', printerId: 'receipt', jobId: job.jobId, outcome });
    });
  }

  #ending(): Ending {
    const now_ms = this.#time.now_ms();
    for (const problem of ['paperOut', 'coverOpen'] as const)
      if (this.#happens(problem))
        this.#stopped = { until_ms: now_ms + this.#chance.whole(5000, 300_000), problem };
    if (this.#stopped !== null && !this.isCalm && now_ms < this.#stopped.until_ms)
      return this.#stoppedBy(this.#stopped);
    const delay_ms = this.#chance.whole(500, 2500);
    const broken = { kind: 'failed', problem: 'connectionLost', printed: 'unknown', detail: '' } as const;
    if (this.#happens('half'))
      return { delay_ms, paper: this.#chance.pick(['half', 'whole']), outcome: broken };
    if (this.#happens('powerLoss')) return { delay_ms, paper: 'half', outcome: broken };
    const evidence = this.#happens('sentOnly') ? 'sentOnly' : 'processId';
    return { delay_ms, paper: 'whole', outcome: { kind: 'printed', evidence } };
  }

  /** Before the first line, or in the middle: then the printer keeps the rest. */
  #stoppedBy({ problem }: { problem: 'paperOut' | 'coverOpen' }): Ending {
    const isBefore = this.#chance.happens(0.7);
    const printed = isBefore ? 'nothing' : 'held';
    const paper = isBefore ? 'none' : this.#chance.pick(['half', 'whole'] as const);
    return { delay_ms: 400, paper, outcome: { kind: 'failed', problem, printed, detail: '' } };
  }
}

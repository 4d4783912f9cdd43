// A receipt printer on any byte link: drawer pulses first, then jobs in order, one session each, and an idle look every
// few seconds.
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type {
  DrawerOutcome,
  PrintJob,
  PrintOutcome,
  Printer,
  PrinterEvent,
  PrinterExamination,
  PrinterState,
} from '../../core/ports/printer.ts';
import type { DeviceReport } from '../../core/ports/device.ts';
import { encodePieces } from './encode.ts';
import { failed } from './context.ts';
import type { PrinterContext } from './context.ts';
import { runExamination } from './examine.ts';
import { runJob } from './job.ts';
import { LogBook } from './log-book.ts';
import { lookAt, newMemory, problemOf, stateOf } from './look.ts';
import { endCommand, ridOfEarlierRun } from './owed.ts';
import type { PrinterProfile } from './profile.ts';
import { runPulse } from './pulse.ts';
import { openSession } from './open-session.ts';
import type { Session } from './session.ts';
import type { PresenceWatch } from '../transport/presence.ts';
import { printerTimings } from './timings.ts';
import type { PrinterTimings } from './timings.ts';

/** Between tries to open a device on this machine. */
const longestGone_ms = 500;

export type ReceiptPrinterOptions = {
  id: string;
  open: LinkOpener;
  /** How it is reached, for people. */
  connection: string;
  profile: PrinterProfile;
  clock: Clock;
  /** Between idle looks. Default 3000. */
  poll_ms?: number;
  /** Calls back when the device file comes, goes or changes: looked at then, not at the next interval. */
  presence?: PresenceWatch;
  /** Deviations from the usual waits. */
  timings?: Partial<PrinterTimings>;
};

type QueuedJob =
  | { kind: 'print'; jobId: string; pieces: readonly Uint8Array[]; isPartOut: boolean }
  | { kind: 'examine'; post: (found: PrinterExamination) => void };

export class ReceiptPrinter implements Printer {
  readonly id: string;
  readonly #options: ReceiptPrinterOptions;
  readonly #context: PrinterContext;
  readonly #log: LogBook;
  readonly #jobs: QueuedJob[] = [];
  /** Job ids of pulses that wait, each with what takes its limit away. */
  readonly #pulses = new Map<string, () => void>();
  #post: ((event: PrinterEvent) => void) | null = null;
  #session: Session | null = null;
  #polling = false;
  #stopping = false;
  #worker: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;
  /** The device came or went since the last idle look began. */
  #stirred = false;
  #stopPresence: () => void = () => undefined;
  #shown: PrinterState | null = null;

  constructor(options: ReceiptPrinterOptions) {
    this.id = options.id;
    this.#options = options;
    this.#log = new LogBook(options.clock);
    this.#context = {
      open: this.#log.watching(options.open),
      clock: options.clock,
      profile: options.profile,
      timings: { ...printerTimings, ...options.timings },
      memory: newMemory(),
      report: (state, detail) => this.#report(state, detail),
      hold: (session) => this.#hold(session),
    };
  }

  start(post: (event: PrinterEvent) => void): void {
    this.#post = post;
    this.#stopPresence =
      this.#options.presence?.(() => {
        this.#stirred = true;
        this.#wake();
      }) ?? this.#stopPresence;
    this.#worker = this.#work();
  }

  print(job: PrintJob): void {
    // encoded here, so that a defect in it throws at the caller and not in the background
    const pieces = encodePieces(job.document, this.#options.profile, job.copy);
    this.#jobs.push({ kind: 'print', jobId: job.jobId, pieces, isPartOut: job.copy === 'afterCrash' });
    this.#hurry();
  }

  pulseDrawer(jobId: string): void {
    const { clock, timings } = this.#context;
    const cancel = clock.after(timings.pulseWait_ms, () => {
      this.#pulses.delete(jobId);
      this.#pulsed(jobId, { kind: 'failed', detail: 'not sent: the printer was held by a receipt' });
    });
    this.#pulses.set(jobId, cancel);
    this.#hurry();
  }

  examine(post: (found: PrinterExamination) => void): void {
    if (this.#stopping) return post({ kind: 'unreachable', detail: 'stopped' });
    this.#jobs.push({ kind: 'examine', post });
    this.#hurry();
  }

  report(): DeviceReport {
    return {
      id: this.id,
      category: 'printer',
      connection: this.#options.connection,
      identity: this.#context.memory.identity,
      lastError: this.#log.lastError,
      statistics: this.#log.statistics,
    };
  }

  /** A running job ends as printed 'unknown', waiting ones as 'nothing'; all are posted before this resolves. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopPresence();
    this.#session?.cancel();
    this.#wake();
    await this.#worker;
    for (let jobId = this.#nextPulse(); jobId !== null; jobId = this.#nextPulse())
      this.#pulsed(jobId, { kind: 'failed', detail: 'stopped' });
    for (const job of this.#jobs.splice(0)) {
      if (job.kind === 'examine') job.post({ kind: 'unreachable', detail: 'stopped' });
      else this.#finished(job.jobId, failed('unreachable', 'nothing', 'stopped'));
    }
    this.#post = null;
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      const pulse = this.#nextPulse();
      if (pulse !== null) {
        await runPulse(this.#context, (outcome) => this.#pulsed(pulse, outcome));
        continue;
      }
      const job = this.#jobs.shift();
      if (job !== undefined) {
        if (job.kind === 'print' && job.isPartOut) this.#context.memory.isPartOut = true;
        if (job.kind === 'examine') await runExamination(this.#context, job.post);
        else await runJob(this.#context, job.pieces, (outcome) => this.#finished(job.jobId, outcome));
        continue;
      }
      this.#stirred = false;
      await this.#poll();
      if (!this.#hasWork && !this.#stopping && !this.#stirred) await this.#pause();
    }
  }

  /** The oldest that waits, to be sent now: it has no limit any more. */
  #nextPulse(): string | null {
    for (const [jobId, cancel] of this.#pulses) {
      cancel();
      this.#pulses.delete(jobId);
      return jobId;
    }
    return null;
  }

  get #hasWork(): boolean {
    return this.#jobs.length > 0 || this.#pulses.size > 0;
  }

  /** An idle look gives way. */
  #hurry(): void {
    if (this.#polling) this.#session?.cancel();
    this.#wake();
  }

  /** Returns after the poll interval, or at once when there is work. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const { poll_ms = 3000, presence } = this.#options;
      // a device that is there may still be waiting for its permissions
      const isGone = this.#shown === 'unreachable' || this.#shown === 'connectionLost';
      const isLocalAndGone = presence !== undefined && isGone;
      const wait_ms = isLocalAndGone ? Math.min(poll_ms, longestGone_ms) : poll_ms;
      const cancel = this.#options.clock.after(wait_ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    const opened = await openSession(this.#context);
    if (opened.ok) {
      // what came while we were connecting goes first
      if (this.#hasWork) opened.session.cancel();
      const { memory } = this.#context;
      await endCommand(this.#context, opened.session);
      const look = await lookAt(opened.session, memory);
      const { state, detail } = stateOf(look);
      if (!opened.session.over) this.#report(state, detail);
      else if (opened.session.closed !== null) this.#report('connectionLost', 'closed while we asked');
      // What the run before this one has asked is got rid of while nobody waits for it.
      const isReady = look.trusted && problemOf(look.meaning) === null;
      if (isReady && memory.isFresh && !opened.session.over)
        await ridOfEarlierRun(this.#context, opened.session);
      if (opened.session.closed !== null) memory.isInCommand = true;
      await opened.session.end();
      this.#hold(null);
    }
    this.#polling = false;
  }

  #hold(session: Session | null): void {
    this.#session = session;
    if (this.#stopping) session?.cancel();
  }

  /** Posts a state when it changes. */
  #report(state: PrinterState, detail: string): void {
    if (state === this.#shown) return;
    this.#shown = state;
    this.#log.state(state, detail);
    // after trouble another printer, or the same one set up anew, may be there
    if (state !== 'ready' && state !== 'paperLow') this.#context.memory.silentInOrder = false;
    this.#post?.({ kind: 'status', printerId: this.id, state, detail });
  }

  #pulsed(jobId: string, outcome: DrawerOutcome): void {
    this.#log.pulsed(outcome);
    this.#post?.({ kind: 'drawer', printerId: this.id, jobId, outcome });
  }

  #finished(jobId: string, outcome: PrintOutcome): void {
    this.#log.printed(outcome);
    this.#post?.({ kind: 'finished', printerId: this.id, jobId, outcome });
  }
}

// What the core asks of a receipt printer and what it hears back.
import type { ReceiptDocument } from '../domain/receipt/document.ts';
import type { DeviceIdentity, DeviceReport } from './device.ts';

/** `copy`: 0 = the original; n > 0 = marked 重印 REPRINT n; 'afterCrash' = marked as a possible copy. */
export type PrintJob = { jobId: string; document: ReceiptDocument; copy: number | 'afterCrash' };

export type PrintProblem = 'paperOut' | 'coverOpen' | 'cutter' | 'unreachable' | 'connectionLost' | 'garbage';

/**
 * `evidence`: how we know: the printer's process id, its ordered status, or nothing but sent bytes.
 * `printed`, when it failed: `nothing`; `unknown`: perhaps a part, and no more will come; `held`: perhaps a part, and the
 * printer still has the rest: it may come out once somebody loads paper.
 */
export type PrintOutcome =
  | { kind: 'printed'; evidence: 'processId' | 'orderedStatus' | 'sentOnly' }
  | { kind: 'failed'; problem: PrintProblem; printed: 'nothing' | 'unknown' | 'held'; detail: string };

/** `sent`: the pulse left for the printer; no drawer tells more than that on every wiring. */
export type DrawerOutcome =
  | { kind: 'sent' }
  | { kind: 'failed'; detail: string }
  | { kind: 'unknown'; detail: string };

export type PrinterState = 'ready' | 'paperLow' | PrintProblem;
export type PrinterEvent =
  | { kind: 'finished'; printerId: string; jobId: string; outcome: PrintOutcome }
  | { kind: 'drawer'; printerId: string; jobId: string; outcome: DrawerOutcome }
  | { kind: 'status'; printerId: string; state: PrinterState; detail: string };

/** What the printer says of itself when asked between two jobs. `answers` false: it takes bytes and never says a word. */
export type PrinterExamination =
  | { kind: 'unreachable'; detail: string }
  | {
      kind: 'examined';
      answers: boolean;
      state: PrinterState;
      detail: string;
      /** GS I; null for a printer that does not answer it. */
      identity: DeviceIdentity | null;
      /** Proven by asking: GS ( H, GS r. Null: not asked, because the printer is stopped. */
      processId: boolean | null;
      orderedStatus: boolean | null;
    };

export interface Printer {
  readonly id: string;
  /** Starts watching the device's status (an idle poll) and posting events. */
  start(post: (event: PrinterEvent) => void): void;
  /** One job at a time, in order; exactly one `finished` event per job. */
  print(job: PrintJob): void;
  /** One pulse to the cash drawer (ESC p), never repeated by the driver; goes before waiting receipts, and fails when one holds the printer for long. One `drawer` event. */
  pulseDrawer(jobId: string): void;
  /** Asks everything that moves no paper, after the jobs before it. Posts exactly once; never rejects. */
  examine(post: (found: PrinterExamination) => void): void;
  report(): DeviceReport;
  stop(): Promise<void>;
}

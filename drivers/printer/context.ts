// What a job needs from its printer, and the outcomes that its steps share.
import type { LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PrintOutcome, PrintProblem, PrinterState } from '../../core/ports/printer.ts';
import type { PrinterMemory } from './look.ts';
import type { PrinterProfile } from './profile.ts';
import type { Session } from './session.ts';
import type { PrinterTimings } from './timings.ts';

export type PrinterContext = {
  open: LinkOpener;
  clock: Clock;
  profile: PrinterProfile;
  timings: PrinterTimings;
  memory: PrinterMemory;
  /** Shows the printer's state; repeated states are dropped by the receiver. */
  report(state: PrinterState, detail: string): void;
  /** Told of the session while it lives, so that `stop` can cancel its waits. */
  hold(session: Session | null): void;
};

type Failed = Extract<PrintOutcome, { kind: 'failed' }>;

export function failed(problem: PrintProblem, printed: Failed['printed'], detail: string): PrintOutcome {
  return { kind: 'failed', problem, printed, detail };
}

/** Four printable bytes that an answer must repeat. */
export function newProcessId(context: PrinterContext): string {
  const { memory } = context;
  // two in one millisecond must differ
  memory.lastProcessId = Math.max(memory.lastProcessId + 1, context.clock.steady_ms());
  return String(memory.lastProcessId % 10_000).padStart(4, '0');
}

/** The session ended under the job. */
export function lost(session: Session, printed: Failed['printed']): PrintOutcome {
  if (session.closed === null) return failed('connectionLost', printed, 'stopped');
  const fault = session.closed.fault;
  return failed('connectionLost', printed, fault === null ? 'closed' : `${fault.code}: ${fault.detail}`);
}

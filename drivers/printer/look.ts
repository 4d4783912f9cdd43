// One look at a printer through its real-time status, and what that says to the cashier. Reference devices 3.1.
import type { DeviceIdentity } from '../../core/ports/device.ts';
import type { PrintProblem, PrinterState } from '../../core/ports/printer.ts';
import type { Session } from './session.ts';
import { realTimeMeaning } from './status.ts';
import type { StatusMeaning } from './status.ts';

/** `answered`: DLE EOT 1 was; `trusted`: what came back can be a printer's. */
export type Look = { answered: boolean; trusted: boolean; meaning: StatusMeaning };

/** A few stray bytes are line noise; more, or strangers only, is some other service on that port. */
function isTrusted(session: Session, answered: boolean): boolean {
  if (session.garbage > 4) return false;
  return answered || (session.garbage === 0 && session.received_bytes <= 8);
}

/** What we learnt about a printer since the program started. */
export type PrinterMemory = {
  /** It has answered DLE EOT. */
  answers: boolean;
  /** It answers DLE EOT, but has let a whole wait for completion pass in silence. Forgotten after any trouble. */
  silentInOrder: boolean;
  /** It has answered a process id: one that stays away later is a sign. */
  hasProcessId: boolean;
  lastProcessId: number;
  /** Answers in order that an earlier receipt asked for and that may still come: they are no proof of a later one. */
  owed: number;
  /** Nobody knows how many answers in order the run of the program before this one has asked for. */
  isFresh: boolean;
  /** It may be in the middle of a command, whose data would be what comes next. */
  isInCommand: boolean;
  /** A part of a receipt may hang from the printer. */
  isPartOut: boolean;
  /** What the last examination was told. */
  identity: DeviceIdentity | null;
};

export const newMemory = (): PrinterMemory => ({
  answers: false,
  silentInOrder: false,
  hasProcessId: false,
  lastProcessId: 0,
  owed: 0,
  isFresh: true,
  isInCommand: true,
  isPartOut: true,
  identity: null,
});

/**
 * Asks DLE EOT 1, 2, 4, and 3 when there is an error. A silent printer is asked for 1 only; if it used to answer it
 * counts as offline: another host holds its only connection, or its buffer is full.
 */
export async function lookAt(session: Session, memory: PrinterMemory): Promise<Look> {
  const printer = await session.ask(1);
  // Whoever had the line before us, a core that was killed, may have asked as well: what comes of that is no answer to the next question.
  if (printer !== null && !memory.answers) await session.settle();
  let meaning: StatusMeaning = memory.answers ? { offline: true } : {};
  if (printer !== null) {
    meaning = realTimeMeaning(1, printer);
    for (const n of [2, 4] as const) {
      const answer = await session.ask(n);
      if (answer !== null) meaning = merge(meaning, realTimeMeaning(n, answer));
    }
    const causes = meaning.error === true ? await session.ask(3) : null;
    if (causes !== null) meaning = merge(meaning, realTimeMeaning(3, causes));
  }
  const answered = printer !== null;
  const trusted = isTrusted(session, answered);
  if (answered && trusted) memory.answers = true;
  return { answered, trusted, meaning };
}

/** Paper out is told by two answers, in different bits: either counts. */
function merge(first: StatusMeaning, second: StatusMeaning): StatusMeaning {
  return { ...first, ...second, paperOut: first.paperOut === true || second.paperOut === true };
}

/**
 * What stops this printer, or null. An open cover also lifts the paper sensor, so it goes first; offline comes last,
 * for it has no cause of its own (feed button held, head too hot).
 */
export function problemOf(meaning: StatusMeaning): PrintProblem | null {
  if (meaning.coverOpen === true) return 'coverOpen';
  if (meaning.paperOut === true) return 'paperOut';
  if (meaning.mechanical === true) return 'cutter';
  if (meaning.offline === true) return 'unreachable';
  return null;
}

/** The state to show for a look. */
export function stateOf(look: Look): { state: PrinterState; detail: string } {
  if (!look.trusted) return { state: 'garbage', detail: 'the answers are not those of a printer' };
  const problem = problemOf(look.meaning);
  if (problem === 'unreachable') {
    return {
      state: problem,
      detail: look.answered ? 'offline, no cause given' : 'connected, but it stopped answering',
    };
  }
  if (problem !== null) return { state: problem, detail: '' };
  if (look.meaning.paperLow === true) return { state: 'paperLow', detail: '' };
  return { state: 'ready', detail: look.answered ? '' : 'connected, gives no status' };
}

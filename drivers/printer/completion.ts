// Waits for the proof that a receipt is out: process id, else ordered status, else honest "sent". Devices 3.2.
import type { PrintOutcome } from '../../core/ports/printer.ts';
import * as command from './commands.ts';
import { failed, lost, newProcessId } from './context.ts';
import type { PrinterContext } from './context.ts';
import { lookAt, problemOf, stateOf } from './look.ts';
import type { Look } from './look.ts';
import type { Session } from './session.ts';
import { orderedMeaning } from './status.ts';

type Sent = { before: Look; sent_bytes: number };

/** Ends the link to learn whether the bytes went: the best that a printer without answers allows. */
async function sentOnly(session: Session): Promise<PrintOutcome> {
  const fault = await session.end();
  if (fault !== null) return failed('connectionLost', 'unknown', `${fault.code}: ${fault.detail}`);
  return { kind: 'printed', evidence: 'sentOnly' };
}

/** A printer that never answered: a short wait, in case it answers in order only. */
async function awaitSilent(context: PrinterContext, session: Session): Promise<PrintOutcome> {
  await session.until(() => session.orderedReplies.length > 0, context.timings.silentCompletion_ms);
  const reply = session.orderedReplies.at(-1);
  if (session.over) return lost(session, 'unknown');
  if (reply === undefined) return sentOnly(session);
  if (orderedMeaning(reply).paperOut === true)
    return failed('paperOut', 'unknown', 'paper end in the ordered status');
  return { kind: 'printed', evidence: 'orderedStatus' };
}

/** The deadlines of one wait: the ordinary one stands still while something blocks the printer. */
class Patience {
  readonly #context: PrinterContext;
  readonly #printing_ms: number;
  #since_ms: number;
  #troubled = false;

  constructor(context: PrinterContext, sent_bytes: number) {
    this.#context = context;
    this.#printing_ms = context.timings.perByte_ms * sent_bytes;
    this.#since_ms = context.clock.steady_ms();
  }

  /** Notes whether the printer is blocked now; a change starts the wait anew. */
  note(troubled: boolean): void {
    if (troubled !== this.#troubled) this.#since_ms = this.#context.clock.steady_ms();
    this.#troubled = troubled;
  }

  get spent(): boolean {
    const { timings, memory } = this.#context;
    // no answer is to be hoped for: stay only as long as paper may run out under the receipt
    const silence_ms = memory.silentInOrder ? timings.silentCompletion_ms : timings.completion_ms;
    const limit_ms = this.#troubled ? timings.resume_ms : silence_ms + this.#printing_ms;
    return this.#context.clock.steady_ms() - this.#since_ms >= limit_ms;
  }
}

async function awaitAnswering(
  context: PrinterContext,
  session: Session,
  id: string,
  sent_bytes: number,
): Promise<PrintOutcome> {
  const patience = new Patience(context, sent_bytes);
  const completed = (): boolean => session.lastProcessId === id;
  let ordered_ms: number | null = null;
  for (;;) {
    const answered = (): boolean => ordered_ms === null && session.orderedReplies.length > 0;
    await session.until(() => completed() || answered(), context.timings.look_ms);
    if (completed() || answered()) context.memory.silentInOrder = false;
    if (completed()) return { kind: 'printed', evidence: 'processId' };
    if (session.over) return lost(session, 'unknown');
    if (answered()) ordered_ms = context.clock.steady_ms();
    const look = await lookAt(session, context.memory);
    if (completed() || session.over) continue;
    const problem = problemOf(look.answered ? look.meaning : session.automatic);
    if (problem !== null) context.report(problem, 'in the middle of a receipt');
    else if (look.answered) context.report(stateOf(look).state, '');
    patience.note(problem !== null);
    const grace_ms = context.profile.processId ? context.timings.processIdGrace_ms : 0;
    const proven = ordered_ms !== null && context.clock.steady_ms() - ordered_ms >= grace_ms;
    if (problem === null && proven) return { kind: 'printed', evidence: 'orderedStatus' };
    if (!patience.spent) continue;
    if (problem !== null) return failed(problem, 'unknown', 'not resumed in time');
    if (!look.answered) return failed('connectionLost', 'unknown', 'the printer stopped answering');
    // unless the ordered status did come and it is the process id that we still wait for
    if (ordered_ms === null) context.memory.silentInOrder = true;
    return sentOnly(session);
  }
}

/** Asks for completion behind the data and waits, bounded. `printed: 'unknown'` in every failure. */
export async function awaitCompletion(
  context: PrinterContext,
  session: Session,
  sent: Sent,
): Promise<PrintOutcome> {
  const id = newProcessId(context);
  session.orderedReplies = [];
  const request = context.profile.processId ? [command.processId(Buffer.from(id))] : [];
  session.write(Buffer.concat([...request, command.orderedPaperStatus]));
  if (!sent.before.answered) return awaitSilent(context, session);
  return awaitAnswering(context, session, id, sent.sent_bytes);
}

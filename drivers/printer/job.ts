// One receipt: probe, send, wait for proof. Reference devices 3.2; every path ends in exactly one outcome.
import type { PrintOutcome } from '../../core/ports/printer.ts';
import * as command from './commands.ts';
import { awaitCompletion } from './completion.ts';
import { failed, lost, newProcessId } from './context.ts';
import type { PrinterContext } from './context.ts';
import { lookAt, problemOf, stateOf } from './look.ts';
import type { Look } from './look.ts';
import { endCommand, ridOfOwed } from './owed.ts';
import { openSession } from './open-session.ts';
import type { Session } from './session.ts';
import { streamOf } from './stream.ts';
import { hasId } from './wait.ts';
import type { Wait } from './wait.ts';

/** Small printers buffer 4 kB (devices 3.3). */
const chunk_bytes = 4096;

/** What forbids sending, or null. */
function refusal(session: Session, look: Look): PrintOutcome | null {
  if (!look.trusted)
    return failed('garbage', 'nothing', `${session.received_bytes} bytes, no status among them`);
  if (session.over) return lost(session, 'nothing');
  const problem = problemOf(look.meaning);
  return problem === null ? null : failed(problem, 'nothing', stateOf(look).detail);
}

/** Looks again for a while when the printer is offline without a cause: that passes. */
async function lookBefore(context: PrinterContext, session: Session): Promise<Look> {
  let look = await lookAt(session, context.memory);
  for (let again = 0; again < 3 && problemOf(look.meaning) === 'unreachable' && !session.over; again += 1) {
    await session.until(() => false, context.timings.look_ms);
    look = await lookAt(session, context.memory);
  }
  return look;
}

/** Streams the job with back-pressure. Null when all of it has left. */
async function send(
  context: PrinterContext,
  session: Session,
  bytes: Uint8Array,
): Promise<PrintOutcome | null> {
  for (let at = 0; at < bytes.length; at += chunk_bytes) {
    const delivery = session.write(bytes.subarray(at, at + chunk_bytes));
    const started_ms = context.clock.steady_ms();
    while (!(await session.until(() => delivery.done, context.timings.look_ms))) {
      if (session.over) return lost(session, 'unknown');
      // the buffer is full and requests would wait behind our own bytes: only automatic status can tell why
      const problem = problemOf(session.automatic);
      if (problem !== null) context.report(problem, 'in the middle of a receipt');
      const stalled_ms = context.clock.steady_ms() - started_ms;
      if (problem === null && stalled_ms > context.timings.completion_ms)
        context.report('unreachable', 'it takes no data, in the middle of a receipt');
      if (stalled_ms > context.timings.resume_ms) {
        const printed = problem === null ? 'unknown' : 'held';
        return failed(problem ?? 'connectionLost', printed, 'the printer stopped taking data');
      }
    }
    if (delivery.fault !== null) return failed('connectionLost', 'unknown', delivery.fault.detail);
  }
  return null;
}

/** Among bytes that are no status, one that looks like a status proves nothing: such a receipt is sent, not confirmed. */
function believed(session: Session, outcome: PrintOutcome): PrintOutcome {
  return outcome.kind === 'printed' && session.garbage > 0
    ? { kind: 'printed', evidence: 'sentOnly' }
    : outcome;
}

/** Throws away what the printer still holds, or the rest comes out when paper is loaded, beside the reprint. */
async function clear({ profile, timings }: PrinterContext, session: Session): Promise<boolean> {
  if (!profile.clearBuffers || session.over) return false;
  session.write(command.clearBuffers);
  return session.until(() => session.isCleared, timings.answer_ms);
}

/** From the first byte on. */
async function stream(context: PrinterContext, wait: Wait): Promise<PrintOutcome> {
  const { session } = wait;
  const { memory } = context;
  const from = session.ordered.count;
  session.wasDeaf = false;
  const stopped = await send(context, session, wait.stream.bytes);
  const outcome = believed(session, stopped ?? (await awaitCompletion(wait)));
  const got = session.ordered.count - from;
  memory.owed = Math.max(0, memory.owed + wait.stream.asked + wait.extra - got);
  // everything before the id was worked through: at the most the one behind it is still to come
  if (hasId(wait)) memory.owed = got === 0 ? 0 : Math.min(1, memory.owed);
  // it gives no answers in order: none will come
  if (memory.silentInOrder) memory.owed = 0;
  if (outcome.kind === 'printed') return outcome;
  const isCleared = await clear(context, session);
  if (isCleared) memory.owed = 0;
  return isCleared && outcome.printed === 'held' ? { ...outcome, printed: 'unknown' } : outcome;
}

async function runInSession(
  context: PrinterContext,
  session: Session,
  pieces: readonly Uint8Array[],
): Promise<PrintOutcome> {
  const { memory, profile } = context;
  await endCommand(context, session);
  const before = await lookBefore(context, session);
  const refused = refusal(session, before);
  const { state, detail } = stateOf(before);
  if (!session.over) context.report(state, detail);
  if (refused !== null) return refused;
  const isAsked = before.answered || memory.isFresh;
  const rid = isAsked ? await ridOfOwed(context, session) : memory.owed === 0 ? 'rid' : 'unsure';
  if (session.over) return lost(session, 'nothing');
  if (rid !== 'rid' && rid !== 'unsure')
    return failed(rid, 'nothing', 'under the rest of an earlier receipt');
  const ask = { processId: newProcessId(context), isPartOut: memory.isPartOut };
  const wait: Wait = {
    context,
    session,
    stream: streamOf(pieces, profile, ask),
    before,
    countFrom: rid === 'rid' ? session.ordered.count : null,
    extra: 0,
  };
  const outcome = await stream(context, wait);
  memory.isPartOut = outcome.kind === 'failed';
  memory.isInCommand = outcome.kind === 'failed';
  return outcome;
}

/** Prints the pieces of one receipt; calls `finish` once, as soon as the outcome is known, and resolves when the link is closed. */
export async function runJob(
  context: PrinterContext,
  pieces: readonly Uint8Array[],
  finish: (outcome: PrintOutcome) => void,
): Promise<void> {
  const opened = await openSession(context);
  if (!opened.ok) {
    finish(failed('unreachable', 'nothing', opened.detail));
    return;
  }
  const { session } = opened;
  const outcome = await runInSession(context, session, pieces);
  // another printer, or the same one set up anew, may be there the next time
  if (outcome.kind === 'failed') context.memory.silentInOrder = false;
  // what ends an open command may have been lost as well
  if (session.closed?.fault) context.memory.isInCommand = true;
  finish(outcome);
  await session.end();
  context.hold(null);
}

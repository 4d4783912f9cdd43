// Waits for the proof that a receipt is out: process id, else ordered status, else honest "sent". docs/printing.md.
import type { PrintOutcome } from '../../core/ports/printer.ts';
import * as command from './commands.ts';
import { failed, lost, newProcessId } from './context.ts';
import { lookAt, problemOf, stateOf } from './look.ts';
import type { Look } from './look.ts';
import { Patience } from './patience.ts';
import { orderedMeaning } from './status.ts';
import { answersOf, half, hasId, isAnswered, sentOnly, withGap } from './wait.ts';
import type { Wait } from './wait.ts';

/** A printer that never answered: a short wait, in case it answers in order only. */
async function awaitSilent(wait: Wait): Promise<PrintOutcome> {
  const { session, stream } = wait;
  const { silentCompletion_ms, completion_ms, perByte_ms } = wait.context.timings;
  if (await session.until(() => answersOf(wait) > 0, silentCompletion_ms))
    await session.until(() => isAnswered(wait), completion_ms + perByte_ms * stream.bytes.length);
  if (session.over) return lost(session, 'unknown');
  if (answersOf(wait) === 0) return sentOnly(wait);
  if (!isAnswered(wait)) return withGap(wait);
  if (orderedMeaning(session.ordered.last).paperOut === true)
    return failed('paperOut', 'unknown', 'paper end in the ordered status');
  return { kind: 'printed', evidence: 'orderedStatus' };
}

/** The id says that what arrived is on paper; the answers in order before it, that everything arrived. */
async function provenById(wait: Wait): Promise<PrintOutcome> {
  const { context, session, stream } = wait;
  context.memory.hasProcessId = true;
  if (session.wasDeaf) return half('it was silent in the middle of the receipt and came back');
  // which answers are whose can't be told: a part may be lost
  if (wait.countFrom === null) return sentOnly(wait);
  const isWhole = (): boolean => answersOf(wait) >= stream.asked - 1;
  // none at all: a printer with ids and without GS r, unless the last one, behind the id, is answered
  if (!isWhole() && answersOf(wait) === 0)
    await session.until(() => answersOf(wait) > 0, context.timings.answer_ms);
  if (isWhole() || answersOf(wait) === 0) return { kind: 'printed', evidence: 'processId' };
  return withGap(wait);
}

/** Everything was answered in order, but the id stays away: is there none, or did the printer lose it? */
async function withoutId(wait: Wait): Promise<PrintOutcome> {
  const { session, context } = wait;
  const { memory, timings } = context;
  const id = newProcessId(context);
  session.write(command.processId(Buffer.from(id)));
  const isLater = await session.until(() => session.lastProcessId === id, timings.answer_ms);
  if (isLater) memory.hasProcessId = true;
  if (isLater) return half('a later process id was answered, that of the receipt was not');
  if (session.over) return lost(session, 'unknown');
  if (memory.hasProcessId) return sentOnly(wait);
  return { kind: 'printed', evidence: 'orderedStatus' };
}

/** Online, and no answer in order: asks once more, for an answer now tells a loss from a printer that gives none. */
async function withoutAnswer(wait: Wait): Promise<PrintOutcome | null> {
  const { context, session } = wait;
  // what is known already costs nobody another second
  if (wait.countFrom === null || context.memory.silentInOrder) return sentOnly(wait);
  const before = answersOf(wait);
  session.write(command.orderedPaperStatus);
  wait.extra += 1;
  const { quiet_ms } = context.timings;
  if (await session.until(() => answersOf(wait) > before, quiet_ms))
    await session.until(() => isAnswered(wait), quiet_ms);
  if (session.over) return lost(session, 'unknown');
  // slow, but it lost nothing
  if (isAnswered(wait)) return null;
  if (answersOf(wait) > 0) return withGap(wait);
  context.memory.silentInOrder = true;
  return sentOnly(wait);
}

/** Everything was answered, at `since_ms`. Null: the process id may still come. */
async function whenAnswered(wait: Wait, since_ms: number): Promise<PrintOutcome | null> {
  const { context, stream, extra } = wait;
  // it says more than it was asked: these are no answers
  if (answersOf(wait) > stream.asked + extra) return sentOnly(wait);
  if (stream.processId === null) return { kind: 'printed', evidence: 'orderedStatus' };
  const isLate = context.clock.steady_ms() - since_ms >= context.timings.processIdGrace_ms;
  return isLate ? withoutId(wait) : null;
}

/** After a look in the middle. Null: wait on. */
async function judge(
  wait: Wait,
  look: Look,
  patience: Patience,
  answered_ms: number | null,
): Promise<PrintOutcome | null> {
  const { context, session } = wait;
  if (session.wasDeaf) return half('it was silent in the middle of the receipt and came back');
  const problem = problemOf(look.answered ? look.meaning : session.automatic);
  if (problem !== null) context.report(problem, 'in the middle of a receipt');
  else if (look.answered) context.report(stateOf(look).state, '');
  else context.report('unreachable', 'silent in the middle of a receipt');
  patience.note(problem !== null, answersOf(wait));
  if (problem === null && look.answered && answered_ms !== null) return whenAnswered(wait, answered_ms);
  if (!patience.isSpent) return null;
  if (problem !== null) return failed(problem, 'held', 'not resumed in time');
  if (!look.answered) return half('the printer stopped answering');
  return withoutAnswer(wait);
}

async function awaitAnswering(wait: Wait): Promise<PrintOutcome> {
  const { context, session, stream } = wait;
  const patience = new Patience(context, stream.bytes.length);
  let answered_ms: number | null = null;
  for (;;) {
    const isNew = (): boolean => hasId(wait) || (answered_ms === null && isAnswered(wait));
    await session.until(isNew, context.timings.look_ms);
    if (hasId(wait)) return provenById(wait);
    if (session.over) return lost(session, 'unknown');
    if (answersOf(wait) > 0) context.memory.silentInOrder = false;
    if (isAnswered(wait)) answered_ms ??= context.clock.steady_ms();
    const look = await lookAt(session, context.memory);
    if (hasId(wait) || session.over) continue;
    const outcome = await judge(wait, look, patience, answered_ms);
    if (outcome !== null) return outcome;
  }
}

/** The stream has left: waits for its proof, bounded. */
export function awaitCompletion(wait: Wait): Promise<PrintOutcome> {
  return wait.before.answered ? awaitAnswering(wait) : awaitSilent(wait);
}

// Before a receipt: gets rid of what an earlier one has left: a command without its end, and answers that it asked for and that prove
// nothing about this one.
import type { PrintProblem } from '../../core/ports/printer.ts';
import * as command from './commands.ts';
import type { PrinterContext } from './context.ts';
import { lookAt, problemOf } from './look.ts';
import { Patience } from './patience.ts';
import { longestData_bytes } from './profile.ts';
import type { Session } from './session.ts';

/**
 * What it was in the middle of when a receipt broke off would take the beginning of the next one for its data: marks, name and number. Before
 * anything else, or a question about its state would be a picture's height.
 */
export async function endCommand(
  { memory, profile, timings }: PrinterContext,
  session: Session,
): Promise<void> {
  if (!memory.isInCommand || session.over) return;
  const bytes = command.outOfCommand(longestData_bytes(profile));
  const delivery = session.write(bytes);
  memory.isInCommand = false;
  // a slow line has not carried it yet, and what is asked now would seem unanswered
  await session.until(() => delivery.done, timings.answer_ms + timings.perByte_ms * bytes.length);
}

/**
 * The run before this one may have asked any number of times, and its receipt may still be printing: the answer to our own question is the
 * last one, and then it is quiet.
 */
export async function ridOfEarlierRun(
  context: PrinterContext,
  session: Session,
): Promise<'rid' | 'unsure' | PrintProblem> {
  const { memory, timings, clock, profile } = context;
  const { ordered } = session;
  const first = ordered.count;
  const ends_ms = clock.steady_ms() + timings.resume_ms;
  session.write(command.orderedPaperStatus);
  memory.owed += 1;
  // what ends an open command goes before it
  const first_ms = timings.freshQuiet_ms + timings.perByte_ms * longestData_bytes(profile);
  let hasMore = await session.until(() => ordered.count > first, first_ms);
  while (hasMore && clock.steady_ms() < ends_ms) {
    const before = ordered.count;
    hasMore = await session.until(() => ordered.count > before, timings.freshQuiet_ms);
  }
  if (session.over) return 'unsure';
  const problem = problemOf((await lookAt(session, memory)).meaning);
  if (problem !== null || session.over) return problem ?? 'unsure';
  memory.isFresh = false;
  memory.owed = 0;
  return ordered.count > first ? 'rid' : 'unsure';
}

/**
 * `unsure`: answers may still come that are none of this receipt's, so no answer in order counts. A problem: it stops
 * again, under the rest of the earlier receipt.
 */
export async function ridOfOwed(
  context: PrinterContext,
  session: Session,
): Promise<'rid' | 'unsure' | PrintProblem> {
  const { memory, timings } = context;
  if (memory.isFresh) return ridOfEarlierRun(context, session);
  if (memory.owed === 0) return 'rid';
  const { ordered } = session;
  const first = ordered.count;
  memory.owed += 1;
  const last = first + memory.owed;
  session.write(command.orderedPaperStatus);
  const patience = new Patience(context, 0);
  while (!session.over && !patience.isSpent) {
    const before = ordered.count;
    const hasMore = await session.until(() => ordered.count > before, timings.quiet_ms);
    if (ordered.count < last && hasMore) continue;
    const isAll = ordered.count >= last;
    const problem = isAll ? null : problemOf((await lookAt(session, memory)).meaning);
    if (problem !== null) {
      memory.owed -= ordered.count - first;
      return problem;
    }
    // all of them came, or some and no more although nothing stops it: the printer had lost the others
    if (isAll || (ordered.count === before && before > first)) {
      memory.owed = 0;
      return 'rid';
    }
    patience.note(false, ordered.count);
  }
  memory.owed -= ordered.count - first;
  return 'unsure';
}

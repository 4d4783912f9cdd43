// Before a receipt: gets rid of the answers that an earlier one asked for, so that they prove nothing about this one.
import type { PrintProblem } from '../../core/ports/printer.ts';
import * as command from './commands.ts';
import type { PrinterContext } from './context.ts';
import { lookAt, problemOf } from './look.ts';
import { Patience } from './patience.ts';
import type { Session } from './session.ts';

/**
 * `unsure`: answers may still come that are none of this receipt's, so no answer in order counts. A problem: it stops
 * again, under the rest of the earlier receipt.
 */
export async function ridOfOwed(
  context: PrinterContext,
  session: Session,
): Promise<'rid' | 'unsure' | PrintProblem> {
  const { memory, timings } = context;
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
    // all of them came, or some and no more: the printer had lost the others
    if (ordered.count >= last || (!hasMore && before > first)) {
      memory.owed = 0;
      return 'rid';
    }
    if (hasMore) continue;
    const { meaning } = await lookAt(session, memory);
    const problem = problemOf(meaning);
    if (problem !== null) return problem;
    patience.note(false, ordered.count);
  }
  memory.owed -= ordered.count - first;
  return 'unsure';
}

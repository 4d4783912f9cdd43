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

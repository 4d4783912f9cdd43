// One drawer pulse in a session of its own: sent once, at once, and never again, whatever becomes of it.
import type { DrawerOutcome } from '../../core/ports/printer.ts';
import { drawerPulse, drawerPulseNow } from './commands.ts';
import type { PrinterContext } from './context.ts';
import { lookAt, problemOf, stateOf } from './look.ts';
import type { Look } from './look.ts';
import type { DrawerPulse } from './profile.ts';
import { openSession } from './open-session.ts';
import { endCommand } from './owed.ts';
import type { Session } from './session.ts';

function pulseBytes(drawer: DrawerPulse): Uint8Array {
  return drawer.command === 'ordered'
    ? drawerPulse(drawer.pin, drawer.on_ms, drawer.off_ms)
    : drawerPulseNow(drawer.pin, drawer.on_ms);
}

const unknown = (detail: string): DrawerOutcome => ({ kind: 'unknown', detail });

/**
 * What keeps a printer from obeying, or null. A stopped one may keep an ordered pulse; a real-time one is obeyed off-line
 * too, but ignored in an error by some models (their manuals differ).
 */
function obstacle(look: Look, drawer: DrawerPulse): string | null {
  if (!look.trusted) return stateOf(look).detail;
  const problem = problemOf(look.meaning);
  const isMinor = problem === 'paperOut' || problem === 'coverOpen';
  if (problem === null || (drawer.command === 'realTime' && isMinor && look.meaning.mechanical !== true))
    return null;
  return `sent, but the printer is stopped: ${[problem, stateOf(look).detail].filter((word) => word !== '').join(', ')}`;
}

/** Sends it and learns what can be learnt; null: only the end of the link can tell more. */
async function pulseInSession(context: PrinterContext, session: Session): Promise<DrawerOutcome | null> {
  const { drawer } = context.profile;
  // One that is obeyed at once is obeyed within data, too.
  if (drawer.command === 'ordered') await endCommand(context, session);
  if (session.over) return { kind: 'failed', detail: reason(session) };
  const delivery = session.write(pulseBytes(drawer));
  await session.until(() => delivery.done, context.timings.completion_ms);
  if (!delivery.done) return unknown(session.over ? reason(session) : 'the printer takes no data');
  if (delivery.fault !== null) return unknown(delivery.fault.detail);
  // only now: the customer waits for the drawer, not for a status
  const look = await lookAt(session, context.memory);
  if (session.over) return null;
  const { state, detail } = stateOf(look);
  context.report(state, detail);
  const blocked = obstacle(look, drawer);
  if (blocked !== null) return unknown(blocked);
  // what was asked behind the pulse was answered, so the pulse has arrived
  return look.answered ? { kind: 'sent' } : null;
}

const reason = ({ closed }: Session): string =>
  closed === null ? 'stopped' : (closed.fault?.detail ?? 'closed before the pulse was sent');

/** Calls `finish` once, as soon as the outcome is known, and resolves when the link is closed. */
export async function runPulse(
  context: PrinterContext,
  finish: (outcome: DrawerOutcome) => void,
): Promise<void> {
  const opened = await openSession(context);
  if (!opened.ok) {
    finish({ kind: 'failed', detail: opened.detail });
    return;
  }
  const { session } = opened;
  const outcome = await pulseInSession(context, session);
  if (outcome !== null) finish(outcome);
  const fault = await session.end();
  if (session.closed?.fault) context.memory.isInCommand = true;
  if (outcome === null) finish(fault === null ? { kind: 'sent' } : unknown(`${fault.code}: ${fault.detail}`));
  context.hold(null);
}

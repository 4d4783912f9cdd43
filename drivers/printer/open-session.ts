// How each errand to the printer begins: connected, and known to whoever may cancel it; or said to be unreachable.
import type { PrinterContext } from './context.ts';
import { Session } from './session.ts';

/** `detail`: why there is no session, as it was reported. The caller ends the session and lets go of it by `hold(null)`. */
export async function openSession(
  context: PrinterContext,
): Promise<{ ok: true; session: Session } | { ok: false; detail: string }> {
  const opened = await Session.open(context.open, context.clock, context.timings);
  if (opened.ok) {
    context.hold(opened.session);
    return opened;
  }
  const detail = `${opened.fault.code}: ${opened.fault.detail}`;
  context.report('unreachable', detail);
  return { ok: false, detail };
}

// Asks a printer everything that moves no paper, for the technician: status, who it is, and what it can prove.
import type { DeviceIdentity } from '../../core/ports/device.ts';
import type { PrinterExamination } from '../../core/ports/printer.ts';
import * as command from './commands.ts';
import { newProcessId } from './context.ts';
import type { PrinterContext } from './context.ts';
import { lookAt, problemOf, stateOf } from './look.ts';
import { openSession } from './open-session.ts';
import { endCommand } from './owed.ts';
import type { Session } from './session.ts';
import { blockText } from './text.ts';

const fields = [
  ['maker', 66],
  ['model', 67],
  ['serial', 68],
  ['firmware', 65],
] as const satisfies readonly (readonly [keyof DeviceIdentity, number])[];

type Proofs = Pick<
  Extract<PrinterExamination, { kind: 'examined' }>,
  'identity' | 'processId' | 'orderedStatus'
>;

/** GS r 1 behind what was just sent: its answer, or the silence, ends the wait for an answer to that. */
async function answersInOrder(session: Session, wait_ms: number): Promise<boolean> {
  const before = session.ordered.count;
  session.write(command.orderedPaperStatus);
  return session.until(() => session.ordered.count > before, wait_ms);
}

/** GS I: a printer without it is not asked four times; one that answers in order says by GS r that nothing will come. */
async function askIdentity(
  context: PrinterContext,
  session: Session,
  isOrdered: boolean,
): Promise<DeviceIdentity | null> {
  const identity: DeviceIdentity = { maker: null, model: null, serial: null, firmware: null };
  const { answer_ms } = context.timings;
  for (const [name, n] of fields) {
    session.identityBlock = null;
    const before = session.ordered.count;
    session.write(Buffer.concat([command.identity(n), ...(isOrdered ? [command.orderedPaperStatus] : [])]));
    const isAnswered = (): boolean => session.identityBlock !== null;
    await session.until(() => session.ordered.count > before || (!isOrdered && isAnswered()), answer_ms);
    const block: Uint8Array | null = session.identityBlock;
    if (block !== null) identity[name] = blockText(block);
    // maker and model are what printers with GS I have: without them there is no more to come
    else if (name === 'model' && identity.maker === null) break;
  }
  return Object.values(identity).every((value) => value === null) ? null : identity;
}

/** GS ( H, only where the profile has it: a printer that does not know it would print its letters. */
async function askProcessId(
  context: PrinterContext,
  session: Session,
  isOrdered: boolean,
): Promise<boolean | null> {
  if (!context.profile.processId) return null;
  const id = newProcessId(context);
  session.write(command.processId(Buffer.from(id)));
  const isAnswered = (): boolean => session.lastProcessId === id;
  if (isOrdered) await answersInOrder(session, context.timings.answer_ms);
  return session.until(isAnswered, context.timings.answer_ms);
}

async function askProofs(context: PrinterContext, session: Session): Promise<Proofs> {
  const orderedStatus = await answersInOrder(session, context.timings.answer_ms);
  const identity = await askIdentity(context, session, orderedStatus);
  return { identity, orderedStatus, processId: await askProcessId(context, session, orderedStatus) };
}

async function examineInSession(context: PrinterContext, session: Session): Promise<PrinterExamination> {
  await endCommand(context, session);
  const look = await lookAt(session, context.memory);
  const { state, detail } = stateOf(look);
  if (!session.over) context.report(state, detail);
  // a stopped printer answers nothing in order, and what is asked would wait in its buffer before the next receipt
  const isAsked = look.trusted && problemOf(look.meaning) === null && !session.over;
  const proofs: Proofs = isAsked
    ? await askProofs(context, session)
    : { identity: null, processId: null, orderedStatus: null };
  if (session.cancelled) return { kind: 'unreachable', detail: 'stopped' };
  if (session.closed !== null)
    return { kind: 'unreachable', detail: session.closed.fault?.detail ?? 'closed while we asked' };
  if (proofs.identity !== null) context.memory.identity = proofs.identity;
  return { kind: 'examined', answers: session.understood > 0 && look.trusted, state, detail, ...proofs };
}

/** Calls `finish` once, as soon as everything is known, and resolves when the link is closed. */
export async function runExamination(
  context: PrinterContext,
  finish: (found: PrinterExamination) => void,
): Promise<void> {
  const opened = await openSession(context);
  if (!opened.ok) {
    finish({ kind: 'unreachable', detail: opened.detail });
    return;
  }
  const { session } = opened;
  finish(await examineInSession(context, session));
  await session.end();
  context.hold(null);
}

// What is known while a receipt waits for its proof, and the ends that such a wait can have.
import type { PrintOutcome } from '../../core/ports/printer.ts';
import { failed } from './context.ts';
import type { PrinterContext } from './context.ts';
import type { Look } from './look.ts';
import type { Session } from './session.ts';
import type { Stream } from './stream.ts';

export type Wait = {
  context: PrinterContext;
  session: Session;
  stream: Stream;
  before: Look;
  /** Answers in order up to this one are not ours; null: none can be told to be ours. */
  countFrom: number | null;
  /** Asked for since, besides what the stream asked. */
  extra: number;
};

/** Answers in order that are ours. */
export const answersOf = ({ session, countFrom }: Wait): number =>
  countFrom === null ? 0 : session.ordered.count - countFrom;

/** Every question in the stream and after it was answered, in order: nothing of it was lost. */
export const isAnswered = (wait: Wait): boolean => answersOf(wait) >= wait.stream.asked + wait.extra;

/** The printer said that everything up to the end is on paper. */
export const hasId = ({ session, stream }: Wait): boolean =>
  stream.processId !== null && session.lastProcessId === stream.processId;

/** Printed up to anywhere, and no more will come. */
export const half = (detail: string): PrintOutcome => failed('connectionLost', 'unknown', detail);

export const withGap = (wait: Wait): PrintOutcome =>
  half(`${answersOf(wait)} of ${wait.stream.asked + wait.extra} answers in order: a part was lost`);

/** Ends the link to learn whether the bytes went: the best that a printer without answers allows. */
export async function sentOnly({ session }: Wait): Promise<PrintOutcome> {
  const fault = await session.end();
  return fault === null ? { kind: 'printed', evidence: 'sentOnly' } : half(`${fault.code}: ${fault.detail}`);
}

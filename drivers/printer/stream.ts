// The bytes of one receipt with what is asked among them, so that whatever a printer loses on the way is missed. Pure.
import * as command from './commands.ts';
import type { PrinterProfile } from './profile.ts';

/**
 * A question stands behind so many bytes at the most (more only where one row is longer). A printer that is away for
 * the quarter of a second that they take at 9600 baud loses one of them, and its answer is missing at the end.
 */
const stretch_bytes = 256;

export type Stream = {
  bytes: Uint8Array;
  /** How many answers in order it asks for, the last of them behind everything. */
  asked: number;
  /** Asked for just before the last one, where the profile has it. */
  processId: string | null;
};

/** `isPartOut`: something may hang from the printer that does not belong to this receipt: it is cut off first. */
export function streamOf(
  pieces: readonly Uint8Array[],
  profile: PrinterProfile,
  ask: { processId: string; isPartOut: boolean },
): Stream {
  const parts: Uint8Array[] = [];
  if (profile.automaticStatus) parts.push(command.automaticStatus);
  if (ask.isPartOut && profile.cut === 'feedAndCut') parts.push(command.initialise, command.feedAndCut);
  let asked = 1;
  let unasked_bytes = 0;
  for (const [index, piece] of pieces.entries()) {
    parts.push(piece);
    unasked_bytes += piece.length;
    if (unasked_bytes < stretch_bytes || index === pieces.length - 1) continue;
    parts.push(command.orderedPaperStatus);
    asked += 1;
    unasked_bytes = 0;
  }
  const processId = profile.processId ? ask.processId : null;
  if (processId !== null) parts.push(command.processId(Buffer.from(processId)));
  parts.push(command.orderedPaperStatus);
  return { bytes: Buffer.concat(parts), asked, processId };
}

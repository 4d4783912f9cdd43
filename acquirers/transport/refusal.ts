// A refused void or refund that a copy of the request, or another one, may have drawn: its own query tells what became of it. Pure.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';

/** `found`: the answer to the query. Refused when the acquirer has no such request; told as it stands when it has; else nothing is decided. */
export function afterRefusal(
  refused: Extract<GiveBackEvent, { kind: 'refused' }>,
  found: GiveBackEvent,
): GiveBackEvent {
  switch (found.kind) {
    case 'notFound':
      return refused;
    case 'done':
    case 'refused':
      return found;
    case 'processing':
      return { kind: 'accepted', code: 'PROCESSING' };
    default:
      return { kind: 'undecided', code: refused.code };
  }
}

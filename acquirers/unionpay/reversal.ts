// A refused reversal that its code alone does not explain: a look at the order tells what became of it. Pure.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { codesThat } from '../transport/code-row.ts';
import { unionpayTable } from './code-rows.ts';

/** Not now, or not looked at: still being worked on, busy, asked too often, a wrong signature. A look would tell nothing more. */
const notNow: ReadonlySet<string> = new Set('02 03 04 05 06 11 37 83 99'.split(' '));

/** What the reading of the answer makes of these is its own. */
const named = new Set(
  (['absent', 'refused'] as const).flatMap((kind) => [...codesThat(unionpayTable.rows, 'reverse', kind)]),
);

/** Null: read as it stands. Else the code of a believed refusal, which repeating the reversal for a day would tell no more of. */
export function reversalToLookInto(read: PaymentEvent): string | null {
  if (read.kind !== 'reversalPending' || !/^[0-9A-Z]{2}$/.test(read.cause)) return null;
  return named.has(read.cause) || notNow.has(read.cause) ? null : read.cause;
}

/**
 * That the purchase failed is an acknowledgement, and no more: the machine looks once again. "Paid" may be of before a reversal, and that there
 * is no such order the refusal does not say.
 */
export function afterReversalRefusal(code: string, found: PaymentEvent): PaymentEvent {
  return found.kind === 'declined'
    ? { kind: 'reversalAcknowledged', result: found.code }
    : { kind: 'reversalPending', cause: code };
}

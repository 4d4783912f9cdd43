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

/** 原交易不存在或状态不正确: there is none, or it can't be reversed. */
const NONE_or_other = '35';

/**
 * That the purchase failed is an acknowledgement, and no more: the machine looks once again. So is it that there is no such order, where the
 * refusal may say so, too. "Paid" may be of before a reversal.
 */
export function afterReversalRefusal(code: string, found: PaymentEvent): PaymentEvent {
  if (found.kind === 'declined') return { kind: 'reversalAcknowledged', result: found.code };
  const isNone = code === NONE_or_other && found.kind === 'notFound';
  return isNone
    ? { kind: 'reversalAcknowledged', result: 'NOT_FOUND' }
    : { kind: 'reversalPending', cause: code };
}

// A refused cancel that its code alone does not explain: a look at the order tells what became of it. Pure.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { OrderReference } from '../../core/ports/acquirer.ts';
import { alipayTable } from './code-rows.ts';
import { headOf, isForeign } from './codec.ts';

/** Of the gateway: it was carried out, nobody knows, and too often. */
const noRefusals: ReadonlySet<string> = new Set(['10000', '20000', '40005']);

/** What the table says of these stands: a look would tell nothing more. */
const listed: ReadonlySet<string> = new Set(
  alipayTable.rows.filter(({ operation }) => operation === 'reverse').map(({ code }) => code),
);

/** Null: read as it stands. Else the code of a refusal that repeating the cancel for a day would tell no more of. */
export function cancelToLookInto(json: unknown, order: OrderReference): string | null {
  const head = headOf(json);
  if (head === null || isForeign(json, order) || noRefusals.has(head.code)) return null;
  // Some answers spell it so.
  return listed.has(head.reason.replace(/^AQC\./, 'ACQ.')) ? null : head.reason;
}

/** Over is an acknowledgement, and no more: the machine looks once again. That there is no such order the refusal does not say. */
export function afterCancelRefusal(code: string, found: PaymentEvent): PaymentEvent {
  return found.kind === 'hostReversed'
    ? { kind: 'reversalAcknowledged', result: found.result }
    : { kind: 'reversalPending', cause: code };
}

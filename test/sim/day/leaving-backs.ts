// Promises about voids and refunds as they leave the till: a record names each, and its mark is on the disk.
import type { CallRequest } from '../../../acquirers/gateway/message.ts';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import type { OutboxRow } from '../../../core/ports/journal.ts';
import { holds } from './failure.ts';

/** What the request is known by: a refund by its own number, a void by the order. Null: it gives nothing back. */
export function nameOf({ path, body }: Pick<CallRequest, 'path' | 'body'>): string | null {
  if (path.endsWith('/refund')) return `refund ${String(body['refundRequestId'])}`;
  const isVoid = path.endsWith('/voidpayment') && body['reason'] === 'VOID';
  return isVoid ? `void ${String(body['merchantOrderId'])}` : null;
}

export function givesBack(request: Pick<CallRequest, 'path' | 'body'>): boolean {
  return nameOf(request) !== null;
}

/** The same of its record. */
export function nameOfBack({ method, requestNumber, orderNumber }: NamedBack): string {
  return `${method} ${method === 'refund' ? requestNumber : orderNumber}`;
}
type NamedBack = { method: string; requestNumber: string; orderNumber: string };

export class LeavingBacks {
  readonly #byName = new Map<string, string>();

  take({ type, body }: TillRecord): void {
    if (type !== 'giveBack.opened') return;
    this.#byName.set(nameOfBack(body.giveBack), body.giveBack.giveBackId);
  }

  names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** `rows`: open ones on the disk. */
  leaving(request: CallRequest, rows: readonly OutboxRow[]): void {
    const name = nameOf(request);
    if (name === null) return;
    const giveBackId = this.#byName.get(name);
    holds('sentAfterCommit', giveBackId !== undefined, () => `${name} leaves, which no record on disk names`);
    const isMarked = rows.some(
      ({ kind, reference, state }) => kind === 'giveBack' && reference === giveBackId && state === 'sent',
    );
    holds('sentIsMarked', isMarked, () => `${name} leaves without its mark on disk`);
  }
}

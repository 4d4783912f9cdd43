// What happened after the backup and is in no journal any more: papers, customers, the acquirer and the people at the till know of it.
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { isEndedKind, type Ledger } from '../ledger.ts';
import { holds } from './failure.ts';
import type { Host } from './host/host.ts';
import type { HostEntry } from './host/ledger.ts';
import { tillsNumber } from './host/platform.ts';

type GiveBack = Extract<TillRecord, { type: 'giveBack.opened' }>['body']['giveBack'];

export class LostTime {
  readonly #host: Host;
  /** Of the till that was lost, at its end. */
  readonly books: Ledger;
  /** Numbers of payments that were opened then. */
  readonly orders = new Set<string>();
  /** Sales, by what became of them then; `touched`: anything at all. */
  readonly sold = new Set<string>();
  readonly dropped = new Set<string>();
  readonly returned = new Set<string>();
  readonly touched = new Set<string>();
  /** By attempt. */
  readonly endedExceptions = new Set<string>();
  readonly #requests = new Set<string>();
  readonly #voidedOrders = new Set<string>();
  readonly #paidInCash = new Set<string>();
  readonly #inPlaceOf = new Map<string, GiveBack>();

  constructor(host: Host, books: Ledger) {
    this.#host = host;
    this.books = books;
  }

  take(record: TillRecord): void {
    const { type, body } = record;
    if (type === 'payment.opened') this.orders.add(body.attempt.orderNumber);
    if (type === 'sale.completed') this.sold.add(body.saleId);
    if (type === 'sale.cancelling' || type === 'sale.cancelled') this.dropped.add(body.saleId);
    if (type === 'return.opened') this.returned.add(body.return.saleId);
    if (type === 'exception.closed') this.endedExceptions.add(body.attemptId);
    if (type === 'giveBack.paidInCash') this.#paidInCash.add(body.giveBackId);
    if (type === 'giveBack.opened') this.#giveBack(body.giveBack);
    const saleId = saleOf(record, this.books);
    if (saleId !== null) this.touched.add(saleId);
  }

  #giveBack(one: GiveBack): void {
    this.#requests.add(one.requestNumber);
    if (one.method === 'void') this.#voidedOrders.add(one.orderNumber);
    if (one.replaces !== undefined) this.#inPlaceOf.set(one.replaces, one);
  }

  /** By requests that were opened then. */
  givenBack_fen(orderNumber: string, entries: readonly HostEntry[]): number {
    const own = entries.filter((entry) => {
      if (entry.orderNumber !== orderNumber) return false;
      if (entry.kind === 'void') return this.#voidedOrders.has(orderNumber);
      return entry.requestNumber !== null && this.#requests.has(tillsNumber(entry.requestNumber));
    });
    return own.reduce((sum, { amount_fen }) => sum + amount_fen, 0);
  }

  /** In cash, of this payment. */
  paidOut_fen(attemptId: string): number {
    const paid = [...this.books.backs].filter(
      ([id, one]) => this.#paidInCash.has(id) && one.attemptId === attemptId,
    );
    return paid.reduce((sum, [, { amount_fen }]) => sum + amount_fen, 0);
  }

  /**
   * What people know who were there: whether the money of this refund went back by another one, or in cash. Null: not decided yet; undefined:
   * nothing was done in its place.
   */
  isBack(giveBackId: string): boolean | null | undefined {
    if (this.#paidInCash.has(giveBackId)) return true;
    const next = this.#inPlaceOf.get(giveBackId);
    if (next === undefined) return undefined;
    if (this.#host.isBackOnPlatform(next.requestNumber)) return true;
    const known = this.#host.refund(next.requestNumber);
    if (known?.state === 'done') return true;
    return known?.state === 'processing' ? null : (this.isBack(next.giveBackId) ?? false);
  }

  /** The same of one that was opened since: it stands for the money of those that it takes the place of. `chain`: it and they. */
  isChainBack(chain: readonly { giveBackId: string }[]): boolean | null | undefined {
    const words = chain.map(({ giveBackId }) => this.isBack(giveBackId));
    return words.find((word) => word === true) ?? words.find((word) => word !== undefined);
  }

  /**
   * What the backup still owed was given back once: in the lost time, or since. `now`: the books of the till that went on.
   * @throws Violation.
   */
  checkRefunds(now: Ledger): void {
    for (const giveBackId of new Set([...this.#inPlaceOf.keys(), ...this.#paidInCash])) {
      const one = now.backs.get(giveBackId);
      if (one === undefined || this.isBack(giveBackId) !== true) continue;
      const isAgain = [...now.backs.values()].some(
        ({ replaces, kind, paidInCash, isFoundElsewhere }) =>
          replaces === giveBackId && ((kind === 'done' && !isFoundElsewhere) || paidInCash),
      );
      holds(
        'refundedOnceThroughRestore',
        !isAgain && !one.paidInCash,
        () => `${giveBackId} was given back in the lost time, and again since`,
      );
    }
  }
}

function saleOf({ body }: TillRecord, books: Ledger): string | null {
  const named = body as { saleId?: string; attemptId?: string; giveBackId?: string };
  if (named.saleId !== undefined) return named.saleId;
  if (named.attemptId !== undefined) return books.payments.get(named.attemptId)?.saleId ?? null;
  if (named.giveBackId !== undefined) return books.backs.get(named.giveBackId)?.saleId ?? null;
  type Inner = { saleId: string };
  const { attempt, giveBack, return: back } = body as { attempt?: Inner; giveBack?: Inner; return?: Inner };
  return (attempt ?? giveBack ?? back)?.saleId ?? null;
}

/** Attempts of sold sales, approved or on trust, of which nothing was promised back: nothing of them goes back but for goods that come back. */
export function keptPayments(books: Ledger): string[] {
  return [...books.payments].flatMap(([attemptId, { saleId, kind, deferred }]) => {
    const isKept = kind === 'approved' || (deferred && !isEndedKind(kind));
    const isWhole = books.given_fen(attemptId) + books.promised_fen(attemptId) === 0;
    return books.sold.has(saleId) && isKept && isWhole ? [attemptId] : [];
  });
}

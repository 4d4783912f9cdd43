// The fold of a whole journal for verification: as the engine folds, with what has ended out of the way, so that a month costs a
// month and not its square. Every entity is kept, to be compared with its row.
import type { GiveBack } from '../core/domain/giveback/give-back.ts';
import type { Sale } from '../core/domain/sale/sale.ts';
import { evolve } from '../core/domain/till/evolve.ts';
import { prune } from '../core/domain/till/living.ts';
import type { TillRecord } from '../core/domain/till/records.ts';
import { type Attempt, emptyTill, type Receipt, type TillState } from '../core/domain/till/state.ts';

/** So many records are folded before what has ended is put aside. */
const PRUNE_every_records = 200;

type All = {
  sales: ReadonlyMap<string, Sale>;
  attempts: ReadonlyMap<string, Attempt>;
  receipts: ReadonlyMap<string, Receipt>;
  giveBacks: ReadonlyMap<string, GiveBack>;
};

type Kind = keyof All;
const kinds: readonly Kind[] = ['sales', 'attempts', 'receipts', 'giveBacks'];

export class Refold {
  #state: TillState = emptyTill;
  #records = 0;
  readonly #aside = {
    sales: new Map<string, Sale>(),
    attempts: new Map<string, Attempt>(),
    receipts: new Map<string, Receipt>(),
    giveBacks: new Map<string, GiveBack>(),
  };
  readonly #giveBackIds = new Map<string, string[]>();
  readonly #returnSales = new Map<string, string>();

  get state(): TillState {
    return this.#state;
  }

  get records(): number {
    return this.#records;
  }

  take(record: TillRecord): void {
    this.#bringBack(record);
    this.#state = evolve(this.#state, record);
    this.#records += 1;
    this.#remember(record);
    if (this.#records % PRUNE_every_records === 0) this.#putAside();
  }

  /** Every entity of the journal, alive or ended, as the last record left it. */
  all(): All {
    this.#putAside();
    return this.#aside;
  }

  #copy(kind: Kind): void {
    const aside = this.#aside[kind] as Map<string, unknown>;
    for (const [id, one] of Object.entries(this.#state[kind])) aside.set(id, one);
  }

  #putAside(): void {
    for (const kind of kinds) this.#copy(kind);
    this.#state = prune(this.#state);
  }

  #remember({ type, body }: TillRecord): void {
    if (type === 'return.opened') this.#returnSales.set(body.return.returnId, body.return.saleId);
    if (type !== 'giveBack.opened') return;
    const { saleId, giveBackId } = body.giveBack;
    this.#giveBackIds.set(saleId, [...(this.#giveBackIds.get(saleId) ?? []), giveBackId]);
  }

  #saleNamedBy({ body }: TillRecord): string | undefined {
    if ('saleId' in body) return body.saleId;
    if ('attempt' in body) return body.attempt.saleId;
    if ('giveBack' in body) return body.giveBack.saleId;
    if ('return' in body) return body.return.saleId;
    if ('attemptId' in body) return this.#aside.attempts.get(body.attemptId)?.saleId;
    if ('giveBackId' in body) return this.#aside.giveBacks.get(body.giveBackId)?.saleId;
    return 'returnId' in body ? this.#returnSales.get(body.returnId) : undefined;
  }

  /** A record of long ago's sale: it is folded into the whole of it, its attempts and its give-backs. */
  #bringBack(record: TillRecord): void {
    const receipt = 'receiptId' in record.body ? this.#aside.receipts.get(record.body.receiptId) : undefined;
    if (receipt !== undefined && this.#state.receipts[receipt.receiptId] === undefined) {
      const receipts = { ...this.#state.receipts, [receipt.receiptId]: receipt };
      this.#state = { ...this.#state, receipts };
    }
    const sale = this.#aside.sales.get(this.#saleNamedBy(record) ?? '');
    if (sale === undefined || this.#state.sales[sale.saleId] !== undefined) return;
    const attempts = sale.attemptIds.flatMap((id) => this.#aside.attempts.get(id) ?? []);
    const giveBackIds = this.#giveBackIds.get(sale.saleId) ?? [];
    const giveBacks = giveBackIds.flatMap((id) => this.#aside.giveBacks.get(id) ?? []);
    this.#state = {
      ...this.#state,
      sales: { ...this.#state.sales, [sale.saleId]: sale },
      attempts: {
        ...this.#state.attempts,
        ...Object.fromEntries(attempts.map((one) => [one.attemptId, one])),
      },
      giveBacks: {
        ...this.#state.giveBacks,
        ...Object.fromEntries(giveBacks.map((one) => [one.giveBackId, one])),
      },
    };
  }
}

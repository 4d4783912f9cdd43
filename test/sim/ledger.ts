// A ledger of its own, kept from records alone: what was sold, taken, given back, promised and moved through the drawer.
import { strictEqual } from 'node:assert/strict';
import type { GiveBackMachine } from '../../core/domain/giveback/machine.ts';
import type { TillRecord } from '../../core/domain/till/records.ts';

type Payment = {
  saleId: string;
  amount_fen: number;
  kind: string;
  deferred: boolean;
  openedAt_ms: number;
  /** For goods that had left already: of which lost payments, and how much of each. */
  collects: boolean;
  inPlaceOf: readonly { attemptId: string; amount_fen: number }[];
  /** Of its amount, what stays written off. */
  writtenOff_fen: number;
  /** By its exception, open or closed. */
  told_fen: number;
  /** Approved, and nobody has looked yet what it pays of that. */
  isNews: boolean;
};
export type Back = {
  saleId: string;
  attemptId: string;
  amount_fen: number;
  kind: string;
  /** Refused where the money may be back by other means. */
  perhapsBack: boolean;
  method: string;
  cause: string;
  paidInCash: boolean;
  replaces: string | null;
  /** Somebody has found this money with the customer: another request, or hand, gave it. */
  isFoundElsewhere: boolean;
};
export type Sold = { paid_fen: number; returned_fen: number; cashReturned_fen: number };

const none: readonly string[] = [];
const endedKinds = new Set(['approved', 'declined', 'notSent', 'expiredUnsent', 'reversed', 'closed']);

export function isEndedKind(kind: string): boolean {
  return endedKinds.has(kind);
}

function isTryOnTrust({ collects, deferred, kind }: Payment): boolean {
  return collects && deferred && !isEndedKind(kind);
}

function meantFor_fen({ inPlaceOf }: Payment, lostId: string): number {
  return sumOf(inPlaceOf, ({ attemptId, amount_fen }) => (attemptId === lostId ? amount_fen : 0));
}

function add(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

function sumOf<Value>(values: Iterable<Value>, part: (value: Value) => number): number {
  return [...values].reduce((sum, value) => sum + part(value), 0);
}

function stateOfBack({ state }: GiveBackMachine): Pick<Back, 'kind' | 'perhapsBack' | 'isFoundElsewhere'> {
  return {
    kind: state.kind,
    perhapsBack: state.kind === 'failed' && state.perhapsBack === true,
    isFoundElsewhere: state.kind === 'done' && state.elsewhere === true,
  };
}

export class Ledger {
  readonly payments = new Map<string, Payment>();
  readonly #attemptsOf = new Map<string, string[]>();
  readonly backs = new Map<string, Back>();
  /** By payment: asked for all payments after each event. */
  readonly #backIdsOf = new Map<string, string[]>();
  /** Give-backs whose place another one took. */
  readonly #replaced = new Set<string>();
  readonly sold = new Map<string, Sold>();
  /** Cash kept, by sale: taken less returned. What is paid out for a refused refund is wallet money given back. */
  readonly cash = new Map<string, number>();
  readonly rounding = new Map<string, number>();
  /** By sale: amounts of open exceptions, and what is written off by the records alone. */
  readonly exceptions = new Map<string, number>();
  readonly calledWrittenOff = new Map<string, number>();
  readonly numbers: Record<string, string[]> = { receipt: [], return: [], z: [], cashMove: [], shift: [] };
  /** Of each series: how many of its numbers stood before the newest restore. */
  readonly numbersBefore = new Map<string, number>();
  drawer_fen: number | null = null;

  take({ type, body }: TillRecord): void {
    switch (type) {
      case 'sale.completed': {
        const paid_fen = body.total_fen - body.rounding_fen;
        strictEqual(
          sumOf(body.settled, (line) => line.gross_fen - line.rounding_fen),
          paid_fen,
        );
        this.sold.set(body.saleId, { paid_fen, returned_fen: 0, cashReturned_fen: 0 });
        return void this.numbers['receipt']?.push(body.receiptNumber);
      }
      case 'sale.cashTaken':
        strictEqual(body.cash.received_fen - body.cash.change_fen, body.cash.amount_fen);
        this.#moveCash(body.saleId, body.cash.amount_fen);
        return add(this.rounding, body.saleId, body.cash.rounding_fen);
      case 'return.opened':
        return this.#takeReturn(body.return);
      case 'payment.opened': {
        const { attemptId, saleId, amount_fen, openedAt_ms, machine, collects = false } = body.attempt;
        const { inPlaceOf = [] } = body.attempt;
        const { deferred, state } = machine;
        this.#attemptsOf.set(saleId, [...(this.#attemptsOf.get(saleId) ?? []), attemptId]);
        const { kind } = state;
        return void this.payments.set(attemptId, {
          saleId,
          amount_fen,
          kind,
          deferred,
          openedAt_ms,
          collects,
          inPlaceOf,
          writtenOff_fen: 0,
          told_fen: 0,
          isNews: false,
        });
      }
      case 'payment.moved': {
        const payment = this.payments.get(body.attemptId);
        if (payment === undefined) throw new Error(`no payment ${body.attemptId}`);
        this.writtenOff_fen(payment.saleId);
        const { deferred, state } = body.machine;
        const isNews = payment.isNews || state.kind === 'approved';
        return void this.payments.set(body.attemptId, { ...payment, kind: state.kind, deferred, isNews });
      }
      default:
        return this.#takeOther({ type, body } as TillRecord);
    }
  }

  #takeOther({ type, body }: TillRecord): void {
    switch (type) {
      case 'exception.raised': {
        const payment = this.payments.get(body.attemptId);
        if (payment === undefined) throw new Error(`no payment ${body.attemptId}`);
        payment.told_fen = body.amount_fen ?? payment.amount_fen;
        return add(this.exceptions, payment.saleId, payment.told_fen);
      }
      case 'exception.closed': {
        const payment = this.payments.get(body.attemptId);
        if (payment === undefined) throw new Error(`no payment ${body.attemptId}`);
        add(this.exceptions, payment.saleId, -payment.told_fen);
        if (body.how !== 'writtenOff') return;
        const { amount_fen = payment.told_fen } = body;
        this.writtenOff_fen(payment.saleId);
        payment.writtenOff_fen += amount_fen;
        return add(this.calledWrittenOff, payment.saleId, amount_fen);
      }
      case 'writeOff.takenBack':
        return add(this.calledWrittenOff, body.saleId, -body.amount_fen);
      case 'giveBack.opened': {
        const { giveBackId, saleId, attemptId, amount_fen, method, cause, machine } = body.giveBack;
        const { replaces = null } = body.giveBack;
        const state = stateOfBack(machine);
        const one = { saleId, attemptId, amount_fen, method, cause, ...state, paidInCash: false, replaces };
        return this.#openBack(giveBackId, one);
      }
      case 'giveBack.moved':
        return this.#changeBack(body.giveBackId, stateOfBack(body.machine));
      case 'giveBack.paidInCash':
        this.#changeBack(body.giveBackId, { paidInCash: true });
        this.drawer_fen = (this.drawer_fen ?? NaN) - body.amount_fen;
        return;
      default:
        return this.#takeCounter({ type, body } as TillRecord);
    }
  }

  #takeCounter({ type, body }: TillRecord): void {
    switch (type) {
      case 'shift.opened':
        this.drawer_fen = body.float_fen;
        return void this.numbers['shift']?.push(body.number);
      case 'shift.closed':
        strictEqual(body.shift.expected_fen, this.drawer_fen);
        strictEqual(
          body.shift.counted_fen,
          sumOf(body.shift.counted, (piece) => piece.value_fen * piece.count),
        );
        strictEqual(body.shift.overShort_fen, body.shift.counted_fen - body.shift.expected_fen);
        this.drawer_fen = null;
        return;
      case 'cash.moved': {
        const { direction, amount_fen, number } = body.move;
        this.drawer_fen = (this.drawer_fen ?? NaN) + (direction === 'paidIn' ? amount_fen : -amount_fen);
        return void this.numbers['cashMove']?.push(number);
      }
      case 'till.restored':
        for (const [series, numbers] of Object.entries(this.numbers))
          this.numbersBefore.set(series, numbers.length);
        return;
      case 'day.closed':
        return void this.numbers['z']?.push(String(body.report.zNumber));
      default:
    }
  }

  #takeReturn(one: Extract<TillRecord, { type: 'return.opened' }>['body']['return']): void {
    const sold = this.sold.get(one.saleId);
    if (sold === undefined) throw new Error(`return of ${one.saleId}, which was not sold`);
    // What an approval of before pays is not looked for in what is left of it now.
    this.writtenOff_fen(one.saleId);
    sold.returned_fen += one.amount_fen;
    sold.cashReturned_fen += one.cash_fen;
    this.#moveCash(one.saleId, -one.cash_fen);
    this.numbers['return']?.push(one.number);
  }

  #openBack(giveBackId: string, one: Back): void {
    const known = this.#backIdsOf.get(one.attemptId);
    if (known === undefined) this.#backIdsOf.set(one.attemptId, [giveBackId]);
    else if (!known.includes(giveBackId)) known.push(giveBackId);
    this.backs.set(giveBackId, one);
    if (one.replaces !== null) this.#replaced.add(one.replaces);
  }

  #changeBack(giveBackId: string, change: Partial<Back>): void {
    const one = this.backs.get(giveBackId);
    if (one === undefined) throw new Error(`no give-back ${giveBackId}`);
    this.backs.set(giveBackId, { ...one, ...change });
  }

  #moveCash(saleId: string, by_fen: number): void {
    add(this.cash, saleId, by_fen);
    if (by_fen !== 0) this.drawer_fen = (this.drawer_fen ?? NaN) + by_fen;
  }

  paymentsOf(saleId: string): [attemptId: string, payment: Payment][] {
    return (this.#attemptsOf.get(saleId) ?? []).flatMap((attemptId) => {
      const one = this.payments.get(attemptId);
      return one === undefined ? [] : [[attemptId, one] as [string, Payment]];
    });
  }

  /** Back with the customer: by the wallet, or in cash after the wallet refused. */
  given_fen(attemptId: string): number {
    return this.#sumOfBacks(attemptId, (_id, one) => one.kind === 'done' || one.paidInCash);
  }

  /** Promised: not proven yet, or a refund that was refused, not paid out, not tried again, and not given back after all. */
  promised_fen(attemptId: string): number {
    return this.#sumOfBacks(attemptId, (id, one) => !one.paidInCash && this.#isOwed(id, one));
  }

  #sumOfBacks(attemptId: string, counts: (giveBackId: string, one: Back) => boolean): number {
    let sum_fen = 0;
    for (const giveBackId of this.#backIdsOf.get(attemptId) ?? none) {
      const one = this.backs.get(giveBackId);
      if (one !== undefined && counts(giveBackId, one)) sum_fen += one.amount_fen;
    }
    return sum_fen;
  }

  #isOwed(giveBackId: string, one: Back): boolean {
    if (one.kind === 'done') return false;
    if (one.kind !== 'failed') return true;
    return one.method === 'refund' && !this.#replaced.has(giveBackId) && !this.#isBack(one);
  }

  /** By one of those whose place it took. */
  #isBack({ replaces }: Back): boolean {
    const before = replaces === null ? undefined : this.backs.get(replaces);
    return before !== undefined && (before.kind === 'done' || before.paidInCash || this.#isBack(before));
  }

  /**
   * What stays written off, by the rule: the money of that very payment, and that of a try for as much as it was opened in its place,
   * ends a write-off, and no other money does, unless nothing is missing any more that it could stand for.
   */
  writtenOff_fen(saleId: string): number {
    const payments = this.paymentsOf(saleId);
    for (const [attemptId, payment] of payments.filter(([, { isNews }]) => isNews)) {
      payment.isNews = false;
      let kept_fen = payment.amount_fen - this.given_fen(attemptId) - this.promised_fen(attemptId);
      for (const [lostId, lost] of payments) {
        const meant_fen = lostId === attemptId ? payment.amount_fen : meantFor_fen(payment, lostId);
        const paid_fen = Math.min(lost.writtenOff_fen, meant_fen, kept_fen);
        lost.writtenOff_fen -= paid_fen;
        kept_fen -= paid_fen;
      }
      this.#endWhatIsNotMissing(saleId);
    }
    return sumOf(payments, ([, one]) => one.writtenOff_fen);
  }

  /**
   * Of what was sold, what no money ever came for: goods that come back, and their money, change nothing of that. What its sale never needed is
   * no money of it; a try on trust is none yet.
   */
  neverCame_fen(saleId: string, { paid_fen, cashReturned_fen }: Sold): number {
    const cash_fen = (this.cash.get(saleId) ?? 0) + cashReturned_fen;
    const wallets_fen = this.#sumOfPayments(saleId, (attemptId, { kind, amount_fen }) =>
      kind === 'approved' ? amount_fen - this.#unneeded_fen(attemptId) : 0,
    );
    const onTrust_fen = this.onTrust_fen(saleId) - this.tried_fen(saleId);
    return Math.max(0, paid_fen - cash_fen - wallets_fen - onTrust_fen);
  }

  /** Asked back for no goods; what took the place of that is the same money. */
  #unneeded_fen(attemptId: string): number {
    return this.#sumOfBacks(
      attemptId,
      (_id, { cause, replaces }) => cause === 'surplus' && replaces === null,
    );
  }

  #endWhatIsNotMissing(saleId: string): void {
    const sold = this.sold.get(saleId);
    if (sold === undefined) return;
    const payments = this.paymentsOf(saleId);
    const missing_fen = this.neverCame_fen(saleId, sold);
    let over_fen = sumOf(payments, ([, one]) => one.writtenOff_fen) - missing_fen;
    for (const [, lost] of payments) {
      const part_fen = Math.max(0, Math.min(over_fen, lost.writtenOff_fen));
      lost.writtenOff_fen -= part_fen;
      over_fen -= part_fen;
    }
  }

  /** Of that, what no try on trust may still pay: those count as money, and the same fen is not lost besides. */
  forgone_fen(saleId: string): number {
    const written_fen = this.writtenOff_fen(saleId);
    const payments = this.paymentsOf(saleId);
    const tries = payments.map(([, one]) => one).filter(isTryOnTrust);
    return (
      written_fen -
      sumOf(payments, ([lostId, lost]) =>
        Math.min(
          lost.writtenOff_fen,
          sumOf(tries, (one) => meantFor_fen(one, lostId)),
        ),
      )
    );
  }

  /** On trust in the place of what was lost: another try, and no money yet. */
  tried_fen(saleId: string): number {
    return this.#sumOfPayments(saleId, (_id, one) => (isTryOnTrust(one) ? one.amount_fen : 0));
  }

  /** Of what was sold and did not come back: neither in the drawer, nor in a wallet, nor on trust. */
  missing_fen(saleId: string, { paid_fen, returned_fen }: Sold): number {
    const money_fen = (this.cash.get(saleId) ?? 0) + this.kept_fen(saleId) + this.onTrust_fen(saleId);
    return paid_fen - returned_fen - money_fen;
  }

  /** Wallet money of a sale that is kept for good: approved, not given back, not promised back. */
  kept_fen(saleId: string): number {
    return this.#sumOfPayments(saleId, (attemptId, { kind, amount_fen }) =>
      kind === 'approved' ? amount_fen - this.given_fen(attemptId) - this.promised_fen(attemptId) : 0,
    );
  }

  /** Deferred and not proven: the goods have left, the money is promised. */
  onTrust_fen(saleId: string): number {
    return this.#sumOfPayments(saleId, (_id, { kind, deferred, amount_fen }) =>
      deferred && !isEndedKind(kind) ? amount_fen : 0,
    );
  }

  #sumOfPayments(saleId: string, part: (attemptId: string, payment: Payment) => number): number {
    let sum_fen = 0;
    for (const attemptId of this.#attemptsOf.get(saleId) ?? none) {
      const payment = this.payments.get(attemptId);
      if (payment !== undefined) sum_fen += part(attemptId, payment);
    }
    return sum_fen;
  }
}

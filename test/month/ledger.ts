// The acquirer's own books: who was charged, who got money back. Written from the gateway protocol page alone ("Rules the
// server keeps"), shares nothing with acquirers/ or fixtures/. Each movement of money is an entry; orders only tell why.
import type { VirtualClock } from './clock.ts';
import { must } from './failure.ts';
import type { Chance } from './random.ts';
import type { FaultCounts } from './faults.ts';
import { clearingDate, type Decision, decide, decideRefund, type RefundDecision } from './issuer.ts';

export type Entry = {
  kind: 'charge' | 'reversal' | 'void' | 'refund';
  orderNumber: string;
  /** The till's number of a void or refund. */
  requestNumber: string | null;
  amount_fen: number;
};

export type Order = {
  orderNumber: string;
  amount_fen: number;
  code: string;
  scheme: string;
  rail: string;
  state: 'processing' | 'paid' | 'failed' | 'voided' | 'reversed' | 'closedUnpaid';
  /** The first word on it, repeated whenever it is asked again. */
  firstWord: Decision['word'];
  failCode: string;
  paidAt_ms: number;
  refunded_fen: number;
};

type Refund = {
  requestNumber: string;
  orderNumber: string;
  amount_fen: number;
  state: RefundDecision['end'];
};

export type PayRequest = {
  orderNumber: string;
  amount_fen: number;
  code: string;
  scheme: string;
  isDeferred: boolean;
};
export type PayWord =
  | { kind: 'paid'; order: Order }
  | { kind: 'undecided'; code: 'ACCEPTED' | 'SYSTEM_ERROR' | 'DUPLICATE_ORDER' }
  | { kind: 'awaiting' }
  | { kind: 'failed'; code: string };
export type RefundWord = { kind: 'done' | 'processing' } | { kind: 'refused'; code: string };
export type VoidWord =
  | { kind: 'reversed' | 'voided' | 'notCharged' | 'processing' }
  | { kind: 'refused'; code: string };

export type Sums = { charged_fen: number; net_fen: number };

type LedgerClock = Pick<VirtualClock, 'now_ms' | 'after'>;

/** Planted: the ledger lies about money, and the checks of the month must find it. */
export type LedgerPlant = 'chargeTwice' | 'refundNotPaidOut' | 'declinedButCharged';

const rails: Record<string, string[]> = {
  WECHAT: ['WECHAT'],
  ALIPAY: ['ALIPAY', 'NETSUNION'],
  UNIONPAY: ['UNIONPAY'],
  DCEP: ['DCEP'],
};

const PLANTED_after = 40;

export class Ledger {
  readonly entries: Entry[] = [];
  readonly orders = new Map<string, Order>();
  readonly #refunds = new Map<string, Refund>();
  readonly #refusedVoids = new Map<string, string>();
  /** Requests that were refused before anybody looked at their order: so is a copy of them, while their number stays free. */
  readonly #unlooked = new WeakMap<PayRequest, PayWord>();
  readonly #chance: Chance;
  readonly #faults: FaultCounts;
  readonly #clock: LedgerClock;
  readonly #plant: string | null;
  #hasLied = false;
  /** No new trouble any more: the settling days at the end. */
  isCalm = false;

  constructor(deps: { chance: Chance; faults: FaultCounts; clock: LedgerClock; plant: string | null }) {
    this.#chance = deps.chance;
    this.#faults = deps.faults;
    this.#clock = deps.clock;
    this.#plant = deps.plant;
  }

  /** Of each order what was charged and not undone at once; and what is left of that after voids and refunds. */
  sums(): Map<string, Sums> {
    const sums = new Map<string, Sums>();
    for (const { kind, orderNumber, amount_fen } of this.entries) {
      const sum = sums.get(orderNumber) ?? { charged_fen: 0, net_fen: 0 };
      const signed_fen = kind === 'charge' ? amount_fen : -amount_fen;
      if (kind === 'charge' || kind === 'reversal') sum.charged_fen += signed_fen;
      sum.net_fen += signed_fen;
      sums.set(orderNumber, sum);
    }
    return sums;
  }

  pay(request: PayRequest): PayWord {
    const refusal = this.#unlooked.get(request);
    if (refusal !== undefined) return refusal;
    const known = this.orders.get(request.orderNumber);
    if (!known) return this.#firstPay(request);
    if (known.state === 'closedUnpaid') {
      this.#faults.saw('closedNumberRefusedLatePay');
      return { kind: 'failed', code: 'ORDER_CLOSED' };
    }
    const isSame = known.amount_fen === request.amount_fen && known.code === request.code;
    if (!isSame) return { kind: 'undecided', code: 'DUPLICATE_ORDER' };
    this.#faults.saw('repeatedPayAnswered');
    return this.#wordOn(known);
  }

  query(orderNumber: string): { order: Order } | null {
    const order = this.orders.get(orderNumber);
    return order === undefined || order.state === 'closedUnpaid' ? null : { order };
  }

  isTombstone(orderNumber: string): boolean {
    return this.orders.get(orderNumber)?.state === 'closedUnpaid';
  }

  /** Rule 2: idempotent, closes an unknown number for ever. Rule 5: always possible, while a void has its cut-off. */
  reverse(orderNumber: string, amount_fen: number): VoidWord {
    const order = this.orders.get(orderNumber) ?? this.#close(orderNumber, amount_fen);
    return this.#undo(order, 'reversal', null);
  }

  void(orderNumber: string, amount_fen: number, requestNumber: string): VoidWord {
    const order = this.orders.get(orderNumber) ?? this.#close(orderNumber, amount_fen);
    if (order.state !== 'paid') return this.#undo(order, 'void', requestNumber);
    const refusal = this.#refusedVoids.get(requestNumber) ?? this.#voidRefusal(order);
    if (refusal === null) return this.#undo(order, 'void', requestNumber);
    // A refusal is for good: a copy of the same request on its way must not be let through after it.
    this.#refusedVoids.set(requestNumber, refusal);
    return { kind: 'refused', code: refusal };
  }

  #voidRefusal(order: Order): string | null {
    if (clearingDate(order.paidAt_ms) < clearingDate(this.#clock.now_ms())) {
      this.#faults.saw('cutOffPassed');
      return 'CUTOFF_PASSED';
    }
    if (this.isCalm || !this.#chance.happens(0.06)) return null;
    this.#faults.saw('voidRefused');
    return 'VOID_NOT_ALLOWED';
  }

  /** Rule 4: the request number is the key; the sum never exceeds the charge. */
  refund(order: { orderNumber: string; requestNumber: string; amount_fen: number }): RefundWord {
    const known = this.#refunds.get(order.requestNumber);
    if (known) return this.#refundWord(known);
    const paid = this.orders.get(order.orderNumber);
    if (paid?.state !== 'paid') return { kind: 'refused', code: 'ORDER_NOT_PAID' };
    if (paid.refunded_fen + order.amount_fen > paid.amount_fen)
      return { kind: 'refused', code: 'REFUND_EXCEEDS' };
    const decision = this.isCalm ? { end: 'done' as const, after_ms: 0 } : decideRefund(this.#chance);
    const refund: Refund = { ...order, state: decision.after_ms > 0 ? 'processing' : decision.end };
    this.#refunds.set(order.requestNumber, refund);
    paid.refunded_fen += order.amount_fen;
    if (decision.after_ms > 0) {
      this.#faults.saw('refundProcessing');
      this.#clock.after(decision.after_ms, () => this.#endRefund(refund, decision.end));
    } else this.#endRefund(refund, decision.end);
    return this.#refundWord(refund);
  }

  queryRefund(requestNumber: string): RefundWord | null {
    const refund = this.#refunds.get(requestNumber);
    return refund === undefined ? null : this.#refundWord(refund);
  }

  #firstPay(request: PayRequest): PayWord {
    const decision = decide(this.#chance, request.isDeferred, this.isCalm);
    if (decision.fault === 'configurationRefused') return this.#refuse(request, decision);
    const order: Order = {
      orderNumber: request.orderNumber,
      amount_fen: request.amount_fen,
      code: request.code,
      scheme: request.scheme,
      rail: this.#chance.pick(rails[request.scheme] ?? ['UNIONPAY']),
      state: 'processing',
      firstWord: decision.word,
      failCode: decision.failCode,
      paidAt_ms: 0,
      refunded_fen: 0,
    };
    this.orders.set(order.orderNumber, order);
    if (decision.fault !== null) this.#faults.saw(decision.fault);
    if (decision.after_ms === 0) this.#decideNow(order, decision.isPaid);
    else this.#clock.after(decision.after_ms, () => this.#decideNow(order, decision.isPaid));
    return this.#wordOn(order);
  }

  #refuse(request: PayRequest, { failCode: code }: Decision): PayWord {
    this.#faults.saw('configurationRefused');
    const word = { kind: 'failed', code } as const;
    this.#unlooked.set(request, word);
    return word;
  }

  #decideNow(order: Order, isPaid: boolean): void {
    if (order.state !== 'processing') return;
    order.state = isPaid ? 'paid' : 'failed';
    if (!isPaid) return;
    order.paidAt_ms = this.#clock.now_ms();
    this.#enter('charge', order, null);
    if (this.#lies('chargeTwice')) this.#enter('charge', order, null);
  }

  /** Once, when the till is well at work. */
  #lies(plant: LedgerPlant): boolean {
    if (this.#plant !== plant || this.#hasLied || this.orders.size < PLANTED_after) return false;
    this.#hasLied = true;
    return true;
  }

  #wordOn(order: Order): PayWord {
    switch (order.state) {
      case 'paid':
        if (this.#lies('declinedButCharged')) return { kind: 'failed', code: 'LIMIT_EXCEEDED' };
        return { kind: 'paid', order };
      case 'processing':
        return order.firstWord === 'USER_PAYING'
          ? { kind: 'awaiting' }
          : { kind: 'undecided', code: order.firstWord === 'SYSTEM_ERROR' ? 'SYSTEM_ERROR' : 'ACCEPTED' };
      case 'failed':
        return { kind: 'failed', code: order.failCode };
      default:
        return { kind: 'failed', code: 'ORDER_CLOSED' };
    }
  }

  #close(orderNumber: string, amount_fen: number): Order {
    const order: Order = {
      orderNumber,
      amount_fen,
      code: '',
      scheme: '',
      rail: '',
      state: 'closedUnpaid',
      firstWord: 'FAILED',
      failCode: 'ORDER_CLOSED',
      paidAt_ms: 0,
      refunded_fen: 0,
    };
    this.orders.set(orderNumber, order);
    return order;
  }

  #undo(order: Order, kind: 'reversal' | 'void', requestNumber: string | null): VoidWord {
    switch (order.state) {
      case 'processing':
        return { kind: 'processing' };
      case 'failed':
      case 'closedUnpaid':
        return { kind: 'notCharged' };
      case 'voided':
        return { kind: 'voided' };
      case 'reversed':
        return { kind: 'reversed' };
      default:
        must(
          order.refunded_fen === 0,
          `the whole of ${order.orderNumber} is asked back after a refund of it`,
        );
        order.state = kind === 'void' ? 'voided' : 'reversed';
        if (kind === 'reversal') this.#faults.saw('chargedThenReversed');
        this.#enter(kind, order, requestNumber);
        return { kind: order.state };
    }
  }

  #endRefund(refund: Refund, end: RefundDecision['end']): void {
    refund.state = end;
    const order = this.orders.get(refund.orderNumber);
    if (!order) throw new Error(`a refund of ${refund.orderNumber}, which is not here`);
    if (end === 'done') {
      if (this.#plant === 'refundNotPaidOut') return;
      const { orderNumber, requestNumber, amount_fen } = refund;
      this.entries.push({ kind: 'refund', orderNumber, requestNumber, amount_fen });
    } else {
      this.#faults.saw(end === 'failed' ? 'refundFailedLater' : 'refundRefused');
      order.refunded_fen -= refund.amount_fen;
    }
  }

  #refundWord(refund: Refund): RefundWord {
    if (refund.state === 'done' || refund.state === 'processing') return { kind: refund.state };
    return { kind: 'refused', code: refund.state === 'failed' ? 'REFUND_FAILED' : 'BALANCE_NOT_ENOUGH' };
  }

  #enter(kind: Entry['kind'], { orderNumber, amount_fen }: Order, requestNumber: string | null): void {
    this.entries.push({ kind, orderNumber, requestNumber, amount_fen });
  }
}

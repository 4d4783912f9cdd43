// The host's books: who was charged and who got money back. Money moves in `move` alone; all else explains why.
/** `presented`: its code may be scanned. */
export type OrderState = 'processing' | 'presented' | 'paid' | 'failed' | 'closed' | 'voided' | 'reversed';

export type HostOrder = {
  orderNumber: string;
  amount_fen: number;
  code: string;
  charged_fen: number;
  reversed_fen: number;
  refunded_fen: number;
  state: OrderState;
  /** More than one is a defect of this model: a number is charged once. */
  charges: number;
  deferred: boolean;
  submittedAt_ms: number[];
  /** Its place in the books; a part of the numbers that it gives the order. */
  serial: number;
};

export type HostEntry = {
  at_ms: number;
  kind: 'charge' | 'reversal' | 'void' | 'refund';
  orderNumber: string;
  requestNumber: string | null;
  amount_fen: number;
};

/** What the host knows of an order besides. */
export type Order = HostOrder & {
  /** What a repeated pay must equal. */
  content: string;
  word: string;
  failCode: string;
  paidAt_ms: number;
  /** Accepted refunds, not done yet: they count against the cap. */
  reserved_fen: number;
  isVoidRefused: boolean;
  wasDenied: boolean;
  /** Of a main scan: what its code says, and when it ends. Null for every other order. */
  shown: { content: string; endsAt_ms: number; isPaying: boolean; wasScanned: boolean } | null;
};

export type Refund = {
  requestNumber: string;
  orderNumber: string;
  amount_fen: number;
  state: 'processing' | 'done' | 'failed';
  failCode: string;
  /** Refused, and nothing is kept of that: whoever asks hears of no such refund. */
  isForgotten?: boolean;
  serial: number;
};

export class Ledger {
  readonly #orders = new Map<string, Order>();
  readonly #refunds = new Map<string, Refund>();
  readonly #entries: HostEntry[] = [];
  readonly #chargesByCode = new Map<string, number>();
  /** No orders: what each of these numbers is answered, whenever it comes. */
  readonly #unkept = new Map<string, string>();
  readonly #now_ms: () => number;

  constructor(now_ms: () => number) {
    this.#now_ms = now_ms;
  }

  /** Every number ever heard of. charged_fen 0: never charged. */
  orders(): HostOrder[] {
    return [...this.#orders.values()];
  }

  /** Money movements in their order. */
  entries(): HostEntry[] {
    return [...this.#entries];
  }

  chargesOfCode(code: string): number {
    return this.#chargesByCode.get(code) ?? 0;
  }

  keepNothing(orderNumber: string, word: string): void {
    this.#unkept.set(orderNumber, word);
  }

  wordOfUnkept(orderNumber: string): string | undefined {
    return this.#unkept.get(orderNumber);
  }

  order(orderNumber: string): Order | undefined {
    return this.#orders.get(orderNumber);
  }

  orderOfCode(content: string): Order | undefined {
    return [...this.#orders.values()].find((one) => one.shown?.content === content);
  }

  refund(requestNumber: string): Refund | undefined {
    return this.#refunds.get(requestNumber);
  }

  open(orderNumber: string, state: 'processing' | 'presented' | 'closed'): Order {
    const order: Order = {
      orderNumber,
      amount_fen: 0,
      code: '',
      charged_fen: 0,
      reversed_fen: 0,
      refunded_fen: 0,
      state,
      charges: 0,
      deferred: false,
      submittedAt_ms: [],
      content: '',
      word: '',
      failCode: '',
      paidAt_ms: 0,
      serial: this.#orders.size + 1,
      reserved_fen: 0,
      isVoidRefused: false,
      wasDenied: false,
      shown: null,
    };
    this.#orders.set(orderNumber, order);
    return order;
  }

  openRefund(requestNumber: string, orderNumber: string, amount_fen: number): Refund {
    const serial = this.#refunds.size + 1;
    const refund: Refund = {
      requestNumber,
      orderNumber,
      amount_fen,
      state: 'processing',
      failCode: '',
      serial,
    };
    this.#refunds.set(requestNumber, refund);
    return refund;
  }

  charge(order: Order): void {
    order.state = 'paid';
    order.paidAt_ms = this.#now_ms();
    order.charges += 1;
    order.charged_fen += order.amount_fen;
    this.#chargesByCode.set(order.code, this.chargesOfCode(order.code) + 1);
    this.#move('charge', order, null, order.amount_fen);
  }

  /** What refunds have left of it goes back. */
  undo(order: Order, kind: 'reversal' | 'void'): void {
    const left_fen = order.charged_fen - order.refunded_fen - order.reserved_fen;
    order.state = kind === 'reversal' ? 'reversed' : 'voided';
    order.reversed_fen += left_fen;
    this.#move(kind, order, null, left_fen);
  }

  payOut(refund: Refund, order: Order): void {
    order.refunded_fen += refund.amount_fen;
    this.#move('refund', order, refund.requestNumber, refund.amount_fen);
  }

  #move(kind: HostEntry['kind'], order: Order, requestNumber: string | null, amount_fen: number): void {
    const { orderNumber } = order;
    this.#entries.push({ at_ms: this.#now_ms(), kind, orderNumber, requestNumber, amount_fen });
  }
}

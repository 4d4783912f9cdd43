// What the till believes: one item for each order and each give-back, as the journal leaves them.

/** `open`: nothing is proven. `taken`: the money is here. `free`: proven that it is not. */
export type OrderBelief = 'taken' | 'free' | 'open';

export type OrderItem = {
  orderNumber: string;
  routeId: string;
  /** In whose books it stands, as the till had it when it was opened; null in records of before it was told. */
  party: string | null;
  amount_fen: number;
  belief: OrderBelief;
  /** The journal's own word: approved, reversing ... */
  state: string;
  openedAt_ms: number;
  /** When the till got to know what it believes now; null while nothing is proven. */
  provenAt_ms: number | null;
  /** `YYYY-MM-DD`: the acquirer's own word in its approval; null when it gave none that reads as a date. */
  settlementDate: string | null;
  /** The acquirer's numbers of the charge, from the approval. */
  acquirerNumbers: string[];
  /** Approved after it had counted as not charged, or after it had been given up. */
  cameAfterLoss: boolean;
  /** Journal records that tell it, in order. */
  records: number[];
};

export type GiveBackBelief = 'done' | 'failed' | 'open';

/** The till counted it as given back at this time, or (below zero) took it out again. */
export type Booking = { at_ms: number; back_fen: number };

export type GiveBackItem = {
  requestNumber: string;
  /** Of the payment. */
  orderNumber: string;
  routeId: string;
  /** Of the payment. */
  party: string | null;
  method: 'void' | 'refund';
  amount_fen: number;
  belief: GiveBackBelief;
  state: string;
  openedAt_ms: number;
  provenAt_ms: number | null;
  /** In order, and by turns: somebody's word counted it, the wire refused it, the bill has it after all. */
  bookings: Booking[];
  /** Failed, and the customer got cash for it. */
  paidInCash: boolean;
  records: number[];
};

export type TillBooks = {
  orders: OrderItem[];
  giveBacks: GiveBackItem[];
  /** Terminal numbers that this till sells under, or has. */
  terminals: ReadonlySet<string>;
  /** Install epochs that this journal knows. */
  epochs: ReadonlySet<number>;
};

/** Our order and request numbers: terminal, epoch, counter, chance; a give-back's has an R before it (core/domain/till/ids.ts). */
export function partsOf(number: string): { terminal: string; epoch: number } | null {
  const pattern = /^R?([0-9A-Za-z]{8})([0-9A-Z]{3})[0-9A-Z]{6}[0-9A-F]{8}$/;
  const [, terminal = '', epoch = ''] = pattern.exec(number) ?? [];
  return terminal === '' ? null : { terminal, epoch: Number.parseInt(epoch, 36) };
}

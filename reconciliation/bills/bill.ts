// What every acquirer's bill of one day comes down to, whatever file it came in.

export const rails = ['wechatpay', 'alipay', 'unionpay', 'gateway'] as const;

/** Whose bill it is: the adapter of the route, not the wallet behind it. */
export type Rail = (typeof rails)[number];

/**
 * One row. `reversal`: the whole order was undone under its own number (撤销); a `refund` has a number of its own.
 * Amounts are whole fen, never below zero; `fee_fen` and `discount_fen` are what the acquirer kept, below zero where it
 * gave that back.
 */
export type BillEntry = {
  /** Line of the file, from 1. */
  line: number;
  kind: 'payment' | 'refund' | 'reversal';
  orderNumber: string;
  /** Our number of the refund, null on payments and reversals. */
  refundNumber: string | null;
  /** The acquirer's number of the charge. */
  acquirerNumber: string;
  amount_fen: number;
  fee_fen: number;
  /** Discounts that the shop bears: amount less what is settled of it. */
  discount_fen: number;
  /** The fee's share of what is settled, in millionths, where the row tells it. */
  rate_ppm: number | null;
  /** `YYYY-MM-DD HH:mm:ss`, Asia/Shanghai, by the acquirer's clock. */
  time: string;
  status: string;
  /** Terminal or store, where the row names one. */
  terminal: string | null;
};

/** `payout_fen` comes from the totals that the file states itself, so that a lost row shows. */
export type BillTotals = {
  payments: number;
  paid_fen: number;
  givenBack: number;
  givenBack_fen: number;
  fees_fen: number;
  discounts_fen: number;
  /** What the shop gets for this bill: paid - given back - fees - discounts. */
  payout_fen: number;
};

export type Bill = {
  rail: Rail;
  file: string;
  /** `YYYY-MM-DD`, the day that is billed. */
  billDate: string;
  entries: BillEntry[];
  totals: BillTotals;
};

/**
 * `file`: how errors call it. `billDate`: for a bill that names no day (an empty one of WeChat Pay), or to insist on one. `merchant`: whose it
 * must be, by the number that the acquirer gave the shop: another shop's bill would call all that was sold here missing. Null: not asked.
 */
export type BillSource = {
  file: string;
  bytes: Uint8Array;
  billDate: string | null;
  merchant?: string | null;
};

/** The file is not what it should be: where, and what is wrong there. Nothing of it was used. */
export class BadBill extends Error {
  override readonly name = 'BadBill';
  readonly file: string;
  /** From 1; null when it is about the whole file. */
  readonly line: number | null;
  readonly column: string | null;

  constructor(place: { file: string; line?: number; column?: string }, what: string) {
    const line = place.line === undefined ? '' : `, line ${place.line}`;
    const column = place.column === undefined ? '' : `, column ${place.column}`;
    super(`${place.file}${line}${column}: ${what}`);
    this.file = place.file;
    this.line = place.line ?? null;
    this.column = place.column ?? null;
  }
}

export function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === '') return false;
  const at_ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(at_ms).toISOString().startsWith(text);
}

/** @throws BadBill: the bill is another merchant's. */
export function mustBeOf(
  { merchant = null }: BillSource,
  place: { file: string; line: number; column?: string },
  named: string,
): void {
  if (merchant !== null && named !== merchant)
    throw new BadBill(place, `is of merchant ${JSON.stringify(named.slice(0, 40))}, not of ${merchant}`);
}

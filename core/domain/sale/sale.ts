// A sale: its lines and what is still due. Pure.
import { assert } from '../assert.ts';
import { assertFen, sum_fen } from '../money.ts';

/** Goods as the catalogue knows them. `price_fen` is tax-inclusive; `tax_bp` is the rate in basis points. */
export type Goods = {
  barcode: string;
  name_zh: string;
  name_en: string;
  unit: string;
  price_fen: number;
  tax_bp: number;
};

/** One sold line. Price and names are copied at the scan: a later catalogue change can't alter a sale. */
export type Line = Goods & { lineId: string; quantity: number };

export type SaleState =
  | 'open'
  | 'tendering'
  | 'parked'
  | 'completed'
  /** The goods have left; a tender of it is queued, or ended without money and waits for a person. */
  | 'completedPending'
  /** Being dropped: what was paid of it is given back first. */
  | 'cancelling'
  | 'cancelled'
  /** Everything sold came back. */
  | 'returned';

/** Cash comes last and covers all that is due. `amount_fen` = due - rounding: what stays in the drawer. */
export type CashTender = {
  received_fen: number;
  amount_fen: number;
  rounding_fen: number;
  change_fen: number;
};

/** `gross_fen`: price x quantity; `rounding_fen`: its share of 抹零; what was paid = gross - rounding, `tax_fen` inside it. */
export type SettledLine = {
  lineId: string;
  quantity: number;
  tax_bp: number;
  gross_fen: number;
  rounding_fen: number;
  tax_fen: number;
};

export type Sale = {
  saleId: string;
  operatorId: string;
  state: SaleState;
  openedAt_ms: number;
  /** The period (the number of the Z that closes it) it was opened, and then completed, in. */
  zNumber: number;
  lines: Line[];
  lastLineId: string | null;
  attemptIds: string[];
  /** What the next wallet shall pay, when it is not all that is due. */
  walletPart_fen: number | null;
  cash: CashTender | null;
  /** Only of a sale that is collected again after it has taken cash: what was taken since, null while that is nothing. `cash` sums both. */
  newestCash?: CashTender | null;
  /** Filled at completion, never changed afterwards. */
  settled: SettledLine[];
  /** Pieces that came back, by line. */
  returned: Record<string, number>;
  cashReturned_fen: number;
  returnIds: string[];
  writtenOff_fen: number;
  receiptId: string | null;
  receiptNumber: string | null;
  completedAt_ms: number | null;
};

export const LINES_LIMIT = 200;
export const QUANTITY_LIMIT = 999;

export function lineAmount_fen(line: Line): number {
  assert(Number.isSafeInteger(line.quantity) && line.quantity > 0, `bad quantity ${line.quantity}`);
  const amount_fen = line.price_fen * line.quantity;
  assertFen(amount_fen, 'a line amount');
  return amount_fen;
}

export function saleTotal_fen(sale: Sale): number {
  return sum_fen(sale.lines.map(lineAmount_fen));
}

export function itemCount(sale: Sale): number {
  return sale.lines.reduce((count, line) => count + line.quantity, 0);
}

/** The cash that lies on the counter, with its change: null when there is none, or a wallet paid after it. */
export function newestCash(sale: Pick<Sale, 'cash' | 'newestCash'>): CashTender | null {
  const { cash, newestCash: newest } = sale;
  return newest === undefined ? cash : newest;
}

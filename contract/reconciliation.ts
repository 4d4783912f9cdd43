// A day of one acquirer's bill against the till's books: as the journal, the sheet and the screen have it.

export const billRails = ['wechatpay', 'alipay', 'unionpay', 'gateway'] as const;
export type BillRail = (typeof billRails)[number];

export type TwoWords = { zh: string; en: string };

/** One class of the closed list (reconciliation/classes.ts) that occurs, with its words. `count`, `effect_fen`: of all its findings. */
export type FindingClass = {
  class: string;
  count: number;
  effect_fen: number;
  name: TwoWords;
  /** Whose turn it is, and what to do. */
  who: TwoWords;
  next: TwoWords;
};

/** One thing that till or bill says. `facts`: amount, time and numbers, which need no language. */
export type Said = { words: TwoWords; facts: string };

/**
 * One difference. `here`, `there`: what till and bill say of it, nothing of what they do not know; one text, in English, in comparisons that were
 * kept before. `lines`: of the bill, from 1.
 */
export type FindingRow = {
  class: string;
  orderNumber: string;
  refundNumber: string | null;
  lines: number[];
  here: readonly Said[] | string;
  there: readonly Said[] | string;
  bill_fen: number;
  till_fen: number;
  /** bill - till */
  effect_fen: number;
  /** It is about a give-back of this till, which `refundNumber` names; a payment's row may have the number of somebody else's refund of it. */
  isGiveBack?: true;
  /**
   * Of a give-back: the line itself proves that this one, whole, went back. Of a payment that is `stillPending`: by all lines of the bill together
   * it was charged and nothing is left of it, and each refund among them is done. Both are absent in comparisons of before they were told.
   */
  isBackThere?: true;
};

/**
 * `payout_fen` = `till_fen` + the effects of all classes - `kept_fen`, to the fen: the comparison ends without a result
 * otherwise. `findings`: this till's differences (lines of other tills are in their class alone), first those that show a give-back of ours gone
 * back, then those that a word at their row can end, at most `MOST_findings`; `leftOff` more are in the table beside the bill.
 * `others`: how many lines of other tills. Absent in comparisons of before this till's own earlier lives were told from them: there the class
 * `wrongTerminal` may hide payments of this very till that a restore lost.
 */
export type BillComparison = {
  rail: BillRail;
  routeIds: string[];
  /** `YYYY-MM-DD` */
  billDate: string;
  file: string;
  /** SHA-256 of the file, hexadecimal. */
  fileHash: string;
  till_fen: number;
  payout_fen: number;
  /** Fees and discounts that the acquirer kept. */
  kept_fen: number;
  agreed: number;
  classes: FindingClass[];
  findings: FindingRow[];
  leftOff: number;
  others?: number;
  /** Name of the table of all findings, beside the bill; null: it could not be written. */
  table: string | null;
};

export const MOST_findings = 200;

/** Lines that no row shows, as they are not this till's. `areSorted`: it is known that none of them is. */
export type OtherLines = { count: number; areSorted: boolean };

export function othersOf({ others, classes }: Pick<BillComparison, 'others' | 'classes'>): OtherLines {
  if (others !== undefined) return { count: others, areSorted: true };
  const pooled = classes.find((one) => one.class === 'wrongTerminal');
  return { count: pooled?.count ?? 0, areSorted: pooled === undefined };
}

/**
 * A payment without a proof, charged and given back on the bill, in a comparison that was kept before `isBackThere` was told of payments: whether
 * the return was done it does not say. Settled there, the row would look dealt with and the dispute would go on.
 */
export function mustBeComparedAgain(
  { others }: Pick<BillComparison, 'others'>,
  { class: name, isGiveBack, isBackThere, lines }: FindingRow,
): boolean {
  if (others !== undefined || name !== 'stillPending' || isGiveBack === true) return false;
  return isBackThere !== true && lines.length > 1;
}

/** Bill and till agree in these: there is nothing to do. */
export const agreeingClasses: ReadonlySet<string> = new Set(['matched', 'returnedThere']);

export type ReconciliationTaken = {
  reconciliationId: string;
  at_ms: number;
  operatorId: string;
  comparison: BillComparison;
};

/**
 * A person has dealt with a difference and says how. Changes no figure of the till; but `stillPending` whose charge and
 * return stand on the bill, or of which the acquirer's office has `confirmed` that nothing was kept, ends the dispute of its payment;
 * and a give-back ends by the line that proves it, or by what the office has `confirmed` of it.
 */
export type Adjustment = {
  adjustmentId: string;
  /** Absent, as `index` is, where the office's word was said of what no compared bill has a row of. */
  reconciliationId?: string;
  /** Place in `findings`. */
  index?: number;
  class: string;
  orderNumber: string;
  effect_fen: number;
  reason: string;
  operatorId: string;
  approverId: string;
  at_ms: number;
  confirmed?: true;
  /** Of a give-back: its number on the wire; absent where the difference is about a payment. */
  refundNumber?: string;
  /** With `confirmed`: the office says that nothing went back by it. */
  notBack?: true;
  /** A remark: it was said, and ended nothing. Absent in records of before remarks were told from ends. */
  noted?: true;
};

/** `proven`: the places of those that had no proof, and have one by now: from the wire, or by somebody's word elsewhere. */
export type ReconciliationFound = {
  taken: ReconciliationTaken;
  adjustments: Adjustment[];
  proven: readonly number[];
};

type Known = Pick<ReconciliationFound, 'adjustments' | 'proven'>;

/**
 * Whether this word was the end of it. What has no proof ends by proof alone: by the bill that has it, by the office's word, or from the wire
 * before somebody said what came of it.
 */
export function endsFinding(
  { class: name, isBackThere }: FindingRow,
  { confirmed, noted, index }: Pick<Adjustment, 'confirmed' | 'noted' | 'index'>,
  proven: readonly number[],
): boolean {
  if (confirmed === true) return true;
  if (noted === true) return false;
  return name !== 'stillPending' || isBackThere === true || proven.includes(index ?? -1);
}

/**
 * Nothing is to be done about it any more. A remark alone leaves it open: there is money at stake. So does a proof that came later where the
 * bill has lines of it: compared again they say something else.
 */
export function isFindingOver(row: FindingRow, index: number, { adjustments, proven }: Known): boolean {
  if (proven.includes(index) && row.lines.length === 0) return true;
  return adjustments.some((one) => one.index === index && endsFinding(row, one, proven));
}

/**
 * A file in the bills' folder. `rail` null: not one that the till can read. `routeIds`: the till's routes that it may be of; of those that
 * one merchant has with one acquirer, which are billed together, the first.
 */
export type BillFile = {
  file: string;
  size_bytes: number;
  modifiedAt_ms: number;
  rail: BillRail | null;
  routeIds: string[];
};

export type ReconciliationRow = {
  reconciliationId: string;
  at_ms: number;
  rail: BillRail;
  billDate: string;
  file: string;
  differences: number;
  /** Those that nobody has ended, with what was left off the list. */
  open: number;
  others: OtherLines;
};

/** Answer of bills.list. `routes`: whose bill can be fetched. `fault`: why the folder can't be read or made; null where it can. */
export type BillsFound = {
  folder: string;
  fault: string | null;
  routes: { routeId: string; rail: BillRail }[];
  files: BillFile[];
  done: ReconciliationRow[];
};

/** A bill that could not be fetched or compared. */
export type BillError =
  | 'E-BILL-01'
  | 'E-BILL-02'
  | 'E-BILL-05'
  | 'E-BILL-06'
  | 'E-BILL-07'
  | 'E-BILL-08'
  | 'E-BILL-09'
  | 'E-BILL-10';

/** What became of the last bills.fetch or bills.compare; nobody else hears of it. `what`: the file, or route and day. */
export type ComparingView =
  | { state: 'none' }
  | { state: 'fetching'; what: string }
  /** It lies in the folder now. */
  | { state: 'fetched'; what: string }
  | { state: 'running'; what: string }
  | { state: 'done'; what: string; reconciliationId: string }
  | { state: 'failed'; what: string; code: BillError; detail: string };

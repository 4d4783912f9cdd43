// Compared bills as the screen shows them, with the differences that somebody has dealt with.
import {
  type Adjustment,
  type FindingRow,
  isFindingOver,
  MOST_findings,
  othersOf,
  type ReconciliationFound,
  type ReconciliationRow,
  type ReconciliationTaken,
} from '../../contract/reconciliation.ts';
import type { UndecidedView } from '../../contract/snapshot.ts';
import { reasonOf } from '../domain/till/reason-of.ts';
import { provenSince, undecidedPayments } from '../domain/till/reconciling.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { Store } from '../ports/journal.ts';

const LISTED_reconciliations = 60;
/** All that could be settled of those that are listed; each is some hundred bytes. */
const READ_adjustments = LISTED_reconciliations * MOST_findings;

type Reading = Pick<Store, 'documents' | 'loadDocument'>;

function allAdjustments(store: Reading): Adjustment[] {
  return store.documents(['adjustment'], READ_adjustments).map(({ body }) => body as Adjustment);
}

export function adjustmentsOf(store: Reading, reconciliationId: string): Adjustment[] {
  return allAdjustments(store).filter((one) => one.reconciliationId === reconciliationId);
}

/** What a till has of payments and give-backs that are open. */
type Money = Pick<TillState, 'attempts' | 'giveBacks'>;

export function reconciliationFound(
  store: Reading,
  state: Money,
  reconciliationId: string,
): ReconciliationFound | null {
  const found = store.loadDocument(reconciliationId);
  if (found?.kind !== 'reconciliation') return null;
  const taken = found.body as ReconciliationTaken;
  const proven = provenSince(state, taken.comparison);
  return { taken, adjustments: adjustmentsOf(store, reconciliationId), proven };
}

/** A compared bill, of whatever age, proves that this give-back went back, whole or in another amount: that nothing of it did is not so. */
export function isBackOnBill(
  store: Pick<Store, 'documentsNaming'>,
  orderNumber: string,
  refundNumber: string,
): boolean {
  const isIt = (row: FindingRow): boolean =>
    row.isGiveBack === true &&
    (row.isBackThere === true || row.class === 'refundAmountDiffers') &&
    row.orderNumber === orderNumber &&
    row.refundNumber === refundNumber;
  const bills = store.documentsNaming('reconciliation', refundNumber);
  return bills.some(({ body }) => (body as ReconciliationTaken).comparison.findings.some(isIt));
}

export function reconciliationRows(store: Reading, state: Money): ReconciliationRow[] {
  const all = allAdjustments(store);
  return store.documents(['reconciliation'], LISTED_reconciliations).map(({ body }) => {
    const { reconciliationId, at_ms, comparison } = body as ReconciliationTaken;
    const { rail, billDate, file, findings, leftOff } = comparison;
    const adjustments = all.filter((one) => one.reconciliationId === reconciliationId);
    const proven = provenSince(state, comparison);
    const open = findings.filter((row, index) => !isFindingOver(row, index, { adjustments, proven }));
    return {
      reconciliationId,
      at_ms,
      rail,
      billDate,
      file,
      differences: findings.length + leftOff,
      // What was left off the list can't be dealt with here: it stays open.
      open: open.length + leftOff,
      others: othersOf(comparison),
    };
  });
}

export function undecidedViews(
  engine: Pick<Engine, 'state' | 'surroundings'>,
  store: Pick<Store, 'loadSale'>,
): UndecidedView[] {
  return undecidedPayments(engine.state, engine.surroundings()).map((attempt) => {
    const { attemptId, orderNumber, saleId, scheme, amount_fen, machine, acquirerCode, openedAt_ms } =
      attempt;
    const sale = engine.state.sales[saleId] ?? store.loadSale(saleId);
    return {
      attemptId,
      orderNumber,
      receiptNumber: sale?.receiptNumber ?? null,
      scheme,
      amount_fen,
      state: machine.state.kind,
      reason: reasonOf(attempt),
      acquirerCode,
      at_ms: openedAt_ms,
    };
  });
}

// Commands of the manager who compares the acquirer's bill with the till, and deals with what differs.
import type { ErrorCode } from '../../contract/errors.ts';
import { type FindingRow, isFindingOver, mustBeComparedAgain } from '../../contract/reconciliation.ts';
import type { Ask, CommandDependencies, CommandResult, Handlers } from './command-types.ts';
import { isBackOnBill, reconciliationFound, undecidedViews } from './view-reconciliation.ts';

type ReconciliationCommand =
  | 'bills.list'
  | 'bills.fetch'
  | 'bills.compare'
  | 'reconciliation.get'
  | 'finding.settle'
  | 'office.confirm'
  | 'undecided.list';

/** By the bill itself it went back, whole and done. In comparisons of before payments were marked too, no row of a payment proves that. */
function isReturned({ class: name, isGiveBack, isBackThere }: FindingRow): boolean {
  return isBackThere === true && (isGiveBack === true || name === 'stillPending');
}

/**
 * Whether the office's word can end what the row is about. "Not back" is said of give-backs alone, and not against a line of the bill that
 * says the reverse.
 */
function takesWord({ class: name, isGiveBack, isBackThere }: FindingRow, isNotBack: boolean): boolean {
  if (name !== 'stillPending') return false;
  return !isNotBack || (isGiveBack === true && isBackThere !== true);
}

/** "Not back" is not heard against what a compared bill proves, whichever it is: at a row of another one, or without any. */
function isAgainstBill(
  store: CommandDependencies['store'],
  orderNumber: string,
  refundNumber: string | null,
): boolean {
  return refundNumber === null || isBackOnBill(store, orderNumber, refundNumber);
}

const refused = (code: ErrorCode, detail = ''): CommandResult => ({ ok: false, code, detail });

export function reconciliationHandlers(
  { engine, store, reconciling }: CommandDependencies,
  ask: Ask,
): Pick<Handlers, ReconciliationCommand> {
  return {
    'bills.list': () => ({ ok: true, result: reconciling.bills() }),
    'bills.fetch': ({ routeId, date }) => {
      const code = reconciling.fetch(routeId, date);
      return code === null ? { ok: true, result: null } : refused(code, routeId);
    },
    'bills.compare': ({ file, routeId = null }, { operatorId }) => {
      const code = reconciling.compare(file, routeId, operatorId);
      return code === null ? { ok: true, result: null } : refused(code, file);
    },
    'reconciliation.get': ({ reconciliationId }) => {
      const found = reconciliationFound(store, engine.state, reconciliationId);
      return found === null ? refused('E-BILL-04', reconciliationId) : { ok: true, result: found };
    },
    'finding.settle': ({ reconciliationId, index, reason, isConfirmed, isNotBack, isNote }, who) => {
      const found = reconciliationFound(store, engine.state, reconciliationId);
      const row = found?.taken.comparison.findings[index];
      // What was only said of it so far ("asked, answer awaited") is no end: more may be said, and what ends it.
      if (!found || !row || isFindingOver(row, index, found))
        return refused('E-BILL-04', `${reconciliationId} ${index}`);
      if (!isConfirmed && mustBeComparedAgain(found.taken.comparison, row))
        return refused('E-BILL-12', row.orderNumber);
      const { class: name, orderNumber, refundNumber, effect_fen, isGiveBack } = row;
      const named = isGiveBack === true && refundNumber !== null ? { refundNumber } : {};
      const finding = { reconciliationId, index, class: name, orderNumber, effect_fen, ...named };
      const isReturnedThere = isReturned(row) && !isNote;
      const isHeard = isConfirmed ? takesWord(row, isNotBack) && !isNote : !isNotBack;
      const isAgainst = isNotBack && isAgainstBill(store, orderNumber, refundNumber);
      if (!isHeard || isAgainst) return refused('E-BILL-11', orderNumber);
      const marks = { ...(isNotBack && { isNotBack }), ...(isNote && { isNote }) };
      const said = { isReturnedThere, isConfirmed, ...marks };
      return ask({ kind: 'findingSettled', finding, ...said, reason, ...who });
    },
    'office.confirm': ({ orderNumber, refundNumber, reason, isNotBack }, who) => {
      // As at a row, "not back" is said of give-backs alone.
      if (isNotBack && isAgainstBill(store, orderNumber, refundNumber ?? null))
        return refused('E-BILL-11', orderNumber);
      const named = refundNumber === undefined ? {} : { refundNumber };
      const finding = { class: 'stillPending', orderNumber, effect_fen: 0, ...named };
      const said = { isConfirmed: true, ...(isNotBack && { isNotBack }) };
      return ask({ kind: 'findingSettled', finding, ...said, reason, ...who });
    },
    'undecided.list': () => ({ ok: true, result: undecidedViews(engine, store) }),
  };
}

// Commands of the drawer, the shift and the day.
import type { ReportFound, ReportRow } from '../../contract/snapshot.ts';
import type { ShiftClosed } from '../../contract/commands.ts';
import type { Report } from '../../contract/report.ts';
import { assert } from '../domain/assert.ts';
import { idOf } from '../domain/till/ids.ts';
import type { ClosedShift } from '../domain/till/records.ts';
import type { TillDocument } from '../domain/till/documents.ts';
import type { Ask, CommandDependencies, CommandResult, Handlers } from './command-types.ts';

type DayCommand =
  | 'shift.open'
  | 'shift.close'
  | 'cash.paidIn'
  | 'cash.paidOut'
  | 'drawer.open'
  | 'report.x'
  | 'day.close'
  | 'restore.confirm'
  | 'reports.list'
  | 'report.get';

const LISTED_reports = 200;

function isReport(found: TillDocument): found is TillDocument & { kind: 'x' | 'z'; body: Report } {
  return found.kind === 'x' || found.kind === 'z';
}

function reportFound(found: TillDocument | null): CommandResult {
  if (found === null || !isReport(found)) return { ok: false, code: 'E-REP-02', detail: '' };
  const { documentId, kind, number, body } = found;
  const result: ReportFound = { reportId: documentId, kind, number, report: body };
  return { ok: true, result };
}

function reportRows({ store }: CommandDependencies): ReportRow[] {
  return store
    .documents(['x', 'z'], LISTED_reports)
    .filter(isReport)
    .map(({ documentId, kind, number, body }) => ({
      reportId: documentId,
      kind,
      number,
      at_ms: body.takenAt_ms,
      net_fen: body.net_fen,
    }));
}

export function dayHandlers(deps: CommandDependencies, ask: Ask): Pick<Handlers, DayCommand> {
  const { engine, store, closing } = deps;
  return {
    'shift.open': ({ float_fen }, { operatorId }) => ask({ kind: 'shiftOpened', operatorId, float_fen }),
    'shift.close': ({ counted }, { operatorId }) => {
      const shiftId = engine.state.shift?.shiftId ?? '';
      const closed = ask({ kind: 'shiftClosed', operatorId, counted });
      if (!closed.ok) return closed;
      const found = store.loadDocument(shiftId);
      assert(found, `shift ${shiftId} was closed and is not there`);
      const { counted_fen, expected_fen, overShort_fen } = found.body as ClosedShift;
      const result: ShiftClosed = { receiptId: shiftId, counted_fen, expected_fen, overShort_fen };
      return { ok: true, result };
    },
    'cash.paidIn': (asked, { operatorId }) =>
      ask({ kind: 'cashMoved', direction: 'paidIn', ...asked, operatorId, approverId: null }),
    'cash.paidOut': ({ amount_fen, reason, after }, who) =>
      ask({ kind: 'cashMoved', direction: 'paidOut', amount_fen, reason, after, ...who }),
    'drawer.open': ({ reason, after }, who) =>
      ask({ kind: 'drawerAsked', cause: 'noSale', reason, after, ...who }),
    // Taken by whoever answers for it: the manager who approved.
    'report.x': (_params, { approverId }) => {
      const taken = closing.takeX(approverId);
      return taken.ok ? reportFound(store.loadDocument(taken.reportId)) : { ...taken };
    },
    'day.close': ({ zNumber }, { approverId }) => {
      // Asked for again, its answer having been lost: that answer.
      const sealed = store.loadDocument(idOf('Z', engine.state, zNumber));
      if (zNumber === engine.state.period.zNumber - 1 && sealed !== null) return reportFound(sealed);
      const taken = closing.closeDay(approverId, zNumber);
      return taken.ok ? reportFound(store.loadDocument(taken.reportId)) : { ...taken };
    },
    'restore.confirm': ({ reason }, { operatorId }) => ask({ kind: 'restoreConfirmed', operatorId, reason }),
    'reports.list': () => ({ ok: true, result: reportRows(deps) }),
    'report.get': ({ reportId }) => reportFound(store.loadDocument(reportId)),
  };
}

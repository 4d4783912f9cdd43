// Records that are papers' and screens' sources by themselves: kept as rows, drawn again whenever somebody asks. Pure.
import type { TillRecord } from './records.ts';

export type DocumentKind =
  | 'return'
  | 'cashMove'
  | 'shift'
  | 'x'
  | 'z'
  | 'difference'
  | 'evidence'
  | 'code'
  | 'reconciliation'
  | 'adjustment';

/** `saleId`: of a return. `body` is the record's own: Return, CashMove, ClosedShift, Report, both reports, EvidenceGiven, CodePrinted, ReconciliationTaken or Adjustment. */
export type TillDocument = {
  documentId: string;
  kind: DocumentKind;
  number: string;
  saleId: string | null;
  body: unknown;
};

export function documentOf(record: TillRecord): TillDocument | null {
  switch (record.type) {
    case 'return.opened': {
      const { return: one } = record.body;
      return { documentId: one.returnId, kind: 'return', number: one.number, saleId: one.saleId, body: one };
    }
    case 'cash.moved': {
      const { move } = record.body;
      return { documentId: move.moveId, kind: 'cashMove', number: move.number, saleId: null, body: move };
    }
    case 'shift.closed': {
      const { shift } = record.body;
      return { documentId: shift.shiftId, kind: 'shift', number: shift.number, saleId: null, body: shift };
    }
    case 'report.taken':
    case 'day.closed': {
      const { reportId, report } = record.body;
      const number = report.kind === 'z' ? report.zNumber : (report.xNumber ?? 0);
      return {
        documentId: reportId,
        kind: report.kind,
        number: `${report.kind.toUpperCase()}${String(number).padStart(6, '0')}`,
        saleId: null,
        body: report,
      };
    }
    case 'report.differed': {
      const { reportId, ours, second, differences } = record.body;
      const body = { ours, second, differences };
      return { documentId: reportId, kind: 'difference', number: reportId, saleId: null, body };
    }
    case 'evidence.given': {
      const { given } = record.body;
      const { evidenceId } = given;
      return { documentId: evidenceId, kind: 'evidence', number: evidenceId, saleId: null, body: given };
    }
    case 'code.printed': {
      const { printed } = record.body;
      const { codePaperId } = printed;
      return { documentId: codePaperId, kind: 'code', number: codePaperId, saleId: null, body: printed };
    }
    case 'bill.compared': {
      const { taken } = record.body;
      const id = taken.reconciliationId;
      return { documentId: id, kind: 'reconciliation', number: id, saleId: null, body: taken };
    }
    case 'finding.settled': {
      const { adjustment } = record.body;
      const id = adjustment.adjustmentId;
      return { documentId: id, kind: 'adjustment', number: id, saleId: null, body: adjustment };
    }
    default:
      return null;
  }
}

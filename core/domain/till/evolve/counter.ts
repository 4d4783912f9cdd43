// How records of the drawer, the shift and the day change the state.
import { emptyPeriod } from '../../report/period.ts';
import type { BodyOf } from '../records.ts';
import type { TillState } from '../state.ts';
import { forgetConfirmed } from './restoring.ts';
import { addReceipt, counted } from './with.ts';

export function shiftOpened(state: TillState, body: BodyOf<'shift.opened'>): TillState {
  const { shiftId, number, operatorId, float_fen, at_ms } = body;
  const shift = {
    shiftId,
    number,
    operatorId,
    openedAt_ms: at_ms,
    float_fen,
    sales_fen: 0,
    refunds_fen: 0,
    paidIn_fen: 0,
    paidOut_fen: 0,
  };
  return counted({ ...state, shift }, 'shift');
}

export function shiftClosed(state: TillState, { receiptId, shift }: BodyOf<'shift.closed'>): TillState {
  const paper = {
    receiptId,
    number: shift.number,
    kind: 'shift',
    subject: shift.shiftId,
    saleId: null,
  } as const;
  return { ...addReceipt(state, paper), shift: null };
}

export function cashMoved(state: TillState, { receiptId, move }: BodyOf<'cash.moved'>): TillState {
  const { moveId, number, direction, amount_fen } = move;
  const next = addReceipt(state, { receiptId, number, kind: 'cashMove', subject: moveId, saleId: null });
  const { shift } = next;
  const field = direction === 'paidIn' ? 'paidIn_fen' : 'paidOut_fen';
  const moved = shift === null ? null : { ...shift, [field]: shift[field] + amount_fen };
  return counted({ ...next, shift: moved }, 'cashMove');
}

export function drawerAsked(state: TillState, { openId }: BodyOf<'drawer.asked'>): TillState {
  return counted({ ...state, drawer: { openId, outcome: 'opening' } }, 'drawer');
}

export function drawerEnded(state: TillState, { openId, outcome }: BodyOf<'drawer.ended'>): TillState {
  return state.drawer?.openId === openId ? { ...state, drawer: { openId, outcome } } : state;
}

export function reportTaken(state: TillState, body: BodyOf<'report.taken'>): TillState {
  const { receiptId, reportId, report } = body;
  const number = `X${String(report.xNumber ?? 0).padStart(6, '0')}`;
  const paper = { receiptId, number, kind: 'x', subject: reportId, saleId: null } as const;
  return counted(addReceipt(state, paper), 'x');
}

/** The period is closed; nothing else moves: what is open stays open and posts into the next one. */
export function dayClosed(state: TillState, body: BodyOf<'day.closed'>): TillState {
  const { receiptId, reportId, report } = body;
  const number = `Z${String(report.zNumber).padStart(6, '0')}`;
  const next = addReceipt(state, { receiptId, number, kind: 'z', subject: reportId, saleId: null });
  return forgetConfirmed({ ...next, period: emptyPeriod(report.zNumber + 1, state.sequence + 2) });
}

export function reportDiffered(state: TillState, body: BodyOf<'report.differed'>): TillState {
  const { receiptId, reportId } = body;
  const number = `D${String(state.sequence + 1).padStart(8, '0')}`;
  return addReceipt(state, { receiptId, number, kind: 'z', subject: reportId, saleId: null });
}

/** A paper without a series of its own: its id is its number. */
function addPaper(
  state: TillState,
  receiptId: string,
  kind: 'evidence' | 'code' | 'reconciliation',
): TillState {
  return addReceipt(state, { receiptId, number: receiptId, kind, subject: receiptId, saleId: null });
}

export function evidenceGiven(state: TillState, { receiptId }: BodyOf<'evidence.given'>): TillState {
  return addPaper(state, receiptId, 'evidence');
}

export function codePrinted(state: TillState, { receiptId }: BodyOf<'code.printed'>): TillState {
  return addPaper(state, receiptId, 'code');
}

export function billCompared(state: TillState, { receiptId }: BodyOf<'bill.compared'>): TillState {
  return addPaper(state, receiptId, 'reconciliation');
}

/** So many are kept in memory; all are in the journal. */
const KEPT_batches = 12;

/** Newest last; of each batch the last answer. */
export function batchSettled(state: TillState, settled: BodyOf<'batch.settled'>): TillState {
  const others = (state.batches ?? []).filter(
    ({ routeId, terminalCode, batchNo }) =>
      routeId !== settled.routeId || terminalCode !== settled.terminalCode || batchNo !== settled.batchNo,
  );
  return { ...state, batches: [...others, settled].slice(-KEPT_batches) };
}

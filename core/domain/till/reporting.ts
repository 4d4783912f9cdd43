// X any time, Z once per period: one record that holds the whole report. Nothing open blocks it; it is listed and carried. Pure.
import { buildReport } from '../report/build.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf } from './ids.ts';
import type { TillState } from './state.ts';

type Taken = Extract<TillEvent, { kind: 'reportTaken' | 'dayClosed' }>;

export function reportOf(state: TillState, event: Taken, surroundings: Surroundings) {
  return buildReport(state, {
    kind: event.kind === 'dayClosed' ? 'z' : 'x',
    takenAt_ms: event.at_ms,
    terminalCode: surroundings.terminalCode,
    operatorId: event.operatorId,
    head: surroundings.head,
  });
}

/** Another Z than the next: the same call again, its answer having been lost. A second Z of one day would be an empty one. */
function isOtherZ(state: TillState, event: Taken): boolean {
  const wanted = event.kind === 'dayClosed' ? event.zNumber : undefined;
  return wanted !== undefined && wanted !== state.period.zNumber;
}

export function reportTaken(state: TillState, event: Taken, surroundings: Surroundings): Transition {
  if (isOtherZ(state, event)) return refuse(state, 'E-REP-05');
  const report = reportOf(state, event, surroundings);
  const isZ = event.kind === 'dayClosed';
  const reportId = idOf(isZ ? 'Z' : 'X', state, isZ ? report.zNumber : (report.xNumber ?? 0));
  const draft = draftFrom(state);
  const body = { reportId, receiptId: reportId, report };
  draft.record(isZ ? { type: 'day.closed', body } : { type: 'report.taken', body });
  draft.effect({ kind: 'print', receiptId: reportId, copy: 0 });
  return draft.done();
}

/** Nothing is sealed: both results are kept and printed, for somebody who can find out which is wrong. */
export function reportDiffered(
  state: TillState,
  event: Extract<TillEvent, { kind: 'reportDiffered' }>,
): Transition {
  const reportId = idOf('E', state, state.sequence + 1);
  const { ours, second, differences } = event;
  const draft = draftFrom(state);
  const body = { receiptId: reportId, reportId, ours, second, differences: [...differences] };
  draft.record({ type: 'report.differed', body });
  draft.effect({ kind: 'print', receiptId: reportId, copy: 0 });
  return draft.done();
}

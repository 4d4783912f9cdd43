// A shift: the drawer's money between two counts. The count is blind: what was expected is told after it is committed. Pure.
import { askDrawer } from './drawer.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf, printedNumber } from './ids.ts';
import { expectedCash_fen, isCounterTaken } from './queries.ts';
import type { TillState } from './state.ts';

export function shiftOpened(
  state: TillState,
  event: Extract<TillEvent, { kind: 'shiftOpened' }>,
  surroundings: Surroundings,
): Transition {
  if (state.shift !== null) return refuse(state, 'E-SHIFT-01');
  const counter = state.counters.shift + 1;
  const { operatorId, float_fen } = event;
  const shiftId = idOf('H', state, counter);
  const number = printedNumber('H', counter);
  const draft = draftFrom(state);
  draft.record({
    type: 'shift.opened',
    body: { shiftId, number, operatorId, float_fen, at_ms: surroundings.now_ms },
  });
  askDrawer(draft, { cause: 'shift', operatorId, approverId: null, reason: '' }, surroundings);
  return draft.done();
}

export function shiftClosed(
  state: TillState,
  event: Extract<TillEvent, { kind: 'shiftClosed' }>,
  surroundings: Surroundings,
): Transition {
  const { shift } = state;
  if (shift === null) return refuse(state, 'E-SALE-07');
  if (isCounterTaken(state)) return refuse(state, 'E-SHIFT-02');
  const { operatorId } = event;
  const counted = event.counted.filter((piece) => piece.count > 0);
  // Whatever was typed is the count: how wrong it is, is said. 30 rows of the largest stay exact.
  const counted_fen = counted.reduce((sum, piece) => sum + piece.value_fen * piece.count, 0);
  const expected_fen = expectedCash_fen(shift);
  const closed = {
    ...shift,
    operatorId,
    closedAt_ms: surroundings.now_ms,
    counted,
    counted_fen,
    expected_fen,
    overShort_fen: counted_fen - expected_fen,
  };
  const draft = draftFrom(state);
  draft.record({ type: 'shift.closed', body: { receiptId: shift.shiftId, shift: closed } });
  askDrawer(draft, { cause: 'shift', operatorId, approverId: null, reason: '' }, surroundings);
  draft.effect({ kind: 'print', receiptId: shift.shiftId, copy: 0 });
  return draft.done();
}

// The drawer, and cash that moves without a sale. A pulse is sent at most once: a lost one is offered, never repeated. Pure.
import { type Draft, draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf, printedNumber } from './ids.ts';
import { expectedCash_fen } from './queries.ts';
import type { DrawerCause } from './records.ts';
import type { TillState } from './state.ts';

type Asked = { cause: DrawerCause; operatorId: string; approverId: string | null; reason: string };

export function askDrawer(draft: Draft, asked: Asked, surroundings: Surroundings): void {
  const openId = idOf('D', draft.state, draft.state.counters.drawer + 1);
  draft.record({ type: 'drawer.asked', body: { openId, ...asked, at_ms: surroundings.now_ms } });
  draft.effect({ kind: 'openDrawer', openId });
}

/** Asked for before the newest one was there: the same call again, its answer having been lost. */
function isOutdated(after: number | undefined, count: number): boolean {
  return after !== undefined && after !== count;
}

export function drawerAsked(
  state: TillState,
  event: Extract<TillEvent, { kind: 'drawerAsked' }>,
  surroundings: Surroundings,
): Transition {
  const { kind: _, after, ...asked } = event;
  if (isOutdated(after, state.counters.drawer)) return refuse(state, 'E-CASH-08');
  const draft = draftFrom(state);
  askDrawer(draft, asked, surroundings);
  return draft.done();
}

export function drawerEnded(
  state: TillState,
  event: Extract<TillEvent, { kind: 'drawerEnded' }>,
): Transition {
  const draft = draftFrom(state);
  const { kind: _, ...body } = event;
  draft.record({ type: 'drawer.ended', body });
  return draft.done();
}

export function cashMoved(
  state: TillState,
  event: Extract<TillEvent, { kind: 'cashMoved' }>,
  surroundings: Surroundings,
): Transition {
  const { shift } = state;
  if (shift === null) return refuse(state, 'E-SALE-07');
  const { direction, amount_fen, reason, operatorId, approverId } = event;
  if (isOutdated(event.after, state.counters.cashMove)) return refuse(state, 'E-CASH-07');
  if (direction === 'paidOut' && amount_fen > expectedCash_fen(shift)) return refuse(state, 'E-CASH-04');
  const counter = state.counters.cashMove + 1;
  const move = {
    moveId: idOf('M', state, counter),
    number: printedNumber('M', counter),
    direction,
    amount_fen,
    reason,
    operatorId,
    approverId,
    at_ms: surroundings.now_ms,
  };
  const draft = draftFrom(state);
  draft.record({ type: 'cash.moved', body: { receiptId: move.moveId, move } });
  askDrawer(draft, { cause: direction, operatorId, approverId: null, reason }, surroundings);
  draft.effect({ kind: 'print', receiptId: move.moveId, copy: 0 });
  return draft.done();
}

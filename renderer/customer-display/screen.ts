// What stands on the customer's screen at a moment: the core's view, less what has become old. Pure.
import type { DisplayShow, DisplayView } from '../../contract/display.ts';

/** How a sale ended stays so long; then it is nobody's business any more. */
export const ENDED_for_ms = 30_000;

/** `view`: null while there is no core. `endedAt_ms`: when this screen saw the paying end, by the core's time; null where it did not. */
export type ScreenState = { view: DisplayView | null; receivedAt_ms: number; endedAt_ms?: number | null };

export const noView: ScreenState = { view: null, receivedAt_ms: 0 };

const isEnding = (show: DisplayShow | undefined): boolean =>
  show?.kind === 'paid' || show?.kind === 'pending';
const isPaying = (show: DisplayShow | undefined): boolean => show?.kind === 'sale' || show?.kind === 'code';

/** Goods that had gone long ago may be paid for now: that is an end to be seen, though their sale's own time is old. */
export function withView(before: ScreenState, view: DisplayView | null, receivedAt_ms: number): ScreenState {
  const show = before.view?.show;
  if (view === null || !isEnding(view.show)) return { view, receivedAt_ms };
  if (isPaying(show)) return { view, receivedAt_ms, endedAt_ms: view.now_ms };
  return { view, receivedAt_ms, endedAt_ms: isEnding(show) ? (before.endedAt_ms ?? null) : null };
}

export type Shown = DisplayShow | { kind: 'wait' };

/** The core's time, running on since its view came. */
export function coreNow_ms({ view, receivedAt_ms }: ScreenState, now_ms: number): number {
  return (view?.now_ms ?? 0) + Math.max(0, now_ms - receivedAt_ms);
}

export function shownAt(state: ScreenState, now_ms: number): Shown {
  const { view, endedAt_ms } = state;
  if (view === null) return { kind: 'wait' };
  const { show } = view;
  const time_ms = coreNow_ms(state, now_ms);
  if (show.kind === 'paid' || show.kind === 'pending') {
    const ended_ms = Math.max(show.at_ms, endedAt_ms ?? show.at_ms);
    if (time_ms - ended_ms > ENDED_for_ms) return { kind: 'idle' };
  }
  // The core is about to close it: nobody should begin to scan it now.
  if (show.kind === 'code' && time_ms >= show.endsAt_ms && !show.isScanned) return { kind: 'wait' };
  return show;
}

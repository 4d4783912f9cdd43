// What stands on the customer's screen at a moment: the core's view, less what has become old. Pure.
import type { DisplayShow, DisplayView } from '../../contract/display.ts';

/** How a sale ended stays so long; then it is nobody's business any more. */
export const ENDED_for_ms = 30_000;

/** `view`: null while there is no core. */
export type ScreenState = { view: DisplayView | null; receivedAt_ms: number };

export type Shown = DisplayShow | { kind: 'wait' };

/** The core's time, running on since its view came. */
export function coreNow_ms({ view, receivedAt_ms }: ScreenState, now_ms: number): number {
  return (view?.now_ms ?? 0) + Math.max(0, now_ms - receivedAt_ms);
}

export function shownAt(state: ScreenState, now_ms: number): Shown {
  const { view } = state;
  if (view === null) return { kind: 'wait' };
  const { show } = view;
  const time_ms = coreNow_ms(state, now_ms);
  if ((show.kind === 'paid' || show.kind === 'pending') && time_ms - show.at_ms > ENDED_for_ms)
    return { kind: 'idle' };
  // The core is about to close it: nobody should begin to scan it now.
  if (show.kind === 'code' && time_ms >= show.endsAt_ms && !show.isScanned) return { kind: 'wait' };
  return show;
}

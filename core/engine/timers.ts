// The payment timers: data in the state (`due`), armed on the monotonic clock. After a restart what remains is clamped.
import type { TillState } from '../domain/till/state.ts';
import type { Clock } from '../ports/clock.ts';

export type Timers = {
  /** Arms, re-arms or cancels the timers of these attempts by what the state says. */
  follow(state: TillState, attemptIds: Iterable<string>): void;
  stop(): void;
};

/** What remains = clamp(due - now, 0, original): a wall clock that jumped can't make a timer wait for days. */
export function remaining_ms(due: { at_ms: number; after_ms: number }, now_ms: number): number {
  return Math.min(Math.max(due.at_ms - now_ms, 0), due.after_ms);
}

export function createTimers(clock: Clock, fire: (attemptId: string) => void): Timers {
  const armed = new Map<string, { at_ms: number; cancel: () => void }>();
  return {
    follow: (state, attemptIds) => {
      for (const attemptId of attemptIds) {
        const due = state.attempts[attemptId]?.machine.due ?? null;
        const before = armed.get(attemptId);
        if (before && due && before.at_ms === due.at_ms) continue;
        before?.cancel();
        armed.delete(attemptId);
        if (!due) continue;
        const cancel = clock.after(remaining_ms(due, clock.steady_ms()), () => {
          armed.delete(attemptId);
          fire(attemptId);
        });
        armed.set(attemptId, { at_ms: due.at_ms, cancel });
      }
    },
    stop: () => {
      for (const { cancel } of armed.values()) cancel();
      armed.clear();
    },
  };
}

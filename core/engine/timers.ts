// The payment timers: data in the state (`due`), armed on the monotonic clock. After a restart what remains is clamped.
import type { Due } from '../domain/payment/state.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Clock } from '../ports/clock.ts';

/** Attempts and give-backs whose timers are to be set by what the state says now. */
export type Followed = { attemptIds: Iterable<string>; giveBackIds: Iterable<string> };

export type Timers = {
  /** Arms, re-arms or cancels. */
  follow(state: TillState, followed: Followed): void;
  stop(): void;
};

/** What remains = clamp(due - now, 0, original): a wall clock that jumped can't make a timer wait for days. */
export function remaining_ms(due: { at_ms: number; after_ms: number }, now_ms: number): number {
  return Math.min(Math.max(due.at_ms - now_ms, 0), due.after_ms);
}

export function createTimers(
  clock: Clock,
  fire: { attempt(attemptId: string): void; giveBack(giveBackId: string): void },
): Timers {
  const armed = new Map<string, { at_ms: number; cancel: () => void }>();

  function set(key: string, due: Due | null, run: () => void): void {
    const before = armed.get(key);
    if (before && due && before.at_ms === due.at_ms) return;
    before?.cancel();
    armed.delete(key);
    if (!due) return;
    const cancel = clock.after(remaining_ms(due, clock.steady_ms()), () => {
      armed.delete(key);
      run();
    });
    armed.set(key, { at_ms: due.at_ms, cancel });
  }

  return {
    follow: (state, { attemptIds, giveBackIds }) => {
      for (const id of attemptIds)
        set(`attempt ${id}`, state.attempts[id]?.machine.due ?? null, () => fire.attempt(id));
      for (const id of giveBackIds)
        set(`giveBack ${id}`, state.giveBacks[id]?.machine.due ?? null, () => fire.giveBack(id));
    },
    stop: () => {
      for (const { cancel } of armed.values()) cancel();
      armed.clear();
    },
  };
}

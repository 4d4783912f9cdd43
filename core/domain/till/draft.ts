// A transition under construction: each record is folded in at once, so that the next decision sees it.
import type { TillEffect } from './events.ts';
import { evolve } from './evolve.ts';
import type { ErrorText } from './reasons.ts';
import type { TillRecord } from './records.ts';
import type { TillState } from './state.ts';

/** `refusal`: nothing changed, and why; the person who asked is told. */
export type Transition = {
  state: TillState;
  records: TillRecord[];
  effects: TillEffect[];
  refusal: ErrorText | null;
};

export type Draft = {
  readonly state: TillState;
  record(record: TillRecord): void;
  effect(effect: TillEffect): void;
  done(): Transition;
};

export function draftFrom(start: TillState): Draft {
  let state = start;
  const records: TillRecord[] = [];
  const effects: TillEffect[] = [];
  return {
    get state() {
      return state;
    },
    record(record) {
      state = evolve(state, record);
      records.push(record);
    },
    effect(effect) {
      effects.push(effect);
    },
    done: () => ({ state, records, effects, refusal: null }),
  };
}

export function refuse(state: TillState, refusal: ErrorText): Transition {
  return { state, records: [], effects: [], refusal };
}

// Numbers of the till's own: kind, install epoch, counter. Never reused, even after a restore from backup (DESIGN section 4).
import type { Surroundings } from './events.ts';
import type { TillState } from './state.ts';

function base36(value: number, width: number): string {
  return value.toString(36).toUpperCase().padStart(width, '0');
}

/** `R001000012`: letter, epoch, counter. */
export function idOf(letter: string, state: TillState, counter: number): string {
  return `${letter}${base36(state.epoch, 3)}${base36(counter, 6)}`;
}

/** Gapless and printed: prefix and eight digits. */
export function printedNumber(prefix: string, counter: number): string {
  return `${prefix}${String(counter).padStart(8, '0')}`;
}

/** What goes over the wire: terminal, epoch, counter, and chance, so that two tills restored alike never collide. */
export function wireNumber(state: TillState, surroundings: Surroundings, counter: number): string {
  const chance = surroundings.entropy.slice(0, 8).toUpperCase();
  return `${surroundings.terminalCode}${base36(state.epoch, 3)}${base36(counter, 6)}${chance}`;
}

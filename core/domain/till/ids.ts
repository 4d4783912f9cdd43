// Numbers of the till's own: kind, install epoch, counter. Never reused, even after a restore from backup (DESIGN section 4).
import type { Surroundings } from './events.ts';
import type { TillState } from './state.ts';

function base36(value: number, width: number): string {
  return value.toString(36).toUpperCase().padStart(width, '0');
}

/** What the three places of an id hold. Beyond, numbers would stop counting. */
export const LAST_EPOCH = 36 ** 3 - 1;

/** `R001000012`: letter, epoch, counter. */
export function idOf(letter: string, state: TillState, counter: number): string {
  return `${letter}${base36(state.epoch, 3)}${base36(counter, 6)}`;
}

/** Gapless and printed: prefix and eight digits. */
export function printedNumber(prefix: string, counter: number): string {
  return `${prefix}${String(counter).padStart(8, '0')}`;
}

/** The epoch in which an id was given. */
export function epochOf(id: string): number {
  return Number.parseInt(id.slice(1, 4), 36);
}

/**
 * A paper may be asked for long after it got its name: the slip of a shift or a return that was open in a backup. In the time that the
 * restore has lost it may have come out already.
 */
export function isNamedBeforeRestore(receiptId: string, state: TillState): boolean {
  return !receiptId.includes('-') && epochOf(receiptId) < state.epoch;
}

/** `G001000003-57`: the paper of a later outcome of this give-back. After a restore with its epoch: the lost time counted on from the same record. */
export function ownSlipId(giveBackId: string, state: TillState): string {
  const epoch = epochOf(giveBackId) < state.epoch ? `${base36(state.epoch, 3)}-` : '';
  return `${giveBackId}-${epoch}${state.sequence + 1}`;
}

/** So many printed numbers, and so many reports, belong to one epoch: centuries of any till. */
const PRINTED_per_epoch = 10_000_000;
const REPORTS_per_epoch = 100_000;

/**
 * The counter of a printed series when a restore begins this epoch: it goes on after the backup's, with the number of restores
 * before it. What was printed after the backup was made stays unique, however much that was (docs/adr/0012).
 */
export function rebasedCounter(counter: number, epoch: number, of: 'papers' | 'reports'): number {
  const span = of === 'papers' ? PRINTED_per_epoch : REPORTS_per_epoch;
  return (epoch - 1) * span + (counter % span);
}

/** What goes over the wire: terminal, epoch, counter, and chance, so that two tills restored alike never collide. */
export function wireNumber(state: TillState, surroundings: Surroundings, counter: number): string {
  const chance = surroundings.entropy.slice(0, 8).toUpperCase();
  return `${surroundings.terminalCode}${base36(state.epoch, 3)}${base36(counter, 6)}${chance}`;
}

/** The terminal that such a number was given on: the configuration has codes of eight characters only. */
export function terminalOf(number: string): string {
  return number.slice(0, 8);
}

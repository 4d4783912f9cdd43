// How a simulated day goes wrong: the end of a process, which belongs to the day, and a broken promise, which ends the run.

/** The core's process is gone at this instant: killed, or ended by itself at a failing disk. */
export class Death extends Error {
  override readonly name = 'Death';
}

/** A promise of docs/invariants.md is broken. `invariant` is its name in `invariants.ts`. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: string;

  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}

/** @throws Violation of this invariant when the condition does not hold. */
export function holds(invariant: string, condition: boolean, detail: () => string): asserts condition {
  if (!condition) throw new Violation(invariant, detail());
}

// Tells a keyboard scanner ("wedge") from a person by the speed of the keys alone. Pure: times are event.timeStamp, which a
// busy page does not falsify. Every key is held for the blink that it takes to know: a burst leaves no character anywhere.

/** One key; `text` is what it stands for on a scanner's keyboard, null for a key that is part of no code. */
export type Stroke = { text: string | null; isSuffix: boolean; at_ms: number };

export type Ending =
  /** A whole burst. */
  | { kind: 'scan'; text: string }
  /** A burst that is longer than any code, or whose beginning was taken for typing: never half a code. */
  | { kind: 'unreadable'; reason: 'tooLong' | 'torn' };

export type Verdict<One> = {
  /** The key goes on as if nobody had listened. */
  passes: boolean;
  /** Held keys that a person typed after all, in order; before this one. */
  typed: One[];
  ending: Ending | null;
};

/** People need 60 ms and more between two keys, scanners at most 20. */
export const gap_ms = 40;
/** So long after its last key a burst without a suffix is over. */
export const silence_ms = 80;
const leastKeys = 6;
const longestCode = 64;

export class WedgeDetector<One extends Stroke> {
  #held: One[] = [];
  #count = 0;
  #last_ms = -Infinity;
  #isTorn = false;
  /** The last key was a burst's suffix: some scanners send two. */
  #isAfterSuffix = false;
  /** Held keys were given out as typed, at the time of the last of them. */
  #typedAt_ms = -Infinity;

  key(stroke: One): Verdict<One> {
    const early = this.silence(stroke.at_ms);
    const { passes, typed, ending } = stroke.isSuffix ? this.#suffix(stroke) : this.#letter(stroke);
    // two codes cannot end at once: the second has only begun
    return { passes, typed: [...early.typed, ...typed], ending: early.ending ?? ending };
  }

  /** To be called when `due_ms` has passed without another key. */
  silence(now_ms: number): Omit<Verdict<One>, 'passes'> {
    const due_ms = this.due_ms();
    if (due_ms === null || now_ms < due_ms) return { typed: [], ending: null };
    return this.#isBurst ? { typed: [], ending: this.#finish() } : { typed: this.#giveOut(), ending: null };
  }

  /** Null: nothing is held. */
  due_ms(): number | null {
    if (this.#count === 0) return null;
    // strictly after the longest gap that still belongs to it
    return this.#last_ms + (this.#isBurst ? silence_ms : gap_ms) + 0.001;
  }

  get #isBurst(): boolean {
    return this.#isTorn || this.#count >= leastKeys;
  }

  #letter(stroke: One): Verdict<One> {
    this.#isAfterSuffix = false;
    if (stroke.text === null) {
      const ending = this.#isBurst ? this.#finish() : null;
      return { passes: true, typed: this.#giveOut(), ending };
    }
    if (this.#count === 0 && stroke.at_ms - this.#typedAt_ms <= gap_ms) this.#isTorn = true;
    this.#count += 1;
    if (this.#held.length <= longestCode) this.#held.push(stroke);
    this.#last_ms = stroke.at_ms;
    return { passes: false, typed: [], ending: null };
  }

  #suffix(stroke: One): Verdict<One> {
    const isSecond = this.#isAfterSuffix && stroke.at_ms - this.#last_ms <= gap_ms;
    if (this.#isBurst || isSecond) {
      const ending = this.#isBurst ? this.#finish() : null;
      this.#isAfterSuffix = true;
      this.#last_ms = stroke.at_ms;
      return { passes: false, typed: [], ending };
    }
    return { passes: true, typed: this.#giveOut(), ending: null };
  }

  #finish(): Ending {
    const text = this.#held.map((stroke) => stroke.text).join('');
    const reason = this.#isTorn ? 'torn' : this.#count > longestCode ? 'tooLong' : null;
    this.#forget();
    return reason === null ? { kind: 'scan', text } : { kind: 'unreadable', reason };
  }

  #giveOut(): One[] {
    const typed = this.#held;
    if (typed.length > 0) this.#typedAt_ms = this.#last_ms;
    this.#forget();
    return typed;
  }

  #forget(): void {
    this.#held = [];
    this.#count = 0;
    this.#isTorn = false;
  }
}

// Tells a keyboard scanner ("wedge") from a person by the speed of the keys alone. Pure: times are event.timeStamp, which a
// busy page does not falsify. Every key is held for the blink that it takes to know: a burst leaves no character anywhere.

/** One key; `text` is what it stands for on a scanner's keyboard, a blank for the space bar, null for a key of no code. */
export type Stroke = { text: string | null; isSuffix: boolean; at_ms: number };

export type Ending =
  /** A whole burst. */
  | { kind: 'scan'; text: string }
  /** A burst that is longer than any code, or of which a part is missing or too short to be one: never half a code. */
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
  /** Keys of the same burst that were given out as typed before. */
  #before = 0;
  #isTorn = false;
  /** It follows the suffix of a burst as fast as its own keys came: a code of several lines, or the next code. */
  #isNext = false;
  /** The last key was a burst's suffix: some scanners send two. */
  #isAfterSuffix = false;
  /** Held keys were given out as typed, so many in a row, at the time of the last of them. */
  #typed = { count: 0, at_ms: -Infinity };
  /** The last key of a burst that silence has ended; a busy page may have called it too early. */
  #silenced_ms = -Infinity;

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
    if (this.#isShort) return { typed: this.#giveOut(), ending: null };
    this.#silenced_ms = this.#last_ms;
    return { typed: [], ending: this.#finish() };
  }

  /** Null: nothing is held. */
  due_ms(): number | null {
    if (this.#count === 0) return null;
    // strictly after the longest gap that still belongs to it
    return this.#last_ms + (this.#isBurst ? silence_ms : gap_ms) + 0.001;
  }

  /**
   * How long to wait for another key before `silence`, asked as one arrives. Counted from its arrival, not from its time:
   * behind a key that a busy browser hands on late come those of the same burst. Null: nothing is held.
   */
  wait_ms(now_ms: number): number | null {
    const due_ms = this.due_ms();
    return due_ms === null ? null : due_ms - Math.min(now_ms, this.#last_ms);
  }

  get #isShort(): boolean {
    return !this.#isTorn && this.#before + this.#count < leastKeys;
  }

  get #isBurst(): boolean {
    return this.#isNext || !this.#isShort;
  }

  #letter(stroke: One): Verdict<One> {
    const { text, at_ms } = stroke;
    // the space bar is a person's, but within a burst it is a part of it and presses nothing
    if (text === null || (text === ' ' && !this.#isBurst)) return this.#otherKey();
    if (this.#count === 0) this.#begin(at_ms);
    this.#isAfterSuffix = false;
    this.#count += 1;
    if (this.#held.length <= longestCode) this.#held.push(stroke);
    this.#last_ms = at_ms;
    return { passes: false, typed: [], ending: null };
  }

  #begin(at_ms: number): void {
    this.#before = at_ms - this.#typed.at_ms <= gap_ms ? this.#typed.count : 0;
    this.#isTorn = at_ms - this.#silenced_ms <= silence_ms;
    this.#isNext = this.#isAfterSuffix && at_ms - this.#last_ms <= gap_ms;
  }

  /** A person's key. In the middle of a burst it tears it: what came before it is half a code, and so is the rest. */
  #otherKey(): Verdict<One> {
    this.#isAfterSuffix = false;
    if (this.#isBurst) this.#isTorn = true;
    return { passes: true, typed: this.#isTorn ? [] : this.#giveOut(), ending: null };
  }

  #suffix({ at_ms }: One): Verdict<One> {
    const isSecond = this.#isAfterSuffix && at_ms - this.#last_ms <= gap_ms;
    const isLate = this.#count === 0 && at_ms - this.#silenced_ms <= silence_ms;
    if (this.#isBurst || isSecond || isLate) {
      const ending = this.#isBurst ? this.#finish() : null;
      this.#isAfterSuffix = true;
      this.#last_ms = at_ms;
      return { passes: false, typed: [], ending };
    }
    return { passes: true, typed: this.#giveOut(), ending: null };
  }

  #finish(): Ending {
    const text = this.#held.map((stroke) => stroke.text).join('');
    const isTorn = this.#isTorn || this.#before > 0 || this.#isShort;
    const reason = isTorn ? 'torn' : this.#count > longestCode ? 'tooLong' : null;
    this.#forget();
    return reason === null ? { kind: 'scan', text } : { kind: 'unreadable', reason };
  }

  #giveOut(): One[] {
    const typed = this.#held;
    if (typed.length > 0) this.#typed = { count: this.#before + this.#count, at_ms: this.#last_ms };
    this.#forget();
    return typed;
  }

  #forget(): void {
    this.#held = [];
    this.#count = 0;
    this.#before = 0;
    this.#isTorn = false;
    this.#isNext = false;
  }
}

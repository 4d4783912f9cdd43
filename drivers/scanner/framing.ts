// Cuts a scanner's byte stream into frames. Pure: time is passed in. Reference devices 4.3.

export type Framing =
  /**
   * Ended by CR, LF or both, in any mixture. Not by TAB, which some scanners can send as a suffix: a TAB may be part of
   * a code (Code 128 and two-dimensional symbols carry control characters), and a frame cut there is a wrong code.
   * Such a scanner is set to CR or LF, or read with `timeout`, whose frames end in the TAB; the core's router trims it.
   * Silence ends none: a half frame whose rest was lost is dropped, or it would stand before the next code.
   */
  | { kind: 'line'; limit_bytes?: number }
  /** STX ... ETX; bytes between frames are dropped. */
  | { kind: 'stx-etx'; limit_bytes?: number }
  /** Ended by silence. */
  | { kind: 'timeout'; timeout_ms?: number; limit_bytes?: number };

/**
 * `bytes` without terminator; of a `tooLong` frame the first `limit_bytes` only. `symbology`: the AIM identifier, from
 * scanners that tell it apart from the data.
 */
export type Frame = { bytes: Uint8Array; tooLong: boolean; symbology?: string };

/** Wireless bases pause up to 50 ms between bytes (devices 4.3). */
const defaultTimeout_ms = 80;
const defaultLimit_bytes = 4096;
/** Far over any pause within a scan, and no longer than a person takes to scan again. */
const lostAfter_ms = 500;
/** A tick that comes this late was kept by a busy process, which may have kept the rest of the frame as well. */
const lateTick_ms = 100;

const STX = 0x02;
const ETX = 0x03;
const LF = 0x0a;
const CR = 0x0d;

/** Holds at most `limit_bytes` between calls. All times are milliseconds on one monotonic clock. */
export class Framer {
  readonly #kind: Framing['kind'];
  readonly #timeout_ms: number;
  readonly #held: Uint8Array;
  #length = 0;
  /** The frame went over the limit and was reported: drop bytes until its end. */
  #swallowing = false;
  /** Inside STX ... ETX; always true for the other kinds. */
  #inside: boolean;
  #last_ms: number | null = null;

  constructor(framing: Framing) {
    this.#kind = framing.kind;
    this.#timeout_ms = framing.kind === 'timeout' ? (framing.timeout_ms ?? defaultTimeout_ms) : lostAfter_ms;
    this.#held = new Uint8Array(framing.limit_bytes ?? defaultLimit_bytes);
    this.#inside = framing.kind !== 'stx-etx';
  }

  /** Frames completed by these bytes, in order. */
  push(chunk: Uint8Array, now_ms: number): Frame[] {
    const frames = this.#kind === 'timeout' ? this.tick(now_ms) : [];
    for (const byte of chunk) this.#take(byte, frames);
    if (this.#kind === 'timeout' && chunk.length > 0) this.#last_ms = now_ms;
    if (this.#kind === 'line') this.#last_ms = this.#length > 0 || this.#swallowing ? now_ms : null;
    return frames;
  }

  /** Frames completed by the passing of time alone. */
  tick(now_ms: number): Frame[] {
    const frames: Frame[] = [];
    const deadline_ms = this.deadline_ms();
    if (deadline_ms === null || now_ms < deadline_ms) return frames;
    if (this.#kind === 'timeout') {
      this.#last_ms = null;
      this.#finish(frames);
    } else if (now_ms >= deadline_ms + lateTick_ms) {
      this.#last_ms = now_ms;
    } else this.reset();
    return frames;
  }

  /** When `tick` has something to do, or null. */
  deadline_ms(): number | null {
    return this.#last_ms === null ? null : this.#last_ms + this.#timeout_ms;
  }

  /** Forgets a half frame: after a reconnect its rest is not coming. */
  reset(): void {
    this.#length = 0;
    this.#swallowing = false;
    this.#inside = this.#kind !== 'stx-etx';
    this.#last_ms = null;
  }

  #take(byte: number, frames: Frame[]): void {
    if (this.#kind === 'line' && (byte === CR || byte === LF)) {
      this.#finish(frames);
    } else if (this.#kind === 'stx-etx' && byte === STX) {
      this.#length = 0;
      this.#swallowing = false;
      this.#inside = true;
    } else if (this.#kind === 'stx-etx' && byte === ETX) {
      this.#finish(frames);
      this.#inside = false;
    } else if (this.#inside && !this.#swallowing) {
      this.#hold(byte, frames);
    }
  }

  #hold(byte: number, frames: Frame[]): void {
    if (this.#length < this.#held.length) {
      this.#held[this.#length] = byte;
      this.#length += 1;
      return;
    }
    frames.push({ bytes: this.#held.slice(0, this.#length), tooLong: true });
    this.#length = 0;
    this.#swallowing = true;
  }

  #finish(frames: Frame[]): void {
    if (this.#length > 0) frames.push({ bytes: this.#held.slice(0, this.#length), tooLong: false });
    this.#length = 0;
    this.#swallowing = false;
  }
}

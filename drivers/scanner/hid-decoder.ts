// From the reports of a HID scanner to scans: joins the reports of a long one. Pure: time is passed in.
import type { Decoder } from './device-scanner.ts';
import type { Frame } from './framing.ts';
import type { ScanLayout } from './hid-layout.ts';
import { readReport } from './hid-report.ts';

/** The rest of a scan comes at once: a gap this long means that it was lost. */
export const joinLimit_ms = 200;
/** What comes so soon after an unreadable report is the rest of it, and would pass for a code of its own. */
const mistrust_ms = 300;
const defaultLimit_bytes = 4096;

const LF = 0x0a;
const CR = 0x0d;

/** Half a scan is no scan: shown as unreadable, so that somebody scans again. */
const unreadable: Frame = { bytes: new Uint8Array(0), tooLong: false };

/** A suffix is for serial lines and keyboards; some scanners send it here too. */
function withoutSuffix(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === CR || bytes[end - 1] === LF)) end -= 1;
  return bytes.slice(0, end);
}

/** Holds at most `limit_bytes` between calls. */
export class HidDecoder implements Decoder {
  readonly #layouts: readonly ScanLayout[] | null;
  readonly #limit_bytes: number;
  #held: Uint8Array[] = [];
  #length = 0;
  #symbology: string | null = null;
  #last_ms: number | null = null;
  /** The scan under way went over the limit: what comes of it is dropped. */
  #isTooLong = false;
  #mistrustUntil_ms = 0;

  /** @param layouts null: the descriptor could not be read */
  constructor(layouts: readonly ScanLayout[] | null, limit_bytes = defaultLimit_bytes) {
    this.#layouts = layouts;
    this.#limit_bytes = limit_bytes;
  }

  push(report: Uint8Array, now_ms: number): Frame[] {
    const late = this.tick(now_ms);
    const part = readReport(report, this.#layouts);
    if (part.kind === 'other') return late;
    if (now_ms < this.#mistrustUntil_ms) {
      this.#mistrustUntil_ms = now_ms + mistrust_ms;
      return late;
    }
    if (part.kind === 'broken') return [...late, ...this.#giveUp(now_ms)];
    this.#symbology ??= part.symbology;
    this.#hold(part.bytes);
    this.#last_ms = now_ms;
    return part.continued ? late : [...late, ...this.#finish()];
  }

  tick(now_ms: number): Frame[] {
    const deadline_ms = this.deadline_ms();
    if (deadline_ms === null || now_ms < deadline_ms) return [];
    return this.#isTooLong ? this.#finish() : this.#giveUp(now_ms);
  }

  deadline_ms(): number | null {
    return this.#last_ms === null ? null : this.#last_ms + joinLimit_ms;
  }

  reset(): void {
    this.#mistrustUntil_ms = 0;
    this.#forget();
  }

  #giveUp(now_ms: number): Frame[] {
    this.#forget();
    this.#mistrustUntil_ms = now_ms + mistrust_ms;
    return [unreadable];
  }

  #forget(): void {
    this.#held = [];
    this.#length = 0;
    this.#symbology = null;
    this.#last_ms = null;
    this.#isTooLong = false;
  }

  #hold(bytes: Uint8Array): void {
    const room_bytes = this.#limit_bytes - this.#length;
    if (bytes.length > room_bytes) this.#isTooLong = true;
    if (room_bytes === 0) return;
    this.#held.push(bytes.subarray(0, room_bytes));
    this.#length += Math.min(bytes.length, room_bytes);
  }

  #finish(): Frame[] {
    const tooLong = this.#isTooLong;
    const whole = Buffer.concat(this.#held);
    const bytes = tooLong ? Uint8Array.from(whole) : withoutSuffix(Uint8Array.from(whole));
    const symbology = this.#symbology;
    this.#forget();
    // an empty report is how some scanners say that the trigger was let go
    if (bytes.length === 0) return [];
    return [{ bytes, tooLong, ...(symbology === null ? {} : { symbology }) }];
  }
}

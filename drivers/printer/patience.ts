// How long one wait for proof may last: it stands still while somebody must do something, and begins anew with progress.
import type { PrinterContext } from './context.ts';

export class Patience {
  readonly #context: PrinterContext;
  readonly #printing_ms: number;
  #since_ms: number;
  #sign = '';

  constructor(context: PrinterContext, sent_bytes: number) {
    this.#context = context;
    this.#printing_ms = context.timings.perByte_ms * sent_bytes;
    this.#since_ms = context.clock.steady_ms();
  }

  /** Notes what is seen now; a change starts the wait anew. */
  note(isTroubled: boolean, answers: number): void {
    const sign = `${isTroubled} ${answers}`;
    if (sign !== this.#sign) this.#since_ms = this.#context.clock.steady_ms();
    this.#sign = sign;
  }

  get #isTroubled(): boolean {
    return this.#sign.startsWith('true');
  }

  get isSpent(): boolean {
    const { timings, memory } = this.#context;
    // no answer is to be hoped for: stay only as long as paper may run out under the receipt
    const silence_ms = memory.silentInOrder ? timings.silentCompletion_ms : timings.completion_ms;
    const limit_ms = this.#isTroubled ? timings.resume_ms : silence_ms + this.#printing_ms;
    return this.#context.clock.steady_ms() - this.#since_ms >= limit_ms;
  }
}

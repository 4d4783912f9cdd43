// The byte builder: escpos 2.5.2 behind a narrow door. Only calls measured to be right are used (reference devices
// 2.1); every other command goes through `raw` with our own bytes. `escpos/printer.js`, never the package root,
// which loads the broken adapters.
import EscposPrinter from 'escpos/printer.js';
import type { Align } from '../../core/domain/receipt/document.ts';

const alignments = { left: 'lt', center: 'ct', right: 'rt' } as const;

export class ByteBuilder {
  readonly #written: Buffer[] = [];
  readonly #printer = new EscposPrinter({
    write: (bytes) => {
      this.#written.push(bytes);
    },
  });

  raw(...commands: Uint8Array[]): this {
    for (const command of commands) this.#printer.print(Buffer.from(command));
    return this;
  }

  align(align: Align): this {
    this.#printer.align(alignments[align]);
    return this;
  }

  /** One line of sanitised text and its line feed. */
  line(text: string): this {
    this.#printer.pureText(text).feed(1);
    return this;
  }

  feed(lines: number): this {
    // escpos makes one line of zero
    if (lines > 0) this.#printer.feed(lines);
    return this;
  }

  /** What was built since the last time. */
  take(): Uint8Array {
    this.#printer.flush();
    return Buffer.concat(this.#written.splice(0));
  }
}

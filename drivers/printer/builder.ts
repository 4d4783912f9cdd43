// The byte builder: escpos 2.5.2 behind a narrow door. Only calls measured to be right are used (reference devices
// 2.1); every other command goes through `raw` with our own bytes. `escpos/printer.js`, never the package root,
// which loads the broken adapters.
import EscposPrinter from 'escpos/printer.js';
import { assert } from '../../core/domain/assert.ts';
import type { Align } from '../../core/domain/receipt/document.ts';
import { displayWidth } from './columns.ts';

function printed(print: (printer: EscposPrinter) => void): Buffer {
  let written: Buffer = Buffer.alloc(0);
  const printer = new EscposPrinter({
    write: (bytes) => {
      written = bytes;
    },
  });
  print(printer);
  printer.flush();
  return written;
}

/** A command as text, to stand among text. Only for one whose bytes are ASCII: they are the same in GB18030. */
export function commandText(command: Uint8Array): string {
  assert(
    command.every((byte) => byte < 0x80),
    'a command that is not ASCII among text',
  );
  return String.fromCharCode(...command);
}

export const lineFeed = commandText(printed((printer) => printer.feed(1)));
export const alignment: Readonly<Record<Align, string>> = {
  left: commandText(printed((printer) => printer.align('lt'))),
  center: commandText(printed((printer) => printer.align('ct'))),
  right: commandText(printed((printer) => printer.align('rt'))),
};

/** Text waits until other bytes or the end come, and is then encoded at once: line by line takes several times as long. */
export class ByteBuilder {
  readonly #runs: (string | Uint8Array)[] = [];
  readonly #ends: number[] = [];
  #text = '';
  #length_bytes = 0;

  /** Sanitised text, and commands as text. */
  text(text: string): this {
    this.#text += text;
    // what takes a column takes a byte
    this.#length_bytes += displayWidth(text);
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.#runs.push(this.#text, bytes);
    this.#text = '';
    this.#length_bytes += bytes.length;
    return this;
  }

  /** Here a piece ends: others may be put between it and the next. */
  cut(): this {
    this.#ends.push(this.#length_bytes);
    return this;
  }

  bytes(): Uint8Array {
    const bytes = printed((printer) => {
      for (const run of [...this.#runs, this.#text]) {
        if (typeof run === 'string') printer.pureText(run);
        else printer.print(Buffer.from(run));
      }
    });
    assert(bytes.length === this.#length_bytes, 'text for the printer was not sanitised');
    return bytes;
  }

  /** The bytes between the cuts. */
  pieces(): Uint8Array[] {
    const bytes = this.bytes();
    return this.#ends.map((end, index) => bytes.subarray(this.#ends[index - 1] ?? 0, end));
  }
}

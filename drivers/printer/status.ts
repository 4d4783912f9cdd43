// Takes apart what a printer sends: replies and pushed status share one stream. Pure. Reference devices 3.1.

export type StatusMessage =
  /** Answer to DLE EOT n; the byte does not say which n. */
  | { kind: 'realTime'; byte: number }
  /** Automatic status back, four bytes. */
  | { kind: 'automatic'; bytes: readonly [number, number, number, number] }
  /** Answer to GS r n (or a one-byte GS I). */
  | { kind: 'ordered'; byte: number }
  /** 37 22 d1..d4 00: printing before this id is completed. */
  | { kind: 'processId'; id: string }
  /** Any other block: header, then text up to 00. */
  | { kind: 'block'; bytes: Uint8Array }
  | { kind: 'flow'; ready: boolean }
  | { kind: 'garbage'; byte: number };

const XON = 0x11;
const XOFF = 0x13;
const blockHeads = new Set([0x35, 0x37, 0x3b, 0x3d, 0x5f]);
const longestBlock_bytes = 128;

const isRealTime = (byte: number): boolean => (byte & 0x93) === 0x12;
const startsAutomatic = (byte: number): boolean => (byte & 0x93) === 0x10;
const isOrdered = (byte: number): boolean => (byte & 0x90) === 0;

/** Keeps at most one unfinished message (128 bytes) between calls. */
export class StatusDemultiplexer {
  #held: number[] = [];

  push(chunk: Uint8Array): StatusMessage[] {
    const messages: StatusMessage[] = [];
    for (const byte of chunk) this.#take(byte, messages);
    return messages;
  }

  #take(byte: number, messages: StatusMessage[]): void {
    const head = this.#held[0];
    if (head === undefined) {
      this.#start(byte, messages);
    } else if (startsAutomatic(head)) {
      if (isOrdered(byte)) this.#continueAutomatic(byte, messages);
      else this.#abandon(byte, messages);
    } else if (byte === 0) {
      messages.push(blockMessage(Uint8Array.from(this.#held)));
      this.#held = [];
    } else if (byte < 0x20 || this.#held.length === longestBlock_bytes) {
      this.#abandon(byte, messages);
    } else {
      this.#held.push(byte);
    }
  }

  #start(byte: number, messages: StatusMessage[]): void {
    if (byte === XON || byte === XOFF) messages.push({ kind: 'flow', ready: byte === XON });
    else if (isRealTime(byte)) messages.push({ kind: 'realTime', byte });
    else if (startsAutomatic(byte) || blockHeads.has(byte)) this.#held = [byte];
    else if (isOrdered(byte)) messages.push({ kind: 'ordered', byte });
    else messages.push({ kind: 'garbage', byte });
  }

  #continueAutomatic(byte: number, messages: StatusMessage[]): void {
    this.#held.push(byte);
    const [first, second, third, fourth] = this.#held;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
    messages.push({ kind: 'automatic', bytes: [first, second, third, fourth] });
    this.#held = [];
  }

  /** What was held is no message after all; `byte` may start one. */
  #abandon(byte: number, messages: StatusMessage[]): void {
    for (const held of this.#held) messages.push({ kind: 'garbage', byte: held });
    this.#held = [];
    this.#start(byte, messages);
  }
}

function blockMessage(bytes: Uint8Array): StatusMessage {
  const isProcessId = bytes.length === 6 && bytes[0] === 0x37 && bytes[1] === 0x22;
  return isProcessId
    ? { kind: 'processId', id: String.fromCharCode(...bytes.slice(2)) }
    : { kind: 'block', bytes };
}

/** What status bytes mean, whichever request they answer. Absent keys are not told by that byte. */
export type StatusMeaning = {
  offline?: boolean;
  coverOpen?: boolean;
  paperOut?: boolean;
  paperLow?: boolean;
  /** Any error: the cause is in DLE EOT 3. */
  error?: boolean;
  /** Cutter, mechanical or unrecoverable; a hot head recovers by itself and is none. */
  mechanical?: boolean;
};

const bit = (byte: number, number: number): boolean => ((byte >> number) & 1) === 1;

/** Meaning of the answer to DLE EOT `n`. */
export function realTimeMeaning(n: 1 | 2 | 3 | 4, byte: number): StatusMeaning {
  switch (n) {
    case 1:
      return { offline: bit(byte, 3) };
    case 2:
      return { coverOpen: bit(byte, 2), paperOut: bit(byte, 5), error: bit(byte, 6) };
    case 3:
      return { mechanical: bit(byte, 2) || bit(byte, 3) || bit(byte, 5) };
    case 4:
      return { paperLow: (byte & 0x0c) !== 0, paperOut: (byte & 0x60) !== 0 };
  }
}

/** Meaning of the answer to GS r 1. */
export function orderedMeaning(byte: number): StatusMeaning {
  return { paperLow: (byte & 0x03) !== 0, paperOut: (byte & 0x0c) !== 0 };
}

/** Meaning of automatic status. */
export function automaticMeaning(bytes: readonly [number, number, number, number]): StatusMeaning {
  const [printer, errors, paper] = bytes;
  return {
    offline: bit(printer, 3),
    coverOpen: bit(printer, 5),
    mechanical: bit(errors, 2) || bit(errors, 3) || bit(errors, 5),
    paperLow: (paper & 0x03) !== 0,
    paperOut: (paper & 0x0c) !== 0,
  };
}

// The story of one seed: what happened, in order, as lines a person can read, and as one hash that tells two runs apart.
import { createHash } from 'node:crypto';

export type Trace = {
  line(actor: string, text: string): void;
  /** Of all lines so far. */
  hash(): string;
  readonly lines: number;
};

/** The hash takes so much at once: a call of its own for each short line costs more than the line. */
const CHUNK_letters = 16_384;

function clock(at_ms: number): string {
  return new Date(at_ms).toISOString().slice(11, 23);
}

/** `say` null: nobody reads it; only the hash is kept. `now_ms` counts from the day's start. */
export function createTrace(now_ms: () => number, say: ((line: string) => void) | null): Trace {
  const hash = createHash('sha256');
  let lines = 0;
  let waiting = '';
  const flush = () => {
    hash.update(waiting);
    waiting = '';
  };
  return {
    line: (actor, text) => {
      const at_ms = now_ms();
      lines += 1;
      waiting += `${at_ms} ${actor} ${text}\n`;
      if (waiting.length > CHUNK_letters) flush();
      say?.(`${clock(at_ms)}  ${actor.padEnd(8)} ${text}`);
    },
    hash: () => {
      flush();
      return hash.copy().digest('hex');
    },
    get lines() {
      return lines;
    },
  };
}

// Where the recording of inputs goes (core/engine/recording.ts): several files in a ring. Whatever throws here ends the
// recording, never the till.

export type InputSink = {
  /** The next line belongs into a new file. */
  isFull(): boolean;
  /** Begins that file. */
  turn(): void;
  /** Whole lines, each with its end. */
  write(text: string): void;
  close(): void;
};

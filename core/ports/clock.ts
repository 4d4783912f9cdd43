// Time as the core sees it. `steady_ms` orders and times; `wall_ms` is for people and acquirers.

export interface Clock {
  /** Milliseconds since the epoch by the operating system's clock: may step. */
  wall_ms(): number;
  /** Wall time at start of the core plus monotonic time since: never steps within one run. Their distance is how far the wall clock was set in it. */
  steady_ms(): number;
  /** One-shot timer on the monotonic clock; the returned function cancels it. */
  after(delay_ms: number, run: () => void): () => void;
}

export interface Random {
  /** `length` random bytes, lower hex. */
  hex(length_bytes: number): string;
}

// How long the last commits took: for whoever looks for a slow disk. Bounded, whatever the till's age.

const KEPT = 256;

export type CommitTimes = {
  /** Since the core started. */
  readonly count: number;
  /** Of the last ones, oldest first. */
  recent_ms(): number[];
};

export class CommitLog implements CommitTimes {
  readonly #ring: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get last_ms(): number {
    return this.#ring[(this.#count - 1) % KEPT] ?? 0;
  }

  add(took_ms: number): void {
    this.#ring[this.#count % KEPT] = took_ms;
    this.#count += 1;
  }

  recent_ms(): number[] {
    const oldest = this.#count <= KEPT ? 0 : this.#count % KEPT;
    return [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)];
  }
}

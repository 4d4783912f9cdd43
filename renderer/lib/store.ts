// The one state of the screen: the core's last snapshot and what the page itself knows (linked, signed in, refused).
import type { ErrorCode } from '../../contract/errors.ts';
import type { Snapshot } from '../../contract/snapshot.ts';

export type LocalRefusal = { code: ErrorCode; detail: string };

export type ScreenState = {
  snapshot: Snapshot | null;
  /** When the snapshot came, by performance.now(): time on screen runs on from `snapshot.now_ms`. */
  receivedAt_ms: number;
  link: 'connecting' | 'online';
  /** Who has signed in on this page's connection; null: the sign-in screen. */
  me: Snapshot['operator'];
  /** The core's answer to the last command, when it said no. */
  refusal: LocalRefusal | null;
};

export class Store {
  #state: ScreenState = { snapshot: null, receivedAt_ms: 0, link: 'connecting', me: null, refusal: null };
  readonly #listeners = new Set<(now: ScreenState, before: ScreenState) => void>();

  get = (): ScreenState => this.#state;

  set(change: Partial<ScreenState>): void {
    const before = this.#state;
    this.#state = { ...before, ...change };
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  subscribe = (listener: (now: ScreenState, before: ScreenState) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

// Shared by the transports: says "closed" exactly once, and turns operating-system errors into faults.
import type { ByteLinkListener } from '../../core/ports/byte-link.ts';
import type { Fault } from '../../core/ports/fault.ts';

type SystemError = Error & { code?: string };

/** Text and code of anything that was thrown or emitted as an error. */
export function errorDetail(error: unknown): { code: string; detail: string } {
  if (error instanceof Error) {
    return { code: (error as SystemError).code ?? '', detail: error.message };
  }
  return { code: '', detail: String(error) };
}

/** Calls `listener.closed` once, whoever comes first, and lets others wait for that moment. */
export class CloseOnce {
  readonly #listener: ByteLinkListener;
  readonly #waiting: (() => void)[] = [];
  #fault: Fault | null = null;
  #closed = false;

  constructor(listener: ByteLinkListener) {
    this.#listener = listener;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The fault a write on the dead link reports. */
  get fault(): Fault {
    return this.#fault ?? { code: 'link.closed', retry: 'safe', detail: 'the link was already closed' };
  }

  close(fault: Fault | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#fault = fault;
    this.#listener.closed(fault);
    for (const resume of this.#waiting.splice(0)) resume();
  }

  wait(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

// One open link to a printer: sends, listens, correlates status. Lives for one job or one idle poll.
import type { ByteLink, LinkOpener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { realTimeStatus } from './commands.ts';
import { StatusDemultiplexer, automaticMeaning } from './status.ts';
import type { StatusMeaning, StatusMessage } from './status.ts';
import type { PrinterTimings } from './timings.ts';

export type SessionResult = { ok: true; session: Session } | { ok: false; fault: Fault };

/** A write under way. `fault` counts once `done`. */
export type Delivery = { done: boolean; fault: Fault | null };

/** 5F text 00: an answer to GS I. */
const identityHead = 0x5f;
/** 37 25 00: buffers were cleared. */
const clearedKind = 0x25;

export class Session {
  readonly #clock: Clock;
  readonly #timings: PrinterTimings;
  readonly #demultiplexer = new StatusDemultiplexer();
  readonly #waiters = new Set<() => void>();
  #link: ByteLink | null = null;
  #cancelled = false;
  readonly #realTime = { asked: 0, answered: 0, last: 0, optional: 0 };
  /** Set when the link is dead: null fault means that we ended it. */
  closed: { fault: Fault | null } | null = null;
  /** Anything at all came back. */
  received_bytes = 0;
  /** Some of it was a status message. */
  understood = 0;
  garbage = 0;
  /** Answers to GS r: how many so far, and the last of them. */
  readonly ordered = { count: 0, last: 0 };
  /** DLE EOT 1 went unanswered, and later ones were answered without that: the printer was away or began anew. */
  wasDeaf = false;
  /** It said that it has thrown away what it had not printed. */
  isCleared = false;
  lastProcessId: string | null = null;
  /** The last answer to GS I, its head included. */
  identityBlock: Uint8Array | null = null;
  automatic: StatusMeaning = {};

  private constructor(clock: Clock, timings: PrinterTimings) {
    this.#clock = clock;
    this.#timings = timings;
  }

  /** Opens the link. Never rejects. */
  static async open(open: LinkOpener, clock: Clock, timings: PrinterTimings): Promise<SessionResult> {
    const session = new Session(clock, timings);
    const result = await open({
      bytes: (chunk) => session.#received(chunk),
      closed: (fault) => {
        session.closed = { fault };
        session.#wake();
      },
    });
    if (!result.ok) return result;
    session.#link = result.link;
    return { ok: true, session };
  }

  /** No use in waiting any longer: the link is dead or the session was cancelled. */
  get over(): boolean {
    return this.closed !== null || this.#cancelled;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Ends every wait of this session, now and later. */
  cancel(): void {
    this.#cancelled = true;
    this.#wake();
  }

  /** Starts sending; the delivery says when and how it ended, and `until` wakes for it. */
  write(bytes: Uint8Array): Delivery {
    const delivery: Delivery = { done: false, fault: null };
    if (this.#link === null || this.closed !== null) {
      delivery.done = true;
      delivery.fault = this.closed?.fault ?? {
        code: 'link.closed',
        retry: 'safe',
        detail: 'the session is closed',
      };
      return delivery;
    }
    void this.#link.write(bytes).then((fault) => {
      delivery.done = true;
      delivery.fault = fault;
      this.#wake();
    });
    return delivery;
  }

  /** Waits until `condition`, or `limit_ms`, or the end of the session. Tells whether `condition` holds. */
  async until(condition: () => boolean, limit_ms: number): Promise<boolean> {
    if (!condition() && !this.over) await this.#wait(() => condition() || this.over, limit_ms);
    return condition();
  }

  #wait(isEnded: () => boolean, limit_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        cancelTimer();
        this.#waiters.delete(check);
        resolve();
      };
      const check = (): void => {
        if (isEnded()) finish();
      };
      const cancelTimer = this.#clock.after(limit_ms, finish);
      this.#waiters.add(check);
    });
  }

  /** The answer to DLE EOT `n`, asked up to twice, or null. One request at a time. */
  async ask(n: 1 | 2 | 3 | 4): Promise<number | null> {
    const count = this.#realTime;
    for (const attempt of [1, 2]) {
      const before = count.answered;
      // not waiting for its delivery: a full printer takes no bytes
      this.write(realTimeStatus(n));
      count.asked += 1;
      if (await this.until(() => count.answered > before, this.#timings.answer_ms)) {
        // what is owed may still come and must not pass for an answer to the next question
        await this.until(() => count.answered >= count.asked, this.#timings.settle_ms);
        if (count.asked - count.answered - count.optional >= attempt) this.wasDeaf = true;
        count.asked = count.answered;
        count.optional = 0;
        return count.last;
      }
      if (this.over) return null;
    }
    // some printers know only DLE EOT 1: their silence to the others means nothing
    if (n !== 1) count.optional += 2;
    return null;
  }

  /** Lets come what is still to come. */
  async settle(): Promise<void> {
    await this.until(() => false, this.#timings.hangUp_ms);
  }

  /** Ends gracefully. Null when everything was delivered as far as the link can tell. */
  async end(): Promise<Fault | null> {
    await this.#hearOut();
    await this.#link?.end();
    return this.closed?.fault ?? null;
  }

  /**
   * What was asked is heard before we hang up, also by a look that gave way: a USB or serial line keeps the answer for the next session, where
   * it would pass for one to another question, and each later answer, too.
   */
  async #hearOut(): Promise<void> {
    const { asked, answered, optional } = this.#realTime;
    const missing = asked - answered - optional;
    if (missing <= 0 || this.closed !== null) return;
    const isHeard = (): boolean => this.#realTime.answered - answered >= missing || this.closed !== null;
    // Not `until`: who gave way has ended, and this is what is left of it.
    await this.#wait(isHeard, this.#timings.hangUp_ms);
  }

  #received(chunk: Uint8Array): void {
    this.received_bytes += chunk.length;
    for (const message of this.#demultiplexer.push(chunk)) this.#note(message);
    this.#wake();
  }

  #note(message: StatusMessage): void {
    if (message.kind === 'garbage') {
      this.garbage += 1;
      return;
    }
    this.understood += 1;
    if (message.kind === 'realTime') {
      this.#realTime.answered += 1;
      this.#realTime.last = message.byte;
    } else if (message.kind === 'ordered') {
      this.ordered.count += 1;
      this.ordered.last = message.byte;
    } else if (message.kind === 'processId') {
      this.lastProcessId = message.id;
    } else if (message.kind === 'block') {
      if (message.bytes[0] === identityHead) this.identityBlock = message.bytes;
      if (message.bytes[0] === 0x37 && message.bytes[1] === clearedKind) this.isCleared = true;
    } else if (message.kind === 'automatic') {
      this.automatic = automaticMeaning(message.bytes);
    }
  }

  #wake(): void {
    for (const check of this.#waiters) check();
  }
}

// The till's end of a merchant's relay: one long poll after the other (docs/notices.md). The relay is believed in nothing: it says what came,
// and each notice proves itself or counts for nothing.
import { z } from 'zod';
import type { NoticeRead, NoticeSource, RelayEvent } from '../../core/ports/notices.ts';
import { exchange, type HttpsSettings, type Received } from '../transport/https.ts';
import { problem, type ReadNotice } from '../transport/notice.ts';

export type RelaySettings = {
  /** Of the relay. */
  https: HttpsSettings;
  token: string;
  /** Where the acquirer was told to send to: what came there is for us. */
  path: string;
  read: ReadNotice;
  /** Of this machine. */
  wall_ms: () => number;
};

/** How long the relay is asked to wait for the next notice. */
const WAIT_s = 25;
const TIMEOUT_ms = WAIT_s * 1000 + 10_000;
/** Sixteen notices of the largest size, and what is around them. */
const ANSWER_LIMIT_bytes = 1024 * 1024;

/** Whatever a relay says of its clock, a time comes of it. Long enough for a till that was away over a holiday. */
const LONGEST_held_ms = 30 * 86_400_000;

const notice = z.object({
  heldFor_ms: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.base64().max(65_536),
});

/** Notices are looked into one by one: anybody can post one, and a strange one must not keep the others from us. */
const answer = z.object({
  cursor: z.string().regex(/^[\w.-]{1,64}$/),
  notices: z.array(z.unknown()).max(16),
});

function answerIn({ status, body }: Received): z.infer<typeof answer> | { fault: string } {
  if (status !== 200) return { fault: `HTTP_${status}` };
  try {
    const found = answer.safeParse(JSON.parse(body.toString('utf8')));
    return found.success ? found.data : { fault: 'NO_RELAY_ANSWER' };
  } catch {
    return { fault: 'NO_RELAY_ANSWER' };
  }
}

function readOne(one: unknown, read: ReadNotice, now_ms: number): NoticeRead {
  const found = notice.safeParse(one);
  if (!found.success) return problem('notUnderstood');
  const { heldFor_ms, headers, body } = found.data;
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  try {
    return read({
      headers: Object.fromEntries(lower),
      body: Buffer.from(body, 'base64'),
      arrived_ms: now_ms - Math.min(Math.max(heldFor_ms, 0), LONGEST_held_ms),
    });
  } catch {
    return problem('notUnderstood'); // A stranger wrote it: should a reader fail at it, the till goes on asking.
  }
}

/** `cursor`: where the next question goes on; null: nothing was understood, and the old one stays. Never throws. */
export function readRelayAnswer(
  received: Received,
  read: ReadNotice,
  now_ms: number,
): { event: RelayEvent; cursor: string | null } {
  const told = answerIn(received);
  if ('fault' in told) return { event: { kind: 'away', cause: told.fault }, cursor: null };
  const notices = told.notices.map((one) => readOne(one, read, now_ms));
  return { event: { kind: 'heard', notices }, cursor: told.cursor };
}

class Relay implements NoticeSource {
  readonly #settings: RelaySettings;
  readonly #ending = new AbortController();
  /** Null: only what comes from now on. Whatever was open before is asked about anyway. */
  #cursor: string | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(settings: RelaySettings) {
    this.#settings = settings;
  }

  ask(post: (event: RelayEvent) => void): void {
    this.#running = this.#askOnce().then((event) => {
      if (!this.#ending.signal.aborted) post(event);
    });
  }

  close(): Promise<void> {
    this.#ending.abort();
    return this.#running;
  }

  async #askOnce(): Promise<RelayEvent> {
    const { https, token, path } = this.#settings;
    const after = this.#cursor === null ? {} : { after: this.#cursor };
    const query = new URLSearchParams({ path, wait_s: String(WAIT_s), ...after });
    const outcome = await exchange(https, () => ({
      method: 'GET',
      path: `/notices?${query.toString()}`,
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      body: null,
      timeout_ms: TIMEOUT_ms,
      limit_bytes: ANSWER_LIMIT_bytes,
      signal: this.#ending.signal,
    }));
    if (outcome.kind !== 'received') return { kind: 'away', cause: outcome.cause };
    const { read, wall_ms } = this.#settings;
    const { event, cursor } = readRelayAnswer(outcome.received, read, wall_ms());
    this.#cursor = cursor ?? this.#cursor;
    return event;
  }
}

export function createRelay(settings: RelaySettings): NoticeSource {
  return new Relay(settings);
}

// The session that a terminal's calls are signed with: one sign-in at a time, before the first call, before the session ends, and when the
// server does not know it any more. A call whose sign-in failed has sent no byte of itself.
import type { CallSettings } from './call.ts';
import type { TerminalFacts } from './codec.ts';
import { type CallOutcome, type CallRequest, saysExpired } from './message.ts';
import { readSignInAnswer, type Session, SIGN_IN_path, signInBody } from './sign-in.ts';

/** The calls that began to wait are served by an answer that comes late for one of them. */
const SIGN_IN_TIMEOUT_ms = 15_000;

/** A session that ends within this time is replaced before a call is signed with it: it must not end on the way. */
const RENEW_BEFORE_ms = 60_000;

/** `Calls` and the wire: one call, signed as `settings` say. */
export type Carry = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

type Failure = { cause: string };
type Waiting = (got: Session | Failure) => void;

export class Sessions {
  readonly #terminal: TerminalFacts;
  /** With the terminal's own key. */
  readonly #call: CallSettings;
  readonly #carry: Carry;
  #session: Session | null = null;
  /** Null: no sign-in is under way. */
  #waiting: Set<Waiting> | null = null;

  constructor(terminal: TerminalFacts, call: CallSettings, carry: Carry) {
    this.#terminal = terminal;
    this.#call = call;
    this.#carry = carry;
  }

  /** One call in a session, all within its time; again in a new one when the server had no such session. */
  perform(request: CallRequest, finish: (outcome: CallOutcome) => void): void {
    const started_ms = performance.now();
    const left = (): CallRequest => ({
      ...request,
      timeout_ms: Math.max(1, Math.round(request.timeout_ms - (performance.now() - started_ms))),
    });
    this.#once(left, (first) => {
      if (!saysExpired(first)) return finish(first);
      this.#once(left, (second) => finish(afterExpiry(second)));
    });
  }

  #once(left: () => CallRequest, finish: (outcome: CallOutcome) => void): void {
    this.#take(left().timeout_ms, (got) => {
      if ('cause' in got) return finish({ kind: 'notSent', cause: got.cause });
      const key = { appId: got.id, appKey: got.key };
      this.#carry({ ...this.#call, key, terminalKey: this.#call.key }, left(), (outcome) => {
        if (saysExpired(outcome) || isSignedByNobody(outcome)) this.#forget(got);
        finish(outcome);
      });
    });
  }

  #take(timeout_ms: number, then: Waiting): void {
    if (this.#session !== null && this.#lives(this.#session)) return then(this.#session);
    const isFirst = this.#waiting === null;
    const waiting = (this.#waiting ??= new Set());
    const served: Waiting = (got) => {
      clearTimeout(timer);
      then(got);
    };
    const timer = setTimeout(() => {
      waiting.delete(served);
      then({ cause: 'SIGN_IN_TIMED_OUT' });
    }, timeout_ms);
    waiting.add(served);
    if (isFirst) this.#signIn();
  }

  #lives({ expiresAt_ms }: Session): boolean {
    return expiresAt_ms - this.#call.wall_ms() > RENEW_BEFORE_ms;
  }

  /** Another call may have brought a new one meanwhile: that stays. */
  #forget(session: Session): void {
    if (this.#session === session) this.#session = null;
  }

  #signIn(): void {
    const nonce = this.#call.nonce();
    const { terminalCode } = this.#terminal;
    const request = {
      path: SIGN_IN_path,
      body: signInBody(this.#terminal),
      timeout_ms: SIGN_IN_TIMEOUT_ms,
    };
    this.#carry({ ...this.#call, nonce: () => nonce }, request, (outcome) => {
      const { appKey } = this.#call.key;
      const got =
        outcome.kind === 'answered'
          ? readSignInAnswer(outcome.json, { terminalCode, nonce, appKey })
          : { cause: causeOf(outcome) };
      this.#session = 'cause' in got ? null : got;
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      // One that ends at once by our clock is still good for those who waited for it.
      for (const served of waiting) served(got);
    });
  }
}

/** A line that is down keeps its own word, so that the screen and the doctor name the layer. */
function causeOf(outcome: Exclude<CallOutcome, { kind: 'answered' }>): string {
  return outcome.kind === 'unbelievable' ? `SIGN_IN_UNREADABLE ${outcome.cause}` : outcome.cause;
}

/** Neither the session's nor the terminal's: a server that lost the session and does not say so would be asked in it for ever. */
function isSignedByNobody(outcome: CallOutcome): boolean {
  return outcome.kind === 'unbelievable' && outcome.cause === 'badSignature';
}

/** Bytes of the first try have left, so the second one's "not sent" is none. */
function afterExpiry(second: CallOutcome): CallOutcome {
  if (second.kind !== 'notSent') return second;
  return { kind: 'unbelievable', cause: `SESSION_EXPIRED ${second.cause}`, serverDate_ms: null };
}

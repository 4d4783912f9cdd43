// The session that a terminal's calls are signed with: one sign-in at a time, before the first call, before the session ends, and when the
// server does not know it any more. A call whose sign-in failed has sent no byte of itself.
import type { CallSettings } from './call.ts';
import type { TerminalFacts } from './codec.ts';
import { type CallOutcome, type CallRequest, codeOf, saysExpired } from './message.ts';
import { unlooked } from './codes.ts';
import { readSignInAnswer, type Session, SIGN_IN_path, type SignInResult, signInBody } from './sign-in.ts';
import { SignInPause } from './sign-in-pause.ts';

/** The calls that began to wait are served by an answer that comes late for one of them. */
const SIGN_IN_TIMEOUT_ms = 15_000;

/** It is replaced so long before its end, or a quarter of its life if that is less: a short one would be replaced for each call. */
const RENEW_BEFORE_ms = 60_000;

/** What a call needs at least to be sent and answered; a fifth of its time where that is less. */
const LEAST_LEFT_ms = 2000;

/** `Calls` and the wire: one call, signed as `settings` say. */
export type Carry = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

type Failure = Extract<SignInResult, { cause: string }>;
type Waiting = (got: SignInResult) => void;

/** `makes`: the order that this call makes, until it is withdrawn. `isProbe`: nobody waits for it. */
export type About = { makes?: string; isProbe?: true };

/** One call with both its tries. */
type Run = About & {
  request: CallRequest;
  left_ms: () => number;
  least_ms: number;
  isWithdrawn: boolean;
  /** While it waits for a sign-in. */
  stopWaiting: (() => void) | null;
};

const withdrawn: Failure = { cause: 'WITHDRAWN' };
const timedOut: Failure = { cause: 'SIGN_IN_TIMED_OUT' };

export class Sessions {
  readonly #terminal: TerminalFacts;
  /** With the terminal's own key. */
  readonly #call: CallSettings;
  readonly #carry: Carry;
  readonly #making = new Set<Run>();
  readonly #pause = new SignInPause();
  #session: Session | null = null;
  #renewAt_ms = 0;
  /** Null: no sign-in is under way. */
  #waiting: Set<Waiting> | null = null;

  constructor(terminal: TerminalFacts, call: CallSettings, carry: Carry) {
    this.#terminal = terminal;
    this.#call = call;
    this.#carry = carry;
  }

  /** One call in a session, all within its time; again in a new one when the server had no such session. */
  perform(request: CallRequest, finish: (outcome: CallOutcome) => void, about: About = {}): void {
    const run = runOf(request, about);
    if (about.makes !== undefined) this.#making.add(run);
    const end = (outcome: CallOutcome) => {
      this.#making.delete(run);
      finish(outcome);
    };
    this.#once(run, (first) => {
      if (!saysExpired(first)) return end(first);
      this.#once(run, (second) => end(afterExpiry(second)));
    });
  }

  /** The order is being reversed or closed: what would make it and has not been sent is sent no more. */
  withdraw(orderNumber: string): void {
    for (const run of this.#making) {
      if (run.makes !== orderNumber) continue;
      run.isWithdrawn = true;
      run.stopWaiting?.();
    }
  }

  #once(run: Run, finish: (outcome: CallOutcome) => void): void {
    this.#take(run, (got) => {
      if ('cause' in got) return finish({ kind: 'notSent', ...got });
      const hindered = hindrance(run);
      if (hindered !== null) return finish({ kind: 'notSent', ...hindered });
      const key = { appId: got.id, appKey: got.key };
      const request = { ...run.request, timeout_ms: run.left_ms() };
      this.#carry({ ...this.#call, key, terminalKey: this.#call.key }, request, (outcome) => {
        if (saysExpired(outcome) || isFromStranger(outcome)) this.#forget(got);
        finish(outcome);
      });
    });
  }

  /** Waits half of its time at most, so that the call is told before whoever made it stops listening. */
  #take(run: Run, then: Waiting): void {
    if (this.#session !== null && this.#call.wall_ms() < this.#renewAt_ms) return then(this.#session);
    const isFirst = this.#waiting === null;
    const refused = run.isProbe && isFirst ? this.#pause.refusal() : null;
    if (refused !== null) return then(this.#living() ?? refused);
    const waiting = (this.#waiting ??= new Set());
    const served: Waiting = (got) => {
      clearTimeout(timer);
      waiting.delete(served);
      run.stopWaiting = null;
      then(got);
    };
    const wait_ms = Math.min(run.request.timeout_ms / 2, run.left_ms() - run.least_ms);
    const timer = setTimeout(() => served(this.#living() ?? timedOut), Math.max(0, wait_ms));
    run.stopWaiting = () => served(withdrawn);
    waiting.add(served);
    if (isFirst) this.#signIn();
  }

  /** It must not end while a call is on its way. */
  #begin(session: Session): void {
    const { expiresAt_ms } = session;
    const life_ms = Math.max(0, expiresAt_ms - this.#call.wall_ms());
    this.#session = session;
    this.#renewAt_ms = expiresAt_ms - Math.min(RENEW_BEFORE_ms, life_ms / 4);
  }

  /** What is better than none where no new one can be had. */
  #living(): Session | null {
    return this.#session !== null && this.#call.wall_ms() < this.#session.expiresAt_ms ? this.#session : null;
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
      this.#pause.heard(got);
      if (!('cause' in got)) this.#begin(got);
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      // One that ends at once by our clock is still good for those who waited for it.
      const served = 'cause' in got ? (this.#living() ?? got) : got;
      for (const serve of waiting) serve(served);
    });
  }
}

function runOf(request: CallRequest, about: About): Run {
  const started_ms = performance.now();
  const { timeout_ms } = request;
  return {
    ...about,
    request,
    left_ms: () => Math.max(1, Math.round(timeout_ms - (performance.now() - started_ms))),
    least_ms: Math.min(LEAST_LEFT_ms, timeout_ms / 5),
    isWithdrawn: false,
    stopWaiting: null,
  };
}

/** There is a session, and yet it is not sent. */
function hindrance(run: Run): Failure | null {
  if (run.isWithdrawn) return withdrawn;
  return run.left_ms() < run.least_ms ? timedOut : null;
}

/** A line that is down keeps its own word, so that the screen and the doctor name the layer. */
function causeOf(outcome: Exclude<CallOutcome, { kind: 'answered' }>): string {
  return outcome.kind === 'unbelievable' ? `SIGN_IN_UNREADABLE ${outcome.cause}` : outcome.cause;
}

const strangers: ReadonlySet<string> = new Set(['badSignature', 'unsigned', 'HTTP_401', 'HTTP_403']);

/**
 * Signed with neither key, or by a door that does not know the app id any more: a server that lost the session and does not say so would be
 * asked in it for ever.
 */
function isFromStranger(outcome: CallOutcome): boolean {
  return outcome.kind === 'unbelievable' && strangers.has(outcome.cause);
}

/**
 * Bytes of the first try have left: what the second one says of itself alone (it was not sent; it was refused before anybody looked at its
 * order) is nothing that can be said of the first, which may have charged if a copy of it was refused as expired.
 */
function afterExpiry(second: CallOutcome): CallOutcome {
  const doubt = (cause: string): CallOutcome => ({
    kind: 'unbelievable',
    cause: `SESSION_EXPIRED ${cause}`,
    serverDate_ms: null,
  });
  if (second.kind === 'notSent') return doubt(second.cause);
  const code = codeOf(second);
  return code !== null && unlooked.has(code) ? doubt(code) : second;
}

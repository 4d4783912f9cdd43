// An early look at a payment that somebody says is paid: the payment's own timer, sooner than it is due. The look is the ordinary inquiry;
// nothing else can come of a notice (docs/adr/0021).
import type { PaymentPolicy } from '../domain/payment/policy.ts';
import type { Attempt } from '../domain/till/state.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from './engine.ts';

/** Of one payment: notices that come faster fall together into one look. */
export const LOOK_EVERY_ms = 1000;

type Readiness = 'ready' | 'soon' | 'never';

/** `ready`: an early timer means "ask now", and nothing but that. `soon`: it is being asked, or made, and will be ready. */
export function readinessOf(
  { machine }: Pick<Attempt, 'machine'>,
  policy: PaymentPolicy,
  now_ms: number,
): Readiness {
  const { state, due } = machine;
  switch (state.kind) {
    case 'presenting': {
      if (now_ms >= state.endsAt_ms) return 'never';
      return state.phase === 'shown' && state.content !== null && due !== null ? 'ready' : 'soon';
    }
    case 'awaitingCustomer':
      return now_ms - state.sentAt_ms < policy.awaitingLimit_ms && due !== null ? 'ready' : 'never';
    case 'unknown': {
      // As the machine has it: its answer comes before the till gives up, or it would only be in the way.
      const isInTime = now_ms + policy.callTimeout_ms < state.sentAt_ms + policy.giveUpAt_ms;
      return isInTime && !machine.deferred ? 'ready' : 'never';
    }
    case 'authorizing':
      return 'soon';
    case 'inquiring':
      return state.giveBack || machine.deferred ? 'never' : 'soon';
    default:
      return 'never';
  }
}

export type EarlyLooks = {
  /** Wants this payment looked at as soon as that can be done, once. */
  want(attemptId: string): void;
  /** How many have been made. */
  readonly count: number;
  stop(): void;
};

type Dependencies = { engine: Engine; clock: Clock; policyOf: (routeId: string) => PaymentPolicy };

class Looks implements EarlyLooks {
  readonly #deps: Dependencies;
  readonly #wanted = new Set<string>();
  readonly #looked_ms = new Map<string, number>();
  #cancel: (() => void) | null = null;
  #isStopped = false;
  count = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    // What was not ready may be after any commit. In a turn of its own: nothing is posted from inside an apply.
    deps.engine.onCommit(() => {
      if (this.#wanted.size > 0) this.#lookIn(0);
    });
  }

  want(attemptId: string): void {
    this.#wanted.add(attemptId);
    this.#lookIn(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #lookIn(delay_ms: number): void {
    if (this.#isStopped) return;
    this.#cancel?.();
    this.#cancel = this.#deps.clock.after(delay_ms, () => this.#look());
  }

  #look(): void {
    const { engine, clock } = this.#deps;
    const now_ms = clock.steady_ms();
    let next_ms = Infinity;
    this.#forgetOld(now_ms);
    for (const attemptId of this.#wanted) {
      const attempt = engine.state.attempts[attemptId];
      const readiness =
        attempt === undefined
          ? 'never'
          : readinessOf(attempt, this.#deps.policyOf(attempt.routeId), Math.round(now_ms));
      const wait_ms = (this.#looked_ms.get(attemptId) ?? -Infinity) + LOOK_EVERY_ms - now_ms;
      if (readiness === 'never') this.#wanted.delete(attemptId);
      else if (readiness === 'ready' && wait_ms > 0) next_ms = Math.min(next_ms, wait_ms);
      else if (readiness === 'ready') this.#lookAt(attemptId, now_ms);
    }
    if (next_ms < Infinity) this.#lookIn(next_ms);
  }

  #lookAt(attemptId: string, now_ms: number): void {
    this.#wanted.delete(attemptId);
    this.#looked_ms.set(attemptId, now_ms);
    this.count += 1;
    this.#deps.engine.post({ kind: 'payment', attemptId, event: { kind: 'timer', early: true } });
  }

  #forgetOld(now_ms: number): void {
    for (const [attemptId, at_ms] of this.#looked_ms)
      if (at_ms + LOOK_EVERY_ms <= now_ms) this.#looked_ms.delete(attemptId);
  }
}

export function createEarlyLooks(deps: Dependencies): EarlyLooks {
  return new Looks(deps);
}

// The line between till and acquirer in virtual time: each call ends once, sooner or later, and what it ends with says nothing
// certain about what reached the other side.
import type { VirtualClock } from './clock.ts';
import type { FaultCounts, FaultKind } from './faults.ts';
import type { Chance } from './random.ts';

export type Ending<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'noAnswer'; cause: string }
  | { kind: 'unbelievable'; code: string }
  | { kind: 'notSent'; cause: string };

export type Call<Answer> = {
  timeout_ms: number;
  /** What the other side does with it, when it arrives. */
  serve(): Answer;
  end(ending: Ending<Answer>): void;
  /** The request is on its way and nobody waits for it any more; then it arrives. */
  late?: { leaves(): void; arrives(): void };
  /** The request arrived and its answer did not. Calls that name it lose more answers than others. */
  onAnswerLost?: () => void;
};

/** From when until when, and how: nothing gets out, or nothing comes back. */
export type Outage = { from_ms: number; to_ms: number; kind: 'hostUnreachable' | 'hostSilent' };

type Trouble =
  | 'none'
  | 'connectionRefused'
  | 'requestLost'
  | 'requestLate'
  | 'answerLost'
  | 'answerLate'
  | 'requestTwice'
  | 'serverError';

const troubles: Record<Trouble, number> = {
  none: 92,
  connectionRefused: 0.6,
  requestLost: 1,
  requestLate: 1.2,
  answerLost: 1.6,
  answerLate: 1.2,
  requestTwice: 1.2,
  serverError: 1.2,
};

/** Voids and refunds are few: their answers are lost often enough to tell. */
const frailTroubles: Record<Trouble, number> = { ...troubles, answerLost: 14 };

export class Wire {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #faults: FaultCounts;
  readonly #outages: readonly Outage[];
  readonly #onItsWay = new Set<string>();
  /** The settling days at the end: nothing is lost any more. */
  isCalm = false;

  constructor(deps: {
    clock: VirtualClock;
    chance: Chance;
    faults: FaultCounts;
    outages: readonly Outage[];
  }) {
    this.#clock = deps.clock;
    this.#chance = deps.chance;
    this.#faults = deps.faults;
    this.#outages = deps.outages;
  }

  /** Orders whose request will still arrive although its sender has given up waiting. */
  isOnItsWay(orderNumber: string): boolean {
    return this.#onItsWay.has(orderNumber);
  }

  setOnItsWay(orderNumber: string, isIt: boolean): void {
    if (isIt) this.#onItsWay.add(orderNumber);
    else this.#onItsWay.delete(orderNumber);
  }

  outage(): Outage | null {
    const now_ms = this.#clock.now_ms();
    return this.#outages.find((one) => one.from_ms <= now_ms && now_ms < one.to_ms) ?? null;
  }

  call<Answer>(call: Call<Answer>): void {
    const down = this.outage();
    if (down !== null) {
      this.#faults.saw(down.kind);
      return this.#inOutage(call, down);
    }
    const weights = call.onAnswerLost ? frailTroubles : troubles;
    const trouble: Trouble = this.isCalm ? 'none' : this.#chance.weighted(weights);
    if (trouble !== 'none') this.#faults.saw(trouble satisfies FaultKind);
    const { latency_ms } = this;
    switch (trouble) {
      case 'none':
        return this.#answer(call, latency_ms);
      case 'connectionRefused':
        return this.#after(latency_ms, () => call.end({ kind: 'notSent', cause: 'ECONNREFUSED' }));
      case 'requestLost':
        return this.#noAnswer(call);
      case 'requestLate':
        return this.#late(call);
      case 'answerLost':
        this.#after(latency_ms, () => {
          call.serve();
          call.onAnswerLost?.();
        });
        return this.#noAnswer(call);
      case 'answerLate':
        return this.#answer(call, call.timeout_ms + this.#chance.whole(-200, 6000));
      case 'requestTwice':
        this.#after(latency_ms + this.#chance.whole(1, 30_000), () => void call.serve());
        return this.#answer(call, latency_ms);
      case 'serverError':
        return this.#serverError(call);
    }
  }

  get latency_ms(): number {
    return this.#chance.whole(40, 900);
  }

  #after(delay_ms: number, run: () => void): void {
    this.#clock.after(delay_ms, run);
  }

  #answer<Answer>(call: Call<Answer>, total_ms: number): void {
    const there_ms = Math.min(this.latency_ms, total_ms);
    this.#after(there_ms, () => {
      const answer = call.serve();
      this.#after(total_ms - there_ms, () => call.end({ kind: 'answered', answer }));
    });
  }

  #noAnswer<Answer>(call: Call<Answer>): void {
    const isReset = this.#chance.happens(0.3);
    const delay_ms = isReset ? this.latency_ms : call.timeout_ms - this.#chance.whole(0, 200);
    this.#after(delay_ms, () => call.end({ kind: 'noAnswer', cause: isReset ? 'ECONNRESET' : 'TIMED_OUT' }));
  }

  #late<Answer>(call: Call<Answer>): void {
    call.late?.leaves();
    this.#noAnswer(call);
    this.#after(this.#chance.whole(3000, 100_000), () => {
      call.late?.arrives();
      call.serve();
    });
  }

  #serverError<Answer>(call: Call<Answer>): void {
    this.#after(this.latency_ms, () => {
      if (this.#chance.happens(0.5)) call.serve();
      call.end({
        kind: 'unbelievable',
        code: this.#chance.pick(['HTTP_502', 'HTTP_500', 'unsigned', 'HTTP_404']),
      });
    });
  }

  #inOutage<Answer>(call: Call<Answer>, down: Outage): void {
    if (down.kind === 'hostSilent') return this.#noAnswer(call);
    this.#after(this.latency_ms, () => call.end({ kind: 'notSent', cause: 'EHOSTUNREACH' }));
  }
}

// Listens to the relay of one route. A believed notice about a payment of ours makes the till look sooner; whatever else comes costs nothing
// but a line at the technician's. A relay that is away changes nothing: the till asks the acquirer as it always does.
import type { Clock, Random } from '../ports/clock.ts';
import type { NoticeRead, NoticeSource, RelayEvent } from '../ports/notices.ts';
import type { EarlyLooks } from './early-looks.ts';
import type { Engine } from './engine.ts';

/** For the technician. Times are of the steady clock. */
export type NoticesReport = {
  /** Null: the relay answers, or was not asked yet. */
  cause: string | null;
  wasReached: boolean;
  /** Believed and about a payment of this till's. */
  ours: number;
  /** Believed, of another till of this shop, or of a payment long over. */
  others: number;
  problems: number;
  /** The newest notice was none to believe: what was wrong with it. Null after a good one. */
  problem: { what: string; at_ms: number } | null;
};

export type NoticesListener = {
  start(): void;
  stop(): void;
  report(): NoticesReport;
};

type Dependencies = {
  engine: Engine;
  clock: Clock;
  random: Random;
  routeId: string;
  source: NoticeSource;
  looks: EarlyLooks;
};

/** Even a relay that answers at once is not asked more often. */
const ASK_EVERY_ms = 250;
const RETRY_FIRST_ms = 1000;
const RETRY_LONGEST_ms = 60_000;

class Listener implements NoticesListener {
  readonly #deps: Dependencies;
  #isStopped = false;
  #failures = 0;
  #cancel: (() => void) | null = null;
  #report: NoticesReport = {
    cause: null,
    wasReached: false,
    ours: 0,
    others: 0,
    problems: 0,
    problem: null,
  };

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    const asked_ms = this.#deps.clock.steady_ms();
    this.#deps.source.ask((event) => {
      if (this.#isStopped) return;
      this.#onEvent(event);
      const passed_ms = this.#deps.clock.steady_ms() - asked_ms;
      const wait_ms = event.kind === 'away' ? this.#pause_ms() : Math.max(0, ASK_EVERY_ms - passed_ms);
      this.#cancel = this.#deps.clock.after(wait_ms, () => this.start());
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  report(): NoticesReport {
    return this.#report;
  }

  /** Doubled each time, and never the same for two tills: a relay that comes back is not met by all at once. */
  #pause_ms(): number {
    const whole_ms = Math.min(RETRY_FIRST_ms * 2 ** (this.#failures - 1), RETRY_LONGEST_ms);
    const chance = Number.parseInt(this.#deps.random.hex(2), 16) / 0x1_00_00;
    return Math.round(whole_ms * (0.5 + chance / 2));
  }

  #onEvent(event: RelayEvent): void {
    if (event.kind === 'away') {
      this.#failures += 1;
      this.#report = { ...this.#report, cause: event.cause };
      return;
    }
    this.#failures = 0;
    this.#report = { ...this.#report, cause: null, wasReached: true };
    for (const notice of event.notices) this.#take(notice);
  }

  #take(notice: NoticeRead): void {
    if (notice.kind === 'trial') return;
    if (notice.kind === 'problem') return this.#doubt(notice.problem);
    const { engine, routeId, looks } = this.#deps;
    const { orderNumber, amount_fen } = notice;
    const attempt = Object.values(engine.state.attempts).find(
      (one) => one.routeId === routeId && one.orderNumber === orderNumber,
    );
    if (attempt !== undefined && attempt.amount_fen !== amount_fen) return this.#doubt('otherAmount');
    const { ours, others } = this.#report;
    if (attempt === undefined) {
      this.#report = { ...this.#report, others: others + 1, problem: null };
      return;
    }
    this.#report = { ...this.#report, ours: ours + 1, problem: null };
    looks.want(attempt.attemptId);
  }

  #doubt(what: string): void {
    const at_ms = Math.round(this.#deps.clock.steady_ms());
    this.#report = { ...this.#report, problems: this.#report.problems + 1, problem: { what, at_ms } };
  }
}

export function createNoticesListener(deps: Dependencies): NoticesListener {
  return new Listener(deps);
}

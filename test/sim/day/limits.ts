// Bounds that no single sum of the books shows: each sending decided by a record, numbers of requests, money at risk, 抹零, a sale and
// its returns, the life of a queued code. From records alone, and from what leaves the till.
import type { SettledLine } from '../../../core/domain/sale/sale.ts';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { isEndedKind } from '../ledger.ts';
import type { CallRequest } from '../../../acquirers/gateway/message.ts';
import { SLOW_ms } from './disk.ts';
import { holds } from './failure.ts';
import { Pace } from './pace.ts';

/** What the simulated till is told to keep to. */
export type LimitFacts = {
  queueAge_ms: number;
  openTotal_fen: number;
  roundDownTo_fen: number;
  /** The acquirer takes no reversal earlier than this after the payment's sending. */
  reversesFrom_ms: number;
};

/** What is on its way in a full window of time-outs when the last of it leaves, and a slow disk. */
const LATE_ms = 10 * 60_000;

/** Once more at once, and then seldom: it takes the place of others, and so long nobody can say that it is over. */
const SELDOM_ms = 10 * 60_000;

type Machine = Extract<TillRecord, { type: 'payment.moved' }>['body']['machine'];
const leavingKinds: ReadonlySet<string> = new Set(['reversing', 'disputed', 'closing']);

type Sum = Pick<SettledLine, 'quantity' | 'gross_fen' | 'rounding_fen' | 'tax_fen'>;
const nothing: Sum = { quantity: 0, gross_fen: 0, rounding_fen: 0, tax_fen: 0 };

function plus(sum: Sum, lines: readonly SettledLine[]): Sum {
  return lines.reduce(
    (so, one) => ({
      quantity: so.quantity + one.quantity,
      gross_fen: so.gross_fen + one.gross_fen,
      rounding_fen: so.rounding_fen + one.rounding_fen,
      tax_fen: so.tax_fen + one.tax_fen,
    }),
    sum,
  );
}

export class Limits {
  readonly #facts: LimitFacts;
  /** How often a record decided that a payment is sent. */
  readonly #decided = new Map<string, number>();
  readonly #leftAt_ms: Map<string, number> = new Map();
  /** When each payment left of late, in this run of the core; what was refused without a look is no such sending. */
  readonly #leavings_ms = new Map<string, readonly number[]>();
  readonly #orderOf = new Map<string, string>();
  readonly #pace = new Pace();
  readonly #requests = new Set<string>();
  /** Of each sale: payments that are neither proven nor on trust, by what they are. */
  readonly #inDoubt = new Map<string, Map<string, string>>();
  readonly #saleOf = new Map<string, string>();
  readonly #sold = new Map<string, Sum>();
  readonly #returned = new Map<string, Sum>();

  /** `before`: of a till that was lost, whose payments are reversed by the one that goes on. */
  constructor(facts: LimitFacts, before: Limits | null) {
    this.#facts = facts;
    if (before !== null) this.#leftAt_ms = new Map(before.#leftAt_ms);
  }

  /** The first byte of a payment leaves, or of a reversal of it. */
  payLeaves(orderNumber: string, now_ms: number): void {
    this.#leftAt_ms.set(orderNumber, now_ms);
    const before_ms = this.#leavings_ms.get(orderNumber) ?? [];
    const leavings_ms = [...before_ms.filter((at_ms) => at_ms > now_ms - SELDOM_ms), now_ms];
    this.#leavings_ms.set(orderNumber, leavings_ms);
    const { length } = leavings_ms;
    holds('sentSeldom', length <= 2, () => `${orderNumber} leaves ${length} times in ten minutes`);
  }

  /** Any request at all. */
  leaves(request: CallRequest, now_ms: number): void {
    this.#pace.leaves(request, now_ms);
  }

  reversalLeaves(orderNumber: string, now_ms: number): void {
    const after_ms = now_ms - (this.#leftAt_ms.get(orderNumber) ?? -Infinity);
    holds(
      'reversedInTime',
      after_ms >= this.#facts.reversesFrom_ms - SLOW_ms,
      () => `the reversal of ${orderNumber} leaves ${after_ms} ms after the payment`,
    );
  }

  take({ type, body }: TillRecord): void {
    switch (type) {
      case 'core.started':
        this.#pace.started();
        return this.#leavings_ms.clear();
      case 'payment.opened': {
        const { attemptId, saleId, orderNumber, machine } = body.attempt;
        this.#orderOf.set(attemptId, orderNumber);
        this.#standAlone(saleId, `${attemptId} is opened`, new Set());
        this.#saleOf.set(attemptId, saleId);
        return this.#follow(attemptId, machine);
      }
      case 'payment.moved':
        if (body.machine.state.kind === 'queued')
          this.#leavings_ms.delete(this.#orderOf.get(body.attemptId) ?? '');
        return this.#follow(body.attemptId, body.machine);
      case 'giveBack.opened': {
        const { requestNumber } = body.giveBack;
        holds(
          'numbersAreNew',
          !this.#requests.has(requestNumber),
          () => `request ${requestNumber} is used twice`,
        );
        return void this.#requests.add(requestNumber);
      }
      case 'sale.cashTaken': {
        const { rounding_fen } = body.cash;
        const isDown = rounding_fen >= 0 && rounding_fen < this.#facts.roundDownTo_fen;
        holds('roundsDownOnly', isDown, () => `${body.saleId} is rounded by ${rounding_fen} fen`);
        return this.#standAlone(body.saleId, 'cash is taken', leavingKinds);
      }
      case 'sale.completed':
        return void this.#sold.set(body.saleId, plus(nothing, body.settled));
      case 'return.opened':
        return this.#return(body.return.saleId, body.return.lines);
      default:
    }
  }

  #follow(attemptId: string, { deferred, state: { kind } }: Machine): void {
    if (kind === 'authorizing') this.#decided.set(attemptId, (this.#decided.get(attemptId) ?? 0) + 1);
    const saleId = this.#saleOf.get(attemptId) ?? '';
    const doubts = this.#inDoubt.get(saleId) ?? new Map<string, string>();
    this.#inDoubt.set(saleId, doubts);
    if (deferred || isEndedKind(kind)) doubts.delete(attemptId);
    else doubts.set(attemptId, kind);
  }

  /** No other tender beside a payment in doubt; `but`: kinds behind the one-way door. */
  #standAlone(saleId: string, what: string, but: ReadonlySet<string>): void {
    const doubts = [...(this.#inDoubt.get(saleId) ?? [])].filter(([, kind]) => !but.has(kind));
    holds('oneTenderInDoubt', doubts.length === 0, () => `${saleId}: ${what} beside ${doubts.join(' ')}`);
  }

  #return(saleId: string, lines: readonly SettledLine[]): void {
    const sum = plus(this.#returned.get(saleId) ?? nothing, lines);
    this.#returned.set(saleId, sum);
    const sold = this.#sold.get(saleId);
    if (sold?.quantity !== sum.quantity) return;
    const isZero = (['gross_fen', 'rounding_fen', 'tax_fen'] as const).every(
      (part) => sold[part] === sum[part],
    );
    holds(
      'returnsSumToZero',
      isZero,
      () => `${saleId}: sold ${JSON.stringify(sold)}, returned ${JSON.stringify(sum)}`,
    );
  }

  /** `sent`: how often its request has left now. `age_ms`: since it was opened; null where the clock was set. */
  leaving(attemptId: string, sent: number, deferredAge_ms: number | null): void {
    const decided = this.#decided.get(attemptId) ?? 0;
    holds(
      'sentOnce',
      sent <= decided,
      () => `pay of ${attemptId} leaves ${sent} times, decided ${decided} times`,
    );
    if (deferredAge_ms === null || sent > 1) return;
    const isAlive = deferredAge_ms <= this.#facts.queueAge_ms + LATE_ms;
    holds('queuedCodeDies', isAlive, () => `${attemptId} leaves the queue after ${deferredAge_ms} ms`);
  }

  /** Goods gone, outcome unproven. */
  atRisk(total_fen: number): void {
    const { openTotal_fen } = this.#facts;
    holds(
      'riskBounded',
      total_fen <= openTotal_fen,
      () => `${total_fen} fen at risk, the limit is ${openTotal_fen}`,
    );
  }
}

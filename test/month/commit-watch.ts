// After each commit: what the till has just come to believe of a payment must be true at the acquirer at this moment.
import type { Attempt, TillState } from '../../core/domain/till/state.ts';
import { must } from './failure.ts';
import type { FaultCounts } from './faults.ts';
import type { Ledger } from './ledger.ts';

export class CommitWatch {
  readonly #ledger: Ledger;
  readonly #faults: FaultCounts;
  /** Machines are replaced, never changed: one seen before was checked before. */
  readonly #seen = new WeakSet<Attempt['machine']>();
  readonly #lastKind = new Map<string, string>();

  constructor(ledger: Ledger, faults: FaultCounts) {
    this.#ledger = ledger;
    this.#faults = faults;
  }

  look(state: TillState): void {
    for (const attempt of Object.values(state.attempts)) {
      if (this.#seen.has(attempt.machine)) continue;
      this.#seen.add(attempt.machine);
      this.#check(attempt);
      this.#note(attempt);
    }
  }

  #check({ machine, orderNumber, amount_fen, attemptId }: Attempt): void {
    const order = this.#ledger.orders.get(orderNumber);
    const { kind } = machine.state;
    if (kind === 'approved') {
      const isCharged = order?.state === 'paid' || order?.state === 'voided';
      must(isCharged && order.amount_fen === amount_fen, `${attemptId} is approved and was not charged`);
    }
    const isFree =
      kind === 'declined' || kind === 'notSent' || kind === 'expiredUnsent' || kind === 'reversed';
    if (isFree) {
      const isMaybeCharged = order?.state === 'paid' || order?.state === 'processing';
      must(!isMaybeCharged, `${attemptId} is ${kind} and the acquirer has it as ${order?.state ?? ''}`);
    }
  }

  #note({ attemptId, machine, wasDeferred }: Attempt): void {
    const { kind } = machine.state;
    const before = this.#lastKind.get(attemptId);
    this.#lastKind.set(attemptId, kind);
    if (before === kind) return;
    const isReopened = before === 'declined' || before === 'reversed' || before === 'notSent';
    if (isReopened && kind === 'inquiring') this.#faults.saw('reopened');
    if (kind === 'queued' && before !== 'authorizing') this.#faults.saw('queued');
    if (kind === 'held') this.#faults.saw('held');
    if (before === 'held' && kind === 'authorizing') this.#faults.saw('heldSentInTime');
    if (before === 'held' && kind === 'expiredUnsent') this.#faults.saw('heldExpired');
    if (kind === 'expiredUnsent' && wasDeferred) this.#faults.saw('deferredExpired');
    if (kind === 'approved' && wasDeferred) this.#faults.saw('deferredApproved');
  }
}

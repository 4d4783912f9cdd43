// The dispatcher: performs outbox rows through ports once their commit is on disk, and posts what came of it.
import { assert } from '../domain/assert.ts';
import type { GiveBackEvent } from '../domain/giveback/machine.ts';
import type { PaymentEvent } from '../domain/payment/event.ts';
import type { PaymentPolicy } from '../domain/payment/policy.ts';
import { isProven } from '../domain/payment/state.ts';
import { ruleFor } from '../domain/scan/router.ts';
import { isRouteGood } from '../domain/till/events.ts';
import type { Attempt } from '../domain/till/state.ts';
import type { Acquirer, PresentedOrders } from '../ports/acquirer.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { OutboxRow, Store } from '../ports/journal.ts';
import { codeUse } from './code-use.ts';
import type { Engine, EngineSettings } from './engine.ts';
import type { Forwarding } from './forwarding.ts';
import { closingEventOf, paymentEventOf, presentedOrder, TOO_LATE } from './presented.ts';

export type DispatcherDependencies = {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  settings: EngineSettings;
  acquirers: Readonly<Record<string, Acquirer & PresentedOrders>>;
  /** Prints a row, or leaves it for later when the printer is busy or down. */
  print(row: OutboxRow): void;
  isPrinterFree(): boolean;
  openDrawer(row: OutboxRow): void;
  forwardingOf(routeId: string): Forwarding;
};

export type Dispatcher = {
  pump(): void;
  /** For good: what a later commit leaves in the outbox is for the next run. The store may be closed after it. */
  stop(): void;
};

class OutboxDispatcher implements Dispatcher {
  readonly #deps: DispatcherDependencies;
  /** Rows whose port call has begun in this run of the core. */
  readonly #begun = new Set<number>();
  /** At-most-once rows of the run before this one: whatever became of them, they are not performed now. */
  #leftovers: readonly OutboxRow[];
  #isStopped = false;

  constructor(deps: DispatcherDependencies) {
    this.#deps = deps;
    this.#leftovers = deps.store.openRows().filter((row) => row.deliveryClass === 'at-most-once');
  }

  stop(): void {
    this.#isStopped = true;
  }

  pump(): void {
    if (this.#isStopped) return;
    this.#endLeftovers();
    const open = this.#ready();
    const unmarked = open.filter((row) => row.deliveryClass !== 'repeatable' && row.state === 'pending');
    if (unmarked.length > 0) this.#deps.store.markSent(unmarked.map((row) => row.rowId));
    for (const row of open) this.#perform(row);
  }

  #endLeftovers(): void {
    const leftovers = this.#leftovers;
    this.#leftovers = [];
    for (const { reference, rowId, state } of leftovers) {
      const outcome = state === 'sent' ? 'unknown' : 'failed';
      this.#deps.engine.post(
        { kind: 'drawerEnded', openId: reference, outcome, detail: 'restarted' },
        { closeRowId: rowId },
      );
    }
  }

  /** Rows that may start now; at most one print. */
  #ready(): OutboxRow[] {
    let mayPrint = this.#deps.isPrinterFree();
    return this.#deps.store.openRows().filter((row) => {
      if (this.#begun.has(row.rowId)) return false;
      if (row.kind !== 'print') return true;
      const isFirst = mayPrint;
      mayPrint = false;
      return isFirst;
    });
  }

  #perform(row: OutboxRow): void {
    this.#begun.add(row.rowId);
    switch (row.kind) {
      case 'print':
        return this.#deps.print(row);
      case 'openDrawer':
        return this.#deps.openDrawer(row);
      case 'giveBack':
      case 'askGiveBack':
        return this.#giveBack(row);
      case 'authorize':
        return this.#letGo(row, this.#attemptOf(row));
      case 'present':
        return this.#present(row, this.#attemptOf(row));
      case 'closePresented':
        return this.#closePresented(row, this.#attemptOf(row));
      default:
        return this.#ask(row, this.#attemptOf(row));
    }
  }

  #ask(row: OutboxRow, attempt: Attempt): void {
    const { orderNumber, openedAt_ms, amount_fen, machine } = attempt;
    const timeout_ms = this.#policyOf(attempt).callTimeout_ms;
    const presented = machine.presented ? ({ presented: true } as const) : {};
    const order = { orderNumber, openedAt_ms, amount_fen, timeout_ms, ...reversalOf(attempt), ...presented };
    const acquirer = this.#acquirerOf(attempt);
    if (row.kind === 'inquire') return acquirer.inquire(order, this.#poster(row));
    assert(!isProven(machine.state), `reversal of the proven attempt ${attempt.attemptId}`);
    assert(!machine.presented, `reversal of the presented order ${attempt.attemptId}`);
    return acquirer.reverse(order, this.#poster(row));
  }

  #present(row: OutboxRow, attempt: Attempt): void {
    const order = presentedOrder(attempt, this.#policyOf(attempt).answerTimeout_ms);
    const post = this.#poster(row);
    this.#acquirerOf(attempt).present(order, (event) => {
      if (event.kind === 'notSent' && event.cause !== TOO_LATE)
        this.#reportOffline(attempt.routeId, event.cause);
      post(paymentEventOf(event, order.expiresAt_ms));
    });
  }

  #closePresented(row: OutboxRow, attempt: Attempt): void {
    const order = presentedOrder(attempt, this.#policyOf(attempt).callTimeout_ms);
    const post = this.#poster(row);
    this.#acquirerOf(attempt).closePresented(order, (event) => post(closingEventOf(event)));
  }

  #giveBack(row: OutboxRow): void {
    const { engine, store } = this.#deps;
    const giveBack = engine.state.giveBacks[row.reference] ?? store.loadGiveBack(row.reference);
    assert(giveBack, `outbox row ${row.rowId} names give-back ${row.reference}, which does not exist`);
    const attempt = engine.state.attempts[giveBack.attemptId] ?? store.loadAttempt(giveBack.attemptId);
    assert(attempt, `give-back ${giveBack.giveBackId} names an attempt that does not exist`);
    const { state } = attempt.machine;
    assert(
      state.kind === 'approved',
      `give-back ${giveBack.giveBackId} is of a payment that is ${state.kind}`,
    );
    const { method, requestNumber, orderNumber, amount_fen } = giveBack;
    const order = {
      method,
      requestNumber,
      giveBackOpenedAt_ms: giveBack.openedAt_ms,
      orderNumber,
      openedAt_ms: attempt.openedAt_ms,
      acquirerOrderId: state.proof.acquirerOrderId,
      amount_fen,
      paid_fen: attempt.amount_fen,
      timeout_ms: this.#policyOf(attempt).callTimeout_ms,
    };
    const post = (event: GiveBackEvent) => {
      this.#begun.delete(row.rowId);
      if (event.kind === 'notSent') this.#reportOffline(attempt.routeId, event.cause);
      engine.post({ kind: 'giveBack', giveBackId: giveBack.giveBackId, event }, { closeRowId: row.rowId });
    };
    const acquirer = this.#acquirerOf(attempt);
    if (row.kind === 'giveBack') return acquirer.giveBack(order, post);
    return acquirer.inquireGiveBack(order, post);
  }

  /** A cashier's payment goes at once; a queued one when a lane is free, unless it has moved on meanwhile. */
  #letGo(row: OutboxRow, attempt: Attempt): void {
    if (!attempt.machine.deferred) return this.#authorize(attempt, this.#poster(row));
    const { state } = attempt.machine;
    const forwarding = this.#deps.forwardingOf(attempt.routeId);
    forwarding.send((done) => {
      const now = this.#deps.engine.state.attempts[attempt.attemptId];
      // The very state that this row was written with: in doubt and sent anew, it is `authorizing` again under another row.
      if (now?.machine.state !== state) {
        this.#begun.delete(row.rowId);
        return done();
      }
      this.#authorize(now, (event) => {
        done();
        const result = { kind: 'payment', attemptId: attempt.attemptId, event } as const;
        // The row is open until then: begun for so long, or the next look at the outbox would send it again.
        forwarding.settle(result, { closeRowId: row.rowId }, () => this.#begun.delete(row.rowId));
      });
    });
  }

  #authorize(attempt: Attempt, post: (event: PaymentEvent) => void): void {
    const acquirer = this.#acquirerOf(attempt);
    const code = this.#codeFor(attempt);
    if (code === null) return post({ kind: 'codeLost' });
    const { takenAt, tillSequence } = attempt;
    acquirer.authorize(
      {
        orderNumber: attempt.orderNumber,
        openedAt_ms: attempt.openedAt_ms,
        amount_fen: attempt.amount_fen,
        code,
        deferred: attempt.wasDeferred ? { takenAt, tillSequence } : null,
        timeout_ms: this.#policyOf(attempt).answerTimeout_ms,
      },
      (event) => {
        if (event.kind !== 'notSent') return post(event);
        this.#reportOffline(attempt.routeId, event.cause);
        post({ ...event, then: this.#mayWait(attempt, code) ? 'queue' : 'end' });
      },
    );
  }

  /**
   * By the rule that knows the code: two forms of one wallet's may differ in this. And no other payment may have taken it meanwhile, nor may
   * another route that knows it be up: there it is paid at once (adr/0024).
   */
  #mayWait(attempt: Attempt, code: string): boolean {
    const { engine, acquirers } = this.#deps;
    const rule = ruleFor(this.#acquirerOf(attempt).rules, code);
    const isPaidElsewhere = Object.entries(acquirers).some(
      ([routeId, { rules }]) =>
        routeId !== attempt.routeId && isRouteGood(engine.state, routeId) && ruleFor(rules, code) !== null,
    );
    return rule?.deferrable === true && !isPaidElsewhere && !codeUse(this.#deps, attempt).usedBefore;
  }

  /** The watch knows more of a line that is down already (which layer it is). */
  #reportOffline(routeId: string, cause: string): void {
    if (this.#deps.engine.state.routes[routeId]?.online === false) return;
    this.#deps.engine.post({
      kind: 'routeObserved',
      routeId,
      online: false,
      cause,
      layer: null,
      storeAndForward: null,
    });
  }

  #codeFor(attempt: Attempt): string | null {
    const { vault, store } = this.#deps;
    const inMemory = vault.get(attempt.attemptId);
    if (inMemory !== null) return inMemory;
    const sealed = store.sealedCode(attempt.attemptId);
    return sealed === null ? null : vault.unseal(attempt, sealed);
  }

  #poster(row: OutboxRow): (event: PaymentEvent) => void {
    return (event) => {
      this.#begun.delete(row.rowId);
      this.#deps.engine.post({ kind: 'payment', attemptId: row.reference, event }, { closeRowId: row.rowId });
    };
  }

  #attemptOf(row: OutboxRow): Attempt {
    const { engine, store } = this.#deps;
    const attempt = engine.state.attempts[row.reference] ?? store.loadAttempt(row.reference);
    assert(attempt, `outbox row ${row.rowId} names attempt ${row.reference}, which does not exist`);
    return attempt;
  }

  #acquirerOf(attempt: Attempt): Acquirer & PresentedOrders {
    const acquirer = this.#deps.acquirers[attempt.routeId];
    assert(acquirer, `attempt ${attempt.attemptId} is on route ${attempt.routeId}, which is not configured`);
    return acquirer;
  }

  #policyOf(attempt: Attempt): PaymentPolicy {
    const route = this.#deps.settings.routes[attempt.routeId];
    assert(route, `route ${attempt.routeId} is not configured`);
    return route.policy;
  }
}

/** Behind the one-way door a reversal may have worked whose acknowledgement was lost. */
function reversalOf({ machine: { state } }: Attempt): { afterReversal?: true } {
  const isAfter = state.kind === 'disputed' || (state.kind === 'reversing' && state.reversals > 0);
  return isAfter ? { afterReversal: true } : {};
}

export function createDispatcher(deps: DispatcherDependencies): Dispatcher {
  return new OutboxDispatcher(deps);
}

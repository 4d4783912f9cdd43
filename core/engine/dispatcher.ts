// The dispatcher: performs outbox rows through ports once their commit is on disk, and posts what came of it.
import { assert } from '../domain/assert.ts';
import type { PaymentEvent } from '../domain/payment/event.ts';
import { isProven } from '../domain/payment/state.ts';
import type { Attempt } from '../domain/till/state.ts';
import type { Acquirer } from '../ports/acquirer.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { OutboxRow, Store } from '../ports/journal.ts';
import type { Engine, EngineSettings } from './engine.ts';

export type DispatcherDependencies = {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  settings: EngineSettings;
  acquirers: Readonly<Record<string, Acquirer>>;
  /** Prints a row, or leaves it for later when the printer is busy or down. */
  print(row: OutboxRow): void;
  isPrinterFree(): boolean;
};

export type Dispatcher = { pump(): void };

export function createDispatcher(deps: DispatcherDependencies): Dispatcher {
  const { engine, store } = deps;
  /** Rows whose port call has begun in this run of the core. */
  const begun = new Set<number>();

  function attemptOf(row: OutboxRow): Attempt {
    const attempt = engine.state.attempts[row.reference] ?? store.loadAttempt(row.reference);
    assert(attempt, `outbox row ${row.rowId} names attempt ${row.reference}, which does not exist`);
    return attempt;
  }

  function acquirerOf(attempt: Attempt): Acquirer {
    const acquirer = deps.acquirers[attempt.routeId];
    assert(acquirer, `attempt ${attempt.attemptId} is on route ${attempt.routeId}, which is not configured`);
    return acquirer;
  }

  function poster(row: OutboxRow): (event: PaymentEvent) => void {
    return (event) => {
      begun.delete(row.rowId);
      engine.post({ kind: 'payment', attemptId: row.reference, event }, { closeRowId: row.rowId });
    };
  }

  function codeFor(attempt: Attempt): string | null {
    const inMemory = deps.vault.get(attempt.attemptId);
    if (inMemory !== null) return inMemory;
    const sealed = store.sealedCode(attempt.attemptId);
    return sealed === null ? null : deps.vault.unseal(attempt, sealed);
  }

  function authorize(row: OutboxRow): void {
    const attempt = attemptOf(row);
    const acquirer = acquirerOf(attempt);
    const post = poster(row);
    const code = codeFor(attempt);
    if (code === null) return post({ kind: 'codeLost' });
    const isDeferrable = acquirer.rules.find((rule) => rule.scheme === attempt.scheme)?.deferrable ?? false;
    acquirer.authorize(
      {
        orderNumber: attempt.orderNumber,
        amount_fen: attempt.amount_fen,
        code,
        deferred: attempt.wasDeferred
          ? { takenAt: attempt.takenAt, tillSequence: attempt.tillSequence }
          : null,
        timeout_ms: policyOf(attempt).answerTimeout_ms,
      },
      (event) => {
        if (event.kind === 'notSent') offline(attempt.routeId, event.cause);
        post(event.kind === 'notSent' ? { ...event, then: isDeferrable ? 'queue' : 'end' } : event);
      },
    );
  }

  function offline(routeId: string, cause: string): void {
    engine.post({ kind: 'routeObserved', routeId, online: false, cause, storeAndForward: null });
  }

  function policyOf(attempt: Attempt) {
    const route = deps.settings.routes[attempt.routeId];
    assert(route, `route ${attempt.routeId} is not configured`);
    return route.policy;
  }

  function perform(row: OutboxRow): void {
    begun.add(row.rowId);
    if (row.kind === 'authorize') return authorize(row);
    if (row.kind === 'print') return deps.print(row);
    const attempt = attemptOf(row);
    const order = { ...attempt, timeout_ms: policyOf(attempt).callTimeout_ms };
    if (row.kind === 'inquire') return acquirerOf(attempt).inquire(order, poster(row));
    assert(!isProven(attempt.machine.state), `reversal of the proven attempt ${attempt.attemptId}`);
    return acquirerOf(attempt).reverse(order, poster(row));
  }

  /** Rows that may start now; at most one print. */
  function ready(): OutboxRow[] {
    let mayPrint = deps.isPrinterFree();
    return store.openRows().filter((row) => {
      if (begun.has(row.rowId)) return false;
      if (row.kind !== 'print') return true;
      const isFirst = mayPrint;
      mayPrint = false;
      return isFirst;
    });
  }

  return {
    pump: () => {
      const open = ready();
      if (open.length === 0) return;
      const unmarked = open.filter((row) => row.deliveryClass !== 'repeatable' && row.state === 'pending');
      if (unmarked.length > 0) store.markSent(unmarked.map((row) => row.rowId));
      for (const row of open) perform(row);
    },
  };
}

// apply(event): one event, one pure transition, one synchronous commit. No await stands between reading state and commit.
import { assert } from '../domain/assert.ts';
import type { Surroundings, TillEffect, TillEvent } from '../domain/till/events.ts';
import { isBlocking, isDeferredOpen } from '../domain/till/queries.ts';
import type { ErrorText } from '../domain/till/reasons.ts';
import type { TillRecord } from '../domain/till/records.ts';
import type { Attempt, TillState } from '../domain/till/state.ts';
import { transition } from '../domain/till/transition.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { Commit, JournalHead, NewOutboxRow, SealedCode, Store } from '../ports/journal.ts';

export type ApplyOptions = { closeRowId?: number; code?: string };

/** `changed`: the attempts whose timers must be set anew. */
export type Applied = {
  state: TillState;
  refusal: ErrorText | null;
  head: JournalHead | null;
  changed: string[];
};

const deliveryClasses = {
  authorize: 'once',
  inquire: 'repeatable',
  reverse: 'repeatable',
  print: 'mark-copy',
} as const;

function rowOf(effect: TillEffect): NewOutboxRow | null {
  if (effect.kind === 'eraseCode') return null;
  const deliveryClass = deliveryClasses[effect.kind];
  if (effect.kind === 'print')
    return { kind: 'print', deliveryClass, reference: effect.receiptId, count: effect.copy };
  const count = effect.kind === 'authorize' ? 0 : effect.count;
  return { kind: effect.kind, deliveryClass, reference: effect.attemptId, count };
}

type Touched = { saleIds: Set<string>; attemptIds: Set<string>; receiptIds: Set<string> };

function touchedBy(records: readonly TillRecord[]): Touched {
  const touched: Touched = { saleIds: new Set(), attemptIds: new Set(), receiptIds: new Set() };
  for (const { body } of records) {
    if ('saleId' in body) touched.saleIds.add(body.saleId);
    if ('attemptId' in body) touched.attemptIds.add(body.attemptId);
    if ('receiptId' in body) touched.receiptIds.add(body.receiptId);
    if ('attempt' in body) {
      touched.saleIds.add(body.attempt.saleId);
      touched.attemptIds.add(body.attempt.attemptId);
    }
  }
  return touched;
}

/** Loads what an event about the past names: an answer may come long after its sale has left memory. */
export function hydrate(store: Store, state: TillState, event: TillEvent): TillState {
  let next = state;
  if ('receiptId' in event && !next.receipts[event.receiptId]) {
    const receipt = store.loadReceipt(event.receiptId);
    if (receipt) next = { ...next, receipts: { ...next.receipts, [receipt.receiptId]: receipt } };
  }
  if ('attemptId' in event && !next.attempts[event.attemptId]) {
    const attempt = store.loadAttempt(event.attemptId);
    if (attempt) next = withSaleLoaded(store, next, attempt.saleId);
  }
  return next;
}

export function withSaleLoaded(store: Store, state: TillState, saleId: string): TillState {
  if (state.sales[saleId]) return state;
  const sale = store.loadSale(saleId);
  assert(sale, `sale ${saleId} is not in the database`);
  const attempts: Record<string, Attempt> = { ...state.attempts };
  for (const attemptId of sale.attemptIds) {
    const attempt = attempts[attemptId] ?? store.loadAttempt(attemptId);
    assert(attempt, `attempt ${attemptId} is not in the database`);
    attempts[attemptId] = attempt;
  }
  return { ...state, sales: { ...state.sales, [saleId]: sale }, attempts };
}

/** Forgets what has ended: memory stays bounded however long the till runs. */
export function prune(state: TillState): TillState {
  const alive = Object.values(state.attempts).filter(
    (attempt) => isBlocking(attempt) || isDeferredOpen(attempt),
  );
  const saleIds = new Set(alive.map((attempt) => attempt.saleId));
  if (state.currentSaleId !== null) saleIds.add(state.currentSaleId);
  const last = state.lastReceiptId === null ? undefined : state.receipts[state.lastReceiptId];
  if (last) saleIds.add(last.saleId);
  const isKept = Object.keys(state.sales).every((saleId) => saleIds.has(saleId));
  if (isKept) return state;
  return {
    ...state,
    sales: Object.fromEntries(Object.entries(state.sales).filter(([saleId]) => saleIds.has(saleId))),
    attempts: Object.fromEntries(Object.entries(state.attempts).filter(([, one]) => saleIds.has(one.saleId))),
    receipts: Object.fromEntries(Object.entries(state.receipts).filter(([, one]) => saleIds.has(one.saleId))),
  };
}

/** Codes of attempts that are now queued, sealed in the same commit. The vault has them: they were scanned just now. */
function sealQueued(
  store: Store,
  vault: CodeVault,
  state: TillState,
  attemptIds: Iterable<string>,
): SealedCode[] {
  const sealed: SealedCode[] = [];
  for (const attemptId of attemptIds) {
    const attempt = state.attempts[attemptId];
    if (attempt?.machine.state.kind !== 'queued' || store.sealedCode(attemptId) !== null) continue;
    const code = vault.get(attemptId);
    assert(code !== null, `attempt ${attemptId} is queued but its code is gone`);
    sealed.push(vault.seal(attempt, code));
  }
  return sealed;
}

export function applyEvent(
  deps: { store: Store; vault: CodeVault },
  before: TillState,
  event: TillEvent,
  surroundings: Surroundings,
  options: ApplyOptions,
): Applied {
  const loaded = hydrate(deps.store, before, event);
  const result = transition(loaded, event, surroundings);
  if (result.refusal !== null) return { state: before, refusal: result.refusal, head: null, changed: [] };
  const opened = result.records.find((record) => record.type === 'payment.opened');
  if (opened && options.code !== undefined) deps.vault.put(opened.body.attempt.attemptId, options.code);
  if (result.records.length === 0 && options.closeRowId === undefined) {
    return { state: before, refusal: null, head: null, changed: [] };
  }
  const touched = touchedBy(result.records);
  const moved = result.records.flatMap((record) =>
    record.type === 'payment.moved' ? [record.body.attemptId] : [],
  );
  const commit: Commit = {
    at: surroundings.now_iso,
    records: result.records,
    state: result.state,
    ...touched,
    closeRowIds: options.closeRowId === undefined ? [] : [options.closeRowId],
    closeReferences: moved,
    newRows: result.effects.flatMap((effect) => rowOf(effect) ?? []),
    sealedCodes: sealQueued(deps.store, deps.vault, result.state, touched.attemptIds),
    eraseCodes: result.effects.flatMap((effect) => (effect.kind === 'eraseCode' ? [effect.attemptId] : [])),
  };
  const head = deps.store.commit(commit);
  wipeSpent(deps.vault, result.state);
  return { state: prune(result.state), refusal: null, head, changed: [...touched.attemptIds] };
}

/** The vault keeps a code only while it may still be sent from memory. */
function wipeSpent(vault: CodeVault, state: TillState): void {
  for (const attemptId of vault.attemptIds()) {
    const kind = state.attempts[attemptId]?.machine.state.kind;
    if (kind !== 'authorizing' && kind !== 'held') vault.wipe(attemptId);
  }
}

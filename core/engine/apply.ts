// apply(event): one event, one pure transition, one synchronous commit. No await stands between reading state and commit.
import { assert } from '../domain/assert.ts';
import type { Surroundings, TillEffect, TillEvent } from '../domain/till/events.ts';
import type { ErrorText } from '../domain/till/reasons.ts';
import type { TillRecord } from '../domain/till/records.ts';
import { prune } from '../domain/till/living.ts';
import type { TillState } from '../domain/till/state.ts';
import { transition } from '../domain/till/transition.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { Commit, JournalHead, NewOutboxRow, SealedCode, Store } from '../ports/journal.ts';
import { hydrate } from './living.ts';

export type ApplyOptions = { closeRowId?: number; code?: string };

/** `changed`: the attempts and give-backs whose timers must be set anew. */
export type Applied = {
  state: TillState;
  refusal: ErrorText | null;
  head: JournalHead | null;
  changed: { attemptIds: string[]; giveBackIds: string[] };
};

const noChange = { attemptIds: [], giveBackIds: [] };

const deliveryClasses = {
  authorize: 'once',
  inquire: 'repeatable',
  reverse: 'repeatable',
  giveBack: 'keyed',
  askGiveBack: 'repeatable',
  openDrawer: 'at-most-once',
  print: 'mark-copy',
} as const;

function rowOf(effect: TillEffect): NewOutboxRow | null {
  if (effect.kind === 'eraseCode') return null;
  const deliveryClass = deliveryClasses[effect.kind];
  switch (effect.kind) {
    case 'print':
      return { kind: 'print', deliveryClass, reference: effect.receiptId, count: effect.copy };
    case 'openDrawer':
      return { kind: effect.kind, deliveryClass, reference: effect.openId, count: 0 };
    case 'giveBack':
    case 'askGiveBack':
      return { kind: effect.kind, deliveryClass, reference: effect.giveBackId, count: effect.count };
    case 'authorize':
      return { kind: effect.kind, deliveryClass, reference: effect.attemptId, count: 0 };
    default:
      return { kind: effect.kind, deliveryClass, reference: effect.attemptId, count: effect.count };
  }
}

type Touched = {
  saleIds: Set<string>;
  attemptIds: Set<string>;
  receiptIds: Set<string>;
  giveBackIds: Set<string>;
};

/** A record of a give-back changes its attempt, too, and one of an exception its sale: all of it is written again. */
function touchedBy(records: readonly TillRecord[], state: TillState): Touched {
  const touched: Touched = {
    saleIds: new Set(),
    attemptIds: new Set(),
    receiptIds: new Set(),
    giveBackIds: new Set(),
  };
  const touchAttempt = (attemptId: string) => {
    touched.attemptIds.add(attemptId);
    const saleId = state.attempts[attemptId]?.saleId;
    if (saleId !== undefined) touched.saleIds.add(saleId);
  };
  const touchGiveBack = (giveBackId: string) => {
    touched.giveBackIds.add(giveBackId);
    const attemptId = state.giveBacks[giveBackId]?.attemptId;
    if (attemptId !== undefined) touchAttempt(attemptId);
  };
  for (const { body } of records) {
    if ('saleId' in body) touched.saleIds.add(body.saleId);
    if ('attemptId' in body) touchAttempt(body.attemptId);
    if ('receiptId' in body) touched.receiptIds.add(body.receiptId);
    if ('attempt' in body) touchAttempt(body.attempt.attemptId);
    if ('giveBackId' in body) touchGiveBack(body.giveBackId);
    if ('giveBack' in body) touchGiveBack(body.giveBack.giveBackId);
    if ('return' in body) touched.saleIds.add(body.return.saleId);
    if ('returnId' in body) {
      for (const one of Object.values(state.giveBacks))
        if (one.returnId === body.returnId) touched.giveBackIds.add(one.giveBackId);
    }
  }
  return touched;
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

/** Whose open rows are of no more use: their state has moved on. */
function overtaken(records: readonly TillRecord[]): string[] {
  return records.flatMap((record) => {
    switch (record.type) {
      case 'payment.moved':
        return [record.body.attemptId];
      case 'giveBack.moved':
        return [record.body.giveBackId];
      case 'drawer.ended':
        return [record.body.openId];
      default:
        return [];
    }
  });
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
  if (result.refusal !== null)
    return { state: before, refusal: result.refusal, head: null, changed: noChange };
  const opened = result.records.find((record) => record.type === 'payment.opened');
  if (opened && options.code !== undefined) deps.vault.put(opened.body.attempt.attemptId, options.code);
  if (result.records.length === 0 && options.closeRowId === undefined) {
    return { state: before, refusal: null, head: null, changed: noChange };
  }
  const touched = touchedBy(result.records, result.state);
  const commit: Commit = {
    at: surroundings.now_iso,
    records: result.records,
    state: result.state,
    ...touched,
    closeRowIds: options.closeRowId === undefined ? [] : [options.closeRowId],
    closeReferences: overtaken(result.records),
    newRows: result.effects.flatMap((effect) => rowOf(effect) ?? []),
    sealedCodes: sealQueued(deps.store, deps.vault, result.state, touched.attemptIds),
    eraseCodes: result.effects.flatMap((effect) => (effect.kind === 'eraseCode' ? [effect.attemptId] : [])),
  };
  const head = deps.store.commit(commit);
  wipeSpent(deps.vault, result.state);
  return {
    state: prune(result.state),
    refusal: null,
    head,
    changed: { attemptIds: [...touched.attemptIds], giveBackIds: [...touched.giveBackIds] },
  };
}

/** The vault keeps a code only while it may still be sent from memory. */
function wipeSpent(vault: CodeVault, state: TillState): void {
  for (const attemptId of vault.attemptIds()) {
    const kind = state.attempts[attemptId]?.machine.state.kind;
    if (kind !== 'authorizing' && kind !== 'held') vault.wipe(attemptId);
  }
}

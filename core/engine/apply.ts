// apply: events, their pure transitions, one synchronous commit. No await stands between reading state and commit.
import { assert } from '../domain/assert.ts';
import { chainOf } from '../domain/giveback/chain.ts';
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
  present: 'repeatable',
  closePresented: 'repeatable',
  giveBack: 'keyed',
  askGiveBack: 'repeatable',
  openDrawer: 'at-most-once',
  print: 'mark-copy',
} as const;

function rowOf(effect: TillEffect, state: TillState): NewOutboxRow | null {
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
    case 'authorize': {
      // A queued payment is marked sent by the commit that lets it go; a cashier's by one of its own.
      const isForwarded = state.attempts[effect.attemptId]?.machine.deferred === true;
      const row = { kind: effect.kind, deliveryClass, reference: effect.attemptId, count: 0 } as const;
      return isForwarded ? { ...row, state: 'sent' } : row;
    }
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
  // What it took the place of, and what took its place, may be owed no more.
  const touchGiveBack = (giveBackId: string) => {
    const one = state.giveBacks[giveBackId];
    touched.giveBackIds.add(giveBackId);
    if (one === undefined) return;
    for (const linked of chainOf(state.giveBacks, one)) touched.giveBackIds.add(linked.giveBackId);
    touchAttempt(one.attemptId);
  };
  for (const { body } of records) {
    if ('saleId' in body) touched.saleIds.add(body.saleId);
    if ('attemptId' in body && body.attemptId !== null) touchAttempt(body.attemptId);
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

function isMovedBy(records: readonly TillRecord[]): (attemptId: string) => boolean {
  const moved = new Set(
    records.flatMap((record) => {
      if (record.type === 'payment.opened') return [record.body.attempt.attemptId];
      return record.type === 'payment.moved' ? [record.body.attemptId] : [];
    }),
  );
  return (attemptId) => moved.has(attemptId);
}

/** Codes of attempts that are now queued, sealed in the same commit. The vault has them: they were scanned just now. */
function sealQueued(
  store: Store,
  vault: CodeVault,
  state: TillState,
  attemptIds: Iterable<string>,
  isNew: (attemptId: string) => boolean,
): SealedCode[] {
  const sealed: SealedCode[] = [];
  for (const attemptId of attemptIds) {
    const attempt = state.attempts[attemptId];
    if (attempt?.machine.state.kind !== 'queued' || store.sealedCode(attemptId) !== null) continue;
    const code = vault.get(attemptId);
    // Its ciphertext was lost with a bad disk: the payment is named as an exception when its turn comes (E-OFF-10).
    if (code === null && !isNew(attemptId)) continue;
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

export type Applicable = { event: TillEvent; options: ApplyOptions };

/** What a run of events comes to: the state after them, and everything that goes into their one commit. */
type Outcome = {
  state: TillState;
  records: TillRecord[];
  effects: TillEffect[];
  closeRowIds: number[];
  refusal: ErrorText | null;
};

/** Applies one event to what has come out so far. A refused one leaves it as it was. */
function advance(
  deps: { store: Store; vault: CodeVault },
  before: Outcome,
  { event, options }: Applicable,
  surroundings: Surroundings,
): Outcome {
  const loaded = hydrate(deps.store, before.state, event);
  const { state, records, effects, refusal } = transition(loaded, event, surroundings);
  if (refusal !== null) return { ...before, refusal };
  const opened = records.find((record) => record.type === 'payment.opened');
  if (opened && options.code !== undefined) deps.vault.put(opened.body.attempt.attemptId, options.code);
  const closeRowIds = options.closeRowId === undefined ? [] : [options.closeRowId];
  return {
    state: records.length === 0 ? before.state : state,
    records: [...before.records, ...records],
    effects: [...before.effects, ...effects],
    closeRowIds: [...before.closeRowIds, ...closeRowIds],
    refusal: null,
  };
}

/**
 * Applies events in their order and commits what came of them at once. Several only where none of them undoes rows that
 * another has just made: results of forwarding, each of another payment (DESIGN section 3). `refusal` is the last one's.
 */
export function applyEvents(
  deps: { store: Store; vault: CodeVault },
  before: TillState,
  events: readonly Applicable[],
  surroundings: Surroundings,
): Applied {
  const nothing: Outcome = { state: before, records: [], effects: [], closeRowIds: [], refusal: null };
  const outcome = events.reduce((so, one) => advance(deps, so, one, surroundings), nothing);
  const { state, records, effects, closeRowIds, refusal } = outcome;
  if (records.length === 0 && closeRowIds.length === 0)
    return { state: before, refusal, head: null, changed: noChange };
  const touched = touchedBy(records, state);
  const commit: Commit = {
    at: surroundings.now_iso,
    records,
    state,
    ...touched,
    closeRowIds,
    closeReferences: overtaken(records),
    newRows: effects.flatMap((effect) => rowOf(effect, state) ?? []),
    sealedCodes: sealQueued(deps.store, deps.vault, state, touched.attemptIds, isMovedBy(records)),
    eraseCodes: effects.flatMap((effect) => (effect.kind === 'eraseCode' ? [effect.attemptId] : [])),
  };
  const head = deps.store.commit(commit);
  wipeSpent(deps.vault, state);
  return {
    state: prune(state),
    refusal,
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

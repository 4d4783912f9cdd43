// The till's own word about each payment, read from its journal's file beside the running core. Reads only.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GiveBack } from '../../../core/domain/giveback/give-back.ts';
import { isGiveBackProven } from '../../../core/domain/giveback/machine.ts';
import { isProven } from '../../../core/domain/payment/state.ts';
import type { Attempt } from '../../../core/domain/till/state.ts';
import { openSql, type Sql } from '../../../db/open.ts';
import type { NextStep, TillWord } from '../../../fixtures/lab/shared/words.ts';

const ROUNDS = 5;

function nextOf({ machine: { state, due } }: Attempt): NextStep | null {
  const at_ms = due?.at_ms ?? null;
  switch (state.kind) {
    case 'authorizing':
      return { what: 'awaitAnswer', at_ms, count: 0 };
    case 'awaitingCustomer':
      return { what: 'askCustomer', at_ms, count: state.inquiries + 1 };
    case 'unknown':
    case 'inquiring':
      return { what: 'inquire', at_ms, count: state.inquiries + 1 };
    case 'reversing':
      return {
        what: state.phase === 'asking' || state.phase === 'waiting' ? 'reverse' : 'check',
        at_ms,
        count: state.reversals + 1,
      };
    case 'presenting':
      return { what: 'askCustomer', at_ms, count: state.inquiries + 1 };
    case 'closing':
      return { what: 'close', at_ms, count: state.closings + 1 };
    case 'queued':
    case 'held':
      return { what: 'send', at_ms: null, count: 1 };
    case 'disputed':
      return { what: 'person', at_ms: null, count: 0 };
    case 'approved':
    case 'declined':
    case 'notSent':
    case 'expiredUnsent':
    case 'reversed':
    case 'closed':
      return null;
  }
}

function wordOf(attempt: Attempt, giveBacks: readonly GiveBack[]): TillWord {
  const sum_fen = (ones: readonly GiveBack[]) => ones.reduce((sum, one) => sum + one.amount_fen, 0);
  const open = giveBacks.filter((one) => !isGiveBackProven(one.machine.state));
  const { state } = attempt.machine;
  const proven = isProven(state);
  const giving = open[0];
  return {
    orderNumber: attempt.orderNumber,
    openedAt_ms: attempt.openedAt_ms,
    scheme: attempt.scheme,
    codeMask: attempt.codeMask,
    amount_fen: attempt.amount_fen,
    state: state.kind,
    isProven: proven,
    isDeferred: attempt.wasDeferred,
    givenBack_fen: sum_fen(giveBacks.filter((one) => one.machine.state.kind === 'done')),
    givingBack_fen: sum_fen(open),
    next:
      proven && giving !== undefined
        ? { what: 'giveBack', at_ms: giving.machine.due?.at_ms ?? null, count: 1 }
        : nextOf(attempt),
  };
}

function bodies<Type>(sql: Sql, query: string): Type[] {
  return (sql.prepare(query).all() as { body: string }[]).map((row) => JSON.parse(row.body) as Type);
}

function sequenceOf(sql: Sql): number {
  const row = sql.prepare('SELECT max(sequence) AS sequence FROM journal').get() as {
    sequence: number | null;
  };
  return row.sequence ?? 0;
}

function wordsOf(sql: Sql): TillWord[] {
  const attempts = bodies<Attempt>(sql, 'SELECT body FROM attempt ORDER BY attempt_id');
  const giveBacks = Map.groupBy(
    bodies<GiveBack>(sql, 'SELECT body FROM give_back ORDER BY give_back_id'),
    (one) => one.attemptId,
  );
  return attempts.map((attempt) => wordOf(attempt, giveBacks.get(attempt.attemptId) ?? []));
}

/** The core makes all tables in one commit: the last one is there when all are. */
function hasBooks(sql: Sql): boolean {
  const found = sql.prepare("SELECT count(*) AS count FROM sqlite_master WHERE name = 'give_back'").get();
  return (found as { count: number }).count === 1;
}

/**
 * The till's words, and what `look` reads while the journal stands still: both are of the same moment. Null before the
 * first journal, or when it moved at each try.
 */
export function readTogether<Other>(
  stateDirectory: string,
  look: () => Other,
): { till: TillWord[]; other: Other } | null {
  const file = join(stateDirectory, 'journal.db');
  if (!existsSync(file)) return null;
  const sql = openSql(file, { readonly: true });
  try {
    if (!hasBooks(sql)) return null;
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = sequenceOf(sql);
      const till = wordsOf(sql);
      const other = look();
      if (sequenceOf(sql) === before) return { till, other };
    }
    return null;
  } finally {
    sql.close();
  }
}

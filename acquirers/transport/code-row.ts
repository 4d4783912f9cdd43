// One row of an acquirer's error table: what a code says, what it proves as the answer to which call, and where that is written. Pure.
import type { DeclineReason } from '../../core/domain/payment/state.ts';

export type Operation =
  | 'pay'
  | 'query'
  | 'reverse'
  | 'void'
  | 'refund'
  | 'present'
  | 'close'
  | 'refundQuery'
  | 'signIn';

export type Proof =
  /** Of pay: not taken. Of present: this request made no code, and never will. */
  | { kind: 'declined'; reason: DeclineReason }
  /**
   * Of a void or refund: not given back, and never by this request. Of a reversal or closing: asking again changes nothing. Of a sign-in:
   * this terminal, as it is configured, is not wanted. `perhapsBack`, of a refund: such a code also comes where the money has gone back
   * by other means, from the merchant's platform say: that this request gives nothing back is all that it proves.
   */
  | { kind: 'refused'; perhapsBack?: true }
  /** Taken, and not decided: somebody is paying, or it is being given back. */
  | { kind: 'processing' }
  /** No such order or request. What it is worth depends on who asks, and when: the request may still be on its way. */
  | { kind: 'absent' }
  /** Of a reversal: the order is over already. It counts as acknowledged, and a look follows. */
  | { kind: 'over' }
  /**
   * It proves nothing, and is named here so that nobody takes it for more. A code without a row is treated the same. `saysPaid`: the acquirer
   * takes the order for paid. `perhapsBack`, of a void or refund: the money has gone back, by a copy of this request, which the query finds, or
   * by other means.
   */
  | { kind: 'inDoubt'; why: string; saysPaid?: true; perhapsBack?: true };

export type CodeRow = {
  code: string;
  operation: Operation;
  meaning_zh: string;
  proves: Proof;
  /** Tags of the sources, parted by spaces; each table spells its tags out. */
  source: string;
};

export type CodeTable = {
  rows: readonly CodeRow[];
  /** What each tag stands for. */
  sources: Readonly<Record<string, string>>;
};

export const declined = (reason: DeclineReason): Proof => ({ kind: 'declined', reason });
export const inDoubt = (why: string): Proof => ({ kind: 'inDoubt', why });
export const paidInDoubt = (why: string): Proof => ({ kind: 'inDoubt', why, saysPaid: true });
export const backInDoubt = (why: string): Proof => ({ kind: 'inDoubt', why, perhapsBack: true });
export const refused: Proof = { kind: 'refused' };
export const refusedOrBack: Proof = { kind: 'refused', perhapsBack: true };
export const processing: Proof = { kind: 'processing' };
export const absent: Proof = { kind: 'absent' };
export const over: Proof = { kind: 'over' };

/** What the acquirer means, what it proves, the sources. */
type Entry = readonly [meaning_zh: string, proves: Proof, source: string];

/** An object, so that a code that stands twice for one call is a type error. */
export function rowsOf(operation: Operation, entries: Readonly<Record<string, Entry>>): CodeRow[] {
  return Object.entries(entries).map(([code, [meaning_zh, proves, source]]) => ({
    code,
    operation,
    meaning_zh,
    proves,
    source,
  }));
}

export function declinesIn(
  rows: readonly CodeRow[],
  operation: 'pay' | 'present',
): Readonly<Record<string, DeclineReason>> {
  const found = rows.flatMap(({ code, operation: of, proves }) =>
    of === operation && proves.kind === 'declined' ? [[code, proves.reason] as const] : [],
  );
  return Object.fromEntries(found);
}

export type Undecided = { kind: 'undecided'; code: string; saysPaid?: true };

/** What an answer to present comes to that made no code, and refused none. */
export function undecidedIn(rows: readonly CodeRow[]): (code: string) => Undecided {
  const paid = new Set(
    rows.flatMap(({ code, operation, proves }) =>
      operation === 'present' && proves.kind === 'inDoubt' && proves.saysPaid ? [code] : [],
    ),
  );
  return (code) => ({ kind: 'undecided', code, ...(paid.has(code) && { saysPaid: true }) });
}

export function codesThat(
  rows: readonly CodeRow[],
  operation: Operation,
  kind: Proof['kind'],
): ReadonlySet<string> {
  const found = rows.filter((row) => row.operation === operation && row.proves.kind === kind);
  return new Set(found.map(({ code }) => code));
}

/** Of a void or refund: refused because its money is back, by this request or another one. */
export function backAlreadyIn(rows: readonly CodeRow[]): ReadonlySet<string> {
  const found = rows.filter(
    ({ operation, proves }) =>
      (operation === 'void' || operation === 'refund') && proves.kind === 'inDoubt' && proves.perhapsBack,
  );
  return new Set(found.map(({ code }) => code));
}

export type Refusal = { kind: 'refused'; code: string; perhapsBack?: true };

/** The refusals of a refund, by its answer or its query; null: this code is none. */
export function refusalsIn(
  rows: readonly CodeRow[],
  by: 'refund' | 'refundQuery' = 'refund',
): (code: string) => Refusal | null {
  const found = new Map(
    rows.flatMap(({ code, operation, proves }) =>
      operation === by && proves.kind === 'refused' ? [[code, proves] as const] : [],
    ),
  );
  return (code) => {
    const proof = found.get(code);
    return proof === undefined
      ? null
      : { kind: 'refused', code, ...(proof.perhapsBack && { perhapsBack: true }) };
  };
}

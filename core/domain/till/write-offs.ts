// What was written off stands for the payment that it was written off of, and for no other: its own money takes it back, or that of a
// try which was opened in its place, and nothing else does. Pure.
import { assert } from '../assert.ts';
import { sum_fen } from '../money.ts';
import { isProven } from '../payment/state.ts';
import type { Sale } from '../sale/sale.ts';
import type { Draft } from './draft.ts';
import { attemptsOf, covered_fen, lostBy, missing_fen, placesOf, promisedAnew } from './queries.ts';
import type { Attempt, LostPart, TillState } from './state.ts';

/** What a new try for so much pays anew: what its sale has lost by now and no other try on trust has promised, the oldest first. */
export function placesFor(state: TillState, sale: Sale, amount_fen: number): LostPart[] {
  const promised = promisedAnew(attemptsOf(state, sale));
  const oldestFirst = [...lostBy(state)].reverse();
  const places: LostPart[] = [];
  let left_fen = amount_fen;
  for (const [attemptId, lost_fen] of oldestFirst) {
    if (state.exceptions[attemptId]?.saleId !== sale.saleId) continue;
    const part_fen = Math.min(left_fen, Math.max(0, lost_fen - (promised.get(attemptId) ?? 0)));
    if (part_fen > 0) places.push({ attemptId, amount_fen: part_fen });
    left_fen -= part_fen;
  }
  return places;
}

function saleOf({ state }: Draft, saleId: string): Sale {
  const sale = state.sales[saleId];
  assert(sale, `sale ${saleId} is not loaded`);
  return sale;
}

type Cause = { saleId: string; paidBy: string; at_ms: number };

function takeBack(draft: Draft, attemptId: string | null, amount_fen: number, cause: Cause): void {
  if (amount_fen <= 0) return;
  draft.record({ type: 'writeOff.takenBack', body: { ...cause, attemptId, amount_fen } });
}

function ofAttempt_fen({ state }: Draft, attemptId: string): number {
  return state.attempts[attemptId]?.writtenOff_fen ?? 0;
}

/** Written off by records that did not tell how much of which payment. */
function untold_fen(draft: Draft, saleId: string): number {
  const sale = saleOf(draft, saleId);
  const told = attemptsOf(draft.state, sale).map((one) => one.writtenOff_fen ?? 0);
  return sale.writtenOff_fen - sum_fen(told);
}

/** Found charged after it had been lost, and nobody looks after it: such a record wrote it off. */
function wasUntold(draft: Draft, before: Attempt): boolean {
  const isLate = before.wasDeferred && isProven(before.machine.state);
  return (
    isLate && before.writtenOff_fen === undefined && draft.state.exceptions[before.attemptId] === undefined
  );
}

/** More is written off than is missing: as records of before wrote off the whole of a payment that was collected in part. */
export function takeBackExcess(draft: Draft, { saleId, attemptId: paidBy }: Attempt, at_ms: number): void {
  const cause = { saleId, paidBy, at_ms };
  const excess_fen = () => {
    const sale = saleOf(draft, saleId);
    return sale.writtenOff_fen === 0 ? 0 : sale.writtenOff_fen - missing_fen(draft.state, sale);
  };
  if (excess_fen() <= 0) return;
  takeBack(draft, null, Math.min(excess_fen(), untold_fen(draft, saleId)), cause);
  for (const attemptId of saleOf(draft, saleId).attemptIds)
    takeBack(draft, attemptId, Math.min(excess_fen(), ofAttempt_fen(draft, attemptId)), cause);
}

/** `before`: a payment that has just been approved, as it was; what of it its sale does not need goes back already. */
export function takeBackWriteOffs(draft: Draft, before: Attempt, at_ms: number): void {
  const { attemptId: paidBy, saleId } = before;
  const sale = saleOf(draft, saleId);
  const attempt = draft.state.attempts[paidBy];
  if (attempt === undefined || sale.writtenOff_fen === 0) return;
  const cause = { saleId, paidBy, at_ms };
  let left_fen = covered_fen(attempt);
  const own = { attemptId: paidBy, amount_fen: ofAttempt_fen(draft, paidBy) };
  for (const { attemptId, amount_fen } of [own, ...placesOf(attempt, attemptsOf(draft.state, sale))]) {
    const part_fen = Math.min(left_fen, amount_fen, ofAttempt_fen(draft, attemptId));
    takeBack(draft, attemptId, part_fen, cause);
    left_fen -= part_fen;
  }
  if (wasUntold(draft, before)) takeBack(draft, null, Math.min(left_fen, untold_fen(draft, saleId)), cause);
  takeBackExcess(draft, attempt, at_ms);
}

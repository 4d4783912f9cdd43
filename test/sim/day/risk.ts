// Goods gone, outcome unproven: what the till says of it, recomputed from records alone.
import { exposure } from '../../../core/domain/till/queries.ts';
import type { TillState } from '../../../core/domain/till/state.ts';
import { isEndedKind, type Ledger } from '../ledger.ts';
import { holds } from './failure.ts';

/** @returns the total, in fen. @throws Violation where the till says another total, count or age. */
export function checkExposure({ payments }: Ledger, state: TillState): number {
  const open = [...payments.values()].filter(({ deferred, kind }) => deferred && !isEndedKind(kind));
  const total_fen = open.reduce((sum, { amount_fen }) => sum + amount_fen, 0);
  const oldest_ms = open.length === 0 ? null : Math.min(...open.map((one) => one.openedAt_ms));
  const shown = exposure(state);
  holds(
    'exposureIsTrue',
    shown.total_fen === total_fen && shown.count === open.length && shown.oldest_ms === oldest_ms,
    () => `exposure ${JSON.stringify(shown)}, recomputed ${total_fen} fen of ${open.length}, ${oldest_ms}`,
  );
  return total_fen;
}

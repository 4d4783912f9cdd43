// The small sums that postings are made of. Pure.
import type { CountAndAmount, LateRow } from '../../../contract/report.ts';
import type { TillState } from '../till/state.ts';
import { newCashier, type Period } from './period.ts';

/** The state around the record: what it found and what it left. */
export type Around = { before: TillState; after: TillState };

export function plus(total: CountAndAmount, amount_fen: number, count = 1): CountAndAmount {
  return { count: total.count + count, amount_fen: total.amount_fen + amount_fen };
}

export function withLate(period: Period, row: LateRow): Period {
  return row.originalZ < period.zNumber ? { ...period, late: [...period.late, row] } : period;
}

export function withControl(period: Period, counter: CountedControl): Period {
  return { ...period, control: { ...period.control, [counter]: period.control[counter] + 1 } };
}

export type CountedControl = Exclude<keyof Period['control'], 'cancelledSales' | 'voids'>;
type Cashier = Period['cashiers'][string];

export function withCashier(
  period: Period,
  operatorId: string,
  change: (cashier: Cashier) => Cashier,
): Period {
  const cashier = change(period.cashiers[operatorId] ?? newCashier);
  return { ...period, cashiers: { ...period.cashiers, [operatorId]: cashier } };
}

/** Somebody else, a manager, approved it in place. */
export function withOverride(
  period: Period,
  { operatorId, approverId }: { operatorId: string; approverId: string | null },
): Period {
  if (approverId === null || approverId === operatorId) return period;
  return withCashier(withControl(period, 'overrides'), operatorId, (cashier) => ({
    ...cashier,
    overrides: cashier.overrides + 1,
  }));
}

// A state directory as a restore leaves it: a sale, a backup, two sales that only the damaged journal knew, and the real restore.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '../../db/backup.ts';
import { restoreState } from '../../db/restore.ts';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';

/** `receiptNumber`: of the sale before the backup. `lost`: the records that only the damaged journal held. */
export type RestoredState = { receiptNumber: string; lost: { first: number; last: number } };

/** One bottle, paid; the number of its receipt. */
function sellOne(till: DrivenTill, code: string): string {
  till.answer(till.sell(code), { kind: 'approved', proof });
  const { sales, currentSaleId } = till.engine.state;
  const number = sales[currentSaleId ?? '']?.receiptNumber ?? '';
  till.engine.ask({ kind: 'saleLeft' });
  return number;
}

export function makeRestoredState(state: string): RestoredState {
  const till = openDrivenTill(state);
  till.route(true);
  const receiptNumber = sellOne(till, '130123456789012345');
  const made = makeBackup({ state, directory: `${state}-backups`, keep: 5, at: new Date().toISOString() });
  if (!made.ok) throw new Error(made.detail);
  sellOne(till, '130123456789012346');
  sellOne(till, '130123456789012347');
  till.close();
  writeFileSync(join(state, 'journal.db'), 'no journal any more');
  const done = restoreState({ state, from: made.backup.file, now_ms: Date.now(), leastEpoch: 1 });
  const last = done.lost?.sequence ?? 0;
  if (last <= made.backup.sequence) throw new Error('nothing was lost: there is nothing to show');
  return { receiptNumber, lost: { first: made.backup.sequence + 1, last } };
}

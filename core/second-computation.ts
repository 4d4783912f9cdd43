// Feeds the second computation (audit/) with the journal's own rows, page by page, as far as it has not seen them yet.
import { createAudit } from '../audit/audit.ts';
import { differences } from '../audit/differences.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/journal.ts';
import type { SecondComputation } from './rpc/closing.ts';

const PAGE_rows = 1000;
/** A start reads the whole journal again, a little at a time, so that nobody waits for it at the counter or at the close. */
const WARM_rows = 100;
const WARM_every_ms = 20;

export function createSecondComputation(
  store: Pick<Store, 'journalAfter'>,
): SecondComputation & { warm(clock: Pick<Clock, 'after'>): void } {
  const audit = createAudit();
  let last = 0;
  function takeRows(limit: number): boolean {
    const rows = store.journalAfter(last, limit);
    for (const row of rows) audit.take(row);
    last = rows.at(-1)?.sequence ?? last;
    return rows.length === limit;
  }
  const warm = (clock: Pick<Clock, 'after'>): void => {
    clock.after(WARM_every_ms, () => {
      if (takeRows(WARM_rows)) warm(clock);
    });
  };
  return {
    warm,
    catchUp: () => {
      while (takeRows(PAGE_rows));
    },
    report: (facts) => audit.report(facts),
    faults: () => audit.faults,
    differences: (ours, second) => differences(ours, second),
  };
}

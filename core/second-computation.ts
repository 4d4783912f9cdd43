// Feeds the second computation (audit/) with the journal's own rows, page by page, as far as it has not seen them yet.
import { createAudit } from '../audit/audit.ts';
import { differences } from '../audit/differences.ts';
import type { Store } from './ports/journal.ts';
import type { SecondComputation } from './rpc/closing.ts';

const PAGE_rows = 1000;

export function createSecondComputation(store: Pick<Store, 'journalAfter'>): SecondComputation {
  const audit = createAudit();
  let last = 0;
  return {
    catchUp: () => {
      for (;;) {
        const rows = store.journalAfter(last, PAGE_rows);
        for (const row of rows) audit.take(row);
        const end = rows.at(-1);
        if (!end) return;
        last = end.sequence;
      }
    },
    report: (facts) => audit.report(facts),
    faults: () => audit.faults,
    differences: (ours, second) => differences(ours, second),
  };
}

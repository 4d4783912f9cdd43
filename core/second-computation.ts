// Feeds the second computation (audit/) with the journal's own rows, page by page, as far as it has not seen them yet.
import { createAudit } from '../audit/audit.ts';
import { differences } from '../audit/differences.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/journal.ts';
import type { SecondComputation } from './rpc/closing.ts';

const PAGE_rows = 1000;
/**
 * A start reads the whole journal again, so that nobody waits for it at the close: in slices that end by the clock, so that
 * nobody waits for it at the counter either.
 */
const SLICE_ms = 8;
const SLICE_PAGE_rows = 50;
/** The first screen comes before it. */
const FIRST_ms = 1000;
const PAUSE_ms = 1;
/** While somebody is served. */
const PAUSE_SERVING_ms = 20;
/** When all is read: what has come since. */
const FOLLOW_ms = 10_000;

type ReadingParts = { clock: Pick<Clock, 'after' | 'steady_ms'>; isServing(): boolean };

type Reading = { start(): void; stop(): void };

/** `reading` reads on by itself, from its start to its stop. */
export function createSecondComputation(
  store: Pick<Store, 'journalAfter' | 'head'>,
): SecondComputation & { reading(parts: ReadingParts): Reading } {
  const audit = createAudit();
  let last = 0;
  function takeRows(limit: number): boolean {
    const rows = store.journalAfter(last, limit);
    for (const row of rows) audit.take(row);
    last = rows.at(-1)?.sequence ?? last;
    return rows.length === limit;
  }
  /** True: there is more. */
  function takeSlice({ steady_ms }: Pick<Clock, 'steady_ms'>): boolean {
    const end_ms = steady_ms() + SLICE_ms;
    while (takeRows(SLICE_PAGE_rows)) if (steady_ms() >= end_ms) return true;
    return false;
  }
  return {
    reading: ({ clock, isServing }) => {
      let cancel = (): void => undefined;
      const readAfter = (wait_ms: number): void => {
        cancel = clock.after(wait_ms, () => {
          const pause_ms = isServing() ? PAUSE_SERVING_ms : PAUSE_ms;
          readAfter(takeSlice(clock) ? pause_ms : FOLLOW_ms);
        });
      };
      return { start: () => readAfter(FIRST_ms), stop: () => cancel() };
    },
    progress: () => {
      const { sequence } = store.head();
      const percent = sequence === 0 ? 100 : Math.floor((last / sequence) * 100);
      return { unread: sequence - last, percent };
    },
    catchUp: () => {
      while (takeRows(PAGE_rows));
    },
    report: (facts) => audit.report(facts),
    faults: () => audit.faults,
    differences: (ours, second) => differences(ours, second),
  };
}

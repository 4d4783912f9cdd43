// What a report says of a restore from a backup, in words: among the figures it is a row of record numbers and a clock's count.
import type { Report } from '../../contract/report.ts';
import { shanghaiText } from './time.ts';

type Restored = NonNullable<Report['restored']>;

function lostText({ sequence, lostSequence }: Restored): string {
  if (lostSequence === null) return 'nobody knows how far it was written';
  return lostSequence > sequence
    ? `records ${sequence + 1} to ${lostSequence} were lost`
    : 'no record is known to be lost';
}

/** No line where the till was not restored. */
export function restoredLines({ restored }: Report): string[] {
  if (restored === undefined) return [];
  const { at_ms, sequence, confirmed } = restored;
  const end =
    confirmed === null
      ? 'IN QUARANTINE: a manager compares with the acquirer, then confirms'
      : `confirmed by ${confirmed.operatorId} at ${shanghaiText(confirmed.at_ms)}: ${confirmed.reason}`;
  return [
    `RESTORED FROM A BACKUP at ${shanghaiText(at_ms)}, up to record ${sequence}; ${lostText(restored)}`,
    end,
  ];
}

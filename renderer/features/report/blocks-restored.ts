// The block of a report that says the till was restored from a backup: what was lost, and whether somebody has compared it.
import type { Translate } from '../../i18n/index.ts';
import type { Report } from '../../../contract/report.ts';
import { formatDay } from '../../lib/format.ts';
import { lostOf } from '../../lib/lost.ts';
import type { Block, Row } from './block.ts';
import type { Names } from './blocks-money.ts';

type Restored = NonNullable<Report['restored']>;

function lostText(restored: Restored, t: Translate): string {
  const lost = lostOf(restored);
  if (lost.kind === 'some') return `${lost.first} – ${lost.last}`;
  if (lost.kind === 'none') return t('report.none');
  return t('restore.unknown');
}

/** A reason is up to 60 characters long: it has a row to itself, where it may wrap. */
function confirmedRows(confirmed: Restored['confirmed'], t: Translate, names: Names): Row[] {
  if (confirmed === null) return [{ label: t('restore.quarantined'), values: [], isStrong: true }];
  const { operatorId, at_ms, reason } = confirmed;
  return [
    { label: t('restore.confirmedBy'), values: [`${names.operator(operatorId)} · ${formatDay(at_ms)}`] },
    { label: t('restore.confirmedReason', { reason }), values: [] },
  ];
}

/** None where the till was not restored: then there is nothing to say. */
export function restoredBlocks({ restored }: Report, t: Translate, names: Names): Block[] {
  if (restored === undefined) return [];
  const { at_ms, sequence, lostSequence, confirmed } = restored;
  return [
    {
      title: t('restore.block'),
      isAlarming: confirmed === null,
      rows: [
        { label: t('restore.restoredAt'), values: [formatDay(at_ms)] },
        { label: t('restore.backupEnd'), values: [String(sequence)] },
        {
          label: t('restore.writtenTo'),
          values: [lostSequence === null ? t('restore.unknown') : String(lostSequence)],
        },
        { label: t('restore.lost'), values: [lostText(restored, t)] },
        ...confirmedRows(confirmed, t, names),
      ],
    },
  ];
}

// A shift was closed: what was counted, what should have been there, and the difference in words and sign.
import { useWords } from '../../i18n/index.ts';
import type { ShiftClosed } from '../../../contract/commands.ts';
import { formatYuan } from '../../lib/format.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

function Difference({ overShort_fen }: { overShort_fen: number }) {
  const t = useWords();
  if (overShort_fen === 0) {
    return <StateCard tone="ok" mark="tick" title={t('shift.even')} lines={[t('shift.evenBody')]} />;
  }
  const amount = formatYuan(Math.abs(overShort_fen));
  if (overShort_fen > 0) {
    return (
      <StateCard tone="wait" mark="alert" title={t('shift.over', { amount })} lines={[t('shift.overBody')]} />
    );
  }
  return (
    <StateCard tone="no" mark="alert" title={t('shift.short', { amount })} lines={[t('shift.shortBody')]} />
  );
}

export function ShiftClosedScreen({ closed, onDone }: { closed: ShiftClosed; onDone: () => void }) {
  const t = useWords();
  const { counted_fen, expected_fen, overShort_fen } = closed;
  const sign = overShort_fen > 0 ? '+' : '';
  return (
    <TwoColumns
      left={
        <Page title={t('shift.closedTitle')} body={t('shift.closedBody')}>
          <Difference overShort_fen={overShort_fen} />
          <Facts
            size="text-[1.75rem]"
            facts={[
              { label: t('shift.countedSum'), value: formatYuan(counted_fen) },
              { label: t('shift.expected'), value: formatYuan(expected_fen) },
              {
                label: t('shift.difference'),
                value: `${sign}${formatYuan(overShort_fen)}`,
                isStrong: true,
              },
            ]}
          />
        </Page>
      }
      right={<p className="text-[1.25rem] text-ink-2">{t('shift.closedNext')}</p>}
      keys={
        <Key look="main" className="col-span-2" label={t('pad.done')} shortcut="Enter" onPress={onDone} />
      }
    />
  );
}

// What a manager must know before he ends a quarantine: in words on the left, in numbers on the right.
import { errorTexts } from '../../../contract/error-texts.ts';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatDay } from '../../lib/format.ts';
import { lostOf } from '../../lib/lost.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';

type Props = { restored: NonNullable<Snapshot['restored']> };

function useLost({ restored }: Props) {
  const t = useWords();
  const lost = lostOf(restored);
  switch (lost.kind) {
    case 'some': {
      const { first, last } = lost;
      return { sentence: t('restore.sentenceSome', { first, last }), number: `${first} – ${last}` };
    }
    case 'none':
      return { sentence: t('restore.sentenceNone'), number: t('report.none') };
    case 'unknown':
      return { sentence: t('restore.sentenceUnknown'), number: t('restore.unknown') };
  }
}

export function RestoreStory({ restored }: Props) {
  const t = useWords();
  const { sentence } = useLost({ restored });
  const texts = errorTexts[useLanguage()];
  const { at_ms, sequence } = restored;
  return (
    <Page title={texts['E-RST-02'].what} body={t('restore.body')} isDense>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto pb-2">
        <StateCard
          tone="no"
          mark="alert"
          title={t('restore.happened')}
          lines={[t('restore.happenedAt', { time: formatDay(at_ms), sequence }), <b key="b">{sentence}</b>]}
          code="E-RST-02"
          isSmall
        />
        <StateCard
          tone="wait"
          mark="cross"
          title={t('restore.means')}
          lines={[texts['E-OFF-13'].what, texts['E-RET-06'].what, t('restore.meansGoesOn')]}
          isSmall
        />
        <StateCard
          tone="info"
          mark="clock"
          title={t('restore.before')}
          lines={[t('restore.beforeBill'), t('restore.beforePaper')]}
          isSmall
        />
      </div>
    </Page>
  );
}

export function RestoreFacts({ restored }: Props) {
  const t = useWords();
  const { number } = useLost({ restored });
  const { at_ms, sequence, lostSequence } = restored;
  return (
    <Facts
      facts={[
        { label: t('restore.restoredAt'), value: formatDay(at_ms) },
        { label: t('restore.backupEnd'), value: sequence },
        { label: t('restore.writtenTo'), value: lostSequence ?? t('restore.unknown') },
        { label: t('restore.lost'), value: number, isStrong: true },
      ]}
    />
  );
}

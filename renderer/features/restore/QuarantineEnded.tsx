// The quarantine has ended: what can be done again, and where it stands written.
import { useWords } from '../../i18n/index.ts';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

export function QuarantineEnded({ onClose }: { onClose: () => void }) {
  const t = useWords();
  return (
    <TwoColumns
      left={
        <Page title={t('restore.block')}>
          <StateCard
            tone="ok"
            mark="tick"
            title={t('restore.ended')}
            lines={[t('restore.endedBody'), t('restore.endedReports')]}
          />
        </Page>
      }
      right={<></>}
      keys={
        <Key look="main" className="col-span-2" label={t('pad.done')} shortcut="Enter" onPress={onClose} />
      }
    />
  );
}

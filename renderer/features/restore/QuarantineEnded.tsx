// The quarantine has ended: what can be done again, and where it stands written.
import { useWords } from '../../i18n/index.ts';
import { DonePage } from '../../ui/DonePage.tsx';

export function QuarantineEnded({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const lines = [t('restore.endedBody'), t('restore.endedReports')];
  return <DonePage title={t('restore.block')} done={t('restore.ended')} lines={lines} onDone={onClose} />;
}

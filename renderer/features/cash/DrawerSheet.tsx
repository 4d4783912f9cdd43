// The drawer without a sale: only with a reason, which is kept, and a manager's word.
import { reasons } from '../../i18n/reasons.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import { useScreenState, useTill } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';

export function DrawerSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { approvals } = useTill();
  const { snapshot } = useScreenState();
  // As it was when somebody asked for it: another opening since may have been this one.
  const [after] = useState(snapshot?.counts.drawerOpens ?? 0);
  return (
    <Choices
      title={t('drawer.title')}
      body={t('drawer.body')}
      choices={reasons[useLanguage()].drawer}
      onChoose={(reason) => {
        onClose();
        void approvals.send('drawer.open', { reason, after });
      }}
      onClose={onClose}
    />
  );
}

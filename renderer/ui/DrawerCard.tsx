// The drawer did not open, or nobody knows whether it did: said until the next pulse, with the key for it.
import { useTranslation } from 'react-i18next';
import { errorTexts } from '../../contract/error-texts.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { reasons } from '../i18n/reasons.ts';
import { useLanguage } from '../i18n/index.ts';
import { useTill } from '../lib/till.tsx';
import { Key } from './Key.tsx';
import { StateCard } from './StateCard.tsx';

export function DrawerCard({ drawer }: { drawer: Snapshot['drawer'] }) {
  const { t } = useTranslation();
  const { approvals } = useTill();
  const language = useLanguage();
  if (drawer === 'opening') return <p className="px-1 text-[1.25rem]">{t('drawer.opening')}</p>;
  if (drawer !== 'failed' && drawer !== 'unknown') return null;
  const code = drawer === 'failed' ? 'E-CASH-05' : 'E-CASH-06';
  const text = errorTexts[language][code];
  // The third reason of the list: it did not open before.
  const reason = reasons[language].drawer[2] ?? '';
  return (
    <>
      <StateCard
        tone={drawer === 'failed' ? 'no' : 'wait'}
        mark={drawer === 'failed' ? 'cross' : 'question'}
        title={text.what}
        lines={[`${text.money} ${text.todo}`]}
        isSmall
        code={code}
      />
      <Key
        size="small"
        label={t('drawer.open')}
        shortcut="F4"
        onPress={() => void approvals.send('drawer.open', { reason })}
      />
    </>
  );
}

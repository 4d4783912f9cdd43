// The drawer did not open, or nobody knows whether it did: said until the next pulse; and the key for it.
import { errorTexts } from '../../contract/error-texts.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { reasons } from '../i18n/reasons.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useScreenState, useTill } from '../lib/till.tsx';
import { Key } from './Key.tsx';
import { StateCard } from './StateCard.tsx';

type Drawer = Snapshot['drawer'];

/** It did not open, or nobody knows. */
export function isDrawerShut(drawer: Drawer): drawer is 'failed' | 'unknown' {
  return drawer === 'failed' || drawer === 'unknown';
}

export function DrawerKey() {
  const t = useWords();
  const { approvals } = useTill();
  // The third reason of the list: it did not open before.
  const reason = reasons[useLanguage()].drawer[2] ?? '';
  const after = useScreenState().snapshot?.counts.drawerOpens ?? 0;
  const open = () => void approvals.send('drawer.open', { reason, after });
  return <Key label={t('drawer.open')} shortcut="F4" onPress={open} />;
}

export function DrawerCard({ drawer }: { drawer: Drawer }) {
  const t = useWords();
  const language = useLanguage();
  if (drawer === 'opening') return <p className="px-1 text-[1.25rem]">{t('drawer.opening')}</p>;
  if (!isDrawerShut(drawer)) return null;
  const code = drawer === 'failed' ? 'E-CASH-05' : 'E-CASH-06';
  const text = errorTexts[language][code];
  const isFailed = drawer === 'failed';
  return (
    <StateCard
      tone={isFailed ? 'no' : 'wait'}
      mark={isFailed ? 'cross' : 'question'}
      title={text.what}
      lines={[`${text.money} ${text.todo}`]}
      isSmall
      code={code}
    />
  );
}

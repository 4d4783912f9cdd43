// Who and where, the time, and the keys that are the same on every screen.
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../contract/snapshot.ts';
import { useLanguage } from '../i18n/index.ts';
import { formatClock } from '../lib/format.ts';
import { useNow_ms, useTill } from '../lib/till.tsx';
import { Key } from '../ui/Key.tsx';

function Clock() {
  return <span className="digits text-[1.375rem]">{formatClock(useNow_ms())}</span>;
}

function SignedInKeys({ snapshot, onAttention }: { snapshot: Snapshot; onAttention: () => void }) {
  const { t } = useTranslation();
  const { send, signOut } = useTill();
  const waiting = snapshot.exceptionCount;
  return (
    <>
      {snapshot.operator?.role === 'technician' ? null : (
        <Key
          size="small"
          look="dark"
          label={t('app.reprint')}
          shortcut="F7"
          onPress={() => void send('receipt.reprint', {})}
        />
      )}
      <Key
        size="small"
        look="dark"
        label={
          <span className="flex items-center gap-2">
            {t('app.attention')}
            {waiting === 0 ? null : (
              <b className="digits rounded-md bg-no px-2 leading-[1.5] text-white">{waiting}</b>
            )}
          </span>
        }
        shortcut="F8"
        onPress={onAttention}
      />
      <Key size="small" look="dark" label={t('app.signOut')} shortcut="F10" onPress={() => void signOut()} />
    </>
  );
}

export function TopBar({ snapshot, isSignedIn, onAttention }: { snapshot: Snapshot; isSignedIn: boolean; onAttention: () => void }) {
  const { t } = useTranslation();
  const { send } = useTill();
  const language = useLanguage();
  const { store, operator } = snapshot;
  return (
    <header className="flex h-[4.5rem] items-center gap-5 bg-ink px-5 text-white">
      <b className="text-[1.375rem] whitespace-nowrap">
        {t('app.name')} <span className="font-normal text-[#c8d6e2]">{t('app.latin')}</span>
      </b>
      <span className="min-w-0 truncate text-[1.125rem]">
        {language === 'zh' ? store.name_zh : store.name_en} · {store.terminalCode}
      </span>
      {store.training ? (
        <b className="rounded-md bg-[#ffd166] px-3 py-1 text-[1.125rem] text-ink">{t('app.training')}</b>
      ) : null}
      <span className="ml-auto flex shrink-0 items-center">
        {isSignedIn && operator !== null ? (
          <>
            <span className="mr-2 text-[1.125rem] whitespace-nowrap">
              {operator.name} · {t(`role.${operator.role}`)}
            </span>
            <SignedInKeys snapshot={snapshot} onAttention={onAttention} />
          </>
        ) : null}
        <Key
          size="small"
          look="dark"
          label={t('app.language')}
          shortcut="F1"
          onPress={() => void send('till.setLanguage', { language: language === 'zh' ? 'en' : 'zh' })}
          className="mr-3"
        />
        <Clock />
      </span>
    </header>
  );
}

// Who and where, the time, and the keys that are the same on every screen.
import type { Role } from '../../contract/commands.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { waitingCount } from '../features/attention/items.ts';
import { setLanguage, useLanguage, useWords } from '../i18n/index.ts';
import { formatClock } from '../lib/format.ts';
import { useNow_ms, useTill } from '../lib/till.tsx';
import { Key } from '../ui/Key.tsx';

function Clock() {
  return <span className="digits text-[1.375rem]">{formatClock(useNow_ms())}</span>;
}

type SignedInProps = { waiting: number; role: Role; onAttention: () => void };

function SignedInKeys({ waiting, role, onAttention }: SignedInProps) {
  const t = useWords();
  const { approvals, signOut } = useTill();
  return (
    <>
      {role === 'technician' ? null : (
        <Key
          size="small"
          look="dark"
          label={t('app.reprint')}
          shortcut="F7"
          onPress={() => void approvals.send('receipt.reprint', {})}
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

function LanguageKey({ isCoreAsked }: { isCoreAsked: boolean }) {
  const t = useWords();
  const { send } = useTill();
  const other = useLanguage() === 'zh' ? 'en' : 'zh';
  const change = () =>
    void (isCoreAsked ? send('till.setLanguage', { language: other }) : setLanguage(other));
  return (
    <Key size="small" look="dark" label={t('app.language')} shortcut="F1" onPress={change} className="mr-3" />
  );
}

function Place({ store }: { store: Snapshot['store'] }) {
  const name = useLanguage() === 'zh' ? store.name_zh : store.name_en;
  return (
    <span className="digits min-w-0 truncate text-[1.125rem]">
      {[name, store.terminalCode].filter((part) => part !== '').join(' · ')}
    </span>
  );
}

type TopBarProps = { snapshot: Snapshot; me: Snapshot['operator']; onAttention: () => void };

export function TopBar({ snapshot, me, onAttention }: TopBarProps) {
  const t = useWords();
  const waiting = waitingCount(snapshot);
  return (
    <header className="flex h-[4.5rem] items-center gap-5 bg-ink px-5 text-white">
      <b className="text-[1.375rem] whitespace-nowrap">
        {t('app.name')} <span className="font-normal text-[#c8d6e2]">{t('app.latin')}</span>
      </b>
      <Place store={snapshot.store} />
      <span className="ml-auto flex shrink-0 items-center gap-1.5">
        {me === null ? null : (
          <>
            <span className="mr-1 text-[1.125rem] whitespace-nowrap">
              {me.name} · {t(`role.${me.role}`)}
              {snapshot.shift === null || me.role === 'technician'
                ? ''
                : ` · ${t('shift.number', { number: snapshot.shift.number.replace(/^H0*/, '') })}`}
            </span>
            <SignedInKeys waiting={waiting} role={me.role} onAttention={onAttention} />
          </>
        )}
        <LanguageKey isCoreAsked={snapshot.refusal === null} />
        <Clock />
      </span>
    </header>
  );
}

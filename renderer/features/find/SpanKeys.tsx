// What the list is narrowed to: the day, a part of it, the wallet. Each is a key that says what is set.
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { shopDate } from '../../lib/format.ts';
import { useNow_ms } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { useAppName } from '../../ui/useSchemeName.ts';
import { partName, partsOfDay, type Span, stepped } from './span.ts';

type Props = {
  span: Span;
  setSpan: (span: Span) => void;
  wallet: string | null;
  setWallet: (wallet: string | null) => void;
  /** What the shop takes, and CASH. */
  wallets: readonly string[];
};

/** Day by day, or all of them. */
function DayKeys({ span, setSpan }: Pick<Props, 'span' | 'setSpan'>) {
  const t = useWords();
  const today = shopDate(useNow_ms());
  return (
    <>
      <Key
        size="small"
        label={t('sold.dayBefore')}
        shortcut="ArrowLeft"
        hint="←"
        onPress={() => setSpan(stepped(span, -1, today))}
      />
      <Key
        size="small"
        className="min-w-[11rem]"
        label={<b className="digits">{span.date ?? t('sold.allDays')}</b>}
        shortcut="F2"
        onPress={() => setSpan({ date: span.date === null ? today : null, part: null })}
      />
      <Key
        size="small"
        label={t('sold.dayAfter')}
        shortcut="ArrowRight"
        hint="→"
        isDisabled={span.date === today}
        onPress={() => setSpan(stepped(span, 1, today))}
      />
    </>
  );
}

export function SpanKeys({ span, setSpan, wallet, setWallet, wallets }: Props) {
  const t = useWords();
  // Two wallets without a name of ours are two choices.
  const appName = useAppName();
  const [asking, setAsking] = useState<'part' | 'wallet' | null>(null);
  const nameOf = (one: string) => (one === 'CASH' ? t('tender.cash') : appName(one));
  const whole = t('sold.wholeDay');
  const any = t('sold.anyWallet');
  const parts = [whole, ...partsOfDay.map((_, part) => partName(part))];
  const names = [any, ...wallets.map(nameOf)];
  return (
    <div className="flex shrink-0 flex-wrap gap-2.5">
      <DayKeys span={span} setSpan={setSpan} />
      <Key
        size="small"
        label={<b className="digits">{span.part === null ? whole : partName(span.part)}</b>}
        shortcut="F3"
        isDisabled={span.date === null}
        onPress={() => setAsking('part')}
      />
      <Key
        size="small"
        label={<b>{wallet === null ? any : nameOf(wallet)}</b>}
        shortcut="F4"
        onPress={() => setAsking('wallet')}
      />
      {asking === null ? null : (
        <Choices
          title={asking === 'part' ? t('sold.whichPart') : t('sold.whichWallet')}
          choices={asking === 'part' ? parts : names}
          onChoose={(name) => {
            setAsking(null);
            if (asking === 'part')
              setSpan({ ...span, part: name === whole ? null : parts.indexOf(name) - 1 });
            else setWallet(name === any ? null : (wallets[names.indexOf(name) - 1] ?? null));
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

// A manager's consent where the cashier stands: who, his PIN, and what is wrong with it if it is not taken.
import { useState, useSyncExternalStore } from 'react';
import { errorTexts } from '../../contract/error-texts.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import type { Approvable, Pending } from '../lib/approvals.ts';
import { formatYuan } from '../lib/format.ts';
import { KeyLevel } from '../lib/keyboard.ts';
import { useTill } from '../lib/till.tsx';
import { DigitPad } from '../ui/DigitPad.tsx';
import { Key } from '../ui/Key.tsx';
import { PIN_max, PIN_min, PinDots } from '../ui/PinDots.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { StateCard } from '../ui/StateCard.tsx';

type Managers = Snapshot['operators'];

const whats: Record<
  Approvable,
  | 'paidOut'
  | 'drawer'
  | 'return'
  | 'payCash'
  | 'retry'
  | 'seeLoss'
  | 'confirmBack'
  | 'officeWord'
  | 'writeOff'
  | 'reportX'
  | 'dayClose'
  | 'reprint'
> = {
  'cash.paidOut': 'paidOut',
  'drawer.open': 'drawer',
  'return.open': 'return',
  'giveBack.payCash': 'payCash',
  'giveBack.retry': 'retry',
  'giveBack.seeLoss': 'seeLoss',
  'giveBack.confirmBack': 'confirmBack',
  'office.confirm': 'officeWord',
  'exception.writeOff': 'writeOff',
  'report.x': 'reportX',
  'day.close': 'dayClose',
  'receipt.reprint': 'reprint',
};

function Wrong({ pending }: { pending: Pending }) {
  const language = useLanguage();
  const { wrong } = pending;
  if (wrong === null) return null;
  const text = errorTexts[language][wrong];
  return (
    <div role="alert">
      <StateCard
        tone="no"
        mark="cross"
        title={text.what}
        lines={[`${text.money} ${text.todo}`]}
        code={wrong}
        isSmall
      />
    </div>
  );
}

function Names({
  managers,
  chosen,
  choose,
}: {
  managers: Managers;
  chosen: number;
  choose: (index: number) => void;
}) {
  return (
    <div className="grid grid-cols-2 gap-2.5">
      {managers.map((manager, index) => (
        <Key
          key={manager.id}
          size="small"
          label={`${index === chosen ? '● ' : ''}${manager.name}`}
          onPress={() => choose(index)}
          className={index === chosen ? 'border-4! border-act! bg-act-pale! font-bold' : ''}
        />
      ))}
    </div>
  );
}

function useConsent(managers: Managers) {
  const { approvals, store } = useTill();
  const [chosen, setChosen] = useState(0);
  const [pin, setPin] = useState('');
  const manager = managers[chosen];
  const choose = (index: number) => {
    setChosen(Math.min(Math.max(index, 0), managers.length - 1));
    setPin('');
  };
  return {
    chosen,
    manager,
    pin,
    choose,
    add: (digit: string) => setPin((before) => (before + digit).slice(0, PIN_max)),
    erase: () => setPin((before) => before.slice(0, -1)),
    give: async () => {
      if (!manager || pin.length < PIN_min) return;
      setPin('');
      await approvals.approve({ operatorId: manager.id, pin });
    },
    cancel: () => {
      // What was wrong with a PIN has been said here.
      store.set({ refusal: null });
      approvals.cancel();
    },
  };
}

function Dialog({ pending, managers }: { pending: Pending; managers: Managers }) {
  const t = useWords();
  const { chosen, manager, pin, choose, add, erase, give, cancel } = useConsent(managers);
  const keys = { digit: add, ArrowUp: () => choose(chosen - 1), ArrowDown: () => choose(chosen + 1) };
  return (
    <Sheet
      title={t('approval.title')}
      keys={keys}
      width="w-[60rem]"
      corner={<Key size="small" label={t('approval.cancel')} shortcut="Escape" onPress={cancel} />}
    >
      <div className="mt-4 grid min-h-0 grid-cols-[minmax(0,1fr)_25rem] gap-6">
        <div className="flex min-h-0 flex-col gap-4">
          <p className="text-[1.5rem] leading-snug">
            {t(`approval.${whats[pending.command]}`)}
            {pending.amount_fen === null ? null : (
              <b className="digits ml-3 whitespace-nowrap">{formatYuan(pending.amount_fen)}</b>
            )}
          </p>
          <Names managers={managers} chosen={chosen} choose={choose} />
          <PinDots
            label={t('signIn.pin', { name: manager?.name ?? '' })}
            length={pin.length}
            isBusy={pending.isBusy}
          />
          <Wrong pending={pending} />
        </div>
        <div>
          <DigitPad
            onDigit={add}
            left={<Key label={t('pad.erase')} shortcut="Backspace" hint="⌫" onPress={erase} />}
            right={
              <Key
                look="main"
                label={t('approval.give')}
                shortcut="Enter"
                isDisabled={pin.length < PIN_min || pending.isBusy}
                onPress={() => void give()}
                className="px-1! text-[1.4rem]!"
              />
            }
          />
        </div>
      </div>
    </Sheet>
  );
}

/** It may be asked for from any dialog, and stands beside that one: a key that appears there later must not lie above the PIN's. */
const ABOVE_lists = 50;

export function ApprovalDialog({ operators }: { operators: Snapshot['operators'] }) {
  const { approvals } = useTill();
  const pending = useSyncExternalStore(approvals.subscribe, approvals.get);
  if (pending === null) return null;
  const managers = operators.filter(({ role }) => role === 'manager');
  return (
    <KeyLevel value={ABOVE_lists}>
      <Dialog pending={pending} managers={managers} />
    </KeyLevel>
  );
}

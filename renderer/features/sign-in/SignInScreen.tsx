// Who is selling: choose a name, enter the PIN. The PIN is neither shown nor kept.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { DigitPad } from '../../ui/DigitPad.tsx';
import { Key } from '../../ui/Key.tsx';
import { PIN_max, PIN_min, PinDots } from '../../ui/PinDots.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

type Operators = Snapshot['operators'];

function Names({
  operators,
  chosen,
  choose,
  isLocked,
}: {
  operators: Operators;
  chosen: number;
  choose: (index: number) => void;
  isLocked: boolean;
}) {
  const t = useWords();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-6">
      {isLocked ? (
        <div className="mb-5">
          <StateCard tone="info" mark="clock" title={t('lock.title')} lines={[t('lock.body')]} />
        </div>
      ) : null}
      <h1 className="text-[2rem] font-bold">{t('signIn.title')}</h1>
      <p className="mt-1 mb-5 text-[1.25rem] text-ink-2">
        {operators.length > 0 ? t('signIn.hint') : t('signIn.nobody')}
      </p>
      <div className="grid grid-cols-2 gap-3">
        {operators.map((operator, index) => (
          <Key
            key={operator.id}
            label={`${index === chosen ? '● ' : ''}${operator.name}`}
            note={t(`role.${operator.role}`)}
            onPress={() => choose(index)}
            className={index === chosen ? 'border-4! border-act! bg-act-pale! font-bold' : ''}
          />
        ))}
      </div>
    </div>
  );
}

export function SignInScreen({ operators, isLocked }: { operators: Operators; isLocked: boolean }) {
  const t = useWords();
  const { signIn } = useTill();
  const [chosen, setChosen] = useState(0);
  const [pin, setPin] = useState('');
  const [isBusy, setBusy] = useState(false);
  const operator = operators[Math.min(chosen, operators.length - 1)];

  const choose = (index: number) => {
    setChosen(Math.min(Math.max(index, 0), operators.length - 1));
    setPin('');
  };
  const add = (digit: string) => setPin((before) => (before + digit).slice(0, PIN_max));
  const erase = () => setPin((before) => before.slice(0, -1));
  const enter = async () => {
    if (!operator || isBusy || pin.length < PIN_min) return;
    setBusy(true);
    setPin('');
    await signIn(operator.id, pin);
    setBusy(false);
  };
  useKeys({ digit: add, ArrowUp: () => choose(chosen - 1), ArrowDown: () => choose(chosen + 1) });
  return (
    <TwoColumns
      left={<Names operators={operators} chosen={chosen} choose={choose} isLocked={isLocked} />}
      right={
        <PinDots
          label={t('signIn.pin', { name: operator?.name ?? '' })}
          length={pin.length}
          isBusy={isBusy}
        />
      }
      keys={
        <DigitPad
          onDigit={add}
          left={<Key label={t('signIn.erase')} shortcut="Backspace" hint="⌫" onPress={erase} />}
          right={
            <Key
              look="main"
              label={t('signIn.enter')}
              shortcut="Enter"
              isDisabled={pin.length < PIN_min || isBusy}
              onPress={() => void enter()}
              className="text-[1.4rem]! px-1!"
            />
          }
        />
      }
    />
  );
}

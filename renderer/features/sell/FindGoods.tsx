// Goods without a readable barcode: typed by hand or found by a part of the name; all by keys or all by touch.
import { useWords } from '../../i18n/index.ts';
import { useEffect, useRef, useState } from 'react';
import type { GoodsFound } from '../../../contract/commands.ts';
import { formatYuan } from '../../lib/format.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { DigitPad } from '../../ui/DigitPad.tsx';
import { Key } from '../../ui/Key.tsx';
import { useLineName } from '../../ui/LineText.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useGoodsSearch } from './useGoodsSearch.ts';
import { ListRow } from '../../ui/ListRow.tsx';

const TEXT_limit = 40;

function Results({
  found,
  chosen,
  enter,
}: {
  found: readonly GoodsFound[];
  chosen: number;
  enter: (barcode: string) => void;
}) {
  const nameOf = useLineName();
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto">
      {found.map((goods, index) => (
        <ListRow
          key={goods.barcode}
          isChosen={index === chosen}
          onClick={() => enter(goods.barcode)}
          className="grid-cols-[minmax(0,1fr)_auto] items-center gap-4 px-4"
        >
          <span className="min-w-0">
            <span className="block text-[1.375rem] leading-tight">{nameOf(goods)}</span>
            <span className="digits text-[1rem] text-ink-2">{goods.barcode}</span>
          </span>
          <span className="digits text-[1.375rem]">{formatYuan(goods.price_fen)}</span>
        </ListRow>
      ))}
    </ul>
  );
}

type FieldProps = { text: string; setText: (text: string) => void };

function Field({ text, setText }: FieldProps) {
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    // The first digit was typed before there was a field: the next one belongs behind it.
    input.current?.setSelectionRange(TEXT_limit, TEXT_limit);
  }, []);
  return (
    <label className="block p-4">
      <span className="text-[1.25rem] text-ink-2">{t('find.label')}</span>
      <input
        ref={input}
        value={text}
        onChange={(event) => setText(event.target.value.slice(0, TEXT_limit))}
        autoComplete="off"
        className="key-small mt-1 w-full rounded-xl border-2 border-act bg-white px-4 text-[2rem] select-text focus-visible:outline-none"
      />
    </label>
  );
}

/** The text being typed, what it finds, and the choice among it. */
function useFinding(start: string, onDone: () => void) {
  const { send } = useTill();
  const [text, setText] = useState(start);
  const [chosen, setChosen] = useState(0);
  const found = useGoodsSearch(text.trim());
  const count = found?.length ?? 0;
  const change = (next: (before: string) => string) => {
    setText((before) => next(before).slice(0, TEXT_limit));
    setChosen(0);
  };
  const enter = async (barcode: string) => {
    if (barcode === '') return;
    const reply = await send('goods.enter', { barcode });
    if (reply.ok) onDone();
  };
  // A typed barcode is taken as it stands; only a text that finds goods takes the chosen one.
  const enterChosen = () => {
    const goods = found?.[chosen];
    return enter(/^\d{6,}$/.test(text) || !goods ? text.trim() : goods.barcode);
  };
  const move = (step: number) =>
    setChosen((before) => Math.min(Math.max(before + step, 0), Math.max(count - 1, 0)));
  return { text, found, chosen, change, enter, enterChosen, move };
}

function Found({ finding }: { finding: ReturnType<typeof useFinding> }) {
  const t = useWords();
  const { text, found, chosen, change, enter } = finding;
  const isEmpty = found === null || found.length === 0;
  return (
    <>
      <Field text={text} setText={(next) => change(() => next)} />
      {isEmpty ? (
        <p className="flex-1 px-4 text-[1.375rem] text-ink-2">
          {text !== '' && found !== null ? t('find.none') : t('find.start')}
        </p>
      ) : (
        <Results key={text} found={found} chosen={chosen} enter={(barcode) => void enter(barcode)} />
      )}
      <p className="border-t border-line px-4 py-2 text-[1rem] text-ink-2">{t('find.keys')}</p>
    </>
  );
}

export function FindGoods({ start, onClose }: { start: string; onClose: () => void }) {
  const t = useWords();
  const finding = useFinding(start, onClose);
  const { text, change, enterChosen, move } = finding;
  const add = (digit: string) => change((before) => before + digit);
  useKeys({
    digit: add,
    Backspace: () => change((before) => before.slice(0, -1)),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
  });
  const keys = (
    <>
      <DigitPad
        onDigit={add}
        left={<Key label={t('find.clear')} onPress={() => change(() => '')} />}
        right={<Key label={t('find.close')} shortcut="Escape" onPress={onClose} />}
      />
      <Key
        look="main"
        className="col-span-2"
        label={t('find.enter')}
        shortcut="Enter"
        isDisabled={text.trim() === ''}
        onPress={() => void enterChosen()}
      />
    </>
  );
  return <TwoColumns left={<Found finding={finding} />} right={null} keys={keys} />;
}

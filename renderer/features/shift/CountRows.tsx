// The denominations with their pieces: the chosen row takes the digits.
import { useWords } from '../../i18n/index.ts';
import { formatFen } from '../../lib/format.ts';
import type { Counts } from './count.ts';
import { ListRow } from '../../ui/ListRow.tsx';

type RowProps = { value_fen: number; text: string; isChosen: boolean; choose: () => void };

function useDenomination(): (value_fen: number) => string {
  const t = useWords();
  return (value_fen) => {
    if (value_fen >= 100) return t('shift.yuan', { count: value_fen / 100 });
    return value_fen >= 10
      ? t('shift.jiao', { count: value_fen / 10 })
      : t('shift.fen', { count: value_fen });
  };
}

function Row({ value_fen, text, isChosen, choose }: RowProps) {
  const nameOf = useDenomination();
  return (
    <ListRow
      isChosen={isChosen}
      onPointerDown={choose}
      className="grid-cols-[5.5rem_1rem_5.5rem_minmax(0,1fr)] items-center gap-2 pr-3 pl-2"
    >
      <span className="digits text-right text-[1.5rem] font-bold">{nameOf(value_fen)}</span>
      <span className="text-[1.25rem] text-ink-2">×</span>
      <span
        className={`digits flex h-12 items-center justify-end rounded-lg border-2 bg-white px-3 text-[1.5rem] ${
          isChosen ? 'border-act font-bold' : 'border-edge'
        }`}
      >
        {text === '' ? <span className="text-edge">0</span> : text}
      </span>
      <span className="digits text-right text-[1.375rem]">{formatFen(value_fen * Number(text))}</span>
    </ListRow>
  );
}

type Props = {
  denominations_fen: readonly number[];
  counts: Counts;
  chosen: number;
  choose: (index: number) => void;
};

export function CountRows({ denominations_fen, counts, chosen, choose }: Props) {
  return (
    <ul
      className="grid min-h-0 flex-1 auto-cols-fr grid-flow-col content-start gap-x-5 overflow-y-auto border-t-2 border-line"
      // Two columns, each read downwards.
      style={{ gridTemplateRows: `repeat(${Math.ceil(denominations_fen.length / 2)}, auto)` }}
    >
      {denominations_fen.map((value_fen, index) => (
        <Row
          key={value_fen}
          value_fen={value_fen}
          text={counts[index] ?? ''}
          isChosen={index === chosen}
          choose={() => choose(index)}
        />
      ))}
    </ul>
  );
}

// The lines of a sold sale, with the pieces of each that come back.
import { useWords } from '../../i18n/index.ts';
import type { SaleFound } from '../../../contract/snapshot.ts';
import { formatFen } from '../../lib/format.ts';
import { Key } from '../../ui/Key.tsx';
import { useLineName } from '../../ui/LineText.tsx';
import { backOf_fen, chosenOf, leftOf, type Selection } from './selection.ts';
import { ListRow } from '../../ui/ListRow.tsx';

type Line = SaleFound['lines'][number];

const columns = 'grid grid-cols-[minmax(0,1fr)_7rem_13.5rem_7.5rem] items-center gap-3 pr-4 pl-3';

type RowProps = {
  line: Line;
  selection: Selection;
  isChosen: boolean;
  choose: () => void;
  step: (line: Line, step: number) => void;
};

function Row({ line, selection, isChosen, choose, step }: RowProps) {
  const t = useWords();
  const nameOf = useLineName();
  const count = chosenOf(selection, line);
  const left = leftOf(line);
  return (
    <ListRow isChosen={isChosen} onPointerDown={choose} className={`${columns} py-1`}>
      <div className="min-w-0">
        <div className={`text-[1.375rem] leading-tight ${left === 0 ? 'text-ink-2' : ''}`}>
          {nameOf(line)}
        </div>
        <div className="digits text-[1rem] text-ink-2">
          {formatFen(line.unitPrice_fen)} × {line.quantity} = {formatFen(line.paid_fen)}
        </div>
      </div>
      <span className="digits text-center text-[1.125rem] text-ink-2">
        {t('return.ofSold', { returned: line.returned, quantity: line.quantity })}
      </span>
      {left === 0 ? (
        <span className="text-center text-[1.125rem] text-ink-2">{t('return.nothingLeft')}</span>
      ) : (
        <span className="flex items-center justify-between gap-1">
          <Key
            size="small"
            label="−"
            name={`${nameOf(line)} −1`}
            isDisabled={count === 0}
            onPress={() => step(line, -1)}
          />
          <span className={`digits text-[1.5rem] font-bold ${count === 0 ? 'text-edge' : ''}`}>{count}</span>
          <Key
            size="small"
            label="+"
            name={`${nameOf(line)} +1`}
            isDisabled={count === left}
            onPress={() => step(line, 1)}
          />
        </span>
      )}
      <span className={`digits text-right text-[1.375rem] ${count === 0 ? 'text-edge' : 'font-bold'}`}>
        {formatFen(backOf_fen(selection, line))}
      </span>
    </ListRow>
  );
}

type Props = {
  found: SaleFound;
  selection: Selection;
  chosen: number;
  choose: (index: number) => void;
  step: (line: Line, step: number) => void;
};

export function ReturnLines({ found, selection, chosen, choose, step }: Props) {
  const t = useWords();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className={`${columns} shrink-0 border-b-2 border-line pb-2 text-[1rem] text-ink-2`}>
        <span>{t('sell.name')}</span>
        <span className="text-center">{t('return.returned')}</span>
        <span className="text-center">{t('return.now')}</span>
        <span className="text-right">{t('return.back')}</span>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {found.lines.map((line, index) => (
          <Row
            key={line.lineId}
            line={line}
            selection={selection}
            isChosen={index === chosen}
            choose={() => choose(index)}
            step={step}
          />
        ))}
      </ul>
      <p className="shrink-0 border-t border-line pt-2 text-[1rem] text-ink-2">{t('return.keys')}</p>
    </div>
  );
}

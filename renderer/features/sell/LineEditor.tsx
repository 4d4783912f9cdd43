// The lines of an open sale. The line scanned last is highlighted and chosen; the chosen one has its keys.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { LineView, SaleView } from '../../../contract/snapshot.ts';
import { formatFen } from '../../lib/format.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { LineName, UnitPrice } from '../../ui/LineText.tsx';
import { ListRow } from '../../ui/ListRow.tsx';

const columns = 'grid grid-cols-[minmax(0,1fr)_13.5rem_7rem_6.5rem_5rem] items-center gap-2 pr-2 pl-4';

type Change = { setQuantity(line: LineView, quantity: number): void; remove(line: LineView): void };

function useChange(): Change {
  const { send } = useTill();
  return {
    setQuantity(line, quantity) {
      if (quantity >= 1) void send('line.setQuantity', { lineId: line.lineId, quantity });
    },
    remove: (line) => void send('line.remove', { lineId: line.lineId }),
  };
}

function Quantity({ line, isChosen, change }: { line: LineView; isChosen: boolean; change: Change }) {
  const t = useWords();
  const name = t('sell.quantity');
  if (!isChosen) return <span className="digits text-center text-[1.375rem]">{line.quantity}</span>;
  return (
    <span className="flex items-center justify-between gap-1">
      <Key
        size="small"
        label="−"
        name={`${name} −1`}
        isDisabled={line.quantity <= 1}
        onPress={() => change.setQuantity(line, line.quantity - 1)}
      />
      <span className="digits text-[1.375rem] font-bold">{line.quantity}</span>
      <Key
        size="small"
        label="+"
        name={`${name} +1`}
        onPress={() => change.setQuantity(line, line.quantity + 1)}
      />
    </span>
  );
}

type RowProps = { line: LineView; isChosen: boolean; isLast: boolean; choose: () => void; change: Change };

function Row({ line, isChosen, isLast, choose, change }: RowProps) {
  const t = useWords();
  return (
    <ListRow isChosen={isChosen} onPointerDown={choose} className={`${columns} pl-2.5`}>
      <LineName line={line} note={isLast ? t('sell.justNow') : undefined} />
      <Quantity line={line} isChosen={isChosen} change={change} />
      <span className="text-right">
        <UnitPrice line={line} />
      </span>
      <span className="digits text-right text-[1.375rem] font-bold">{formatFen(line.amount_fen)}</span>
      {isChosen ? (
        <Key
          size="small"
          look="danger"
          label={<span className="text-[1.125rem]">{t('sell.remove')}</span>}
          onPress={() => change.remove(line)}
        />
      ) : null}
    </ListRow>
  );
}

/** The line that the keys act on: the one scanned or changed last until another is chosen. */
function useChosenLine(sale: SaleView): [LineView | undefined, (lineId: string) => void] {
  const latest = `${sale.lastLineId} ${sale.itemCount}`;
  const [choice, setChoice] = useState<{ lineId: string; latest: string } | null>(null);
  const byChoice =
    choice?.latest === latest ? sale.lines.find((line) => line.lineId === choice.lineId) : undefined;
  const chosen = byChoice ?? sale.lines.find((line) => line.lineId === sale.lastLineId) ?? sale.lines.at(-1);
  return [chosen, (lineId) => setChoice({ lineId, latest })];
}

export function LineEditor({ sale }: { sale: SaleView }) {
  const t = useWords();
  const change = useChange();
  const [chosen, choose] = useChosenLine(sale);
  const move = (step: number) => {
    const index = sale.lines.findIndex((line) => line.lineId === chosen?.lineId);
    const next = sale.lines[Math.min(Math.max(index + step, 0), sale.lines.length - 1)];
    if (next) choose(next.lineId);
  };
  useKeys({
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
    '+': () => chosen && change.setQuantity(chosen, chosen.quantity + 1),
    '-': () => chosen && change.setQuantity(chosen, chosen.quantity - 1),
    Delete: () => chosen && change.remove(chosen),
  });
  return (
    <>
      <div className={`${columns} shrink-0 border-b-2 border-line py-2 text-[1rem] text-ink-2`}>
        <span>{t('sell.name')}</span>
        <span className="text-center">{t('sell.quantity')}</span>
        <span className="text-right">{t('sell.price')}</span>
        <span className="text-right">{t('sell.amount')}</span>
        <span />
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {sale.lines.map((line) => (
          <Row
            key={line.lineId}
            line={line}
            isChosen={line.lineId === chosen?.lineId}
            isLast={line.lineId === sale.lastLineId}
            choose={() => choose(line.lineId)}
            change={change}
          />
        ))}
      </ul>
      <p className="shrink-0 border-t border-line px-4 py-2 text-[1rem] text-ink-2">{t('sell.lineKeys')}</p>
    </>
  );
}

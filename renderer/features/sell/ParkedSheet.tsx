// The parked sales: which one comes back to the counter. What is already paid of it, or in doubt, is said.
import { useWords } from '../../i18n/index.ts';
import type { ParkedView } from '../../../contract/snapshot.ts';
import { formatClock, formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { useChosenRow } from '../../ui/chosen-row.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { Key } from '../../ui/Key.tsx';
import { useLineName } from '../../ui/LineText.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { ListRow } from '../../ui/ListRow.tsx';

type RowProps = { parked: ParkedView; number: number; isChosen: boolean; onPress: () => void };

function Row({ parked, number, isChosen, onPress }: RowProps) {
  const t = useWords();
  const nameOf = useLineName();
  const first = nameOf({ name_zh: parked.firstName_zh, name_en: parked.firstName_en });
  return (
    <ListRow
      isChosen={isChosen}
      onClick={onPress}
      className="grid-cols-[2.5rem_5rem_minmax(0,1fr)_auto] items-center gap-3 px-3"
    >
      <span className="digits text-[1.25rem] text-ink-2">{number}</span>
      <span className="digits text-[1.375rem]">{formatClock(parked.openedAt_ms)}</span>
      <span className="min-w-0">
        <span className="block text-[1.25rem] leading-tight">
          {t('parked.goods', { name: first, count: parked.itemCount })}
        </span>
        {parked.hasUnproven || parked.covered_fen > 0 ? (
          <span className="mt-0.5 flex items-center gap-2 text-[1.0625rem]">
            <Glyph
              tone={parked.hasUnproven ? 'wait' : 'info'}
              mark={parked.hasUnproven ? 'question' : 'tick'}
              className="size-6"
            />
            {parked.hasUnproven
              ? t('parked.unproven')
              : t('parked.covered', { amount: formatYuan(parked.covered_fen) })}
          </span>
        ) : null}
      </span>
      <span className="digits text-[1.5rem] font-bold">{formatYuan(parked.total_fen)}</span>
    </ListRow>
  );
}

export function ParkedSheet({ parked, onClose }: { parked: readonly ParkedView[]; onClose: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const { chosen, step } = useChosenRow(parked.map(({ saleId }) => saleId));
  const recall = (one: ParkedView | undefined) => {
    if (one === undefined) return;
    onClose();
    void send('sale.recall', { saleId: one.saleId });
  };
  const keys = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    digit: (digit: string) => recall(parked[Number(digit) - 1]),
  };
  return (
    <Sheet title={t('parked.title')} keys={keys} width="w-[56rem]">
      <p className="text-[1.125rem] text-ink-2">{t('parked.hint')}</p>
      <ul className="mt-4 min-h-0 flex-1 overflow-y-auto border-t-2 border-line">
        {parked.map((one, index) => (
          <Row
            key={one.saleId}
            parked={one}
            number={index + 1}
            isChosen={index === chosen}
            onPress={() => recall(one)}
          />
        ))}
      </ul>
      <div className="mt-5 grid shrink-0 grid-cols-2 gap-3">
        <Key label={t('pad.back')} shortcut="Escape" onPress={onClose} />
        <Key look="main" label={t('parked.recall')} shortcut="Enter" onPress={() => recall(parked[chosen])} />
      </div>
    </Sheet>
  );
}

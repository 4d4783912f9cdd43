// The payments that a customer may mean, newest first: one is chosen.
import type { Evidence } from '../../../contract/evidence.ts';
import { useWords } from '../../i18n/index.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import { verdictLooks } from './looks.ts';
import { ListRow } from '../../ui/ListRow.tsx';

type Props = { payments: readonly Evidence[]; chosen: number; choose: (index: number) => void };

export function FoundRows({ payments, chosen, choose }: Props) {
  const t = useWords();
  const schemeName = useSchemeName();
  return (
    <ul className="max-h-[17rem] shrink-0 overflow-y-auto border-t-2 border-line">
      {payments.map((one, index) => (
        <ListRow
          key={one.attemptId}
          isChosen={index === chosen}
          onClick={() => choose(index)}
          className="grid-cols-[2.5rem_8rem_minmax(0,1fr)_auto] items-center gap-3 px-3"
        >
          <Glyph {...verdictLooks[one.verdict]} className="size-8" />
          <span className="digits text-[1.25rem]">{formatDay(one.openedAt_ms)}</span>
          <span className="min-w-0 truncate text-[1.25rem]">
            {t(`evidenceTitle.${one.verdict}`)} · {schemeName(one.scheme)}
          </span>
          <span className="digits text-[1.375rem] font-bold">{formatYuan(one.amount_fen)}</span>
        </ListRow>
      ))}
    </ul>
  );
}

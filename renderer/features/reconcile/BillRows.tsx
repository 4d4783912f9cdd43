// Bills and compared bills in one list: whose, of which day, and what is left to do.
import type { ReconciliationRow } from '../../../contract/reconciliation.ts';
import { useWords } from '../../i18n/index.ts';
import { formatDay } from '../../lib/format.ts';
import { Glyph, type Mark, type Tone } from '../../ui/Glyph.tsx';
import { isComparable, type Row, type Stand, standOf } from './rows.ts';
import { ListRow } from '../../ui/ListRow.tsx';

function FileLine({ row }: { row: Extract<Row, { kind: 'file' }> }) {
  const t = useWords();
  const { file, rail, routeIds, modifiedAt_ms } = row.file;
  const why =
    rail === null
      ? t('reconcile.unknown')
      : routeIds.length === 0
        ? t('reconcile.noRoute')
        : row.isCompared
          ? t('reconcile.again')
          : null;
  return (
    <>
      <Glyph
        {...(isComparable(row.file)
          ? ({ tone: 'info', mark: 'question' } as const)
          : ({ tone: 'none', mark: 'cross' } as const))}
        className="size-8"
      />
      <span className="digits min-w-0 truncate text-[1.125rem]">{file}</span>
      <span className="text-[1.125rem] text-ink-2">{why ?? t(`rail.${rail ?? 'gateway'}`)}</span>
      <span className="digits text-[1.125rem] text-ink-2">{formatDay(modifiedAt_ms)}</span>
    </>
  );
}

const looks: Readonly<Record<Stand, { tone: Tone; mark: Mark }>> = {
  open: { tone: 'wait', mark: 'alert' },
  unsorted: { tone: 'wait', mark: 'alert' },
  settled: { tone: 'ok', mark: 'tick' },
  others: { tone: 'info', mark: 'alert' },
  agrees: { tone: 'ok', mark: 'tick' },
};

function useStandWords(): (row: ReconciliationRow) => string {
  const t = useWords();
  return (row) => {
    const { open, others } = row;
    const words: Readonly<Record<Stand, string>> = {
      open: t('reconcile.open', { count: open }),
      unsorted: t('reconcile.othersUnsorted', { count: others.count }),
      settled: t('reconcile.settledAll'),
      others: t('reconcile.othersToo', { count: others.count }),
      agrees: t('reconcile.agrees'),
    };
    return words[standOf(row)];
  };
}

function DoneLine({ row }: { row: Extract<Row, { kind: 'done' }> }) {
  const t = useWords();
  const words = useStandWords()(row.done);
  const { tone, mark } = looks[standOf(row.done)];
  const { rail, billDate, at_ms } = row.done;
  return (
    <>
      <Glyph tone={tone} mark={mark} className="size-8" />
      <b className="min-w-0 truncate text-[1.25rem]">
        {t('reconcile.resultTitle', { rail: t(`rail.${rail}`), date: billDate })}
      </b>
      <span className="text-[1.125rem]">{words}</span>
      <span className="digits text-[1.125rem] text-ink-2">{formatDay(at_ms)}</span>
    </>
  );
}

type Props = { rows: readonly Row[]; chosen: number; choose: (index: number) => void };

export function BillRows({ rows, chosen, choose }: Props) {
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto border-t-2 border-line">
      {rows.map((row, index) => (
        <ListRow
          key={row.kind === 'file' ? row.file.file : row.done.reconciliationId}
          isChosen={index === chosen}
          onClick={() => choose(index)}
          className="grid-cols-[2.5rem_minmax(0,1fr)_auto_auto] items-center gap-4 px-3"
        >
          {row.kind === 'file' ? <FileLine row={row} /> : <DoneLine row={row} />}
        </ListRow>
      ))}
    </ul>
  );
}

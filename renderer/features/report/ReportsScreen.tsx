// The reports taken on this till, newest first: to read again and to print again.
import { useWords } from '../../i18n/index.ts';
import { useEffect, useState } from 'react';
import type { BatchesView } from '../../../contract/batches.ts';
import type { ReportFound, ReportRow } from '../../../contract/snapshot.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useChosen } from '../../ui/useChosen.ts';
import { BatchCards } from './BatchCards.tsx';
import { ReportScreen } from './ReportScreen.tsx';
import { reportOf } from './take.ts';
import { ListRow } from '../../ui/ListRow.tsx';

function useReports(): readonly ReportRow[] | null {
  const { send } = useTill();
  const [rows, setRows] = useState<readonly ReportRow[] | null>(null);
  useEffect(() => {
    void send('reports.list', {}).then((reply) => {
      if (reply.ok) setRows(reply.result as ReportRow[]);
    });
  }, [send]);
  return rows;
}

type RowsProps = { rows: readonly ReportRow[]; chosen: number; open: (index: number) => void };

function Rows({ rows, chosen, open }: RowsProps) {
  const t = useWords();
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto border-t-2 border-line">
      {rows.map((row, index) => (
        <ListRow
          key={row.reportId}
          isChosen={index === chosen}
          onClick={() => open(index)}
          className="grid-cols-[8rem_minmax(0,1fr)_auto] items-center gap-4 px-4 text-[1.375rem]"
        >
          <b className="digits">
            {row.kind === 'z'
              ? t('report.zTitle', { number: row.number })
              : t('report.xTitle', { number: row.number })}
          </b>
          <span className="digits text-[1.125rem] text-ink-2">{formatDay(row.at_ms)}</span>
          <span className="digits font-bold">{formatYuan(row.net_fen)}</span>
        </ListRow>
      ))}
    </ul>
  );
}

type Props = { batches: BatchesView | undefined; onClose: () => void };

export function ReportsScreen({ batches, onClose }: Props) {
  const t = useWords();
  const { send } = useTill();
  const rows = useReports() ?? [];
  const { chosen, choose } = useChosen(rows.length);
  const [found, setFound] = useState<ReportFound | null>(null);
  const open = async (index: number) => {
    const row = rows[index];
    choose(index);
    if (row) setFound(await reportOf(await send('report.get', { reportId: row.reportId }), send));
  };
  if (found !== null) return <ReportScreen found={found} isNew={false} onClose={() => setFound(null)} />;
  return (
    <TwoColumns
      left={
        <Page
          title={t('report.listTitle')}
          body={rows.length > 0 ? t('report.listBody') : t('report.listNone')}
        >
          <Rows rows={rows} chosen={chosen} open={(index) => void open(index)} />
        </Page>
      }
      right={<BatchCards batches={batches} />}
      keys={
        <>
          <Key label={t('pad.back')} shortcut="Escape" onPress={onClose} />
          <Key
            look="main"
            label={t('report.open')}
            shortcut="Enter"
            isDisabled={rows.length === 0}
            onPress={() => void open(chosen)}
          />
        </>
      }
    />
  );
}

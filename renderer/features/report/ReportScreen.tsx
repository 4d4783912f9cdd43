// One report: its figures on the left; on the right its number, the sum it makes, and the key that prints it again.
import type { ReactNode } from 'react';
import { errorTexts } from '../../../contract/error-texts.ts';
import type { ReportFound } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { useTill } from '../../lib/till.tsx';
import { Amount } from '../../ui/Amount.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { ReportView } from './ReportView.tsx';

type Props = {
  found: ReportFound;
  /** It was taken just now. */
  isNew: boolean;
  onClose: () => void;
};

function useHeading({ report, kind, number }: ReportFound): { title: ReactNode; date: string } {
  const t = useWords();
  const title = kind === 'z' ? t('report.zTitle', { number }) : t('report.xTitle', { number });
  return { title, date: report.businessDate ?? formatDay(report.takenAt_ms) };
}

function Summary({ found, isNew }: { found: ReportFound; isNew: boolean }) {
  const t = useWords();
  const language = useLanguage();
  const { report, kind } = found;
  const { title, date } = useHeading(found);
  const carried = report.carried.length;
  return (
    <>
      <h1 className="text-[2rem] leading-tight font-bold">{title}</h1>
      <Amount label={t('report.net')} note={t('report.date', { date })} amount_fen={report.net_fen} />
      <Facts
        facts={[
          { label: t('report.salesNet'), value: formatYuan(report.sales.net_fen), note: report.sales.count },
          {
            label: t('report.returns'),
            value: formatYuan(-report.returns.net_fen),
            note: report.returns.count,
          },
        ]}
      />
      {isNew && kind === 'z' ? (
        <StateCard
          tone="ok"
          mark="tick"
          title={t('report.sealed')}
          lines={[t('report.sealedBody')]}
          isSmall
        />
      ) : null}
      {report.restored?.confirmed === null ? (
        <StateCard tone="no" mark="alert" title={errorTexts[language]['E-RST-02'].what} isSmall />
      ) : null}
      {carried === 0 ? null : (
        <StateCard tone="wait" mark="clock" title={t('report.carriedCount', { count: carried })} isSmall />
      )}
    </>
  );
}

export function ReportScreen({ found, isNew, onClose }: Props) {
  const t = useWords();
  const { approvals } = useTill();
  return (
    <TwoColumns
      left={<ReportView found={found} />}
      right={<Summary found={found} isNew={isNew} />}
      keys={
        <>
          <Key
            label={t('report.reprint')}
            shortcut="F5"
            onPress={() => void approvals.send('receipt.reprint', { receiptId: found.reportId })}
          />
          <Key look="main" label={t('pad.done')} shortcut="Enter" onPress={onClose} />
          <CloseByEscape onClose={onClose} />
        </>
      }
    />
  );
}

function CloseByEscape({ onClose }: { onClose: () => void }) {
  useKeys({ Escape: onClose });
  return null;
}

// The report: where it was written, what is in it, and that no secret is.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagnosisView, DiagnosisWritten } from '../../../contract/diagnostics.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { Refused, TestSheet } from './TestSheet.tsx';

function Written({ written }: { written: DiagnosisWritten }) {
  const { t } = useTranslation();
  const { lines } = written.report;
  const failed = lines.filter(({ verdict }) => verdict === 'fail').length;
  return (
    <>
      <StateCard
        tone="ok"
        mark="tick"
        title={t('diagnosisReport.written')}
        lines={[t('diagnosisReport.safe')]}
      />
      <div>
        <p className="text-[1.125rem] text-ink-2">{t('diagnosisReport.path')}</p>
        <p data-path className="digits text-[1.375rem] leading-snug font-bold [overflow-wrap:anywhere]">
          {written.path}
        </p>
      </div>
      {lines.length === 0 ? null : (
        <p className="text-[1.25rem]">{t('diagnosisReport.lines', { count: lines.length, failed })}</p>
      )}
    </>
  );
}

/** A report that holds less than one would think says so. */
function Missing({ state }: { state: DiagnosisView['state'] }) {
  const { t } = useTranslation();
  if (state === 'done') return null;
  const title = state === 'none' ? t('diagnosisReport.noRun') : t('diagnosisReport.running');
  return <StateCard tone="wait" mark="alert" title={title} isSmall />;
}

/** Written when the dialog opens, and again by its key. */
function useReport(): { written: DiagnosisWritten | null; isBusy: boolean; write: () => Promise<void> } {
  const { send } = useTill();
  const [written, setWritten] = useState<DiagnosisWritten | null>(null);
  const [isBusy, setBusy] = useState(true);
  const write = async () => {
    setBusy(true);
    const reply = await send('diagnostics.report', {});
    setWritten(reply.ok ? (reply.result as DiagnosisWritten) : null);
    setBusy(false);
  };
  useEffect(() => {
    void write();
    // Once, when the dialog opens.
  }, []);
  return { written, isBusy, write };
}

export function ReportSheet({ state, onClose }: { state: DiagnosisView['state']; onClose: () => void }) {
  const { t } = useTranslation();
  const { written, isBusy, write } = useReport();
  return (
    <TestSheet title={t('diagnosisReport.title')} onClose={onClose} width="w-[60rem]">
      {isBusy ? <StateCard tone="info" mark="clock" title={t('diagnosisReport.busy')} /> : null}
      {!isBusy && written !== null ? <Written written={written} /> : null}
      {isBusy ? null : <Refused />}
      <Missing state={state} />
      <p className="text-[1.25rem] leading-snug text-ink-2">{t('diagnosisReport.qr')}</p>
      <Key
        size="small"
        className="w-80 self-end"
        label={t('diagnosisReport.again')}
        shortcut="Enter"
        isDisabled={isBusy}
        onPress={() => void write()}
      />
    </TestSheet>
  );
}

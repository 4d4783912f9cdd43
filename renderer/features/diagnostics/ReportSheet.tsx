// The report: where it was written, what is in it, and that no secret is.
import { useWords } from '../../i18n/index.ts';
import type { DiagnosisView, DiagnosisWritten } from '../../../contract/diagnostics.ts';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { Refused, TestSheet } from './TestSheet.tsx';
import { NOTHING, useAsked } from './useAsked.ts';

function Written({ written }: { written: DiagnosisWritten }) {
  const t = useWords();
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
  const t = useWords();
  if (state === 'done') return null;
  const title = state === 'none' ? t('diagnosisReport.noRun') : t('diagnosisReport.running');
  return <StateCard tone="wait" mark="alert" title={title} isSmall />;
}

export function ReportSheet({ state, onClose }: { state: DiagnosisView['state']; onClose: () => void }) {
  const t = useWords();
  const { isAsking, result, ask } = useAsked('diagnostics.report', NOTHING);
  const written = result as DiagnosisWritten | null;
  return (
    <TestSheet title={t('diagnosisReport.title')} onClose={onClose} width="w-[60rem]">
      {isAsking ? <StateCard tone="info" mark="clock" title={t('diagnosisReport.busy')} /> : null}
      {!isAsking && written !== null ? <Written written={written} /> : null}
      {isAsking ? null : <Refused />}
      <Missing state={state} />
      <p className="text-[1.25rem] leading-snug text-ink-2">{t('diagnosisReport.qr')}</p>
      <Key
        size="small"
        className="w-80 self-end"
        label={t('diagnosisReport.again')}
        shortcut="Enter"
        isDisabled={isAsking}
        onPress={ask}
      />
    </TestSheet>
  );
}

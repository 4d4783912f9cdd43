// The examination as a whole: the summary stays, failures and the list of all checks scroll below it, by finger or by keys.
import { useWords } from '../../i18n/index.ts';
import { type ReactNode, useRef } from 'react';
import type { DiagnosisView } from '../../../contract/diagnostics.ts';
import { CheckRows } from './CheckRows.tsx';
import { Failures } from './Failures.tsx';
import { failures } from './rows.ts';
import { Summary } from './Summary.tsx';
import { useScrollKeys } from '../../ui/useScrollKeys.ts';

type Props = { diagnosis: DiagnosisView; isTechnician: boolean; corner: ReactNode };

export function Examination({ diagnosis, isTechnician, corner }: Props) {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  useScrollKeys(box);
  return (
    <>
      <Summary diagnosis={diagnosis} isTechnician={isTechnician} corner={corner} />
      {/* A new examination is read from its top. */}
      <div key={diagnosis.runId} ref={box} className="min-h-0 flex-1 overflow-y-auto p-3">
        <Failures lines={failures(diagnosis)} />
        <CheckRows diagnosis={diagnosis} />
      </div>
      <p className="shrink-0 border-t border-line px-4 py-1.5 text-[1rem] text-ink-2">
        {t('diagnostics.scrollKeys')}
      </p>
    </>
  );
}

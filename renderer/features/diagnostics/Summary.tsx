// The one sentence at the top: how many things are wrong, or that all is well; and how many checks that rests on.
import { useWords } from '../../i18n/index.ts';
import type { ReactNode } from 'react';
import type { DiagnosisView } from '../../../contract/diagnostics.ts';
import { formatTime } from '../../lib/format.ts';
import { Glyph, type Mark, type Tone } from '../../ui/Glyph.tsx';
import { countOf, failures } from './rows.ts';

type Face = { tone: Tone; mark: Mark; ground: string; title: string; body: string };

function useFace(diagnosis: DiagnosisView, isTechnician: boolean): Face {
  const t = useWords();
  const { state, running, startedAt_ms } = diagnosis;
  const failed = failures(diagnosis).length;
  const counts = t('diagnostics.counts', {
    pass: countOf(diagnosis, 'pass'),
    fail: failed,
    skipped: countOf(diagnosis, 'skipped'),
  });
  if (state === 'none') {
    const more = isTechnician ? ` ${t('diagnostics.idleTechnician')}` : '';
    const body = t('diagnostics.idleBody') + more;
    return { tone: 'info', mark: 'send', ground: 'border-act', title: t('diagnostics.idleTitle'), body };
  }
  if (state === 'running') {
    const title =
      failed === 0
        ? t('diagnostics.runningTitle', { count: running.length })
        : t('diagnostics.runningFailed', { count: failed });
    return { tone: 'info', mark: 'clock', ground: 'bg-act-pale border-act', title, body: counts };
  }
  const body = `${counts} · ${t('diagnostics.doneAt', { time: formatTime(startedAt_ms) })}`;
  if (failed === 0) {
    const title = t('diagnostics.goodTitle');
    return { tone: 'ok', mark: 'tick', ground: 'bg-ok-pale border-ok', title, body };
  }
  const title = t('diagnostics.failedTitle', { count: failed });
  return { tone: 'no', mark: 'cross', ground: 'bg-no-pale border-no', title, body };
}

type Props = { diagnosis: DiagnosisView; isTechnician: boolean; corner: ReactNode };

export function Summary({ diagnosis, isTechnician, corner }: Props) {
  const face = useFace(diagnosis, isTechnician);
  return (
    <header
      data-run={diagnosis.runId}
      data-state={diagnosis.state}
      className={`flex shrink-0 items-center gap-4 border-b-4 px-5 py-2.5 ${face.ground}`}
    >
      <Glyph tone={face.tone} mark={face.mark} className="size-14" />
      <div role="status" className="min-w-0 flex-1">
        <h1 className="text-[2rem] leading-tight font-bold">{face.title}</h1>
        <p className="digits text-[1.125rem] leading-snug text-ink-2">{face.body}</p>
      </div>
      {corner}
    </header>
  );
}

// The steps of a payment, oldest first: when what was sent and came back.
import type { ReactNode } from 'react';
import type { StoryStep } from '../../contract/evidence.ts';
import { useWords } from '../i18n/index.ts';
import { causeKind } from '../lib/cause.ts';
import { formatTime } from '../lib/format.ts';

function useStepWords(): (step: StoryStep) => string {
  const t = useWords();
  return ({ what, count }) => {
    if (what === 'inquired' && count !== undefined) return t('story.inquiredCount', { count });
    if (what === 'codeAsked' && count !== undefined) return t('story.codeAskedCount', { count });
    if (what === 'closeSent' && count !== undefined) return t('story.closeSentCount', { count });
    if (what === 'reversalSent' && count !== undefined) return t('story.reversalSentCount', { count });
    return t(`story.${what}`);
  };
}

/** A system's code for a silence gets its words; it stays itself for the telephone. */
function useDetail(): (step: StoryStep) => string {
  const t = useWords();
  return ({ detail = '' }) => {
    const kind = causeKind(detail);
    return kind === null ? detail : `${t(`cause.${kind}`)} ${detail}`;
  };
}

/** `children`: what comes next. */
export function StorySteps({ steps, children }: { steps: readonly StoryStep[]; children?: ReactNode }) {
  const wordsOf = useStepWords();
  const detailOf = useDetail();
  return (
    <ol className="mt-2 space-y-1 text-[1.125rem]">
      {steps.map((step, index) => (
        <li key={`${step.at_ms} ${step.what} ${index}`} className="flex gap-4">
          <span className="digits w-[5.5rem] shrink-0 text-ink-2">{formatTime(step.at_ms)}</span>
          <span>{wordsOf(step)}</span>
          <span className="digits min-w-0 truncate text-ink-2">{detailOf(step)}</span>
        </li>
      ))}
      {children}
    </ol>
  );
}

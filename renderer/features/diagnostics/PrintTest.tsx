// The test page: under way, out with its proof, unsure, or failed with the remedy; and what its QR code is good for.
import { findingTexts } from '../../../contract/diagnosis-texts.ts';
import type { PartTestView } from '../../../contract/diagnostics.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { useScreenState } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { problemFinding } from './print-problem.ts';
import { Refused, TestSheet } from './TestSheet.tsx';
import { NOTHING, useAsked } from './useAsked.ts';

const proofs = ['processId', 'orderedStatus', 'sentOnly'] as const;

/** The proof, or what was found and its remedy; then the core's own words where they say more. */
function useExplanation({ detail }: PartTestView): { lines: string[]; subject: string } {
  const t = useWords();
  const language = useLanguage();
  const proof = proofs.find((one) => one === detail);
  if (proof !== undefined) return { lines: [t(`printTest.proof_${proof}`)], subject: proof };
  const finding = problemFinding(detail);
  if (finding === null) return { lines: [], subject: detail };
  const { what, todo } = findingTexts[language][finding];
  return { lines: [`${what}${language === 'zh' ? '。' : '. '}${todo}`], subject: detail };
}

function Outcome({ view }: { view: PartTestView }) {
  const t = useWords();
  const { lines, subject } = useExplanation(view);
  switch (view.state) {
    case 'none':
      return <StateCard tone="none" mark="dots" title={t('printTest.none')} />;
    case 'running':
      return (
        <StateCard
          tone="info"
          mark="clock"
          title={t('printTest.running')}
          lines={[t('printTest.runningBody')]}
        />
      );
    case 'done':
      return <StateCard tone="ok" mark="tick" title={t('printTest.done')} lines={lines} subject={subject} />;
    case 'unsure': {
      const isWhole = subject === 'sentOnly';
      const title = isWhole ? t('printTest.unsure') : t('printTest.unsurePart');
      const all = isWhole ? [...lines, t('printTest.unsureBody')] : lines;
      return <StateCard tone="wait" mark="question" title={title} lines={all} subject={subject} />;
    }
    case 'failed':
      return (
        <StateCard tone="no" mark="cross" title={t('printTest.failed')} lines={lines} subject={subject} />
      );
  }
}

export function PrintTest({ view, onClose }: { view: PartTestView; onClose: () => void }) {
  const t = useWords();
  const { refusal } = useScreenState();
  const { isAsking, ask } = useAsked('diagnostics.printTest', NOTHING);
  const shown: PartTestView = isAsking ? { state: 'running', detail: '' } : view;
  return (
    <TestSheet title={t('printTest.title')} onClose={onClose}>
      {refusal === null ? <Outcome view={shown} /> : <Refused />}
      <p className="text-[1.25rem] leading-snug text-ink-2">{t('printTest.qr')}</p>
      <Key
        size="small"
        className="w-80 self-end"
        label={t('printTest.again')}
        shortcut="Enter"
        isDisabled={shown.state === 'running'}
        onPress={ask}
      />
    </TestSheet>
  );
}

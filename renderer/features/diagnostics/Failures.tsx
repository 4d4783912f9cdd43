// What is wrong, first and together, each with its remedy: nobody has to look for it in the list or touch anything.
import { checkTitles, findingTexts } from '../../../contract/diagnosis-texts.ts';
import type { CheckLine } from '../../../contract/diagnostics.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { Glyph } from '../../ui/Glyph.tsx';

function Failure({ line }: { line: CheckLine }) {
  const t = useWords();
  const language = useLanguage();
  const { what, todo } = findingTexts[language][line.finding];
  return (
    <li className="flex items-start gap-3 border-t border-no/30 px-3 py-2 first:border-t-0">
      <Glyph tone="no" mark="cross" className="mt-0.5 size-9" />
      <div className="min-w-0 flex-1 leading-snug">
        <div className="flex items-baseline justify-between gap-3">
          <h3 className="min-w-0 text-[1.25rem] font-bold">
            {checkTitles[language][line.check]}
            {line.subject === '' ? '' : ` ${line.subject}`} · {what}
          </h3>
          <span className="shrink-0 text-[1rem] font-bold text-no">{t('verdict.fail')}</span>
        </div>
        <p className="text-[1.125rem]">{todo}</p>
        {line.detail === '' ? null : (
          <p className="digits text-[1rem] text-ink-2 [overflow-wrap:anywhere]">{line.detail}</p>
        )}
      </div>
    </li>
  );
}

export function Failures({ lines }: { lines: readonly CheckLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ul data-failures className="mb-3 rounded-xl border-2 border-no bg-no-pale">
      {lines.map((line) => (
        <Failure key={`${line.check} ${line.subject}`} line={line} />
      ))}
    </ul>
  );
}

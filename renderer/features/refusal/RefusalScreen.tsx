// The till refuses to sell: what happened, whether the money is safe, what to do. Nothing else is offered.
import { errorTexts } from '../../../contract/error-texts.ts';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { Glyph } from '../../ui/Glyph.tsx';

export function RefusalScreen({ refusal }: { refusal: NonNullable<Snapshot['refusal']> }) {
  const t = useWords();
  const text = errorTexts[useLanguage()][refusal.code];
  const rows = [
    [t('refusal.what'), text.what],
    [t('refusal.money'), text.money],
    [t('refusal.todo'), text.todo],
  ] as const;
  return (
    <main role="alert" className="grid h-full place-items-center bg-no-pale p-8">
      <div className="w-full max-w-[62rem]">
        <div className="flex items-center gap-6">
          <Glyph tone="no" mark="cross" className="size-24" />
          <h1 className="text-[3rem] leading-tight font-bold">{t('refusal.title')}</h1>
        </div>
        <dl className="mt-8 space-y-5">
          {rows.map(([term, words]) => (
            <div key={term} className="grid grid-cols-[12rem_1fr] items-baseline gap-4">
              <dt className="text-[1.25rem] text-ink-2">{term}</dt>
              <dd className="text-[1.75rem] leading-snug font-bold">{words}</dd>
            </div>
          ))}
          <div className="grid grid-cols-[12rem_1fr] items-baseline gap-4 border-t border-no/40 pt-5">
            <dt className="text-[1.25rem] text-ink-2">{t('refusal.detail')}</dt>
            <dd className="digits text-[1.25rem] [overflow-wrap:anywhere]">
              {refusal.code}
              {refusal.detail === '' ? '' : ` · ${refusal.detail}`}
            </dd>
          </div>
        </dl>
      </div>
    </main>
  );
}

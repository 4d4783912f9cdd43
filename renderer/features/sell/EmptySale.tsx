// An empty sale says what to do.
import { useWords } from '../../i18n/index.ts';
import { Glyph } from '../../ui/Glyph.tsx';

export function EmptySale() {
  const t = useWords();
  return (
    <div className="grid flex-1 place-items-center p-8">
      <div className="max-w-[38rem] text-center">
        <Glyph tone="info" mark="code" className="mx-auto size-28" />
        <h1 className="mt-6 text-[2.5rem] font-bold">{t('sell.emptyTitle')}</h1>
        <p className="mt-3 text-[1.375rem]">{t('sell.emptyBody')}</p>
        <p className="mt-2 text-[1.25rem] text-ink-2">{t('sell.emptyKeys')}</p>
      </div>
    </div>
  );
}

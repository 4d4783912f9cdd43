// Payments of earlier sales that the core is still resolving by itself: seen on every screen until they are proven.
import { useWords } from '../i18n/index.ts';
import { formatYuan } from '../lib/format.ts';
import { useScreenState } from '../lib/till.tsx';
import { Glyph } from './Glyph.tsx';

export function Resolving() {
  const t = useWords();
  const payments = useScreenState().snapshot?.resolving ?? [];
  const [first] = payments;
  if (!first) return null;
  const words = payments.length === 1 ? t('resolving.one') : t('resolving.many', { count: payments.length });
  return (
    <section
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 border-t border-wait bg-wait-pale px-4 py-1.5 text-[1.125rem]"
    >
      <Glyph tone="wait" mark="question" className="size-7" />
      <b>{words}</b>
      <span className="digits min-w-0 truncate">
        {t(`state.${first.state}`)} {formatYuan(first.amount_fen)} ·{' '}
        {t('tender.order', { number: first.orderNumber })}
      </span>
    </section>
  );
}

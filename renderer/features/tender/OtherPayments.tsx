// The payments of this sale but for the one at hand, one line each.
import type { PaymentView } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { useWalletName } from '../../ui/useSchemeName.ts';
import { faceOf } from './face.ts';

const SHOWN_payments = 3;

export function OtherPayments({ payments }: { payments: readonly PaymentView[] }) {
  const t = useWords();
  const language = useLanguage();
  const walletName = useWalletName();
  if (payments.length === 0) return null;
  return (
    <section className="shrink-0 border-t-2 border-line px-4 py-3">
      <h2 className="text-[1.25rem] font-bold">{t('tender.others')}</h2>
      <ul className="mt-1 space-y-1 text-[1.125rem]">
        {payments.slice(-SHOWN_payments).map((payment) => (
          <li key={payment.attemptId} className="flex items-center gap-3">
            <Glyph {...faceOf(payment, language)} className="size-7" />
            <span className="font-bold">{t(`state.${payment.state}`)}</span>
            <span className="digits min-w-0 truncate text-ink-2">{walletName(payment)}</span>
            <span className="digits ml-auto">{formatYuan(payment.amount_fen)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

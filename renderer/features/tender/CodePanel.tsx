// Main scan: our code, as large as the goods' place allows, for the customer to scan from the cashier's screen.
import type { PaymentView } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { formatYuan, secondsUntil } from '../../lib/format.ts';
import { codeSide_px } from '../../lib/qr.ts';
import { useNow_ms, useScreenState } from '../../lib/till.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';

type Code = NonNullable<PaymentView['code']>;

/** What still may happen to it; the core ends it, the screen only counts. */
function useCodeLeft({ endsAt_ms }: Code): string {
  const t = useWords();
  const count = secondsUntil(endsAt_ms, useNow_ms());
  return count === 0 ? t('code.over') : t('code.left', { count });
}

function Beside({ payment, code }: { payment: PaymentView; code: Code }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const left = useCodeLeft(code);
  return (
    <div className="min-w-0 space-y-3 leading-snug">
      <h2 className={`text-[2.25rem] leading-tight font-bold ${code.isScanned ? 'text-wait' : ''}`}>
        {code.isScanned ? t('code.paying') : t('code.scan')}
      </h2>
      <p className="digits text-[2.5rem] leading-none font-bold">{formatYuan(payment.amount_fen)}</p>
      <p className="text-[1.125rem] text-ink-2">{t('code.locked')}</p>
      <p className="text-[1.5rem]">{schemeName(payment.scheme)}</p>
      <p className="digits text-[1.5rem] font-bold">{left}</p>
      <p className="digits text-[1rem] [overflow-wrap:anywhere] text-ink-2">
        {t('tender.order', { number: payment.orderNumber })}
      </p>
    </div>
  );
}

export function CodePanel({ payment, code }: { payment: PaymentView; code: Code }) {
  const t = useWords();
  const { snapshot } = useScreenState();
  const side_px = codeSide_px(snapshot?.pxPerMm ?? 0, window.innerHeight);
  return (
    <section className="flex min-h-0 flex-1 items-center justify-center gap-8 bg-white px-4">
      <QrCode content={code.content} side_px={side_px} name={t('code.scan')} />
      <Beside payment={payment} code={code} />
    </section>
  );
}

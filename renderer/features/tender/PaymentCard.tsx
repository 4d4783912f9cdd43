// The state of the payment the cashier works on, with its running seconds.
import type { PaymentView } from '../../../contract/snapshot.ts';
import { type Translate, useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan, secondsSince, secondsUntil } from '../../lib/format.ts';
import { useNow_ms } from '../../lib/till.tsx';
import { ageWords } from '../../ui/age-words.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { useWalletName } from '../../ui/useSchemeName.ts';
import { faceOf, headOf } from './face.ts';

/** What runs now: seconds since it was sent, or until the core's next step. */
export function useRunning(payment: PaymentView): string | undefined {
  const t = useWords();
  const now_ms = useNow_ms();
  const next_ms = payment.nextStepAt_ms;
  const seconds = next_ms === null ? null : secondsUntil(next_ms, now_ms);
  const elapsed = t('tender.elapsed', { count: secondsSince(payment.since_ms, now_ms) });
  switch (payment.state) {
    case 'authorizing':
      return elapsed;
    case 'held':
      return seconds === null ? elapsed : t('tender.holdLeft', { count: seconds });
    case 'awaitingCustomer':
    case 'unknown':
    case 'inquiring':
      if (seconds === null) return elapsed;
      return payment.inquiries === 0
        ? t('tender.nextInquiryFirst', { seconds })
        : t('tender.nextInquiry', { count: payment.inquiries, seconds });
    case 'presenting':
      // The panel with the code counts for itself.
      return payment.code === null ? elapsed : undefined;
    case 'closing':
      return seconds === null ? elapsed : t('code.nextClose', { seconds });
    case 'reversing':
      return seconds === null
        ? elapsed
        : t('tender.nextReversal', {
            count: Math.max(1, payment.reversals),
            wait: ageWords(t, seconds * 1000),
          });
    default:
      return undefined;
  }
}

/** `isSmall`: it is over, and what comes next stands below it. */
export function PaymentCard({ payment, isSmall = false }: { payment: PaymentView; isSmall?: boolean }) {
  const t = useWords();
  const face = faceOf(payment, useLanguage());
  const walletName = useWalletName();
  const running = useRunning(payment);
  const isPaid = payment.state === 'approved' || payment.state === 'settled';
  const isWordy = face.lines.length > 0;
  const body = isWordy ? face.lines : [bodyOf(payment, t)].filter((line) => line !== '');
  // The acquirer's own reason is for the telephone; causes of silence stand in the story.
  const isDeclined = payment.state === 'declined' && payment.acquirerCode !== null;
  const acquirerCode = isDeclined ? ` · ${payment.acquirerCode}` : '';
  return (
    <StateCard
      tone={face.tone}
      mark={face.mark}
      title={isPaid ? `${t(headOf(payment))} ${formatYuan(payment.amount_fen)}` : t(headOf(payment))}
      lines={body.map((line) => <b key={line}>{line}</b>)}
      subject={walletName(payment)}
      isSmall={isSmall}
      {...(running === undefined ? {} : { running })}
      code={face.code === null ? null : `${face.code}${acquirerCode}`}
    />
  );
}

function bodyOf(payment: PaymentView, t: Translate): string {
  switch (payment.state) {
    case 'presenting':
      if (payment.code === null) return t('code.makingBody');
      return payment.code.isScanned ? t('code.payingBody') : t('stateBody.presenting');
    case 'held':
    case 'queued':
    case 'authorizing':
    case 'approved':
    case 'expiredUnsent':
    case 'voiding':
    case 'voided':
    case 'settled':
      return t(`stateBody.${payment.state}`);
    default:
      return '';
  }
}

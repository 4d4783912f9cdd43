// A payment's own story: when what was sent and came back, and what comes next, so that nobody has to guess.
import { useWords } from '../../i18n/index.ts';
import type { PaymentView } from '../../../contract/snapshot.ts';
import { formatTime } from '../../lib/format.ts';
import { useNow_ms } from '../../lib/till.tsx';
import { StorySteps } from '../../ui/StorySteps.tsx';
import { useWalletName } from '../../ui/useSchemeName.ts';
import { useRunning } from './PaymentCard.tsx';

/** Steps that fit; of a longer story the end is shown. */
const SHOWN_steps = 6;
/** Beside a code, which needs the room. */
const SHOWN_besideCode_steps = 3;

function NextStep({ payment }: { payment: PaymentView }) {
  const running = useRunning(payment);
  const now_ms = useNow_ms();
  if (running === undefined) return null;
  return (
    <li className="flex gap-4 font-bold text-wait">
      <span className="digits w-[5.5rem] shrink-0">{formatTime(now_ms)}</span>
      <span>{running}</span>
    </li>
  );
}

export function Story({ payment }: { payment: PaymentView }) {
  const t = useWords();
  const walletName = useWalletName();
  const shown = payment.code === null ? SHOWN_steps : SHOWN_besideCode_steps;
  return (
    <section className="shrink-0 border-t-2 border-line bg-white px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-[1.25rem] font-bold">{t('tender.story')}</h2>
        <span className="digits text-[1rem] text-ink-2">
          {walletName(payment)} · {t('tender.order', { number: payment.orderNumber })}
        </span>
      </div>
      <StorySteps steps={payment.story.slice(-shown)}>
        {payment.unproven ? <NextStep payment={payment} /> : null}
      </StorySteps>
    </section>
  );
}

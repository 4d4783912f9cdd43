// The questions before a step of the payment that can't be taken back.
import { useWords } from '../../i18n/index.ts';
import type { PaymentView, SaleView } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { useTill } from '../../lib/till.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { CancelAsk } from '../../ui/CancelAsk.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import type { Asked } from './at-hand.ts';

type Props = {
  sale: SaleView;
  asked: Asked | null;
  close: () => void;
  /** Cash instead of the payment in doubt, after it was said what becomes of that. */
  onCash: () => void;
};

function GiveUpAsk({ payment, close }: { payment: PaymentView; close: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const amount = formatYuan(payment.amount_fen);
  // A code of ours is closed, never reversed.
  const words =
    payment.state === 'presenting'
      ? {
          title: t('code.closeTitle'),
          body: t('code.closeBody', { amount }),
          safe: t('code.keep'),
          other: t('code.closeYes'),
        }
      : {
          title: t('confirm.giveUpTitle'),
          body: t('confirm.giveUpBody', { amount }),
          safe: t('confirm.wait'),
          other: t('confirm.giveUpYes'),
        };
  return (
    <Ask
      {...words}
      otherKey="F9"
      onSafe={close}
      onOther={() => {
        close();
        void send('payment.giveUp', { attemptId: payment.attemptId });
      }}
    />
  );
}

function CashAsk({
  payment,
  close,
  onCash,
}: {
  payment: PaymentView;
  close: () => void;
  onCash: () => void;
}) {
  const t = useWords();
  const schemeName = useSchemeName();
  const words = { scheme: schemeName(payment.scheme), amount: formatYuan(payment.amount_fen) };
  const isCode = payment.state === 'presenting';
  return (
    <Ask
      title={t('confirm.cashTitle')}
      body={
        <>
          <p>{isCode ? t('code.cashBody', words) : t('confirm.cashBody', words)}</p>
          <p className="font-bold">{isCode ? t('code.cashLate') : t('confirm.cashLate')}</p>
        </>
      }
      safe={isCode ? t('code.keep') : t('confirm.wait')}
      other={t('confirm.cashYes')}
      otherKey="F5"
      onSafe={close}
      onOther={onCash}
    />
  );
}

export function Questions({ sale, asked, close, onCash }: Props) {
  switch (asked?.kind) {
    case 'giveUp':
      return <GiveUpAsk payment={asked.payment} close={close} />;
    case 'cash':
      return <CashAsk payment={asked.payment} close={close} onCash={onCash} />;
    case 'cancel':
      return <CancelAsk sale={sale} close={close} />;
    case undefined:
      return null;
  }
}

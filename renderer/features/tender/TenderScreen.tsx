// The payment: what is due, the state of the payment at hand, and the few ways on that this state allows.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentView, SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { formatYuan, secondsUntil } from '../../lib/format.ts';
import { useNow_ms, useTill } from '../../lib/till.tsx';
import { Amount } from '../../ui/Amount.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { Key } from '../../ui/Key.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { PaymentCard } from './PaymentCard.tsx';
import { SaleColumn } from './SaleColumn.tsx';
import { ReadyCard } from './ReadyCard.tsx';

type Question = 'giveUp' | 'cancel' | null;

function GiveUpKey({ payment, onPress }: { payment: PaymentView; onPress: () => void }) {
  const { t } = useTranslation();
  const now_ms = useNow_ms();
  const wait_s = payment.giveUpFrom_ms === null ? 0 : secondsUntil(payment.giveUpFrom_ms, now_ms);
  const canGiveUp = payment.canGiveUp || wait_s === 0;
  const note = canGiveUp ? t('tender.giveUpNote') : t('tender.giveUpIn', { count: wait_s });
  return (
    <Key
      className="col-span-2"
      label={t('tender.giveUp')}
      note={note}
      shortcut="F9"
      isDisabled={!canGiveUp}
      onPress={onPress}
    />
  );
}

function WayKeys({ sale, ask }: { sale: SaleView; ask: (question: Question) => void }) {
  const { t } = useTranslation();
  const { send } = useTill();
  const payment = sale.payments.at(-1);
  if (payment?.unproven && (payment.canGiveUp || payment.giveUpFrom_ms !== null)) {
    return <GiveUpKey payment={payment} onPress={() => ask('giveUp')} />;
  }
  // A reversal or a dispute goes its own way: the sale can be left when it is proven, not before.
  if (!sale.canGoBack && !sale.canCancel) return null;
  return (
    <>
      <Key
        label={t('tender.back')}
        shortcut="Escape"
        isDisabled={!sale.canGoBack}
        onPress={() => void send('sale.backToGoods', {})}
      />
      <Key
        look="danger"
        label={t('sell.cancel')}
        shortcut="F9"
        isDisabled={!sale.canCancel}
        onPress={() => ask('cancel')}
      />
    </>
  );
}

function Questions({ sale, question, close }: { sale: SaleView; question: Question; close: () => void }) {
  const { t } = useTranslation();
  const { send } = useTill();
  const payment = sale.payments.at(-1);
  if (question === 'giveUp' && payment?.unproven) {
    return (
      <Ask
        title={t('confirm.giveUpTitle')}
        body={t('confirm.giveUpBody', { amount: formatYuan(payment.amount_fen) })}
        safe={t('confirm.wait')}
        other={t('confirm.giveUpYes')}
        otherKey="F9"
        onSafe={close}
        onOther={() => {
          close();
          void send('payment.giveUp', { attemptId: payment.attemptId });
        }}
      />
    );
  }
  if (question !== 'cancel' || !sale.canCancel) return null;
  return (
    <Ask
      title={t('confirm.cancelTitle')}
      body={t('confirm.cancelBody', { count: sale.itemCount, amount: formatYuan(sale.total_fen) })}
      safe={t('confirm.keep')}
      other={t('confirm.cancelYes')}
      otherKey="F9"
      onSafe={close}
      onOther={() => {
        close();
        void send('sale.cancel', {});
      }}
    />
  );
}

export function TenderScreen({ sale, snapshot }: { sale: SaleView; snapshot: Snapshot }) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>(null);
  const payment = sale.payments.at(-1);
  const canScan = !sale.payments.some((one) => one.unproven && !one.deferred) && sale.due_fen > 0;
  const label =
    sale.due_fen === sale.total_fen
      ? t('tender.due')
      : t('tender.dueOf', { total: formatYuan(sale.total_fen) });
  return (
    <>
      <TwoColumns
        left={<SaleColumn sale={sale} />}
        right={
          <>
            <Amount label={label} amount_fen={sale.due_fen} />
            {payment ? <PaymentCard payment={payment} /> : null}
            {canScan ? <ReadyCard route={snapshot.routes[0]} isSmall={payment !== undefined} /> : null}
          </>
        }
        keys={<WayKeys sale={sale} ask={setQuestion} />}
      />
      <Questions sale={sale} question={question} close={() => setQuestion(null)} />
    </>
  );
}

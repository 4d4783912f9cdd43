// A sale has ended: paid, waiting offline, or cancelled with what became of the money; and the receipt.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorTexts } from '../../../contract/error-texts.ts';
import type { PrintView, SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { Amount } from '../../ui/Amount.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { PaymentCard, useSchemeName } from './PaymentCard.tsx';
import { SaleColumn } from './SaleColumn.tsx';

function Outcome({ sale }: { sale: SaleView }): ReactNode {
  const { t } = useTranslation();
  const schemeName = useSchemeName();
  const payment = sale.payments.at(-1);
  const subject = payment ? `${schemeName(payment.scheme)} ${payment.codeMask}` : undefined;
  if (sale.state === 'completedPending') {
    const lines = [<b key="b">{t('result.pendingBody')}</b>];
    return (
      <StateCard tone="off" mark="clock" title={t('result.pendingTitle')} lines={lines} subject={subject} />
    );
  }
  if (sale.state === 'completed') {
    return payment ? <PaymentCard payment={payment} /> : null;
  }
  if (sale.payments.some((one) => one.state === 'reversed' || one.state === 'voided')) {
    const lines = [<b key="b">{t('result.givenBackBody')}</b>];
    return (
      <StateCard tone="info" mark="back" title={t('result.givenBackTitle')} lines={lines} subject={subject} />
    );
  }
  return (
    <StateCard tone="info" mark="tick" title={t('result.nothingTitle')} lines={[t('result.nothingBody')]} />
  );
}

function Receipt({ sale, print }: { sale: SaleView; print: PrintView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (sale.receiptNumber === null) return null;
  const number = t('result.receipt', { number: sale.receiptNumber });
  const isOfThisSale = print.receiptId === null || print.receiptId === sale.receiptId;
  if (!isOfThisSale || print.state === 'none') return <p className="digits px-1 text-[1.25rem]">{number}</p>;
  if (print.state === 'printing' || print.state === 'printed') {
    return (
      <p className="digits px-1 text-[1.25rem]">
        {t(`print.${print.state}`)} · {number}
      </p>
    );
  }
  const text = print.reason === null ? null : errorTexts[language][print.reason];
  const isFailed = print.state === 'failed';
  return (
    <StateCard
      tone={isFailed ? 'no' : 'wait'}
      mark={isFailed ? 'cross' : 'question'}
      title={t(`print.${print.state}`)}
      lines={
        text === null
          ? []
          : [isFailed ? `${text.what} · ${text.money}` : text.money, <b key="t">{text.todo}</b>]
      }
      subject={number}
      isSmall
      code={print.reason}
    />
  );
}

export function ResultScreen({ sale, snapshot }: { sale: SaleView; snapshot: Snapshot }) {
  const { t } = useTranslation();
  const { send } = useTill();
  const labels = { completed: 'result.paid', completedPending: 'result.pending' } as const;
  const label =
    sale.state === 'completed' || sale.state === 'completedPending' ? labels[sale.state] : 'result.cancelled';
  return (
    <TwoColumns
      left={<SaleColumn sale={sale} />}
      right={
        <>
          <Amount label={t(label)} amount_fen={sale.state === 'cancelled' ? 0 : sale.total_fen} />
          <Outcome sale={sale} />
          <Receipt sale={sale} print={snapshot.print} />
        </>
      }
      keys={
        <Key
          look="main"
          className="col-span-2"
          label={t('result.next')}
          note={t('result.nextNote')}
          shortcut="Enter"
          onPress={() => void send('sale.next', {})}
        />
      }
    />
  );
}

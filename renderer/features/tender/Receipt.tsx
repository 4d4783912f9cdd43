// What became of the receipt of an ended sale.
import { errorTexts } from '../../../contract/error-texts.ts';
import type { PrintView, SaleView } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { StateCard } from '../../ui/StateCard.tsx';

export function Receipt({ sale, print }: { sale: SaleView; print: PrintView }) {
  const t = useWords();
  const language = useLanguage();
  if (sale.receiptNumber === null) return null;
  const number = t('result.receipt', { number: sale.receiptNumber });
  const isOfThisSale = print.receiptId === null || print.receiptId === sale.receiptId;
  if (!isOfThisSale || print.state === 'none') return <p className="digits px-1 text-[1.25rem]">{number}</p>;
  const title = print.proof === null ? t('print.printing') : t(`print.proof.${print.proof}`);
  if (print.state === 'printing' || print.state === 'printed') {
    return (
      <p className="digits px-1 text-[1.25rem]">
        {title} · {number}
      </p>
    );
  }
  const text = print.reason === null ? null : errorTexts[language][print.reason];
  const cause = print.cause === null ? null : errorTexts[language][print.cause].what;
  const isFailed = print.state === 'failed';
  return (
    <StateCard
      tone={isFailed ? 'no' : 'wait'}
      mark={isFailed ? 'cross' : 'question'}
      title={title}
      lines={
        text === null
          ? []
          : [cause === null ? text.money : `${cause} · ${text.money}`, <b key="t">{text.todo}</b>]
      }
      subject={number}
      isSmall
      code={print.reason}
    />
  );
}

// What is proven of one payment, in words and numbers: the right column.
import type { Evidence } from '../../../contract/evidence.ts';
import { useWords } from '../../i18n/index.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { useAppName, useSchemeName } from '../../ui/useSchemeName.ts';
import { paysNothing, verdictLooks } from './looks.ts';

/** The acquirer's own clock, as it wrote it: "11-23 10:42:07". */
function clockOf(paidAt: string): string {
  return paidAt.slice(5, 19).replace('T', ' ');
}

/** What may be collected: nothing while another payment of the sale has no proof. */
function saleWordOf({ verdict, sale }: Evidence) {
  if (sale.state !== 'due') return sale.state;
  if (sale.isBlocked) return 'dueBlocked';
  return paysNothing.has(verdict) ? 'dueAgain' : 'due';
}

/** A number too long for a row beside its name stands below it. */
function LongNumber({ label, value }: { label: string; value: string }) {
  return (
    <div className="text-[1.125rem] leading-snug">
      <div className="text-ink-2">{label}</div>
      <div className="digits [overflow-wrap:anywhere]">{value}</div>
    </div>
  );
}

export function EvidenceFacts({ evidence }: { evidence: Evidence }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const appName = useAppName();
  const { verdict, proof, giveBacks, receiptNumber, sale } = evidence;
  const saleWord = saleWordOf(evidence);
  const facts: Fact[] = [
    {
      label: schemeName(evidence.scheme),
      value: formatYuan(evidence.amount_fen),
      isStrong: true,
      ...(proof?.payerApp !== undefined && { note: t('evidence.app', { app: appName(proof.payerApp) }) }),
    },
    { label: t('evidence.begunAt'), value: formatDay(evidence.openedAt_ms) },
    ...(proof === null ? [] : [{ label: t('evidence.paidAt'), value: clockOf(proof.paidAt) }]),
    { label: t('evidence.code'), value: evidence.codeMask === '' ? t('code.ours') : evidence.codeMask },
    ...(receiptNumber === null ? [] : [{ label: t('evidence.receipt'), value: receiptNumber }]),
    ...giveBacks.map(
      (one): Fact => ({
        label: t('evidence.givenBack'),
        value: formatYuan(one.amount_fen),
        note: t(`evidenceResult.${one.result}`),
      }),
    ),
  ];
  return (
    <>
      <StateCard
        {...verdictLooks[verdict]}
        title={t(`evidenceTitle.${verdict}`)}
        lines={[
          t(`evidenceBody.${verdict}`),
          <b key="todo">{t(`evidenceTodo.${verdict}`)}</b>,
          t(`evidenceSale.${saleWord}`, { amount: formatYuan(sale.due_fen) }),
        ]}
        code={evidence.acquirerCode}
      />
      <Facts facts={facts} />
      <LongNumber label={t('evidence.order')} value={evidence.orderNumber} />
      {proof === null ? null : <LongNumber label={t('evidence.acquirer')} value={proof.acquirerOrderId} />}
    </>
  );
}

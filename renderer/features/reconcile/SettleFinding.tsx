// How a difference was dealt with: a ready-made reason, or, of a payment without a proof, the word of the acquirer's office, which ends it.
import { useState } from 'react';
import type { FindingRow } from '../../../contract/reconciliation.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { reasons } from '../../i18n/reasons.ts';
import { formatYuan } from '../../lib/format.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Choices } from '../../ui/Choices.tsx';

export type Settled = { reason: string; isConfirmed: boolean };
type Props = {
  finding: FindingRow;
  isSettled: boolean;
  onSettled: (settled: Settled) => void;
  onClose: () => void;
};

/** The till keeps asking about it, perhaps for ever. */
export const isUnproven = ({ class: name, refundNumber }: FindingRow) =>
  name === 'stillPending' && refundNumber === null;

export function SettleFinding({ finding, isSettled, onSettled, onClose }: Props) {
  const t = useWords();
  const words = reasons[useLanguage()];
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const ofOffice = isUnproven(finding) ? words.confirmed : [];
  const facts = {
    amount: formatYuan(finding.effect_fen),
    number: finding.refundNumber ?? finding.orderNumber,
    there: finding.there,
  };
  if (confirmed !== null) {
    return (
      <Ask
        title={t('reconcile.confirmed')}
        body={t(finding.lines.length > 0 ? 'reconcile.confirmedThere' : 'reconcile.confirmedBody', facts)}
        safe={t('pad.back')}
        other={t('reconcile.confirmedYes')}
        otherKey="F4"
        onSafe={() => setConfirmed(null)}
        onOther={() => onSettled({ reason: confirmed, isConfirmed: true })}
      />
    );
  }
  return (
    <Choices
      title={t('reconcile.reason')}
      body={t('reconcile.reasonBody', facts)}
      choices={isSettled ? ofOffice : [...words.finding, ...ofOffice]}
      onChoose={(reason) =>
        ofOffice.includes(reason) ? setConfirmed(reason) : onSettled({ reason, isConfirmed: false })
      }
      onClose={onClose}
    />
  );
}

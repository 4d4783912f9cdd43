// How a difference was dealt with: a ready-made reason; a remark, which leaves it open; or, of what has no proof, the word of the acquirer's
// office, which ends it. Of a give-back the office says one of two things.
import { useState } from 'react';
import type { FindingRow } from '../../../contract/reconciliation.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { reasons } from '../../i18n/reasons.ts';
import { formatYuan } from '../../lib/format.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { saidText } from './said.ts';

export type Settled = { reason: string; isConfirmed: boolean; isNotBack: boolean; isNote: boolean };
type Props = {
  finding: FindingRow;
  /** It had no proof when the bill was compared, and has one by now. */
  isProvenSince: boolean;
  /** Of an older comparison, which proves nothing of it: the office's word alone counts there. */
  isOld: boolean;
  onSettled: (settled: Settled) => void;
  onClose: () => void;
};

/** A give-back that the bill proves. A payment may have to become a dispute before its end by the bill counts. */
const isProven = ({ isGiveBack, isBackThere }: FindingRow) => isGiveBack === true && isBackThere === true;

/** What the office may say of it. Of what is proven here, or by the bill, there is nothing to say. */
const wordsFor = (finding: FindingRow) => {
  if (finding.class !== 'stillPending' || isProven(finding)) return [];
  return finding.isGiveBack === true ? (['officeBack', 'officeNotBack'] as const) : (['confirmed'] as const);
};
type Word = ReturnType<typeof wordsFor>[number];

function bodyOf(word: Word, { lines }: FindingRow) {
  if (word !== 'confirmed') return `reconcile.${word}Body` as const;
  return lines.length > 0 ? 'reconcile.confirmedThere' : 'reconcile.confirmedBody';
}

const plain = { isConfirmed: false, isNotBack: false, isNote: false };

export function SettleFinding({ finding, isProvenSince, isOld, onSettled, onClose }: Props) {
  const t = useWords();
  const language = useLanguage();
  const words = reasons[language];
  const [said, setSaid] = useState<{ word: Word; reason: string } | null>(null);
  const heard = isProvenSince ? [] : wordsFor(finding);
  const office = heard.flatMap((word) => words[word].map((reason) => ({ word, reason })));
  const facts = {
    amount: formatYuan(finding.effect_fen),
    number: finding.refundNumber ?? finding.orderNumber,
    there: saidText(finding.there, language),
  };
  if (said !== null) {
    const { word, reason } = said;
    return (
      <Ask
        title={t(`reconcile.${word}`)}
        body={t(bodyOf(word, finding), facts)}
        safe={t('pad.back')}
        other={t('reconcile.confirmedYes')}
        otherKey="F4"
        onSafe={() => setSaid(null)}
        onOther={() =>
          onSettled({ ...plain, reason, isConfirmed: true, isNotBack: word === 'officeNotBack' })
        }
      />
    );
  }
  const ofOffice = office.map(({ reason }) => reason);
  const ready = isProven(finding) ? words.onBill : [...words.findingNote, ...words.finding];
  const body = isProven(finding) ? 'reconcile.provenThere' : 'reconcile.reasonBody';
  return (
    <Choices
      title={t('reconcile.reason')}
      body={t(isOld ? 'reconcile.compareAgain' : body, facts)}
      choices={isOld ? ofOffice : [...ready, ...ofOffice]}
      onChoose={(reason) => {
        const word = office.find((one) => one.reason === reason);
        if (word === undefined) onSettled({ ...plain, reason, isNote: words.findingNote.includes(reason) });
        else setSaid(word);
      }}
      onClose={onClose}
    />
  );
}

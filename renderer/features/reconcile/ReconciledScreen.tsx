// One compared bill: what adds up, each difference with its next step, and a word for each that was dealt with.
import { useState } from 'react';
import {
  type BillComparison,
  isFindingOver,
  mustBeComparedAgain,
  othersOf,
  type ReconciliationFound,
} from '../../../contract/reconciliation.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useChosen } from '../../ui/useChosen.ts';
import { FindingRows } from './FindingRows.tsx';
import { standOf } from './rows.ts';
import { SettleFinding, type Settled } from './SettleFinding.tsx';
import { Sums } from './Sums.tsx';
import { useReconciliation } from './useBills.ts';

/** Lines that no row shows, and what is to be done with them. Of an older comparison it is not known whose they are. */
function OthersCard({ comparison, isOnly }: { comparison: BillComparison; isOnly: boolean }) {
  const t = useWords();
  const language = useLanguage();
  const { count, areSorted } = othersOf(comparison);
  if (count === 0) return null;
  if (!areSorted) {
    const title = t('reconcile.othersUnsorted', { count });
    const lines = [t('reconcile.othersUnsortedBody')];
    return <StateCard tone="wait" mark="alert" title={title} lines={lines} isSmall />;
  }
  const words = comparison.classes.find((one) => one.class === 'wrongTerminal');
  const next = words && { who: words.who[language], next: words.next[language] };
  const lines = next ? [t('reconcile.othersToDo', next)] : [];
  const title = t(isOnly ? 'reconcile.othersToo' : 'reconcile.othersMore', { count });
  return <StateCard tone="info" mark="alert" title={title} lines={lines} isSmall />;
}

/** That all agrees is said only where no line of the bill was left to somebody else. What others must do comes below what is this till's. */
function Outcome({ comparison }: { comparison: BillComparison }) {
  const t = useWords();
  const count = comparison.findings.length + comparison.leftOff;
  const others = othersOf(comparison);
  const isAll = standOf({ differences: count, open: count, others }) === 'agrees';
  const body = [t('reconcile.allAgreeBody')];
  return (
    <>
      {count > 0 ? <Differ count={count} /> : null}
      {isAll ? <StateCard tone="ok" mark="tick" title={t('reconcile.allAgree')} lines={body} /> : null}
      {count === 0 ? <OthersCard comparison={comparison} isOnly /> : null}
      <Sums comparison={comparison} />
      {count > 0 ? <OthersCard comparison={comparison} isOnly={false} /> : null}
    </>
  );
}

function Differ({ count }: { count: number }) {
  const t = useWords();
  const title = t('reconcile.someDiffer', { count });
  return <StateCard tone="wait" mark="alert" title={title} lines={[t('reconcile.someDifferBody')]} isSmall />;
}

/** Where all of it can be read. */
function useTableWords(): (comparison: BillComparison) => string {
  const t = useWords();
  return ({ leftOff, table }) => {
    if (table === null) return t('reconcile.noTable');
    return leftOff > 0 ? t('reconcile.leftOff', { count: leftOff, table }) : t('reconcile.table', { table });
  };
}

type KeysProps = {
  canSettle: boolean;
  isOld: boolean;
  onSettle: () => void;
  reconciliationId: string;
  onClose: () => void;
};

function ReconciledKeys({ canSettle, isOld, onSettle, reconciliationId, onClose }: KeysProps) {
  const t = useWords();
  const { send } = useTill();
  return (
    <>
      <Key
        label={t('reconcile.settle')}
        note={t(isOld ? 'reconcile.compareAgainNote' : 'reconcile.settleNote')}
        shortcut="F4"
        isDisabled={!canSettle}
        onPress={onSettle}
      />
      <Key
        label={t('reconcile.reprint')}
        shortcut="F5"
        onPress={() => void send('receipt.reprint', { receiptId: reconciliationId })}
      />
      <Key look="main" className="col-span-2" label={t('pad.done')} shortcut="Enter" onPress={onClose} />
    </>
  );
}

type Props = { reconciliationId: string; onClose: () => void };

function Found({
  found,
  again,
  onClose,
}: { found: ReconciliationFound; again: () => void } & Omit<Props, 'reconciliationId'>) {
  const t = useWords();
  const { send } = useTill();
  const tableWords = useTableWords();
  const [isAsking, setAsking] = useState(false);
  const { reconciliationId, comparison } = found.taken;
  const { findings, rail, billDate } = comparison;
  const { chosen, choose } = useChosen(findings.length);
  const finding = findings[chosen];
  const settle = async (settled: Settled) => {
    setAsking(false);
    const reply = await send('finding.settle', { reconciliationId, index: chosen, ...settled });
    if (reply.ok) again();
  };
  const isOld = finding !== undefined && mustBeComparedAgain(comparison, finding);
  const title = t('reconcile.resultTitle', { rail: t(`rail.${rail}`), date: billDate });
  const canSettle = finding !== undefined && !isFindingOver(finding, chosen, found);
  return (
    <>
      <TwoColumns
        left={
          <Page title={title} body={tableWords(comparison)} isDense>
            <FindingRows found={found} chosen={chosen} choose={choose} />
          </Page>
        }
        right={<Outcome comparison={comparison} />}
        keys={
          <ReconciledKeys
            {...{ canSettle, isOld, reconciliationId, onClose }}
            onSettle={() => setAsking(true)}
          />
        }
      />
      {isAsking && finding ? (
        <SettleFinding
          finding={finding}
          isProvenSince={found.proven.includes(chosen)}
          isOld={isOld}
          onSettled={(settled) => void settle(settled)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

export function ReconciledScreen({ reconciliationId, onClose }: Props) {
  const { found, again } = useReconciliation(reconciliationId);
  return found === null ? null : <Found found={found} again={again} onClose={onClose} />;
}

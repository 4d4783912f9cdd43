// The manager compares an acquirer's bill with the till: which bill, then what came of it.
import { useState } from 'react';
import { errorTexts } from '../../../contract/error-texts.ts';
import type { BillsFound, ComparingView } from '../../../contract/reconciliation.ts';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useChosen } from '../../ui/useChosen.ts';
import { BillRows } from './BillRows.tsx';
import { FetchAsk } from './FetchAsk.tsx';
import { ReconciledScreen } from './ReconciledScreen.tsx';
import { isComparable, type Row, rowsOf } from './rows.ts';
import { useBills } from './useBills.ts';

function Comparing({ comparing, bills }: { comparing: ComparingView; bills: BillsFound | null }) {
  const t = useWords();
  const language = useLanguage();
  if (comparing.state === 'running' || comparing.state === 'fetching') {
    const title = t(`reconcile.${comparing.state}`, { what: comparing.what });
    return <StateCard tone="info" mark="clock" title={title} lines={[t('reconcile.busyBody')]} />;
  }
  if (comparing.state === 'fetched') {
    const title = t('reconcile.fetched', { what: comparing.what });
    return <StateCard tone="ok" mark="tick" title={title} lines={[t('reconcile.fetchedBody')]} isSmall />;
  }
  if (comparing.state === 'failed') {
    const { what, money, todo } = errorTexts[language][comparing.code];
    const lines = [money, <b key="todo">{todo}</b>, <span key="detail">{comparing.detail}</span>];
    return <StateCard tone="no" mark="cross" title={what} lines={lines} code={comparing.code} />;
  }
  if (bills?.fault)
    return <StateCard tone="no" mark="alert" title={t('reconcile.fault', { reason: bills.fault })} isSmall />;
  return null;
}

/** Compares a file, of the one route that it can be of or of the one that a person names; or opens what was compared. */
function useRow(open: (reconciliationId: string) => void) {
  const { send } = useTill();
  const [asking, setAsking] = useState<Extract<Row, { kind: 'file' }> | null>(null);
  const compare = (file: string, routeId: string | undefined) =>
    void send('bills.compare', { file, ...(routeId === undefined ? {} : { routeId }) });
  const take = (row: Row | undefined) => {
    if (row === undefined) return;
    if (row.kind === 'done') open(row.done.reconciliationId);
    else if (row.file.routeIds.length > 1) setAsking(row);
    else if (isComparable(row.file)) compare(row.file.file, undefined);
  };
  return { asking, setAsking, compare, take };
}

/** What a comparison that was running when this page was looked at came to opens by itself. */
function useOpened(comparing: ComparingView) {
  const came = comparing.state === 'done' ? comparing.reconciliationId : comparing.state;
  const [opened, setOpened] = useState<string | null>(null);
  const [seen, setSeen] = useState(came);
  if (came !== seen) {
    setSeen(came);
    if (comparing.state === 'done' && seen === 'running') setOpened(comparing.reconciliationId);
  }
  return { came, opened, setOpened };
}

function useChosenRow(bills: BillsFound | null) {
  const rows = bills === null ? [] : rowsOf(bills);
  const { chosen, choose } = useChosen(rows.length);
  return { rows, chosen, choose, row: rows[chosen] };
}

function Bills({
  bills,
  rows,
  chosen,
  choose,
}: { bills: BillsFound | null } & Omit<ReturnType<typeof useChosenRow>, 'row'>) {
  const t = useWords();
  return (
    <Page title={t('reconcile.title')} body={t('reconcile.body')}>
      {rows.length === 0 && bills !== null ? (
        <p className="min-h-0 flex-1 text-[1.25rem]">{t('reconcile.none')}</p>
      ) : (
        <BillRows rows={rows} chosen={chosen} choose={choose} />
      )}
      <p className="digits shrink-0 text-[1rem] text-ink-2">
        {bills === null ? '' : t('reconcile.folder', { folder: bills.folder })}
      </p>
    </Page>
  );
}

export function ReconcileScreen({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const t = useWords();
  const { comparing } = snapshot;
  const { came, opened, setOpened } = useOpened(comparing);
  const bills = useBills(came);
  const { rows, chosen, choose, row } = useChosenRow(bills);
  const { asking, setAsking, compare, take } = useRow(setOpened);
  const [isFetching, setFetching] = useState(false);
  if (opened !== null) {
    return <ReconciledScreen key={opened} reconciliationId={opened} onClose={() => setOpened(null)} />;
  }
  const isBusy = comparing.state === 'running' || comparing.state === 'fetching';
  const canTake = row !== undefined && (row.kind === 'done' || isComparable(row.file));
  return (
    <>
      <TwoColumns
        left={<Bills {...{ bills, rows, chosen, choose }} />}
        right={<Comparing comparing={comparing} bills={bills} />}
        keys={
          <>
            <Key
              className="col-span-2"
              size="small"
              label={t('reconcile.fetch')}
              shortcut="F5"
              isDisabled={isBusy}
              onPress={() => setFetching(true)}
            />
            <Key label={t('pad.back')} shortcut="Escape" onPress={onClose} />
            <Key
              look="main"
              label={row?.kind === 'done' ? t('reconcile.see') : t('reconcile.compare')}
              shortcut="Enter"
              isDisabled={!canTake || isBusy}
              onPress={() => take(row)}
            />
          </>
        }
      />
      {isFetching ? <FetchAsk routes={bills?.routes ?? []} onClose={() => setFetching(false)} /> : null}
      {asking === null ? null : (
        <Choices
          title={t('reconcile.which')}
          body={t('reconcile.whichBody')}
          choices={asking.file.routeIds}
          onChoose={(routeId) => {
            compare(asking.file.file, routeId);
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

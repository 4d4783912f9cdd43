// The counter of a seller who is signed in: selling and paying by the snapshot alone, and the errands beside it (returns,
// cash, shift, reports, the end of a quarantine), which the page itself opens and closes.
import { useState } from 'react';
import type { ShiftClosed } from '../../contract/commands.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { DiagnosticsScreen } from '../features/diagnostics/DiagnosticsScreen.tsx';
import { DrawerSheet } from '../features/cash/DrawerSheet.tsx';
import { AskPayment } from '../features/evidence/AskPayment.tsx';
import { EvidenceScreen } from '../features/evidence/EvidenceScreen.tsx';
import { BrowseScreen } from '../features/find/BrowseScreen.tsx';
import { PaidScreen } from '../features/cash/PaidScreen.tsx';
import { ReconcileScreen } from '../features/reconcile/ReconcileScreen.tsx';
import { TakeReport } from '../features/report/TakeReport.tsx';
import { ReportsScreen } from '../features/report/ReportsScreen.tsx';
import { RestoreScreen } from '../features/restore/RestoreScreen.tsx';
import { FindReceipt } from '../features/return/FindReceipt.tsx';
import { type Returned, ReturnedScreen } from '../features/return/ReturnedScreen.tsx';
import { ReturnScreen } from '../features/return/ReturnScreen.tsx';
import { SellScreen } from '../features/sell/SellScreen.tsx';
import { ShiftClosedScreen } from '../features/shift/ShiftClosedScreen.tsx';
import { ShiftCloseScreen } from '../features/shift/ShiftCloseScreen.tsx';
import { ShiftOpenScreen } from '../features/shift/ShiftOpenScreen.tsx';
import { isBeingPaid } from '../features/tender/collecting.ts';
import { ResultScreen } from '../features/tender/ResultScreen.tsx';
import { TenderScreen } from '../features/tender/TenderScreen.tsx';
import { useTill } from '../lib/till.tsx';
import { type Errand, Menu } from './Menu.tsx';

type Props = { snapshot: Snapshot; me: NonNullable<Snapshot['operator']>; onAttention: () => void };

/** An answer that the core gives once stays on screen until it was read, whatever the snapshot says meanwhile. */
type Answer = { kind: 'returned'; returned: Returned } | { kind: 'shiftClosed'; closed: ShiftClosed };

type Page = Exclude<Errand, 'attention' | 'drawer'>;

type FindingProps = { purpose: 'return' | 'evidence'; snapshot: Snapshot; close: () => void };

type ErrandProps = { page: Page; snapshot: Snapshot; close: () => void; onAnswer: (answer: Answer) => void };

/** By its number, or looked through. */
function Finding({ purpose, snapshot, close }: FindingProps) {
  const [isBrowsing, setBrowsing] = useState(false);
  if (isBrowsing)
    return <BrowseScreen {...{ purpose, snapshot }} onBack={() => setBrowsing(false)} onFound={close} />;
  const ask = { onClose: close, onFound: close, onBrowse: () => setBrowsing(true) };
  return purpose === 'return' ? <FindReceipt {...ask} /> : <AskPayment {...ask} />;
}

function ErrandPage({ page, snapshot, close, onAnswer }: ErrandProps) {
  switch (page) {
    case 'return':
      return <Finding key={page} purpose="return" {...{ snapshot, close }} />;
    case 'evidence':
      return <Finding key={page} purpose="evidence" {...{ snapshot, close }} />;
    case 'paidIn':
    case 'paidOut':
      return <PaidScreen key={page} direction={page} snapshot={snapshot} onClose={close} />;
    case 'shiftClose':
      return (
        <ShiftCloseScreen
          denominations_fen={snapshot.denominations_fen}
          isOpen={snapshot.shift !== null}
          onBack={close}
          onClosed={(closed) => onAnswer({ kind: 'shiftClosed', closed })}
        />
      );
    case 'reportX':
    case 'dayClose':
      return (
        <TakeReport key={page} kind={page === 'reportX' ? 'x' : 'z'} snapshot={snapshot} onClose={close} />
      );
    case 'reconcile':
      return <ReconcileScreen snapshot={snapshot} onClose={close} />;
    case 'reports':
      return <ReportsScreen batches={snapshot.batches} onClose={close} />;
    case 'diagnostics':
      return <DiagnosticsScreen snapshot={snapshot} onClose={close} />;
    case 'restore':
      return <RestoreScreen snapshot={snapshot} onClose={close} />;
  }
}

function Answered({ answer, snapshot, onDone }: { answer: Answer; snapshot: Snapshot; onDone: () => void }) {
  const { send } = useTill();
  if (answer.kind === 'shiftClosed') return <ShiftClosedScreen closed={answer.closed} onDone={onDone} />;
  const done = () => {
    onDone();
    if (snapshot.found !== null) void send('sale.forget', {});
  };
  return <ReturnedScreen returned={answer.returned} snapshot={snapshot} onDone={done} />;
}

/** Between sales: selling or opening a shift, and the errands. Gone with all its pages while a sale is being paid. */
function BetweenSales({ snapshot, me, onAttention }: Props) {
  const { send } = useTill();
  const [page, setPage] = useState<Page | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [overlay, setOverlay] = useState<'menu' | 'drawer' | null>(null);
  const { asked, found, sale, shift } = snapshot;
  const close = () => setPage(null);
  const choose = (errand: Errand) => {
    setOverlay(errand === 'drawer' ? 'drawer' : null);
    if (errand === 'attention') onAttention();
    else if (errand !== 'drawer') setPage(errand);
  };
  const take = (next: Answer) => {
    setPage(null);
    setAnswer(next);
  };
  const openMenu = () => setOverlay('menu');
  // Another receipt scanned while the last return is still shown: that one comes first.
  const isOther = answer?.kind === 'returned' && found !== null && found.saleId !== answer.returned.saleId;
  if (answer !== null && !isOther) {
    return <Answered answer={answer} snapshot={snapshot} onDone={() => setAnswer(null)} />;
  }
  if (found !== null) {
    return (
      <ReturnScreen
        key={`${found.saleId} ${found.returnedBefore_fen}`}
        found={found}
        onBack={() => void send('sale.forget', {})}
        onReturned={(returned) => take({ kind: 'returned', returned })}
      />
    );
  }
  if (asked !== null) {
    // Another number scanned while one is shown: that one, from its beginning.
    const forget = () => void send('payment.forget', {});
    return <EvidenceScreen key={asked.asked} found={asked} onBack={forget} />;
  }
  if (page !== null) return <ErrandPage page={page} snapshot={snapshot} close={close} onAnswer={take} />;
  return (
    <>
      {shift === null ? (
        <ShiftOpenScreen snapshot={snapshot} onMenu={openMenu} />
      ) : (
        <SellScreen key={sale?.saleId ?? 'none'} sale={sale} snapshot={snapshot} onMenu={openMenu} />
      )}
      {overlay === 'menu' ? (
        <Menu snapshot={snapshot} role={me.role} onChoose={choose} onClose={() => setOverlay(null)} />
      ) : null}
      {overlay === 'drawer' ? <DrawerSheet onClose={() => setOverlay(null)} /> : null}
    </>
  );
}

export function Counter(props: Props) {
  const { snapshot } = props;
  const { sale } = snapshot;
  if (sale === null || sale.state === 'open' || sale.state === 'parked') return <BetweenSales {...props} />;
  // Sold on trust, and the money did not come: it is paid like any other, while its customer is there.
  if (isBeingPaid(sale)) return <TenderScreen key={sale.saleId} sale={sale} snapshot={snapshot} />;
  return <ResultScreen sale={sale} snapshot={snapshot} />;
}

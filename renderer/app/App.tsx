// Chooses the screen by the snapshot alone, so that after a crash of page or core the same screen comes back.
import { useEffect, useState } from 'react';
import type { Snapshot } from '../../contract/snapshot.ts';
import { DiagnosticsScreen } from '../features/diagnostics/DiagnosticsScreen.tsx';
import { RefusalScreen } from '../features/refusal/RefusalScreen.tsx';
import { SellScreen } from '../features/sell/SellScreen.tsx';
import { SignInScreen } from '../features/sign-in/SignInScreen.tsx';
import { ResultScreen } from '../features/tender/ResultScreen.tsx';
import { TenderScreen } from '../features/tender/TenderScreen.tsx';
import { setLanguage, useLanguage } from '../i18n/index.ts';
import { useScreenState } from '../lib/till.tsx';
import { AttentionPanel } from './AttentionPanel.tsx';
import { BottomBar } from './BottomBar.tsx';
import { TopBar } from './TopBar.tsx';
import { Reconnecting, Starting } from './Waiting.tsx';

function Screen({ snapshot, me }: { snapshot: Snapshot; me: Snapshot['operator'] }) {
  const { sale } = snapshot;
  if (snapshot.refusal !== null) return <RefusalScreen refusal={snapshot.refusal} />;
  if (me === null) return <SignInScreen operators={snapshot.operators} />;
  if (me.role === 'technician') return <DiagnosticsScreen snapshot={snapshot} />;
  if (sale === null || sale.state === 'open') return <SellScreen key={sale?.saleId ?? 'none'} sale={sale} />;
  if (sale.state === 'tendering') return <TenderScreen key={sale.saleId} sale={sale} snapshot={snapshot} />;
  return <ResultScreen sale={sale} snapshot={snapshot} />;
}

/** Follows the core's language; a core that refuses to sell takes no command, so there the page has its own. */
function useCoreLanguage(snapshot: Snapshot | null): void {
  const shown = useLanguage();
  const isOwn = snapshot !== null && snapshot.refusal !== null;
  const wanted = snapshot === null || isOwn ? shown : snapshot.language;
  useEffect(() => {
    if (wanted !== shown) void setLanguage(wanted);
  }, [wanted, shown]);
}

/** Keys are measured in millimetres of this screen. */
function usePixelsPerMillimetre(pxPerMm: number | undefined): void {
  useEffect(() => {
    if (pxPerMm !== undefined) document.documentElement.style.setProperty('--px-mm', String(pxPerMm));
  }, [pxPerMm]);
}

export function App() {
  const { snapshot, link, me } = useScreenState();
  const [isListOpen, setListOpen] = useState(false);
  useCoreLanguage(snapshot);
  usePixelsPerMillimetre(snapshot?.pxPerMm);
  if (snapshot === null) return <Starting />;
  const shownMe = snapshot.refusal === null ? me : null;
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)_auto]">
      <TopBar snapshot={snapshot} me={shownMe} onAttention={() => setListOpen(true)} />
      <div className="min-h-0">
        <Screen snapshot={snapshot} me={shownMe} />
      </div>
      {snapshot.refusal === null ? <BottomBar snapshot={snapshot} /> : null}
      {isListOpen && shownMe !== null ? <AttentionPanel onClose={() => setListOpen(false)} /> : null}
      {link === 'connecting' ? <Reconnecting /> : null}
    </div>
  );
}

// Chooses the screen by the snapshot alone, so that after a crash of page or core the same screen comes back.
import { useEffect, useState } from 'react';
import type { Snapshot } from '../../contract/snapshot.ts';
import { AttentionPanel } from '../features/attention/AttentionPanel.tsx';
import { DiagnosticsScreen } from '../features/diagnostics/DiagnosticsScreen.tsx';
import { RefusalScreen } from '../features/refusal/RefusalScreen.tsx';
import { SignInScreen } from '../features/sign-in/SignInScreen.tsx';
import { setLanguage, useLanguage } from '../i18n/index.ts';
import { useScreenState } from '../lib/till.tsx';
import { ApprovalDialog } from './ApprovalDialog.tsx';
import { BottomBar } from './BottomBar.tsx';
import { Counter } from './Counter.tsx';
import { TopBar } from './TopBar.tsx';
import { Reconnecting, Starting } from './Waiting.tsx';

type ScreenProps = { snapshot: Snapshot; me: Snapshot['operator']; onAttention: () => void };

function Screen({ snapshot, me, onAttention }: ScreenProps) {
  if (snapshot.refusal !== null) return <RefusalScreen refusal={snapshot.refusal} />;
  if (me === null) return <SignInScreen operators={snapshot.operators} isLocked={snapshot.isLocked} />;
  if (me.role === 'technician') return <DiagnosticsScreen snapshot={snapshot} onClose={null} />;
  return <Counter key={me.id} snapshot={snapshot} me={me} onAttention={onAttention} />;
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
  const openList = () => setListOpen(true);
  const closeList = () => setListOpen(false);
  const canAct = shownMe !== null && shownMe.role !== 'technician';
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)_auto]">
      <TopBar snapshot={snapshot} me={shownMe} onAttention={openList} />
      <div className="min-h-0">
        <Screen snapshot={snapshot} me={shownMe} onAttention={openList} />
      </div>
      {snapshot.refusal === null ? <BottomBar snapshot={snapshot} /> : null}
      {isListOpen && shownMe !== null ? (
        <AttentionPanel snapshot={snapshot} canAct={canAct} onClose={closeList} />
      ) : null}
      {canAct ? <ApprovalDialog operators={snapshot.operators} /> : null}
      {link === 'connecting' ? <Reconnecting /> : null}
    </div>
  );
}

// For the technician, and for the manager who looks before calling him: everything examined by one key, and the tests.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { DiagnosisView } from '../../../contract/diagnostics.ts';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { DevicesSheet } from './DevicesSheet.tsx';
import { DrawerTest } from './DrawerTest.tsx';
import { Examination } from './Examination.tsx';
import { PrintTest } from './PrintTest.tsx';
import { ReportSheet } from './ReportSheet.tsx';
import { ScanTest } from './ScanTest.tsx';
import { ScreenTest } from './ScreenTest.tsx';
import { SoundTest } from './SoundTest.tsx';
import { shortcutOf, type Test, TestKeys } from './TestKeys.tsx';
import { WalletsSheet } from './WalletsSheet.tsx';

/** Just after the sign-in, before the first snapshot that a technician may see. */
const nothingYet: DiagnosisView = {
  runId: 0,
  state: 'none',
  startedAt_ms: 0,
  running: [],
  lines: [],
  devices: [],
  scanTest: { state: 'off' },
  printTest: { state: 'none', detail: '' },
  drawerTest: { state: 'none', detail: '' },
};

type OpenProps = { test: Test; diagnosis: DiagnosisView; pxPerMm: number; onClose: () => void };

function OpenTest({ test, diagnosis, pxPerMm, onClose }: OpenProps) {
  switch (test) {
    case 'scan':
      return <ScanTest diagnosis={diagnosis} onClose={onClose} />;
    case 'print':
      return <PrintTest view={diagnosis.printTest} onClose={onClose} />;
    case 'drawer':
      return <DrawerTest view={diagnosis.drawerTest} shortcut={shortcutOf('drawer')} onClose={onClose} />;
    case 'screen':
      return <ScreenTest pxPerMm={pxPerMm} onClose={onClose} />;
    case 'sound':
      return <SoundTest onClose={onClose} />;
    case 'devices':
      return <DevicesSheet devices={diagnosis.devices} onClose={onClose} />;
    case 'report':
      return <ReportSheet state={diagnosis.state} onClose={onClose} />;
    case 'wallets':
      return <WalletsSheet onClose={onClose} />;
  }
}

/** `onClose`: back to the counter, for whoever came from there. */
export function DiagnosticsScreen({
  snapshot,
  onClose,
}: {
  snapshot: Snapshot;
  onClose: (() => void) | null;
}) {
  const t = useWords();
  const { store } = useTill();
  const diagnosis = snapshot.diagnosis ?? nothingYet;
  // A page that comes back in the middle of a scan test comes back to it.
  const [test, setTest] = useState<Test | null>(diagnosis.scanTest.state === 'off' ? null : 'scan');
  const { sale } = snapshot;
  const isCounterTaken =
    sale !== null && (sale.state === 'tendering' || (sale.state === 'open' && sale.lines.length > 0));
  const choose = (chosen: Test) => {
    store.set({ refusal: null });
    setTest(chosen);
  };
  const corner =
    onClose === null ? null : (
      <Key size="small" label={t('diagnostics.back')} shortcut="Escape" onPress={onClose} />
    );
  return (
    <>
      <TwoColumns
        left={<Examination diagnosis={diagnosis} isTechnician={onClose === null} corner={corner} />}
        right={null}
        keys={<TestKeys diagnosis={diagnosis} isCounterTaken={isCounterTaken} onChoose={choose} />}
      />
      {test === null ? null : (
        <OpenTest
          test={test}
          diagnosis={diagnosis}
          pxPerMm={snapshot.pxPerMm}
          onClose={() => setTest(null)}
        />
      )}
    </>
  );
}

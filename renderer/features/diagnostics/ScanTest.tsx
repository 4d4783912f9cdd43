// The scan test: for a minute every scan comes here. Refused while a sale is on the counter, and says why.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { DeviceReportView, DiagnosisView } from '../../../contract/diagnostics.ts';
import { secondsUntil } from '../../lib/format.ts';
import { useNow_ms, useScreenState, useTill } from '../../lib/till.tsx';
import { Glyph, type Mark, type Tone } from '../../ui/Glyph.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { ScanSeen } from './ScanSeen.tsx';
import { Refused, TestSheet } from './TestSheet.tsx';
import { useAsked } from './useAsked.ts';

function Left({ endsAt_ms }: { endsAt_ms: number }) {
  const t = useWords();
  const seconds = secondsUntil(endsAt_ms, useNow_ms());
  return <span className="digits text-[1.5rem] font-bold">{t('scanTest.left', { seconds })}</span>;
}

/** Two scans of one code look alike in the snapshot; the scanners' own counts tell them apart. */
function useScansSince(devices: readonly DeviceReportView[]): number {
  const all = devices
    .filter(({ category }) => category === 'scanner')
    .reduce(
      (sum, { statistics }) => sum + (statistics['GoodScanCount'] ?? 0) + (statistics['BadScanCount'] ?? 0),
      0,
    );
  const [before] = useState(all);
  return Math.max(0, all - before);
}

const ON = { on: true };

type StageProps = { tone: Tone; mark: Mark; title: string; body: string };

function Stage({ tone, mark, title, body }: StageProps) {
  return (
    <div className="flex min-h-[26rem] flex-col items-center justify-center gap-4 rounded-xl bg-panel px-8 text-center">
      <Glyph tone={tone} mark={mark} className="size-36" />
      <p className="text-[3rem] leading-tight font-bold">{title}</p>
      <p className="text-[1.25rem] leading-snug">{body}</p>
    </div>
  );
}

function CounterTaken() {
  const t = useWords();
  return (
    <StateCard
      tone="no"
      mark="cross"
      title={t('scanTest.refused')}
      lines={[t('scanTest.refusedMoney'), t('scanTest.refusedBody')]}
      code="E-SHIFT-02"
    />
  );
}

/** `wasOn`: it has been on since the dialog opened. */
function Body({ diagnosis, wasOn }: { diagnosis: DiagnosisView; wasOn: boolean }) {
  const t = useWords();
  const { refusal } = useScreenState();
  const { scanTest, devices } = diagnosis;
  const count = useScansSince(devices);
  if (refusal?.code === 'E-SHIFT-02') return <CounterTaken />;
  if (refusal !== null) return <Refused />;
  if (scanTest.state === 'seen') return <ScanSeen key={count} seen={scanTest} count={count} />;
  if (scanTest.state === 'waiting') {
    return <Stage tone="info" mark="code" title={t('scanTest.waiting')} body={t('scanTest.waitingBody')} />;
  }
  return (
    <Stage
      tone="off"
      mark="clock"
      title={wasOn ? t('scanTest.off') : t('scanTest.starting')}
      body={wasOn ? t('scanTest.offBody') : ''}
    />
  );
}

export function ScanTest({ diagnosis, onClose }: { diagnosis: DiagnosisView; onClose: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const { refusal } = useScreenState();
  const { ask } = useAsked('diagnostics.scanTest', ON);
  const { scanTest } = diagnosis;
  const isOn = scanTest.state !== 'off';
  const [wasOn, setWasOn] = useState(isOn);
  if (isOn && !wasOn) setWasOn(true);
  const close = () => {
    // Also when the screen has not seen it on yet: the command to begin may be under way, and this one comes behind it.
    void send('diagnostics.scanTest', { on: false });
    onClose();
  };
  return (
    <TestSheet
      title={t('scanTest.title')}
      width="w-[72rem]"
      onClose={close}
      aside={isOn ? <Left endsAt_ms={scanTest.endsAt_ms} /> : null}
    >
      <Body diagnosis={diagnosis} wasOn={wasOn} />
      <Key
        size="small"
        className="w-80 self-end"
        label={refusal === null ? t(isOn ? 'scanTest.again' : 'scanTest.restart') : t('scanTest.retry')}
        shortcut="Enter"
        onPress={ask}
      />
    </TestSheet>
  );
}

// For the technician: the true state of every part with its own words, and the check of the journal.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorTexts } from '../../../contract/error-texts.ts';
import type { DeviceView, RouteView, Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage } from '../../i18n/index.ts';
import { causeKind } from '../../lib/cause.ts';
import { useTill } from '../../lib/till.tsx';
import { Glyph, type Mark, type Tone } from '../../ui/Glyph.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';

type PartProps = { name: string; tone: Tone; mark: Mark; words: string; detail: string };

function Part({ name, tone, mark, words, detail }: PartProps) {
  return (
    <li className="key-small flex items-center gap-4 border-b border-line px-4 py-2">
      <Glyph tone={tone} mark={mark} className="size-10" />
      <div className="min-w-0">
        <div className="text-[1.375rem] leading-tight font-bold">
          {name} · {words}
        </div>
        <div className="digits text-[1.125rem] text-ink-2 [overflow-wrap:anywhere]">{detail}</div>
      </div>
    </li>
  );
}

const looks = {
  ready: ['ok', 'tick'],
  online: ['ok', 'tick'],
  attention: ['wait', 'alert'],
  starting: ['info', 'clock'],
  offline: ['off', 'alert'],
  down: ['no', 'cross'],
  broken: ['no', 'cross'],
} as const;

function RoutePart({ route }: { route: RouteView }) {
  const { t } = useTranslation();
  const [tone, mark] = looks[route.state];
  const kind = route.cause === null ? null : causeKind(route.cause);
  const words = [t(`bar.${route.state}`), kind === null ? '' : t(`cause.${kind}`)].filter(
    (part) => part !== '',
  );
  const detail = route.cause ?? (route.latency_ms === null ? '' : `${Math.round(route.latency_ms)} ms`);
  const name = t('diagnostics.route', { id: route.id });
  return <Part name={name} tone={tone} mark={mark} words={words.join(' · ')} detail={detail} />;
}

function DevicePart({ name, device }: { name: string; device: DeviceView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [tone, mark] = looks[device.state];
  const text = device.reason === null ? null : errorTexts[language][device.reason];
  const detail = [text?.todo ?? '', device.reason ?? '', device.detail]
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <Part
      name={name}
      tone={tone}
      mark={mark}
      words={text?.what ?? t(`bar.${device.state}`)}
      detail={detail}
    />
  );
}

type Verification = { ok: boolean; records: number; head: string; fault: unknown; differences: string[] };

function VerificationCard({ result }: { result: Verification }) {
  const { t } = useTranslation();
  if (result.ok) {
    const lines = [t('diagnostics.soundBody', { count: result.records })];
    return (
      <StateCard
        tone="ok"
        mark="tick"
        title={t('diagnostics.sound')}
        lines={lines}
        subject={`#${result.head}`}
      />
    );
  }
  const faults = [
    ...(result.fault === null ? [] : [JSON.stringify(result.fault)]),
    ...result.differences.slice(0, 5),
  ];
  return <StateCard tone="no" mark="cross" title={t('diagnostics.broken')} lines={faults} />;
}

export function DiagnosticsScreen({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const { send } = useTill();
  const [result, setResult] = useState<Verification | 'busy' | null>(null);
  const verify = async () => {
    setResult('busy');
    const reply = await send('journal.verify', {});
    setResult(reply.ok ? (reply.result as Verification) : null);
  };
  return (
    <TwoColumns
      left={
        <div className="min-h-0 flex-1 overflow-y-auto">
          <h1 className="p-4 text-[2rem] font-bold">{t('diagnostics.title')}</h1>
          <ul className="border-t border-line">
            {snapshot.routes.map((route) => (
              <RoutePart key={route.id} route={route} />
            ))}
            {snapshot.printers.map((device) => (
              <DevicePart
                key={device.id}
                name={t('diagnostics.printer', { id: device.id })}
                device={device}
              />
            ))}
            {snapshot.scanners.map((device) => (
              <DevicePart
                key={device.id}
                name={t('diagnostics.scanner', { id: device.id })}
                device={device}
              />
            ))}
          </ul>
        </div>
      }
      right={
        <>
          <p className="text-[1.25rem] text-ink-2">{t('diagnostics.idle')}</p>
          {result === 'busy' ? <p className="text-[1.375rem]">{t('diagnostics.verifying')}</p> : null}
          {result !== null && result !== 'busy' ? <VerificationCard result={result} /> : null}
        </>
      }
      keys={
        <Key
          look="main"
          className="col-span-2"
          label={t('diagnostics.verify')}
          note={t('diagnostics.verifyNote')}
          shortcut="Enter"
          isDisabled={result === 'busy'}
          onPress={() => void verify()}
        />
      }
    />
  );
}

// One device as it describes itself: identity, connection, its last error, and what it has counted since the start.
import { useWords } from '../../i18n/index.ts';
import type { ReactNode } from 'react';
import type { DeviceReportView } from '../../../contract/diagnostics.ts';
import { formatDay, formatTime } from '../../lib/format.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { statisticsOf } from './statistics.ts';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-xl border border-line bg-white px-4 py-2.5">
      <h3 className="text-[1.125rem] font-bold text-ink-2">{title}</h3>
      {children}
    </section>
  );
}

function LastError({ error }: { error: DeviceReportView['lastError'] }) {
  const t = useWords();
  if (error === null) return <StateCard tone="ok" mark="tick" title={t('devices.noError')} isSmall />;
  const [day] = formatDay(error.at_ms).split(' ');
  return (
    <StateCard
      tone="wait"
      mark="alert"
      title={`${t('devices.lastError')} · ${day} ${formatTime(error.at_ms)}`}
      lines={[
        <span key="words" className="digits [overflow-wrap:anywhere]">
          {[error.code, error.detail].filter((part) => part !== '').join(' · ')}
        </span>,
      ]}
      isSmall
    />
  );
}

const identityFields = ['maker', 'model', 'serial', 'firmware'] as const;

export function DeviceFacts({ device }: { device: DeviceReportView }) {
  const t = useWords();
  const { identity, statistics } = device;
  const who = identityFields.map(
    (field): Fact => ({
      label: t(`devices.${field}`),
      value: identity?.[field] ?? <span className="text-ink-2">{t('devices.untold')}</span>,
    }),
  );
  const counted = statisticsOf(statistics).map(
    ({ name, plain, count }): Fact => ({
      label: plain === null ? name : t(`statistic.${plain}`),
      value: count.toLocaleString('en-US'),
    }),
  );
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Part title={t('devices.connection')}>
        <p className="digits text-[1.25rem] font-bold [overflow-wrap:anywhere]">{device.connection}</p>
      </Part>
      <LastError error={device.lastError} />
      <div className="grid grid-cols-2 items-start gap-3">
        <Part title={t('devices.identity')}>
          <Facts facts={who} size="text-[1.125rem]" />
        </Part>
        <Part title={t('devices.statistics')}>
          {counted.length === 0 ? (
            <p className="py-1 text-[1.125rem]">{t('devices.noStatistics')}</p>
          ) : (
            <Facts facts={counted} size="text-[1.125rem]" />
          )}
        </Part>
      </div>
    </div>
  );
}

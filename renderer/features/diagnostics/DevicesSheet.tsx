// Every configured device, one at a time: chosen on the left by finger or arrow keys, described on the right.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { DeviceReportView } from '../../../contract/diagnostics.ts';
import { Key } from '../../ui/Key.tsx';
import { DeviceFacts } from './DeviceFacts.tsx';
import { TestSheet } from './TestSheet.tsx';

type ListProps = { devices: readonly DeviceReportView[]; chosen: number; choose: (index: number) => void };

function DeviceList({ devices, chosen, choose }: ListProps) {
  const t = useWords();
  return (
    <div className="flex flex-col gap-2.5">
      {devices.map((device, index) => (
        <Key
          key={`${device.category} ${device.id}`}
          size="small"
          label={`${index === chosen ? '● ' : ''}${t(`devices.${device.category}`)}`}
          note={<span className="digits">{device.id}</span>}
          onPress={() => choose(index)}
          className={index === chosen ? 'border-4! border-act! bg-act-pale! font-bold' : ''}
        />
      ))}
      <p className="text-[1rem] text-ink-2">{t('devices.hint')}</p>
      <p className="mt-auto rounded-xl bg-panel px-3 py-2 text-[1rem] leading-snug">
        <b>{t('devices.display')}</b>
        <br />
        {t('devices.displayNone')}
      </p>
    </div>
  );
}

export function DevicesSheet({
  devices,
  onClose,
}: {
  devices: readonly DeviceReportView[];
  onClose: () => void;
}) {
  const t = useWords();
  const [chosen, setChosen] = useState(0);
  const choose = (index: number) => setChosen(Math.min(Math.max(index, 0), devices.length - 1));
  const device = devices[chosen];
  const keys = { ArrowUp: () => choose(chosen - 1), ArrowDown: () => choose(chosen + 1) };
  return (
    <TestSheet title={t('devices.title')} width="w-[72rem]" keys={keys} onClose={onClose}>
      <div className="grid grid-cols-[15rem_minmax(0,1fr)] gap-5">
        <DeviceList devices={devices} chosen={chosen} choose={choose} />
        {device === undefined ? (
          <p className="text-[1.25rem]">{t('devices.none')}</p>
        ) : (
          <DeviceFacts device={device} />
        )}
      </div>
    </TestSheet>
  );
}

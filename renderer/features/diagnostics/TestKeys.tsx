// The keys of the technician: the examination on Enter, each test on its number.
import { useWords } from '../../i18n/index.ts';
import type { DiagnosisView } from '../../../contract/diagnostics.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';

const tests = ['scan', 'print', 'drawer', 'screen', 'sound', 'devices', 'report', 'wallets'] as const;
export type Test = (typeof tests)[number];

/** The table of words of each. */
const words = {
  scan: 'scanTest',
  print: 'printTest',
  drawer: 'drawerTest',
  screen: 'screenTest',
  sound: 'soundTest',
  devices: 'devices',
  report: 'diagnosisReport',
  wallets: 'wallets',
} as const;

export function shortcutOf(test: Test): string {
  return String(tests.indexOf(test) + 1);
}

type Props = { diagnosis: DiagnosisView; isCounterTaken: boolean; onChoose: (test: Test) => void };

function StartKey({ state }: { state: DiagnosisView['state'] }) {
  const t = useWords();
  const { send } = useTill();
  const isFirst = state === 'none';
  return (
    <Key
      look="main"
      className="col-span-2"
      label={
        state === 'running'
          ? t('diagnostics.starting')
          : isFirst
            ? t('diagnostics.start')
            : t('diagnostics.startAgain')
      }
      {...(state === 'running'
        ? {}
        : { note: isFirst ? t('diagnostics.startNote') : t('diagnostics.startAgainNote') })}
      shortcut="Enter"
      isDisabled={state === 'running'}
      onPress={() => void send('diagnostics.start', {})}
    />
  );
}

export function TestKeys({ diagnosis, isCounterTaken, onChoose }: Props) {
  const t = useWords();
  return (
    <>
      <StartKey state={diagnosis.state} />
      {tests.map((test) => (
        <Key
          key={test}
          label={t(`${words[test]}.key`)}
          note={test === 'scan' && isCounterTaken ? t('scanTest.barred') : t(`${words[test]}.keyNote`)}
          shortcut={shortcutOf(test)}
          onPress={() => onChoose(test)}
        />
      ))}
    </>
  );
}

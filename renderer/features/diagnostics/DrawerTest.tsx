// The drawer test: says first that it is journaled. The key that opened the dialog opens the drawer; Enter never does.
import { useWords } from '../../i18n/index.ts';
import type { PartTestView } from '../../../contract/diagnostics.ts';
import { useScreenState, useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { Refused, TestSheet } from './TestSheet.tsx';

const faces = {
  done: ['ok', 'tick'],
  unsure: ['wait', 'question'],
  failed: ['no', 'cross'],
} as const;

function Outcome({ view }: { view: PartTestView }) {
  const t = useWords();
  if (view.state === 'none') return null;
  if (view.state === 'running') return <StateCard tone="info" mark="clock" title={t('drawerTest.running')} />;
  const [tone, mark] = faces[view.state];
  return (
    <StateCard
      tone={tone}
      mark={mark}
      title={t(`drawerTest.${view.state}`)}
      lines={[t(`drawerTest.${view.state}Body`)]}
    />
  );
}

type Props = { view: PartTestView; shortcut: string; onClose: () => void };

export function DrawerTest({ view, shortcut, onClose }: Props) {
  const t = useWords();
  const { send } = useTill();
  const { refusal } = useScreenState();
  return (
    <TestSheet title={t('drawerTest.title')} onClose={onClose}>
      <StateCard
        tone="wait"
        mark="alert"
        title={t('drawerTest.warning')}
        lines={[t('drawerTest.warningBody')]}
        isSmall={view.state !== 'none'}
      />
      {refusal === null ? <Outcome view={view} /> : <Refused />}
      <Key
        label={view.state === 'none' ? t('drawerTest.open') : t('drawerTest.again')}
        shortcut={shortcut}
        isDisabled={view.state === 'running'}
        onPress={() => void send('diagnostics.drawerTest', {})}
      />
    </TestSheet>
  );
}

// Something is done: one card that says so, and the key that leaves it.
import { useWords } from '../i18n/index.ts';
import { Key } from './Key.tsx';
import { Page } from './Page.tsx';
import { StateCard } from './StateCard.tsx';
import { TwoColumns } from './TwoColumns.tsx';

type Props = { title: string; done: string; lines: readonly string[]; onDone: () => void };

export function DonePage({ title, done, lines, onDone }: Props) {
  const t = useWords();
  return (
    <TwoColumns
      left={
        <Page title={title}>
          <StateCard tone="ok" mark="tick" title={done} lines={lines} />
        </Page>
      }
      right={<></>}
      keys={
        <Key look="main" className="col-span-2" label={t('pad.done')} shortcut="Enter" onPress={onDone} />
      }
    />
  );
}

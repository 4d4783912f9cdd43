// Ends the quarantine after a restore from a backup: what happened, what it means, what to compare; then a reason, and a
// question before what can't be taken back. Whether it has ended is the snapshot's word, also when another ended it.
import { useState } from 'react';
import type { Snapshot } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { reasons } from '../../i18n/reasons.ts';
import { useTill } from '../../lib/till.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { QuarantineEnded } from './QuarantineEnded.tsx';
import { RestoreFacts, RestoreStory } from './RestoreStory.tsx';

type Question = { kind: 'none' } | { kind: 'reason' } | { kind: 'sure'; reason: string };

const NO_question: Question = { kind: 'none' };

function useConfirming() {
  const { send } = useTill();
  const [isBusy, setBusy] = useState(false);
  const confirm = async (reason: string) => {
    setBusy(true);
    const reply = await send('restore.confirm', { reason });
    // Taken: the next snapshot shows it, and until then the key must not ask again.
    if (!reply.ok) setBusy(false);
  };
  return { isBusy, confirm };
}

function Sure({ reason, onNo, onYes }: { reason: string; onNo: () => void; onYes: () => void }) {
  const t = useWords();
  return (
    <Ask
      title={t('restore.askTitle')}
      body={
        <>
          <p className="font-bold">{t('restore.confirmedReason', { reason })}</p>
          <p>{t('restore.askBody')}</p>
        </>
      }
      safe={t('restore.askNo')}
      other={t('restore.askYes')}
      otherKey="F5"
      onSafe={onNo}
      onOther={onYes}
    />
  );
}

function Keys({ isBusy, onBack, onAsk }: { isBusy: boolean; onBack: () => void; onAsk: () => void }) {
  const t = useWords();
  return (
    <>
      <Key label={t('pad.back')} shortcut="Escape" onPress={onBack} />
      <Key look="main" label={t('restore.confirm')} shortcut="Enter" isDisabled={isBusy} onPress={onAsk} />
    </>
  );
}

export function RestoreScreen({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const t = useWords();
  const { isBusy, confirm } = useConfirming();
  const [question, setQuestion] = useState(NO_question);
  const choices = reasons[useLanguage()].restore;
  const { restored } = snapshot;
  if (restored === undefined) return <QuarantineEnded onClose={onClose} />;
  const ask = () => setQuestion({ kind: 'reason' });
  const stop = () => setQuestion(NO_question);
  return (
    <>
      <TwoColumns
        left={<RestoreStory restored={restored} />}
        right={<RestoreFacts restored={restored} />}
        keys={<Keys isBusy={isBusy} onBack={onClose} onAsk={ask} />}
      />
      {question.kind === 'reason' ? (
        <Choices
          title={t('restore.reason')}
          body={t('restore.reasonBody')}
          choices={choices}
          onChoose={(reason) => setQuestion({ kind: 'sure', reason })}
          onClose={stop}
        />
      ) : null}
      {question.kind === 'sure' ? (
        <Sure
          reason={question.reason}
          onNo={stop}
          onYes={() => {
            stop();
            void confirm(question.reason);
          }}
        />
      ) : null}
    </>
  );
}

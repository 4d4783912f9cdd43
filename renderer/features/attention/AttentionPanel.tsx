// Money that is not where it should be: offline payments that failed, money on its way back to customers, payments without a result. The chosen row
// has its keys; whoever may not act sees the list alone.
import { useWords } from '../../i18n/index.ts';
import { useEffect, useState } from 'react';
import type { ExceptionView, Snapshot, UndecidedView } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { type Action, AttentionKeys, type Decision, isOfOffice, ReasonSheet } from './AttentionKeys.tsx';
import { AttentionRows } from './AttentionRows.tsx';
import { AttentionWords } from './AttentionWords.tsx';
import { type Item, itemsOf } from './items.ts';

/** Asked again whenever their number changes; until the answer is here the list before it stands. */
function useExceptions(count: number): readonly ExceptionView[] | null {
  const { send } = useTill();
  const [answer, setAnswer] = useState<{ count: number; rows: readonly ExceptionView[] } | null>(null);
  useEffect(() => {
    void send('exceptions.list', {}).then((reply) => {
      if (reply.ok) setAnswer({ count, rows: reply.result as ExceptionView[] });
    });
  }, [send, count]);
  return answer?.rows ?? null;
}

type Undecided = { sequence: number; rows: readonly UndecidedView[] };

/** Asked again after each record; an answer that a later one has overtaken is let go. */
function useUndecided(sequence: number): readonly UndecidedView[] {
  const { send } = useTill();
  const [listed, setListed] = useState<Undecided>({ sequence: 0, rows: [] });
  useEffect(() => {
    void send('undecided.list', {}).then((reply) => {
      if (!reply.ok) return;
      const rows = reply.result as UndecidedView[];
      setListed((before) => (before.sequence > sequence ? before : { sequence, rows }));
    });
  }, [send, sequence]);
  return listed.rows;
}

/** As the acquirer's office is told of it, and as the till finds it. */
function namedBy(item: Item): { orderNumber: string; refundNumber?: string } {
  if (item.kind === 'undecided') return { orderNumber: item.undecided.orderNumber };
  if (item.kind === 'exception') return { orderNumber: item.exception.orderNumber };
  const { orderNumber, requestNumber } = item.giveBack;
  return { orderNumber, refundNumber: requestNumber };
}

const giveBackCommands = {
  payCash: 'giveBack.payCash',
  retry: 'giveBack.retry',
  seeLoss: 'giveBack.seeLoss',
  confirmBack: 'giveBack.confirmBack',
} as const;

function useActions(onClose: () => void) {
  const { send, approvals } = useTill();
  const [asking, setAsking] = useState<{ action: Decision; item: Item } | null>(null);
  const act = async (action: Action, item: Item) => {
    if (action !== 'collect') setAsking({ action, item });
    else if (item.kind === 'exception') {
      const reply = await send('exception.collect', { attemptId: item.exception.attemptId });
      if (reply.ok) onClose();
    }
  };
  const giveReason = async (reason: string) => {
    setAsking(null);
    if (asking === null) return;
    const { item, action } = asking;
    if (isOfOffice(action)) {
      const isNotBack = action === 'officeNotBack';
      await approvals.send('office.confirm', { ...namedBy(item), reason, isNotBack });
    } else if (item.kind === 'exception') {
      await approvals.send('exception.writeOff', { attemptId: item.exception.attemptId, reason });
    } else if (item.kind === 'giveBack' && action !== 'writeOff') {
      const { giveBackId } = item.giveBack;
      await approvals.send(giveBackCommands[action], { giveBackId, reason });
    }
  };
  return { asking, act, giveReason, stop: () => setAsking(null) };
}

type Props = { snapshot: Snapshot; canAct: boolean; onClose: () => void };

export function AttentionPanel({ snapshot, canAct, onClose }: Props) {
  const t = useWords();
  const exceptions = useExceptions(snapshot.exceptionCount);
  const [chosen, setChosen] = useState(0);
  const { asking, act, giveReason, stop } = useActions(onClose);
  const undecided = useUndecided(snapshot.sequence);
  const items = itemsOf(exceptions ?? [], snapshot.giveBacks, undecided);
  const at = Math.min(chosen, items.length - 1);
  const item = items[at];
  const keys = {
    ArrowUp: () => setChosen(Math.max(0, at - 1)),
    ArrowDown: () => setChosen(Math.min(items.length - 1, at + 1)),
    Enter: onClose,
    F8: onClose,
  };
  return (
    <Sheet
      title={t('attention.title')}
      keys={keys}
      width="w-[68rem]"
      corner={<Key size="small" label={t('attention.close')} shortcut="Escape" onPress={onClose} />}
    >
      <p className="text-[1.25rem] text-ink-2">{t('attention.body')}</p>
      {exceptions !== null && items.length === 0 ? (
        <p className="mt-4 text-[1.375rem]">{t('attention.none')}</p>
      ) : (
        <AttentionRows items={items} chosen={at} choose={setChosen} />
      )}
      {item ? <AttentionWords item={item} /> : null}
      {canAct && item ? <AttentionKeys item={item} act={(action) => void act(action, item)} /> : null}
      {asking === null ? null : (
        <ReasonSheet asking={asking} onChoose={(reason) => void giveReason(reason)} onClose={stop} />
      )}
    </Sheet>
  );
}

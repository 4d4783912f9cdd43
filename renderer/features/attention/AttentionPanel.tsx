// Money that is not where it should be: offline payments that failed, money on its way back to customers, payments without a result. The chosen row
// has its keys; whoever may not act sees the list alone.
import { useWords } from '../../i18n/index.ts';
import { useEffect, useState } from 'react';
import type { ExceptionView, Snapshot, UndecidedView } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { useChosenRow } from '../../ui/chosen-row.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import { type Action, AttentionKeys, type Decision, isOfOffice, ReasonSheet } from './AttentionKeys.tsx';
import { AttentionRows } from './AttentionRows.tsx';
import { AttentionWords } from './AttentionWords.tsx';
import { amountOf_fen, isAsItWas, type Item, itemsOf, type Listed, newerOf } from './items.ts';
import { isStillMeant } from './meant.ts';

/** Asked again after each record: one may go as another comes. Until the answer is here the list before it stands. */
function useExceptions(sequence: number): readonly ExceptionView[] | null {
  const { send } = useTill();
  const [listed, setListed] = useState<Listed | null>(null);
  useEffect(() => {
    void send('exceptions.list', {}).then((reply) => {
      if (!reply.ok) return;
      const rows = reply.result as ExceptionView[];
      setListed((before) => newerOf(before, { sequence, rows }));
    });
  }, [send, sequence]);
  return listed?.rows ?? null;
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

/** A question, or the manager's consent to it, whose item has changed meanwhile closes: it would be answered about something else. */
function useActions(items: readonly Item[], onClose: () => void) {
  const { send, approvals, store } = useTill();
  const [asking, setAsking] = useState<{ action: Decision; item: Item; isSent: boolean } | null>(null);
  const isOver =
    asking !== null &&
    !isAsItWas(
      asking.item,
      items.find(({ id }) => id === asking.item.id),
    );
  if (isOver && !asking.isSent) setAsking(null);
  // `decide` then ends, and with it the question.
  useEffect(() => {
    if (isOver) approvals.cancel();
  }, [isOver, approvals]);
  const act = async (action: Action, item: Item) => {
    if (action !== 'collect') setAsking({ action, item, isSent: false });
    else if (item.kind === 'exception') {
      const reply = await send('exception.collect', { attemptId: item.exception.attemptId });
      if (reply.ok) onClose();
    }
  };
  const giveReason = async (reason: string) => {
    if (asking === null || isOver) return;
    setAsking({ ...asking, isSent: true });
    await decide(asking, reason);
    setAsking(null);
  };
  const decide = async ({ item, action }: { item: Item; action: Decision }, reason: string) => {
    const amount_fen = amountOf_fen(item);
    const isMeant = () => isStillMeant(item, store.get().snapshot);
    if (isOfOffice(action)) {
      const isNotBack = action === 'officeNotBack';
      await approvals.send('office.confirm', { ...namedBy(item), reason, isNotBack }, amount_fen, isMeant);
    } else if (item.kind === 'exception') {
      const { attemptId } = item.exception;
      await approvals.send(
        'exception.writeOff',
        { attemptId, missing_fen: amount_fen, reason },
        amount_fen,
        isMeant,
      );
    } else if (item.kind === 'giveBack' && action !== 'writeOff') {
      const { giveBackId } = item.giveBack;
      await approvals.send(giveBackCommands[action], { giveBackId, reason }, amount_fen, isMeant);
    }
  };
  const isShown = asking !== null && !asking.isSent && !isOver;
  return { asking: isShown ? asking : null, act, giveReason, stop: () => setAsking(null) };
}

type Props = { snapshot: Snapshot; canAct: boolean; onClose: () => void };

export function AttentionPanel({ snapshot, canAct, onClose }: Props) {
  const t = useWords();
  const exceptions = useExceptions(snapshot.sequence);
  const undecided = useUndecided(snapshot.sequence);
  const items = itemsOf(exceptions ?? [], snapshot.giveBacks, undecided);
  const { asking, act, giveReason, stop } = useActions(items, onClose);
  // Chosen when the whole list is here: half of it would put another one first.
  const { chosen, choose, step } = useChosenRow(exceptions && items.map(({ id }) => id));
  const item = items[chosen];
  const keys = {
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
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
        <AttentionRows items={items} chosen={chosen} choose={choose} />
      )}
      {item ? <AttentionWords item={item} /> : null}
      {canAct && item ? <AttentionKeys item={item} act={(action) => void act(action, item)} /> : null}
      {asking === null ? null : (
        <ReasonSheet asking={asking} onChoose={(reason) => void giveReason(reason)} onClose={stop} />
      )}
    </Sheet>
  );
}

// What can be done about the chosen row: collect the money again, write it off; try a failed refund again, pay it in cash; say that one
// which may be back is back; look into what went back twice.
import type { GiveBackView } from '../../../contract/snapshot.ts';
import { reasons } from '../../i18n/reasons.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { canPayCash, type Item, mustBeChecked } from './items.ts';

/** What needs a reason, and a manager. */
export type Decision = 'writeOff' | 'payCash' | 'retry' | 'seeLoss' | 'confirmBack';
export type Action = 'collect' | Decision;

function payCashNote(giveBack: GiveBackView, t: ReturnType<typeof useWords>): string {
  if (!canPayCash(giveBack)) return t('attention.payCashNot');
  return mustBeChecked(giveBack) ? t('attention.payCashCheckNote') : t('attention.payCashNote');
}

function GiveBackKeys({ giveBack, act }: { giveBack: GiveBackView; act: (action: Action) => void }) {
  const t = useWords();
  if (giveBack.isTwice) {
    return (
      <div className="mt-4 grid shrink-0 grid-cols-2 gap-3">
        <Key
          label={t('attention.seeLoss')}
          note={t('attention.seeLossNote')}
          shortcut="F4"
          onPress={() => act('seeLoss')}
        />
      </div>
    );
  }
  return (
    <div className="mt-4 grid shrink-0 grid-cols-2 gap-3">
      {mustBeChecked(giveBack) ? (
        <Key
          label={t('attention.confirmBack')}
          note={t('attention.confirmBackNote')}
          shortcut="F3"
          onPress={() => act('confirmBack')}
        />
      ) : (
        <Key
          label={t('attention.retry')}
          note={giveBack.canRetry ? t('attention.retryNote') : t('attention.retryNot')}
          shortcut="F2"
          isDisabled={!giveBack.canRetry}
          onPress={() => act('retry')}
        />
      )}
      <Key
        label={t('attention.payCash')}
        note={payCashNote(giveBack, t)}
        shortcut="F4"
        isDisabled={!canPayCash(giveBack)}
        onPress={() => act('payCash')}
      />
    </div>
  );
}

export function AttentionKeys({ item, act }: { item: Item; act: (action: Action) => void }) {
  const t = useWords();
  if (item.kind === 'giveBack') return <GiveBackKeys giveBack={item.giveBack} act={act} />;
  return (
    <div className="mt-4 grid shrink-0 grid-cols-2 gap-3">
      <Key
        label={t('attention.collect')}
        note={t('attention.collectNote')}
        shortcut="F2"
        onPress={() => act('collect')}
      />
      <Key
        look="danger"
        label={t('attention.writeOff')}
        note={t('attention.writeOffNote')}
        shortcut="F3"
        onPress={() => act('writeOff')}
      />
    </div>
  );
}

type Asking = { action: Decision; item: Item };
type SheetProps = { asking: Asking; onChoose: (reason: string) => void; onClose: () => void };

export function ReasonSheet({ asking, onChoose, onClose }: SheetProps) {
  const t = useWords();
  const { action, item } = asking;
  const isToCheck = action === 'payCash' && item.kind === 'giveBack' && mustBeChecked(item.giveBack);
  const amount_fen = item.kind === 'exception' ? item.exception.amount_fen : item.giveBack.amount_fen;
  return (
    <Choices
      title={t(`attention.${action}Reason`, { amount: formatYuan(amount_fen) })}
      body={isToCheck ? t('attention.payCashCheckBody') : t(`attention.${action}Body`)}
      choices={reasons[useLanguage()][isToCheck ? 'payCashChecked' : action]}
      onChoose={onChoose}
      onClose={onClose}
    />
  );
}

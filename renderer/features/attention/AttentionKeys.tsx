// What can be done about the chosen row: collect the money again, write it off; try a failed refund again, pay it in cash; say that one
// which may be back is back; look into what went back twice; say what the acquirer's office says of what has no result.
import type { GiveBackView } from '../../../contract/snapshot.ts';
import { reasons } from '../../i18n/reasons.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { canPayCash, type Item, mustBeChecked } from './items.ts';

/** A word of the acquirer's office. */
type OfficeWord = 'confirmed' | 'officeBack' | 'officeNotBack';
/** What needs a reason, and a manager. */
export type Decision = 'writeOff' | 'payCash' | 'retry' | 'seeLoss' | 'confirmBack' | OfficeWord;
export type Action = 'collect' | Decision;

function payCashNote(giveBack: GiveBackView, t: ReturnType<typeof useWords>): string {
  if (!canPayCash(giveBack)) return t('attention.payCashNot');
  return mustBeChecked(giveBack) ? t('attention.payCashCheckNote') : t('attention.payCashNote');
}

export function isOfOffice(decision: Decision): decision is OfficeWord {
  return decision === 'confirmed' || decision === 'officeBack' || decision === 'officeNotBack';
}

type Act = (action: Action) => void;

/** Of a give-back in doubt; until it has a result there is nothing else to be done about it. */
function OfficeKeys({ act }: { act: Act }) {
  const t = useWords();
  const note = t('attention.officeNote');
  return (
    <div className="mt-4 grid shrink-0 grid-cols-2 gap-3">
      <Key label={t('attention.officeBack')} note={note} shortcut="F2" onPress={() => act('officeBack')} />
      <Key
        label={t('attention.officeNotBack')}
        note={note}
        shortcut="F4"
        onPress={() => act('officeNotBack')}
      />
    </div>
  );
}

function UndecidedKeys({ act }: { act: Act }) {
  const t = useWords();
  return (
    <div className="mt-4 grid shrink-0 grid-cols-2 gap-3">
      <Key
        label={t('attention.confirmed')}
        note={t('attention.officeNote')}
        shortcut="F4"
        onPress={() => act('confirmed')}
      />
    </div>
  );
}

function GiveBackKeys({ giveBack, act }: { giveBack: GiveBackView; act: Act }) {
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
  if (giveBack.hearsOffice) return <OfficeKeys act={act} />;
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

export function AttentionKeys({ item, act }: { item: Item; act: Act }) {
  const t = useWords();
  if (item.kind === 'giveBack') return <GiveBackKeys giveBack={item.giveBack} act={act} />;
  if (item.kind === 'undecided') return <UndecidedKeys act={act} />;
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

function amountOf_fen(item: Item): number {
  if (item.kind === 'exception') return item.exception.amount_fen;
  return item.kind === 'giveBack' ? item.giveBack.amount_fen : item.undecided.amount_fen;
}

/** What the office knows it by. */
function officeNumberOf(item: Item): string {
  if (item.kind === 'giveBack') return item.giveBack.requestNumber;
  return item.kind === 'undecided' ? item.undecided.orderNumber : item.exception.orderNumber;
}

export function ReasonSheet({ asking, onChoose, onClose }: SheetProps) {
  const t = useWords();
  const { action, item } = asking;
  const ready = reasons[useLanguage()];
  if (isOfOffice(action)) {
    const number = officeNumberOf(item);
    return (
      <Choices
        title={t(`reconcile.${action}`)}
        body={t(`reconcile.${action}Body`, { number })}
        choices={ready[action]}
        onChoose={onChoose}
        onClose={onClose}
      />
    );
  }
  const isToCheck = action === 'payCash' && item.kind === 'giveBack' && mustBeChecked(item.giveBack);
  return (
    <Choices
      title={t(`attention.${action}Reason`, { amount: formatYuan(amountOf_fen(item)) })}
      body={isToCheck ? t('attention.payCashCheckBody') : t(`attention.${action}Body`)}
      choices={ready[isToCheck ? 'payCashChecked' : action]}
      onChoose={onChoose}
      onClose={onClose}
    />
  );
}

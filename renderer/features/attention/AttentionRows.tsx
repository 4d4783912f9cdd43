// One row for each: when, which order, what is the matter, how much.
import { errorTexts } from '../../../contract/error-texts.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import { giveBackLook, useGiveBackWords } from '../../ui/GiveBackRows.tsx';
import { Glyph, type Mark, type Tone } from '../../ui/Glyph.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import type { Item } from './items.ts';
import { ListRow } from '../../ui/ListRow.tsx';

/** The same few facts of each kind. */
function useRow(): (item: Item) => { words: string; small: string; amount_fen: number } {
  const t = useWords();
  const language = useLanguage();
  const wordsOf = useGiveBackWords();
  const schemeName = useSchemeName();
  return (item) => {
    if (item.kind === 'exception') {
      const { reason, acquirerCode, orderNumber, receiptNumber, amount_fen } = item.exception;
      const receipt = receiptNumber === null ? null : t('result.receipt', { number: receiptNumber });
      const small = [receipt, t('tender.order', { number: orderNumber }), reason, acquirerCode];
      return {
        words: errorTexts[language][reason].what,
        small: small.filter(Boolean).join(' · '),
        amount_fen,
      };
    }
    if (item.kind === 'undecided') {
      const { state, reason, acquirerCode, orderNumber, receiptNumber, scheme, amount_fen } = item.undecided;
      const receipt = receiptNumber === null ? null : t('result.receipt', { number: receiptNumber });
      const order = t('tender.order', { number: orderNumber });
      const small = [schemeName(scheme), receipt, order, reason, acquirerCode];
      const words = reason === null ? t(`state.${state}`) : errorTexts[language][reason].what;
      return { words, small: small.filter(Boolean).join(' · '), amount_fen };
    }
    const { scheme, requestNumber, receiptNumber, reason, acquirerCode, amount_fen } = item.giveBack;
    const receipt = receiptNumber === null ? null : t('result.receipt', { number: receiptNumber });
    const small = [
      schemeName(scheme),
      receipt,
      t('giveBack.number', { number: requestNumber }),
      reason,
      acquirerCode,
    ];
    return { words: wordsOf(item.giveBack), small: small.filter(Boolean).join(' · '), amount_fen };
  };
}

function lookOf(item: Item): { tone: Tone; mark: Mark } {
  if (item.kind === 'exception') return { tone: 'no', mark: 'cross' };
  return item.kind === 'giveBack' ? giveBackLook(item.giveBack) : { tone: 'wait', mark: 'question' };
}

function Row({ item, isChosen, choose }: { item: Item; isChosen: boolean; choose: () => void }) {
  const { words, small, amount_fen } = useRow()(item);
  const look = lookOf(item);
  return (
    <ListRow
      isChosen={isChosen}
      onPointerDown={choose}
      className="grid-cols-[2.25rem_8.5rem_minmax(0,1fr)_auto] items-center gap-4 px-3 py-2"
    >
      <Glyph {...look} className="size-8" />
      <span className="digits text-[1.125rem] whitespace-nowrap">{formatDay(item.at_ms)}</span>
      <span className="min-w-0 leading-snug">
        <span className="block text-[1.25rem] font-bold">{words}</span>
        <span className="digits block text-[1rem] text-ink-2 [overflow-wrap:anywhere]">{small}</span>
      </span>
      <span className="digits text-[1.375rem] font-bold">{formatYuan(amount_fen)}</span>
    </ListRow>
  );
}

type Props = { items: readonly Item[]; chosen: number; choose: (index: number) => void };

export function AttentionRows({ items, chosen, choose }: Props) {
  return (
    <ul className="mt-4 min-h-0 flex-1 overflow-y-auto border-t-2 border-line">
      {items.map((item, index) => (
        <Row key={item.id} item={item} isChosen={index === chosen} choose={() => choose(index)} />
      ))}
    </ul>
  );
}

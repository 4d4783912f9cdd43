// How much goes back, and where it goes: to the wallets first, each up to what it holds, the rest in cash.
import { errorTexts } from '../../../contract/error-texts.ts';
import type { SaleFound } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { GiveBackRows } from '../../ui/GiveBackRows.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import { splitOver } from './selection.ts';

function Refusal({ found }: { found: SaleFound }) {
  const language = useLanguage();
  if (found.refusal === null) return null;
  const text = errorTexts[language][found.refusal];
  return (
    <StateCard
      tone="no"
      mark="cross"
      title={text.what}
      lines={[text.money, text.todo]}
      code={found.refusal}
      isSmall
    />
  );
}

export function ReturnMoney({ found, sum_fen }: { found: SaleFound; sum_fen: number }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const { parts } = splitOver(found.tenders, sum_fen);
  const facts = parts.map((part) => ({
    label: part.scheme === null ? t('tender.cash') : schemeName(part.scheme),
    note: t('return.cap', { amount: formatYuan(part.left_fen) }),
    value: formatYuan(part.back_fen),
  }));
  return (
    <>
      <Amount label={t('return.sum')} amount_fen={sum_fen} />
      <section>
        <h2 className="text-[1.125rem] text-ink-2">{t('return.where')}</h2>
        <Facts facts={facts} />
      </section>
      <Refusal found={found} />
      {found.giveBacks.length === 0 ? null : (
        <section>
          <h2 className="mb-1 text-[1.125rem] text-ink-2">{t('return.before')}</h2>
          <GiveBackRows giveBacks={found.giveBacks} />
        </section>
      )}
    </>
  );
}

// How much goes back, and where it goes, as the core will do it; and in words what does not go back, since nobody has paid it.
import { errorTexts } from '../../../contract/error-texts.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { ReturnMoney as Money, ReturnPreview, SaleFound } from '../../../contract/snapshot.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { formatYuan } from '../../lib/format.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { GiveBackRows } from '../../ui/GiveBackRows.tsx';
import { StateCard } from '../../ui/StateCard.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import { back_fen, backRows } from './money-rows.ts';
import { useUnpaidFacts } from './useUnpaidFacts.ts';

function Refusal({ refusal }: { refusal: ErrorCode }) {
  const text = errorTexts[useLanguage()][refusal];
  return (
    <StateCard
      tone="no"
      mark="cross"
      title={text.what}
      lines={[text.money, text.todo]}
      code={refusal}
      isSmall
    />
  );
}

/** Money of them that never came, or was undone: not given here. What may have been charged is told apart: it goes back by itself. */
function Unpaid({ found, preview }: { found: SaleFound; preview: ReturnPreview | null }) {
  const t = useWords();
  if (preview?.refusal !== null || preview.money.unpaid_fen <= 0) return null;
  const { unpaid_fen, doubt_fen, wasReversed } = preview.money;
  const never_fen = unpaid_fen - doubt_fen;
  // What is still queued may be sent, and be in doubt, while the reason is chosen.
  const isPending = found.state === 'completedPending' && doubt_fen === 0;
  const body = t(wasReversed ? 'return.reversedBody' : 'return.unpaidBody');
  const lines = [body, ...(isPending ? [<b key="p">{t('return.unpaidPending')}</b>] : [])];
  const title = t(wasReversed ? 'return.notHereTitle' : 'return.unpaidTitle', {
    amount: formatYuan(never_fen),
  });
  const doubtTitle = t('return.doubtTitle', { amount: formatYuan(doubt_fen) });
  const doubtLines = [<b key="d">{t('return.doubtBody')}</b>];
  return (
    <>
      {doubt_fen === 0 ? null : (
        <StateCard tone="wait" mark="clock" title={doubtTitle} lines={doubtLines} isSmall />
      )}
      {never_fen === 0 ? null : <StateCard tone="wait" mark="alert" title={title} lines={lines} isSmall />}
    </>
  );
}

/** Below the goods: why they can't come back now, or what of their money never came. */
export function ReturnWords({ found, preview }: { found: SaleFound; preview: ReturnPreview | null }) {
  const refusal = found.refusal ?? preview?.refusal ?? null;
  return refusal === null ? <Unpaid {...{ found, preview }} /> : <Refusal refusal={refusal} />;
}

function Where({ found, money }: { found: SaleFound; money: Money | null }) {
  const t = useWords();
  const schemeName = useSchemeName();
  const unpaidFacts = useUnpaidFacts();
  const rows = backRows(found, money).map((row) => ({
    label: row.scheme === null ? t('tender.cash') : schemeName(row.scheme),
    note: t('return.cap', { amount: formatYuan(row.left_fen) }),
    value: formatYuan(row.back_fen),
  }));
  return (
    <section>
      <h2 className="text-[1.125rem] text-ink-2">{t('return.where')}</h2>
      <Facts facts={[...unpaidFacts(money), ...rows]} />
    </section>
  );
}

export function ReturnMoney({ found, preview }: { found: SaleFound; preview: ReturnPreview | null }) {
  const t = useWords();
  const money = preview?.refusal === null ? preview.money : null;
  return (
    <>
      <Amount label={t('return.sum')} amount_fen={money === null ? 0 : back_fen(money)} />
      <Where found={found} money={money} />
      {found.giveBacks.length === 0 ? null : (
        <section>
          <h2 className="mb-1 text-[1.125rem] text-ink-2">{t('return.before')}</h2>
          <GiveBackRows giveBacks={found.giveBacks} />
        </section>
      )}
    </>
  );
}

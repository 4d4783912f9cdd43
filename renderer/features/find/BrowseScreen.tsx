// A customer without a receipt: what was sold, looked through by day, time, sum and wallet until his sale is found.
import { useState } from 'react';
import type { Snapshot, SoldRow } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { shopDate } from '../../lib/format.ts';
import { useNow_ms, useTill } from '../../lib/till.tsx';
import { Key } from '../../ui/Key.tsx';
import { PadKeys } from '../../ui/PadKeys.tsx';
import { Page } from '../../ui/Page.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { useAmount } from '../../ui/useAmount.ts';
import { useChosen } from '../../ui/useChosen.ts';
import { SoldRows } from './SoldRows.tsx';
import { boundsOf, type Span } from './span.ts';
import { SpanKeys } from './SpanKeys.tsx';
import { useSold } from './useSold.ts';

/** Those of every route, and cash. */
function walletsOf({ routes }: Snapshot): string[] {
  return [...new Set(routes.flatMap(({ schemes, presents }) => [...schemes, presents ?? []].flat())), 'CASH'];
}

type Props = {
  snapshot: Snapshot;
  /** What is done with the sale: its goods come back, or its payment is shown. */
  purpose: 'return' | 'evidence';
  onBack: () => void;
  onFound: () => void;
};

export function BrowseScreen({ snapshot, purpose, onBack, onFound }: Props) {
  const t = useWords();
  const { send } = useTill();
  const now_ms = useNow_ms();
  const [span, setSpan] = useState<Span>(() => ({ date: shopDate(now_ms), part: null }));
  const [wallet, setWallet] = useState<string | null>(null);
  const { text, amount_fen, pad } = useAmount();
  const { found, page, older, newer } = useSold({ ...boundsOf(span), sum_fen: amount_fen, wallet });
  const rows = found?.rows ?? [];
  const { chosen, choose } = useChosen(rows.length);
  const row = rows[chosen];
  const textOf = ({ receiptNumber, orderNumber }: SoldRow) =>
    purpose === 'return' ? receiptNumber : orderNumber;
  const wanted = row === undefined ? null : textOf(row);
  const open = async () => {
    if (wanted === null) return;
    const reply =
      purpose === 'return'
        ? await send('sale.find', { text: wanted, isListed: true })
        : await send('payment.find', { text: wanted });
    if (reply.ok) onFound();
  };
  return (
    <TwoColumns
      left={
        <Page isDense title={<Heading text={text} />}>
          <SpanKeys {...{ span, setSpan, wallet, setWallet }} wallets={walletsOf(snapshot)} />
          <SoldRows rows={rows} chosen={chosen} choose={choose} />
          <div className="flex shrink-0 items-center gap-2.5">
            <Turn label={t('sold.newer')} shortcut="PageUp" hint="PgUp" turn={newer} />
            <Turn label={t('sold.older')} shortcut="PageDown" hint="PgDn" turn={older} />
            <span className="ml-3 text-[1.125rem] text-ink-2">
              {found !== null && rows.length === 0 ? t('sold.none') : t('sold.page', { page: page + 1 })}
            </span>
          </div>
        </Page>
      }
      right={null}
      keys={
        <PadKeys
          {...pad}
          onBack={onBack}
          main={{
            label: t(purpose === 'return' ? 'sold.openReturn' : 'sold.openPayment'),
            shortcut: 'Enter',
            isDisabled: wanted === null,
            onPress: () => void open(),
          }}
        />
      }
    />
  );
}

/** The pad fills the right column: what is typed on it stands here. */
function Heading({ text }: { text: string }) {
  const t = useWords();
  return (
    <span className="flex items-center justify-between gap-4">
      {t('sold.title')}
      <span
        className="flex min-w-[17rem] items-center gap-2 rounded-lg border-2 border-act bg-white px-3"
        aria-live="polite"
      >
        <span className="text-[1.25rem] font-normal text-ink-2">{t('sold.sum')}</span>
        {text === '' ? (
          <span className="text-[1.25rem] font-normal text-ink-2">{t('sold.anySum')}</span>
        ) : (
          <span className="digits">¥{text}</span>
        )}
        <span className="h-[1.8rem] w-[3px] bg-act" aria-hidden="true" />
      </span>
    </span>
  );
}

type TurnProps = { label: string; shortcut: string; hint: string; turn: (() => void) | null };

function Turn({ label, shortcut, hint, turn }: TurnProps) {
  return (
    <Key size="small" {...{ label, shortcut, hint }} isDisabled={turn === null} onPress={() => turn?.()} />
  );
}

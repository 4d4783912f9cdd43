// The payment: what is due, the state of the payment at hand, and the few ways on that this state allows. Also of a sold sale whose
// offline payment has failed, while it is collected again.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { Amount } from '../../ui/Amount.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { type Asked, askedFirst, isBlocked, isForwarded, paymentAtHand, stillAsked } from './at-hand.ts';
import { CashPanel } from './CashPanel.tsx';
import { lostAtHand } from './collecting.ts';
import { CollectingCard, CollectingWords } from './CollectingCard.tsx';
import { PartPanel } from './PartPanel.tsx';
import { PaymentCard } from './PaymentCard.tsx';
import { Questions } from './Questions.tsx';
import { ReadyCard } from './ReadyCard.tsx';
import { SaleColumn } from './SaleColumn.tsx';
import { type Way, WayKeys } from './WayKeys.tsx';

function Paying({ sale, snapshot }: { sale: SaleView; snapshot: Snapshot }) {
  const t = useWords();
  const payment = paymentAtHand(sale);
  const canScan = !isBlocked(sale) && sale.due_fen > 0;
  const lost = lostAtHand(sale);
  // One that is forwarded forbids a second scan of itself, not of what else is due: its story stands below the goods.
  const isCardShown = payment !== undefined && lost === null && !isForwarded(payment);
  const label =
    sale.due_fen === sale.total_fen
      ? t('tender.due')
      : t('tender.dueOf', { total: formatYuan(sale.total_fen) });
  return (
    <>
      <Amount label={label} amount_fen={sale.due_fen} />
      {lost ? <CollectingCard lost={lost} /> : null}
      {isCardShown ? <PaymentCard payment={payment} isSmall={canScan} /> : null}
      {canScan ? (
        <ReadyCard
          routes={snapshot.routes}
          part_fen={sale.walletPart_fen}
          isSmall={isCardShown || lost !== null}
        />
      ) : null}
    </>
  );
}

/** What the core does not allow any more closes by itself, and stays closed: a wallet has paid meanwhile, say. */
function useWays(sale: SaleView) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [panel, setPanel] = useState<'cash' | 'part' | null>(null);
  const still = stillAsked(sale, asked);
  if (asked !== null && still === null) setAsked(null);
  const isPossible = panel === 'cash' ? sale.canPayCash : sale.due_fen > 0;
  if (panel !== null && !isPossible) setPanel(null);
  const go = (way: Way) => {
    if (way === 'part') {
      setPanel('part');
      return;
    }
    const question = askedFirst(sale, way);
    if (way === 'cash' && question === null) setPanel('cash');
    else setAsked(question);
  };
  const takeCash = () => {
    setAsked(null);
    setPanel('cash');
  };
  return {
    asked: still,
    panel: isPossible ? panel : null,
    go,
    takeCash,
    close: () => setAsked(null),
    closePanel: () => setPanel(null),
  };
}

export function TenderScreen({ sale, snapshot }: { sale: SaleView; snapshot: Snapshot }) {
  const { asked, panel, go, takeCash, close, closePanel } = useWays(sale);
  if (panel === 'cash') return <CashPanel sale={sale} onClose={closePanel} />;
  if (panel === 'part') return <PartPanel sale={sale} onClose={closePanel} />;
  return (
    <>
      <TwoColumns
        left={
          <SaleColumn sale={sale}>{sale.isCollecting ? <CollectingWords sale={sale} /> : null}</SaleColumn>
        }
        right={<Paying sale={sale} snapshot={snapshot} />}
        keys={<WayKeys sale={sale} routes={snapshot.routes} go={go} />}
      />
      <Questions sale={sale} asked={asked} close={close} onCash={takeCash} />
    </>
  );
}

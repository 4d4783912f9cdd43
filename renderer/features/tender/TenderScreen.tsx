// The payment: what is due, the state of the payment at hand, and the few ways on that this state allows. Also of a sold sale whose
// offline payment has failed, while it is collected again.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { formatYuan } from '../../lib/format.ts';
import { Amount } from '../../ui/Amount.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { askedFirst, isBlocked, paymentAtHand, type Question } from './at-hand.ts';
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
  const label =
    sale.due_fen === sale.total_fen
      ? t('tender.due')
      : t('tender.dueOf', { total: formatYuan(sale.total_fen) });
  return (
    <>
      <Amount label={label} amount_fen={sale.due_fen} />
      {lost ? <CollectingCard lost={lost} /> : null}
      {payment && lost === null ? <PaymentCard payment={payment} isSmall={canScan} /> : null}
      {canScan ? (
        <ReadyCard routes={snapshot.routes} part_fen={sale.walletPart_fen} isSmall={payment !== undefined} />
      ) : null}
    </>
  );
}

export function TenderScreen({ sale, snapshot }: { sale: SaleView; snapshot: Snapshot }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [panel, setPanel] = useState<'cash' | 'part' | null>(null);
  const go = (way: Way) => {
    if (way === 'part') setPanel('part');
    else if (way === 'cash' && askedFirst(sale, 'cash') === null) setPanel('cash');
    else setQuestion(way);
  };
  // What the core does not allow any more closes by itself: a wallet has paid meanwhile, say.
  if (panel === 'cash' && sale.canPayCash) return <CashPanel sale={sale} onClose={() => setPanel(null)} />;
  if (panel === 'part' && sale.due_fen > 0) return <PartPanel sale={sale} onClose={() => setPanel(null)} />;
  return (
    <>
      <TwoColumns
        left={
          <SaleColumn sale={sale}>{sale.isCollecting ? <CollectingWords sale={sale} /> : null}</SaleColumn>
        }
        right={<Paying sale={sale} snapshot={snapshot} />}
        keys={<WayKeys sale={sale} routes={snapshot.routes} go={go} />}
      />
      <Questions
        sale={sale}
        question={question}
        close={() => setQuestion(null)}
        onCash={() => {
          setQuestion(null);
          setPanel('cash');
        }}
      />
    </>
  );
}

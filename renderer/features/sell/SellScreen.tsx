// Selling: the goods so far, what is due, and the key that starts the payment.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import type { SaleView, Snapshot } from '../../../contract/snapshot.ts';
import { useKeys } from '../../lib/keyboard.ts';
import { Amount } from '../../ui/Amount.tsx';
import { CancelAsk } from '../../ui/CancelAsk.tsx';
import { DrawerCard, DrawerKey, isDrawerShut } from '../../ui/DrawerCard.tsx';
import { TwoColumns } from '../../ui/TwoColumns.tsx';
import { EmptySale } from './EmptySale.tsx';
import { FindGoods } from './FindGoods.tsx';
import { LineEditor } from './LineEditor.tsx';
import { ParkedSheet } from './ParkedSheet.tsx';
import { SellKeys } from './SellKeys.tsx';

type Props = { sale: SaleView | null; snapshot: Snapshot; onMenu: () => void };

export function SellScreen({ sale, snapshot, onMenu }: Props) {
  const t = useWords();
  const [finding, setFinding] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isRecalling, setRecalling] = useState(false);
  useKeys({ digit: (digit) => setFinding(digit) });

  if (finding !== null) return <FindGoods start={finding} onClose={() => setFinding(null)} />;
  const hasLines = sale !== null && sale.lines.length > 0;
  return (
    <>
      <TwoColumns
        left={hasLines ? <LineEditor sale={sale} /> : <EmptySale />}
        right={
          <>
            <Amount label={t('sell.due', { count: sale?.itemCount ?? 0 })} amount_fen={sale?.due_fen ?? 0} />
            <DrawerCard drawer={snapshot.drawer} />
            {isDrawerShut(snapshot.drawer) ? <DrawerKey /> : null}
          </>
        }
        keys={
          <SellKeys
            sale={sale}
            parkedCount={snapshot.parked.length}
            onFind={() => setFinding('')}
            onRecall={() => setRecalling(true)}
            onMenu={onMenu}
            onCancel={() => setAsking(true)}
          />
        }
      />
      {isRecalling ? <ParkedSheet parked={snapshot.parked} onClose={() => setRecalling(false)} /> : null}
      {isAsking && sale !== null ? <CancelAsk sale={sale} close={() => setAsking(false)} /> : null}
    </>
  );
}

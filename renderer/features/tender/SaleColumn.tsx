// The left column of a sale being paid or ended: its goods, its earlier payments, and the last one's story.
import type { SaleView } from '../../../contract/snapshot.ts';
import { LineTable } from '../../ui/LineTable.tsx';
import { EarlierPayments } from './EarlierPayments.tsx';
import { Story } from './Story.tsx';

export function SaleColumn({ sale }: { sale: SaleView }) {
  const payment = sale.payments.at(-1);
  return (
    <>
      <LineTable sale={sale} />
      <EarlierPayments payments={sale.payments.slice(0, -1)} />
      {payment ? <Story payment={payment} /> : null}
    </>
  );
}

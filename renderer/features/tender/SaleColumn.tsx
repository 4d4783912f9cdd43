// The left column of a sale being paid or ended: its goods, its earlier payments, and the last one's story. A code of ours takes
// the place of the goods while it may be scanned.
import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/snapshot.ts';
import { LineTable } from '../../ui/LineTable.tsx';
import { CodePanel } from './CodePanel.tsx';
import { EarlierPayments } from './EarlierPayments.tsx';
import { Story } from './Story.tsx';

/** `children`: what must not be overlooked, between the goods and the story. */
export function SaleColumn({ sale, children }: { sale: SaleView; children?: ReactNode }) {
  const payment = sale.payments.at(-1);
  return (
    <>
      {payment?.code ? <CodePanel payment={payment} code={payment.code} /> : <LineTable sale={sale} />}
      {children ? <div className="shrink-0 px-4 pb-3">{children}</div> : null}
      <EarlierPayments payments={sale.payments.slice(0, -1)} />
      {payment ? <Story payment={payment} /> : null}
    </>
  );
}

// The left column of a sale being paid or ended: its goods, its payments, and the story of the one at hand. A code of ours takes
// the place of the goods while it may be scanned.
import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/snapshot.ts';
import { LineTable } from '../../ui/LineTable.tsx';
import { paymentAtHand } from './at-hand.ts';
import { CodePanel } from './CodePanel.tsx';
import { OtherPayments } from './OtherPayments.tsx';
import { Story } from './Story.tsx';

/** `children`: what must not be overlooked, between the goods and the story. */
export function SaleColumn({ sale, children }: { sale: SaleView; children?: ReactNode }) {
  const payment = paymentAtHand(sale);
  return (
    <>
      {payment?.code ? <CodePanel payment={payment} code={payment.code} /> : <LineTable sale={sale} />}
      {children ? <div className="shrink-0 px-4 pb-3">{children}</div> : null}
      <OtherPayments payments={sale.payments.filter((one) => one !== payment)} />
      {payment ? <Story payment={payment} /> : null}
    </>
  );
}

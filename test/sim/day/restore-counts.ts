// What a restore met, for coverage.
import { isEndedKind, type Ledger } from '../ledger.ts';
import type { LostTime } from './lost-time.ts';

/** `books`: of the backup. One word for each payment, give-back, sale. */
export function restoreCounts(books: Ledger, lost: LostTime): string[] {
  const times = (word: string, items: Iterable<unknown>) => [...items].map(() => word);
  const payments = [...books.payments.values()];
  const open = payments.filter(({ kind }) => !isEndedKind(kind));
  return [
    ...times('openPayment', open),
    ...times(
      'queuedPayment',
      open.filter(({ kind }) => kind === 'queued'),
    ),
    ...times(
      'openGiveBack',
      [...books.backs.values()].filter(({ kind }) => kind !== 'done' && kind !== 'failed'),
    ),
    ...times(
      'soldSince',
      payments.filter(({ saleId }) => lost.sold.has(saleId)),
    ),
    ...times('lostPayment', lost.orders),
    ...times('lostSale', lost.sold),
    ...times('lostReturn', lost.returned),
    ...times('lostException', lost.endedExceptions),
  ];
}

// What a day at the counter adds to the trials: cash and its drawer pulse, goods that come back, a shift and a Z.
import type { SaleFound, Snapshot } from '../../contract/snapshot.ts';
import {
  payAndPrint,
  printed,
  saleIs,
  scanAndTender,
  type Scenario,
  type ShowCode,
  type Stage,
} from './stage.ts';
import { approvalOf, closeDay } from './trading-day.ts';

const BANKNOTE_fen = 10_000;

async function sellForCash(stage: Stage, barcode: string): Promise<void> {
  const { rpc } = stage;
  await scanAndTender(stage, barcode);
  await rpc.call('tender.cash', { received_fen: BANKNOTE_fen });
  await rpc.until('paid', saleIs('completed'));
  await rpc.until('the drawer', (snapshot) => snapshot.drawer === 'opened');
  await printed(rpc);
}

const isGivenBack = ({ found, print }: Snapshot): boolean =>
  found?.giveBacks[0]?.state === 'done' && print.state === 'printed';

/** Sold, found by the barcode of its receipt, and so many pieces of it returned. */
export async function sellAndReturn(
  stage: Stage,
  barcode: string,
  { bottles, back }: { bottles: number; back: number },
  show?: ShowCode,
): Promise<void> {
  const { rpc, shop } = stage;
  await payAndPrint(stage, barcode, bottles, show);
  const receiptId = rpc.snapshot().sale?.receiptId ?? '';
  await rpc.call('sale.next');
  await shop.scanner.scan(receiptId);
  const { found } = await rpc.until('the sale', (snapshot) => snapshot.found?.receiptId === receiptId);
  const { saleId, lines } = found as SaleFound;
  const [line] = lines;
  await rpc.call('return.open', {
    saleId,
    lines: [{ lineId: line?.lineId, quantity: back }],
    reason: '质量问题',
    approval: approvalOf(stage),
  });
  await rpc.until('given back, and its slip printed', isGivenBack);
}

async function sellAndClose(stage: Stage, barcode: string): Promise<void> {
  const { rpc } = stage;
  await sellForCash(stage, barcode);
  await rpc.call('sale.next');
  // A till that is short of everything: the count is what it is.
  await rpc.call('shift.close', { counted: [{ value_fen: BANKNOTE_fen, count: 4 }] });
  await closeDay(stage);
  await printed(rpc);
}

export function dayScenarios(barcode: string): Scenario[] {
  return [
    { name: 'cash', act: (stage) => sellForCash(stage, barcode) },
    { name: 'refunded', act: (stage) => sellAndReturn(stage, barcode, { bottles: 2, back: 1 }) },
    {
      name: 'refundLost',
      arrange: async (shop) => {
        await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'refund', count: 1 });
        await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'query-refund', count: 1 });
      },
      act: (stage) => sellAndReturn(stage, barcode, { bottles: 2, back: 1 }),
    },
    {
      name: 'voidLost',
      arrange: (shop) => shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'voidpayment', count: 1 }),
      act: (stage) => sellAndReturn(stage, barcode, { bottles: 1, back: 1 }),
    },
    {
      name: 'dayClosed',
      act: (stage) => sellAndClose(stage, barcode),
      // Whatever became of the first Z, the next one follows it.
      release: async (stage) => {
        const { rpc, shop } = stage;
        await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
        await closeDay(stage);
      },
    },
  ];
}

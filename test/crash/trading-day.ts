// A whole day as one trial: sales online, one whose answer is lost, cash, one queued and forwarded, a return, X, shift, Z, and the
// first sale of the next day.
import type { SaleFound } from '../../contract/snapshot.ts';
import { isOnline, openCounter, saleIs, type Scenario, type Stage, tender } from './stage.ts';

const BANKNOTE_fen = 10_000;

export function approvalOf({ shop }: Pick<Stage, 'shop'>): { operatorId: string; pin: string | undefined } {
  return { operatorId: 'chen', pin: shop.pins['chen'] };
}

/** The receipt of the sale on the counter has come out, and the counter is free again. */
async function handOver({ rpc }: Stage): Promise<string> {
  await rpc.until('paid', saleIs('completed'));
  const receiptId = rpc.snapshot().sale?.receiptId ?? '';
  await rpc.until(
    'its paper',
    ({ print }) => print.state === 'printed' && (print.receiptId === receiptId || print.receiptId === null),
  );
  await rpc.call('sale.next');
  await rpc.until('a free counter', ({ sale }) => sale === null);
  return receiptId;
}

/** One sale paid by a wallet. The receipt's id. */
export async function sell(stage: Stage, barcode: string, bottles = 1): Promise<string> {
  await stage.rpc.until('online', isOnline);
  await tender(stage, barcode, bottles);
  await stage.shop.scanner.scan(stage.codes.wechat());
  return handOver(stage);
}

async function sellWithLostAnswer(stage: Stage, barcode: string): Promise<void> {
  await stage.shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await sell(stage, barcode);
}

async function sellForCash(stage: Stage, barcode: string): Promise<void> {
  await tender(stage, barcode);
  await stage.rpc.call('tender.cash', { received_fen: BANKNOTE_fen });
  await stage.rpc.until('the drawer', ({ drawer }) => drawer === 'opened');
  await handOver(stage);
}

async function sellOffline(stage: Stage, barcode: string): Promise<void> {
  const { shop, rpc, codes } = stage;
  await shop.acquirer.refuse();
  await rpc.until('offline', ({ routes }) => routes[0]?.state === 'offline');
  await tender(stage, barcode);
  await shop.scanner.scan(codes.alipay());
  await rpc.until('queued', saleIs('completedPending'));
  await shop.acquirer.accept();
  await handOver(stage);
}

async function takeBack(stage: Stage, receiptId: string): Promise<void> {
  const { rpc, shop } = stage;
  await shop.scanner.scan(receiptId);
  const { found } = await rpc.until('the sale', (snapshot) => snapshot.found?.receiptId === receiptId);
  const { saleId, lines } = found as SaleFound;
  await rpc.call('return.open', {
    saleId,
    lines: [{ lineId: lines[0]?.lineId, quantity: 1 }],
    reason: '质量问题',
    approval: approvalOf(stage),
  });
  await rpc.until(
    'given back, and its slip printed',
    (snapshot) => snapshot.found?.giveBacks[0]?.state === 'done' && snapshot.print.state === 'printed',
  );
  await rpc.call('sale.forget');
}

export async function closeDay(stage: Stage): Promise<void> {
  stage.asked.dayCloses += 1;
  await stage.rpc.call('day.close', {
    zNumber: stage.rpc.snapshot().counts.zNumber,
    approval: approvalOf(stage),
  });
}

async function tradingDay(stage: Stage, barcode: string): Promise<void> {
  const { rpc } = stage;
  await openCounter(stage);
  await sell(stage, barcode);
  await sell(stage, barcode, 3);
  await sellWithLostAnswer(stage, barcode);
  await sellForCash(stage, barcode);
  await sellOffline(stage, barcode);
  await takeBack(stage, await sell(stage, barcode, 2));
  await rpc.call('report.x', { approval: approvalOf(stage) });
  await rpc.call('shift.close', { counted: [{ value_fen: BANKNOTE_fen, count: 5 }] });
  await closeDay(stage);
  await openCounter(stage);
  await sell(stage, barcode);
}

export function tradingDayScenario(barcode: string): Scenario {
  return {
    name: 'tradingDay',
    act: (stage) => tradingDay(stage, barcode),
    release: async (stage) => {
      const { rpc, shop } = stage;
      await shop.acquirer.accept();
      await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
      await closeDay(stage);
    },
  };
}

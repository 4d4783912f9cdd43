// The scripted sales that are crashed everywhere: each goes down another road of the payment machine.
import type { Snapshot } from '../../contract/snapshot.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';

export type Stage = { shop: Shop; rpc: RpcClient; codes: CodeMaker };

export type Scenario = {
  name: string;
  /** Faults of the acquirer, set before the core starts. */
  arrange?: (shop: Shop) => Promise<void>;
  /** What cashier and customer do; rejects or hangs when the core dies under it. */
  act(stage: Stage): Promise<void>;
  /** What the world does after the crash: the line comes back, say. */
  release?: (shop: Shop) => Promise<void>;
};

const saleIs =
  (state: string) =>
  (snapshot: Snapshot): boolean =>
    snapshot.sale?.state === state;

const FLOAT_fen = 50_000;

/** Signed in, a shift open, one bottle scanned, in the tender step. */
async function scanAndTender({ shop, rpc }: Stage, barcode: string): Promise<void> {
  await rpc.until('scanner', (snapshot) => snapshot.scanners[0]?.state === 'ready');
  await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  await rpc.call('shift.open', { float_fen: FLOAT_fen });
  await shop.scanner.scan(barcode);
  await rpc.until('line', (snapshot) => snapshot.sale?.lines.length === 1);
  await rpc.call('sale.tender');
  await rpc.until('tendering', saleIs('tendering'));
}

async function printed(rpc: RpcClient): Promise<void> {
  await rpc.until('printed', (snapshot) => snapshot.print.state === 'printed');
}

const isOnline = (snapshot: Snapshot): boolean => snapshot.routes[0]?.state === 'online';

async function pay(stage: Stage, barcode: string): Promise<void> {
  await stage.rpc.until('online', isOnline);
  await scanAndTender(stage, barcode);
  await stage.shop.scanner.scan(stage.codes.wechat());
}

async function payAndPrint(stage: Stage, barcode: string): Promise<void> {
  await pay(stage, barcode);
  await stage.rpc.until('paid', saleIs('completed'));
  await printed(stage.rpc);
}

async function queueAndForward(stage: Stage, barcode: string): Promise<void> {
  const { shop, rpc, codes } = stage;
  await rpc.until('online', isOnline);
  await shop.acquirer.refuse();
  await rpc.until('offline', (snapshot) => snapshot.routes[0]?.state === 'offline');
  await scanAndTender(stage, barcode);
  await shop.scanner.scan(codes.alipay());
  await rpc.until('queued', saleIs('completedPending'));
  await shop.acquirer.accept();
  await rpc.until('confirmed', saleIs('completed'));
  await printed(rpc);
}

/** All scenarios sell goods of this barcode. */
export function scenariosFor(barcode: string): Scenario[] {
  return [
    { name: 'paid', act: (stage) => payAndPrint(stage, barcode) },
    {
      name: 'answerLost',
      arrange: (shop) => shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 }),
      act: (stage) => payAndPrint(stage, barcode),
    },
    {
      name: 'reversed',
      arrange: async (shop) => {
        await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
        await shop.acquirer.faults.set({ fault: 'http5xx', path: 'query' });
        await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'voidpayment', count: 1 });
      },
      act: async (stage) => {
        await pay(stage, barcode);
        await stage.rpc.until('reversed', (snapshot) => snapshot.sale?.payments[0]?.state === 'reversed');
        await stage.rpc.call('sale.cancel');
      },
    },
    {
      name: 'declinedThenPaid',
      arrange: (shop) => shop.acquirer.faults.set({ fault: 'decline', count: 1 }),
      act: async (stage) => {
        await pay(stage, barcode);
        await stage.rpc.until('declined', (snapshot) => snapshot.sale?.payments[0]?.state === 'declined');
        await stage.shop.scanner.scan(stage.codes.wechat());
        await stage.rpc.until('paid', saleIs('completed'));
        await printed(stage.rpc);
      },
    },
    {
      name: 'queued',
      act: (stage) => queueAndForward(stage, barcode),
      release: (shop) => shop.acquirer.accept(),
    },
  ];
}

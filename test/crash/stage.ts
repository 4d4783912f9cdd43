// What every scripted trial is made of: its stage, its scenario, and the first steps of a sale.
import type { Snapshot } from '../../contract/snapshot.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';

export type Stage = {
  shop: Shop;
  rpc: RpcClient;
  codes: CodeMaker;
  /** Counted before the request leaves: what was asked may have happened. */
  asked: { dayCloses: number };
};

export type Scenario = {
  name: string;
  /** Faults of the acquirer, set before the core starts. */
  arrange?: (shop: Shop) => Promise<void>;
  /** What cashier and customer do; rejects or hangs when the core dies under it. */
  act(stage: Stage): Promise<void>;
  /** What the world does after the crash: the line comes back, say, or the manager closes the day. */
  release?: (stage: Stage) => Promise<void>;
};

export const saleIs =
  (state: string) =>
  (snapshot: Snapshot): boolean =>
    snapshot.sale?.state === state;

const FLOAT_fen = 50_000;

/** Signed in, a shift open. */
export async function openCounter({ shop, rpc }: Stage): Promise<void> {
  await rpc.until('scanner', (snapshot) => snapshot.scanners[0]?.state === 'ready');
  await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  await rpc.call('shift.open', { float_fen: FLOAT_fen });
}

/** So many bottles scanned, in the tender step. */
export async function tender({ shop, rpc }: Stage, barcode: string, bottles = 1): Promise<void> {
  for (let count = 1; count <= bottles; count += 1) {
    await shop.scanner.scan(barcode);
    await rpc.until('line', (snapshot) => snapshot.sale?.itemCount === count);
  }
  await rpc.call('sale.tender');
  await rpc.until('tendering', saleIs('tendering'));
}

export async function scanAndTender(stage: Stage, barcode: string, bottles = 1): Promise<void> {
  await openCounter(stage);
  await tender(stage, barcode, bottles);
}

export async function printed(rpc: RpcClient): Promise<void> {
  await rpc.until('printed', (snapshot) => snapshot.print.state === 'printed');
}

export const isOnline = ({ routes }: Snapshot): boolean => routes.every(({ state }) => state === 'online');

/** Whose code the customer shows. */
export type ShowCode = (codes: CodeMaker) => string;

const byWechat: ShowCode = (codes) => codes.wechat();

export async function pay(stage: Stage, barcode: string, bottles = 1, show = byWechat): Promise<void> {
  await stage.rpc.until('online', isOnline);
  await scanAndTender(stage, barcode, bottles);
  await stage.shop.scanner.scan(show(stage.codes));
}

export async function payAndPrint(
  stage: Stage,
  barcode: string,
  bottles = 1,
  show = byWechat,
): Promise<void> {
  await pay(stage, barcode, bottles, show);
  await stage.rpc.until('paid', saleIs('completed'));
  await printed(stage.rpc);
}

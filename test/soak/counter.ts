// The counter at which the soak's cashier works: the shop, this life's connection, and what is remembered from life to life.
import { readFileSync } from 'node:fs';
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import { labCatalogue, type Shop } from '../../tools/lab/shop.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';
import type { Chance } from '../month/random.ts';

/** Survives the core. `sold`: barcodes of receipts that may come back. `asked`: counted before the request leaves. */
export type Memory = {
  shop: Shop;
  chance: Chance;
  codes: CodeMaker;
  barcodes: readonly string[];
  sold: string[];
  asked: { dayCloses: number };
  /** What happened how often. */
  tally: Map<string, number>;
  /** The last act begun, for whoever reads a failure. */
  now: { doing: string };
};

export type Counter = Memory & { rpc: RpcClient };

export function count(memory: Pick<Memory, 'tally'>, what: string): void {
  memory.tally.set(what, (memory.tally.get(what) ?? 0) + 1);
}

/** Goods of less than 40 yuan: a queued payment stays below its limit. */
export function smallGoods(): string[] {
  const [, ...rows] = readFileSync(labCatalogue, 'utf8').trim().split('\n');
  return rows
    .map((row) => row.split(','))
    .filter((row) => Number(row[4]) < 4000)
    .map(([barcode = '']) => barcode);
}

export const saleIs =
  (...states: readonly string[]) =>
  ({ sale }: Snapshot): boolean =>
    states.includes(sale?.state ?? 'none');

export function lastPayment({ sale }: Snapshot): PaymentView | undefined {
  return sale?.payments.at(-1);
}

export function approval({ shop }: Counter): { operatorId: string; pin: string | undefined } {
  return { operatorId: 'chen', pin: shop.pins['chen'] };
}

/** Printed or not to be printed now; the customer goes with it. */
export async function printed({ rpc }: Counter): Promise<void> {
  await rpc.until('the paper is out', ({ print }) => print.state === 'printed' || print.state === 'none');
}

export async function next(counter: Counter): Promise<void> {
  await printed(counter);
  await counter.rpc.call('sale.next');
  await counter.rpc.until('the counter is free', saleIs('none'));
}

/** One to three goods, scanned, some of them twice; then the tender step. Returns what is due. */
export async function basket(counter: Counter): Promise<number> {
  const { rpc, shop, chance, barcodes } = counter;
  const pieces = chance.whole(1, 3);
  let barcode = chance.pick(barcodes);
  for (let scanned = 1; scanned <= pieces; scanned += 1) {
    if (scanned > 1 && chance.happens(0.5)) barcode = chance.pick(barcodes);
    await shop.scanner.scan(barcode);
    await rpc.until('the piece is on the sale', ({ sale }) => sale?.itemCount === scanned);
  }
  await rpc.call('sale.tender');
  const { sale } = await rpc.until('the tender step', saleIs('tendering'));
  return sale?.due_fen ?? 0;
}

const NOTE_fen = 10_000;

export async function payCash(counter: Counter): Promise<void> {
  const { rpc, chance } = counter;
  const due_fen = rpc.snapshot().sale?.due_fen ?? 0;
  const received_fen = Math.max(NOTE_fen, Math.ceil(due_fen / NOTE_fen) * NOTE_fen);
  await rpc.call('tender.cash', { received_fen, roundDown: chance.happens(0.3) });
  await rpc.until('paid in cash', saleIs('completed', 'completedPending'));
  count(counter, 'cash');
}

/** Remembered for a return, now and then. */
export function remember(counter: Counter): void {
  const receiptId = counter.rpc.snapshot().sale?.receiptId;
  if (receiptId && counter.chance.happens(0.5)) counter.sold.push(receiptId);
  if (counter.sold.length > 40) counter.sold.shift();
}

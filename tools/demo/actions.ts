// The small things that every demonstration step does: fill a basket, pay, wait for proof and paper.
import type { PaymentStateKind, Snapshot } from '../../contract/snapshot.ts';
import type { Stage } from './stage.ts';

export function lastPayment(snapshot: Snapshot) {
  return snapshot.sale?.payments.at(-1);
}

/** Scans the goods over the real serial line. */
export async function fill(stage: Stage, barcodes: readonly string[]): Promise<void> {
  let scanned = 0;
  for (const barcode of barcodes) {
    await stage.shop.scanner.scan(barcode);
    scanned += 1;
    await stage.until(
      `${scanned} goods in the sale`,
      (now) => now.sale?.state === 'open' && now.sale.itemCount === scanned,
    );
  }
}

/** Goods, and on to the tender step. Returns the amount due. */
export async function basket(stage: Stage, barcodes: readonly string[]): Promise<number> {
  await fill(stage, barcodes);
  await stage.cashier.tender();
  const now = await stage.until('the tender step', (snapshot) => snapshot.sale?.state === 'tendering');
  if (now.sale) stage.claim(now.sale.saleId);
  return now.sale?.due_fen ?? 0;
}

export async function untilPayment(stage: Stage, state: PaymentStateKind): Promise<Snapshot> {
  return stage.until(`a payment that is ${state}`, (now) => lastPayment(now)?.state === state);
}

/** Paid (or queued) and on paper. */
export async function untilReceipt(stage: Stage, state: 'completed' | 'completedPending'): Promise<Snapshot> {
  await stage.until(`the sale is ${state}`, (now) => now.sale?.state === state);
  return stage.until('the receipt is printed', (now) => now.print.state === 'printed');
}

export async function next(stage: Stage): Promise<void> {
  await stage.cashier.next();
  await stage.until('no sale on the screen', (now) => now.sale === null);
}

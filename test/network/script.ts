// What cashier, customer and manager do in a trial, whatever the network makes of it: sell, decide what is in doubt, return.
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import { RpcRefused } from '../../tools/rpc/client.ts';
import { saleIs, type Stage } from '../crash/stage.ts';

/** What the cashier does about a payment in doubt. */
export const hands = ['wait', 'giveUp', 'cash'] as const;
export type Hand = (typeof hands)[number];

const BANKNOTE_fen = 10_000;

const lastPayment = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);

/** Doubt that a cashier sees, or an end. */
const inDoubt: ReadonlySet<string> = new Set([
  'held',
  'queued',
  'unknown',
  'inquiring',
  'reversing',
  'disputed',
]);

function isToldOf(snapshot: Snapshot): boolean {
  const payment = lastPayment(snapshot);
  return payment !== undefined && (!payment.unproven || inDoubt.has(payment.state));
}

function isEnded({ sale }: Snapshot): boolean {
  return sale === null || sale.state === 'completed' || sale.state === 'completedPending';
}

/** The core may have moved on between what the cashier saw and the key: then it refuses, and nothing is amiss. */
async function ask(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RpcRefused)) throw error;
  }
}

/** So many bottles on the counter, in the tender step. */
export async function fill({ shop, rpc }: Stage, barcode: string, bottles: number): Promise<void> {
  for (let count = 1; count <= bottles; count += 1) {
    await shop.scanner.scan(barcode);
    await rpc.until('line', ({ sale }) => sale?.state === 'open' && sale.itemCount === count);
  }
  await rpc.call('sale.tender');
  await rpc.until('tendering', saleIs('tendering'));
}

/** The customer shows a code, and the till tells something of it: an end, the queue, doubt, or that it takes none now. */
export async function present({ shop, rpc }: Stage, code: string): Promise<void> {
  const { notice: old, ...before } = rpc.snapshot();
  const last = before.sale?.payments.at(-1)?.attemptId;
  await shop.scanner.scan(code);
  await rpc.until('an outcome or a doubt', (snapshot) => {
    const { notice } = snapshot;
    const isRefused = notice?.noticeId !== old?.noticeId && notice?.code.startsWith('E-OFF') === true;
    return isRefused || (lastPayment(snapshot)?.attemptId !== last && isToldOf(snapshot));
  });
}

async function resolveDoubt({ rpc }: Stage, hand: Hand): Promise<void> {
  const isOver = (snapshot: Snapshot): boolean =>
    isEnded(snapshot) ||
    lastPayment(snapshot)?.unproven !== true ||
    lastPayment(snapshot)?.state === 'reversing';
  if (isOver(rpc.snapshot())) return;
  if (hand === 'giveUp') {
    await rpc.until('giving up', (snapshot) => isOver(snapshot) || lastPayment(snapshot)?.canGiveUp === true);
    await ask(() => rpc.call('payment.giveUp', { attemptId: lastPayment(rpc.snapshot())?.attemptId }));
  }
  if (hand === 'cash') {
    await rpc.until('cash', (snapshot) => isOver(snapshot) || snapshot.sale?.canPayCash === true);
    await ask(() => rpc.call('tender.cash', { received_fen: BANKNOTE_fen }));
  }
  await rpc.until('the doubt decided, or the one-way door', isOver);
}

/** Whatever became of it, the counter is free afterwards. */
export async function clear(stage: Stage): Promise<void> {
  const { rpc } = stage;
  await rpc.until('a way on', (snapshot) => {
    const { sale } = snapshot;
    return isEnded(snapshot) || sale?.canCancel === true || sale?.canPark === true;
  });
  const { sale } = rpc.snapshot();
  if (sale !== null && !isEnded(rpc.snapshot()))
    await ask(() => rpc.call(sale.canCancel ? 'sale.cancel' : 'sale.park'));
  await rpc.until('an end', (snapshot) => isEnded(snapshot) || snapshot.sale?.state !== 'tendering');
  await rpc.until('printed', ({ print }) => print.state !== 'printing');
  if (rpc.snapshot().sale !== null) await ask(() => rpc.call('sale.next'));
  await rpc.until('the next customer', ({ sale: next }) => next === null || next.state === 'open');
}

/** One sale as it comes: paid, queued, declined, or in doubt and then decided by hand. */
export async function sell(
  stage: Stage,
  barcode: string,
  { code, hand }: { code: string; hand: Hand },
): Promise<void> {
  await fill(stage, barcode, 1);
  await present(stage, code);
  await resolveDoubt(stage, hand);
  await clear(stage);
}

/** After `present`. */
export async function decide(stage: Stage, hand: Hand): Promise<void> {
  await resolveDoubt(stage, hand);
  await clear(stage);
}

/** A piece of a sold sale comes back; resolves when the give-back is on its way (or done). */
export async function giveBack({ shop, rpc }: Stage, receiptId: string, pieces: number): Promise<void> {
  await shop.scanner.scan(receiptId);
  const { found } = await rpc.until('the sale', (snapshot) => snapshot.found?.receiptId === receiptId);
  await rpc.call('return.open', {
    saleId: found?.saleId,
    lines: [{ lineId: found?.lines[0]?.lineId, quantity: pieces }],
    reason: '质量问题',
    approval: { operatorId: 'chen', pin: shop.pins['chen'] },
  });
  await rpc.until('the give-back', (snapshot) => (snapshot.found?.giveBacks.length ?? 0) > 0);
}

/** Parked while their payment was in doubt: finished now that everything is proven. */
export async function finishParked(stage: Stage): Promise<void> {
  const { rpc } = stage;
  for (const { saleId } of rpc.snapshot().parked) {
    await rpc.call('sale.recall', { saleId });
    await rpc.until('recalled', ({ sale }) => sale?.saleId === saleId);
    await clear(stage);
  }
}

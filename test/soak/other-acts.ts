// What the soak's cashier does besides selling: returns, the drawer, the shift, reports, and what needs a person.
import type { ExceptionView, GiveBackView, SaleFound, Snapshot } from '../../contract/snapshot.ts';
import { RpcRefused } from '../../tools/rpc/client.ts';
import { approval, type Counter, count, next, payCash, printed, saleIs } from './counter.ts';
import { upsetRefund } from './faults.ts';

const FLOAT_fen = 50_000;

async function find(counter: Counter, receiptId: string): Promise<SaleFound> {
  await counter.shop.scanner.scan(receiptId);
  const { found } = await counter.rpc.until(
    'the sale',
    (snapshot) => snapshot.found?.receiptId === receiptId,
  );
  return found as SaleFound;
}

/** One piece, or everything that is left. */
export async function takeBack(counter: Counter): Promise<void> {
  const { rpc, chance, sold } = counter;
  if (sold.length === 0) return;
  const receiptId = chance.pick(sold);
  const found = await find(counter, receiptId);
  const left = found.lines.filter((line) => line.returned < line.quantity);
  if (found.refusal === null && found.state === 'completed' && left.length > 0) {
    const isWhole = chance.happens(0.4);
    const some = isWhole ? left : left.slice(0, 1);
    const lines = some.map(({ lineId, quantity, returned }) => ({
      lineId,
      quantity: isWhole ? quantity - returned : 1,
    }));
    const fault = await upsetRefund(counter.shop, chance);
    if (fault !== null) count(counter, `fault ${fault}`);
    await rpc.call('return.open', {
      saleId: found.saleId,
      lines,
      reason: '质量问题',
      approval: approval(counter),
    });
    count(counter, 'returned');
    await printed(counter);
  } else sold.splice(sold.indexOf(receiptId), 1);
  await rpc.call('sale.forget');
}

export async function reprint(counter: Counter): Promise<void> {
  if (counter.sold.length === 0) return;
  await counter.rpc.call('receipt.reprint', { receiptId: counter.chance.pick(counter.sold) });
  count(counter, 'reprinted');
  await printed(counter);
}

export async function useDrawer(counter: Counter): Promise<void> {
  const { rpc, chance } = counter;
  const act = chance.whole(0, 2);
  const amount_fen = chance.whole(1, 50) * 100;
  // Asked for: what was pushed may be older than the act before.
  const { cashMoves, drawerOpens } = ((await rpc.call('snapshot.get')) as Snapshot).counts;
  if (act === 0)
    await rpc.call('drawer.open', { reason: '换零钱', after: drawerOpens, approval: approval(counter) });
  if (act === 1) await rpc.call('cash.paidIn', { amount_fen, reason: '备用金', after: cashMoves });
  if (act === 2)
    await rpc.call('cash.paidOut', {
      amount_fen,
      reason: '买冰',
      after: cashMoves,
      approval: approval(counter),
    });
  count(counter, 'drawer');
  await rpc.until('the drawer', ({ drawer }) => drawer !== 'opening');
}

export async function changeShift(counter: Counter): Promise<void> {
  const { rpc, chance } = counter;
  await rpc.call('shift.close', { counted: [{ value_fen: 10_000, count: chance.whole(0, 40) }] });
  await printed(counter);
  await rpc.call('shift.open', { float_fen: FLOAT_fen });
  count(counter, 'shift');
}

export async function takeX(counter: Counter): Promise<void> {
  await counter.rpc.call('report.x', { approval: approval(counter) });
  count(counter, 'X');
  await printed(counter);
}

const TOO_SOON_AGAIN_ms = 500;

/** Once the core has read its journal, after a start. */
async function askForZ(counter: Counter): Promise<void> {
  try {
    await counter.rpc.call('day.close', {
      zNumber: counter.rpc.snapshot().counts.zNumber,
      approval: approval(counter),
    });
  } catch (error) {
    if (!(error instanceof RpcRefused && error.code === 'E-REP-04')) throw error;
    await new Promise((resolve) => setTimeout(resolve, TOO_SOON_AGAIN_ms));
    return askForZ(counter);
  }
}

export async function closeDay(counter: Counter): Promise<void> {
  counter.asked.dayCloses += 1;
  await askForZ(counter);
  count(counter, 'Z');
  await printed(counter);
}

/** A deferred payment that was declined: collected in cash. A refund that failed for good: paid out. */
export async function seeToWhatIsOpen(counter: Counter): Promise<void> {
  const { rpc } = counter;
  for (const { attemptId } of (await rpc.call('exceptions.list')) as ExceptionView[]) {
    await rpc.call('exception.collect', { attemptId });
    await rpc.until('it is on the counter', ({ sale }) => sale?.isCollecting === true);
    await payCash(counter);
    count(counter, 'collected');
    await next(counter);
  }
  const failed = ((await rpc.call('giveBacks.list')) as GiveBackView[]).filter(
    (one) => one.state === 'failed' && !one.paidInCash,
  );
  for (const { giveBackId } of failed) {
    await rpc.call('giveBack.payCash', { giveBackId, reason: '退款失败', approval: approval(counter) });
    count(counter, 'paid out');
  }
}

/** Whatever the last life left on the counter is brought to an end: paid in cash, or dropped. */
async function clearCounter(counter: Counter): Promise<void> {
  const { rpc } = counter;
  const doubt = ({ sale }: ReturnType<typeof rpc.snapshot>) =>
    sale?.payments.some((one) => one.unproven && !one.deferred) === true;
  await rpc.until('the payment has its proof', (snapshot) => !doubt(snapshot));
  const { sale } = rpc.snapshot();
  if (sale === null) return;
  if (sale.state === 'open' && sale.lines.length === 0) return;
  if (sale.isCollecting || (sale.state === 'tendering' && sale.due_fen < sale.total_fen))
    await payCash(counter);
  else if (sale.state === 'open' || sale.state === 'tendering') await rpc.call('sale.cancel');
  await next(counter);
}

/** At the beginning of each life: signed in, a shift open, devices ready, nothing left over. */
export async function takeOver(counter: Counter): Promise<void> {
  const { rpc, shop } = counter;
  await shop.acquirer.faults.clear();
  await rpc.until('the scanner', ({ scanners }) => scanners[0]?.state === 'ready');
  await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  // What was told before the sign-in hides the sale.
  await rpc.subscribe();
  await rpc.until('online', ({ routes }) => routes[0]?.state === 'online');
  if (rpc.snapshot().shift === null) await rpc.call('shift.open', { float_fen: FLOAT_fen });
  await clearCounter(counter);
  for (const { saleId } of rpc.snapshot().parked) {
    await rpc.call('sale.recall', { saleId });
    await rpc.until('recalled', saleIs('open', 'tendering'));
    await clearCounter(counter);
  }
  await seeToWhatIsOpen(counter);
}

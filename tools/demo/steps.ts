// The demonstration's steps, in order. Each ends in proof; each shows one promise of the product.
import { openSql } from '../../db/open.ts';
import { join } from 'node:path';
import { basket, lastPayment, next, untilPayment, untilReceipt } from './actions.ts';
import { daySteps } from './day-steps.ts';
import type { Pick } from './play.ts';
import type { Stage, Step } from './stage.ts';

async function paid(stage: Stage, barcodes: readonly string[], code: string, name: string): Promise<void> {
  await basket(stage, barcodes);
  await stage.picture(`${name}-ready`);
  await stage.shop.scanner.scan(code);
  await untilReceipt(stage, 'completed');
  await stage.picture(`${name}-paid`);
  await next(stage);
}

async function awaitingCustomer(stage: Stage, goods: readonly string[]): Promise<void> {
  await stage.shop.acquirer.faults.set({ fault: 'awaitCustomer', count: 1 });
  await basket(stage, goods);
  await stage.shop.scanner.scan(stage.codes.wechat());
  await untilPayment(stage, 'awaitingCustomer');
  await stage.picture('awaiting-customer');
  await stage.shop.acquirer.customer.approve();
  await untilReceipt(stage, 'completed');
  await stage.picture('awaiting-paid');
  await next(stage);
}

async function answerLostThenFound(stage: Stage, goods: readonly string[]): Promise<void> {
  const { faults } = stage.shop.acquirer;
  await faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await faults.set({ fault: 'dropAnswer', path: 'query', count: 1 });
  await basket(stage, goods);
  await stage.shop.scanner.scan(stage.codes.alipay());
  await stage.until('an inquiry without an answer', (now) => {
    const payment = lastPayment(now);
    return payment?.state === 'unknown' && payment.inquiries === 1;
  });
  await stage.picture('answer-lost');
  await untilReceipt(stage, 'completed');
  await stage.picture('answer-found');
  await next(stage);
}

async function givenUpAndReversed(stage: Stage, goods: readonly string[]): Promise<void> {
  const { faults } = stage.shop.acquirer;
  await faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await faults.set({ fault: 'dropRequest', path: 'query' });
  await faults.set({ fault: 'http5xx', path: 'voidpayment', count: 2, process: false });
  await basket(stage, goods);
  await stage.shop.scanner.scan(stage.codes.unionpay());
  await stage.until('in doubt, and the cashier may give up', (now) => {
    const payment = lastPayment(now);
    return payment?.state === 'unknown' && payment.canGiveUp;
  });
  await stage.picture('given-up-doubt');
  await stage.cashier.giveUp();
  await stage.until('the second reversal', (now) => (lastPayment(now)?.reversals ?? 0) >= 2);
  await stage.picture('given-up-reversing');
  await untilPayment(stage, 'reversed');
  await stage.picture('given-up-reversed');
  await faults.clear();
  await stage.cashier.cancelSale();
  await next(stage);
}

async function offline(stage: Stage, goods: readonly (readonly string[])[]): Promise<void> {
  const { acquirer } = stage.shop;
  await acquirer.refuse();
  await stage.until('the route is offline', (now) => now.routes[0]?.state === 'offline');
  const amounts: number[] = [];
  for (const [index, barcodes] of goods.entries()) {
    amounts.push(await basket(stage, barcodes));
    if (index === 0) await stage.picture('offline-ready');
    await stage.shop.scanner.scan(stage.codes.wechat());
    await untilReceipt(stage, 'completedPending');
    await stage.picture(`offline-queued-${index + 1}`);
    await next(stage);
  }
  const declined_fen = amounts[1] ?? 0;
  await acquirer.faults.set({
    fault: 'decline',
    code: 'BALANCE_NOT_ENOUGH',
    amount_fen: declined_fen,
    count: 1,
  });
  await acquirer.accept();
  await stage.until(
    'the queue is empty',
    (now) => now.routes[0]?.state === 'online' && now.exposure.count === 0,
  );
  await stage.until('the exception is listed', (now) => now.exceptionCount === 1);
  await stage.picture('offline-forwarded');
}

/** The outbox row, read from the file beside the running core: sent before any byte left. */
function authorizeRowStates(stateDirectory: string): string[] {
  const sql = openSql(join(stateDirectory, 'journal.db'), { readonly: true });
  const rows = sql.prepare("SELECT state FROM outbox WHERE kind = 'authorize' ORDER BY row_id").all();
  sql.close();
  return (rows as { state: string }[]).map((row) => row.state);
}

async function coreKilled(stage: Stage, goods: readonly string[]): Promise<void> {
  const { acquirer } = stage.shop;
  const before = acquirer.mark();
  await acquirer.faults.set({ fault: 'hold', path: 'pay', count: 1 });
  await basket(stage, goods);
  await stage.shop.scanner.scan(stage.codes.wechat());
  await acquirer.waitFor('held', {}, { since: before });
  const rows = authorizeRowStates(stage.shop.stateDirectory);
  if (rows.join() !== 'sent')
    throw new Error(`the outbox row should be sent, the file says: ${rows.join() || 'none'}`);
  await stage.picture('core-charged-and-holding');
  const took_ms = await stage.killCore();
  stage.log(`core killed by SIGKILL, the next one served after ${took_ms} ms`);
  await untilReceipt(stage, 'completed');
  await stage.picture('core-killed-paid');
  await acquirer.release();
  await next(stage);
}

/** Barcodes come from the catalogue file, so that the steps sell what the shop has. */
export function demoSteps(pick: Pick): { selling: Step[]; day: Step[] } {
  const selling: Step[] = [
    {
      name: 'wechat',
      title: 'a WeChat code, paid',
      run: (s) => paid(s, pick(0, 7, 12), s.codes.wechat(), 'wechat'),
    },
    {
      name: 'alipay',
      title: 'an Alipay code, paid',
      run: (s) => paid(s, pick(31), s.codes.alipay(), 'alipay'),
    },
    {
      name: 'unionpay',
      title: 'a 62 code, paid',
      run: (s) => paid(s, pick(45, 46), s.codes.unionpay(), 'unionpay'),
    },
    {
      name: 'awaiting',
      title: 'awaiting the customer, then paid',
      run: (s) => awaitingCustomer(s, pick(60)),
    },
    {
      name: 'answer-lost',
      title: 'the answer lost, then found by inquiry',
      run: (s) => answerLostThenFound(s, pick(75, 3)),
    },
    {
      name: 'given-up',
      title: 'the answer lost, given up, reversed through two failures',
      run: (s) => givenUpAndReversed(s, pick(90)),
    },
    {
      name: 'offline',
      title: 'the acquirer down: three queued sales, one declined on forwarding',
      run: (s) => offline(s, [pick(101), pick(115, 116), pick(130)]),
    },
    {
      name: 'core-killed',
      title: 'the core killed while the acquirer has charged',
      run: (s) => coreKilled(s, pick(150, 9)),
    },
  ];
  return { selling, day: daySteps(pick) };
}

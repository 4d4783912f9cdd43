// The day at the counter in the real window, by keys alone: who may do what, and what a dying core leaves behind.
import { codeMaker } from '../../fixtures/codes.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { hashPin } from '../../core/rpc/operators.ts';
import { type ConfigurationInput, corePid } from '../../tools/lab/shop.ts';
import { openTill, type Stage, stageOf, tender } from './stage.ts';
import { barcode, expect, test } from './till.ts';

const codes = codeMaker();
const SECOND_PIN = '8642';

/** `lin` and then `zhao`, cashiers; `chen`, the manager. */
function withSecondCashier(configuration: ConfigurationInput): ConfigurationInput {
  const [first, ...others] = configuration.operators;
  if (!first) throw new Error('the lab has no operators');
  const second = { id: 'zhao', name: '赵宁', role: 'cashier' as const, pin: hashPin(SECOND_PIN) };
  return { ...configuration, operators: [first, second, ...others] };
}

test.use({ difference: { configure: withSecondCashier } });

/** Sold by wallet, and the counter empty again. The receipt's id, which is its barcode. */
async function sell(stage: Stage, rows: readonly number[]): Promise<string> {
  await tender(stage, rows);
  await stage.shop.scanner.scan(codes.wechat());
  const { sale } = await stage.eyes.until('paid', (now) => now.sale?.state === 'completed');
  await stage.hands.use('下一单', 'Enter');
  await stage.eyes.until('the next sale', (now) => now.sale === null);
  return sale?.receiptId ?? '';
}

/** By the receipt's barcode, one piece of the first line, for a reason; the manager is asked then. */
async function returnOne({ shop, hands }: Stage, receiptId: string): Promise<void> {
  await shop.scanner.scan(receiptId);
  await hands.sees('退回金额');
  await hands.use('+', '+');
  await hands.use('确认退货', 'Enter');
  await hands.use('质量问题', '2');
  await hands.sees('请店长同意');
}

test('five wrong PINs lock that operator and nobody else, and say so in both languages', async ({ till }) => {
  const stage = await stageOf(till);
  const { hands, eyes, kiosk, shop } = stage;
  const { page } = kiosk;
  await hands.sees('林晓 的密码');
  for (let wrong = 1; wrong <= 5; wrong += 1) {
    const { journal } = eyes.client().snapshot();
    await hands.type('0000');
    await hands.use('登录', 'Enter');
    await hands.sees('工号或密码不对');
    await eyes.until('journaled', (now) => now.journal.sequence > journal.sequence);
  }
  await hands.type(shop.pins['lin'] ?? '');
  await hands.use('登录', 'Enter');
  await hands.sees('密码连续输错，暂时锁定');
  await page.keyboard.press('F1');
  await hands.sees('PIN of 林晓');
  await hands.type(shop.pins['lin'] ?? '');
  await hands.use('Sign in', 'Enter');
  await hands.sees('Too many wrong PINs');
  await page.keyboard.press('F1');
  await hands.signIn({ name: '赵宁', pin: SECOND_PIN, place: 1 });
  await kiosk.openShift('0');
  eyes.close();
});

test.describe('after half a minute', () => {
  const configure = (configuration: ConfigurationInput) => ({
    ...withSecondCashier(configuration),
    lockAfter_s: 30,
  });
  test.use({ difference: { configure } });

  test('a till that nobody touches locks itself; another cashier goes on with the sale', async ({ till }) => {
    const stage = await stageOf(till);
    const { hands, eyes, kiosk, shop } = stage;
    await openTill(stage);
    const { saleId, due_fen } = await tender(stage, [1, 2]);
    const locked = await eyes.until('the lock', (now) => now.isLocked);
    expect(locked.operator).toBeNull();
    await hands.sees('本机已自动锁定');
    await expect(kiosk.page.getByText(barcode(1))).toHaveCount(0);
    await kiosk.page.keyboard.press('F1');
    await hands.sees('This till locked itself');
    await kiosk.page.keyboard.press('F1');
    // A code shown to a locked till pays nothing.
    await shop.scanner.scan(codes.alipay());
    await eyes.until('refused', ({ notice }) => notice?.code === 'E-SCAN-10');
    await hands.signIn({ name: '赵宁', pin: SECOND_PIN, place: 1 });
    await hands.sees('请扫付款码');
    await shop.scanner.scan(codes.wechat());
    const { sale, operator } = await eyes.until('paid', (now) => now.sale?.state === 'completed');
    expect({ saleId: sale?.saleId, operator: operator?.id }).toEqual({ saleId, operator: 'zhao' });
    const charges = readLedger(shop.gateway.ledgerFile);
    expect(charges.map((order) => order.charged_fen)).toEqual([due_fen]);
    await hands.sees('支付成功');
    eyes.close();
  });
});

test("a cashier's return asks for the manager's PIN; a wrong one is said, the right one gives back", async ({
  till,
}) => {
  const stage = await stageOf(till);
  const { hands, eyes, shop } = stage;
  await openTill(stage);
  const receiptId = await sell(stage, [1, 1]);
  await returnOne(stage, receiptId);
  await hands.type('0000');
  await hands.use('同意', 'Enter');
  await hands.sees('工号或密码不对');
  expect(eyes.client().snapshot().giveBacks).toEqual([]);
  await hands.type(shop.pins['chen'] ?? '');
  await hands.use('同意', 'Enter');
  await hands.sees('已退货');
  await hands.sees('已退回');
  const refunds = readRefunds(shop.gateway.ledgerFile);
  expect(refunds.map(({ state, times }) => ({ state, times }))).toEqual([{ state: 'done', times: 1 }]);
  await hands.use('完成', 'Enter');
  await hands.sees('请扫商品条码');
  eyes.close();
});

/** SIGKILL; resolves when another core serves. */
async function killCore({ shop, eyes }: Stage): Promise<void> {
  process.kill(corePid(shop), 'SIGKILL');
  await eyes.reconnect();
}

test('a core killed while a refund is being sent comes back, and the money goes back once', async ({
  till,
}) => {
  const stage = await stageOf(till);
  const { hands, eyes, shop } = stage;
  await openTill(stage);
  const receiptId = await sell(stage, [1, 1]);
  const since = shop.acquirer.mark();
  await shop.acquirer.faults.set({ fault: 'hold', path: 'refund', count: 1 });
  await returnOne(stage, receiptId);
  await hands.type(shop.pins['chen'] ?? '');
  await hands.use('同意', 'Enter');
  // The acquirer has given the money back, and its answer will never be heard.
  await shop.acquirer.waitFor('held', {}, { since });
  await killCore(stage);
  await shop.acquirer.release();
  await eyes.until('no give-back is open', (now) => now.operator !== null && now.giveBacks.length === 0);
  await shop.scanner.whenOpened();
  await shop.scanner.scan(receiptId);
  const { found } = await eyes.until('the sale', (now) => now.found?.receiptId === receiptId);
  expect(found?.giveBacks.map(({ state }) => state)).toEqual(['done']);
  await hands.sees('已退回');
  const refunds = readRefunds(shop.gateway.ledgerFile);
  expect(refunds.map(({ state, times }) => ({ state, times }))).toEqual([{ state: 'done', times: 1 }]);
  eyes.close();
});

test('a core killed between the cash and the pulse of the drawer never opens it twice', async ({ till }) => {
  const stage = await stageOf(till);
  const { hands, eyes, shop } = stage;
  await openTill(stage);
  await eyes.until("the shift's own pulse", (now) => now.drawer === 'opened');
  const before = await shop.paper.drawerPulses();
  await tender(stage, [1]);
  await hands.use('现金', 'F5');
  await hands.sees('现金收款');
  await hands.type('100');
  // A printer that stands still takes the bytes into its line, and obeys them whenever it goes on.
  process.kill(shop.printer.pid, 'SIGSTOP');
  try {
    await hands.use('确认收款', 'Enter');
    const paid = await eyes.until('the pulse is on its way', (now) => now.drawer === 'opening');
    expect(paid.sale?.state).toBe('completed');
    await killCore(stage);
  } finally {
    process.kill(shop.printer.pid, 'SIGCONT');
  }
  await eyes.until('told as not known', (now) => now.drawer === 'unknown' || now.drawer === 'failed');
  await eyes.until('the receipt', (now) => now.print.state === 'printed');
  // The receipt came after the pulse on the same printer: a second one would be there by now.
  expect((await shop.paper.drawerPulses()) - before).toBeLessThanOrEqual(1);
  expect(eyes.client().snapshot().sale).toMatchObject({ state: 'completed', due_fen: 0 });
  await hands.sees('打开钱箱');
  eyes.close();
});

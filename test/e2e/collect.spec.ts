// Goods that left on trust, by keys alone in the real window: the offline payment is forwarded and declined. Its customer may still stand
// there, come back later, or never pay; and what was never paid is not given back.
import { codeMaker } from '../../fixtures/codes.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import type { SaleView } from '../../contract/snapshot.ts';
import { openTill, type Stage, stageOf, tender } from './stage.ts';
import { barcode, expect, test } from './till.ts';

const codes = codeMaker();
const FAILED = '离线收款失败，没有收到钱';
/** Rows of the catalogue: 1.50, 2.00 and 4.00 yuan. */
const ROWS = [1, 2, 3];

const yuan = (amount_fen: number): string => (amount_fen / 100).toFixed(2);

async function goOffline({ shop, eyes }: Stage): Promise<void> {
  await shop.acquirer.refuse();
  await eyes.until('offline', ({ routes }) => routes[0]?.state === 'offline');
}

/** The line is back: what was queued is sent by itself, and the wallet refuses it. */
async function comeBackAndDecline({ shop, eyes }: Stage): Promise<void> {
  await shop.acquirer.faults.set({ fault: 'decline', code: 'BALANCE_NOT_ENOUGH', count: 1 });
  await shop.acquirer.accept();
  await eyes.until('the exception', ({ exceptionCount }) => exceptionCount === 1);
}

async function takeCash({ hands }: Stage, received_fen: number): Promise<void> {
  await hands.use('现金', 'F5');
  await hands.sees('现金收款');
  await hands.type(yuan(received_fen));
  await hands.use('确认收款', 'Enter');
}

/** The first good's price by a wallet, offline; the rest in cash, with change; and then the wallet's money does not come. */
async function partLost(stage: Stage): Promise<{ sale: SaleView; lost_fen: number }> {
  const { hands, eyes, shop } = stage;
  await goOffline(stage);
  const { due_fen, lines } = await tender(stage, ROWS);
  const lost_fen = lines[0]?.amount_fen ?? 0;
  await hands.use('部分金额', 'F4');
  await hands.sees('这次扫码收');
  await hands.type(yuan(lost_fen));
  await hands.use('确定', 'Enter');
  await eyes.until('the part', ({ sale }) => sale?.walletPart_fen === lost_fen);
  await shop.scanner.scan(codes.wechat());
  await eyes.until('queued', ({ sale }) => sale?.due_fen === due_fen - lost_fen);
  await takeCash(stage, 5_000);
  const { sale } = await eyes.until('sold on trust', (now) => now.sale?.state === 'completedPending');
  await hands.sees('找零');
  await comeBackAndDecline(stage);
  if (sale === null) throw new Error('unreachable: the till waited for it');
  return { sale, lost_fen };
}

test('its customer still stands there: the screen says that it failed, and takes cash for it', async ({
  till,
}) => {
  const stage = await stageOf(till);
  const { hands, eyes, shop } = stage;
  const { page } = stage.kiosk;
  await openTill(stage);
  await goOffline(stage);
  const { due_fen, saleId } = await tender(stage, ROWS);
  await shop.scanner.scan(codes.wechat());
  await hands.sees('货可交给顾客');
  await comeBackAndDecline(stage);
  await hands.sees(FAILED);
  await expect(page.getByText('货可交给顾客')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '下一单' })).toHaveCount(0);
  await takeCash(stage, 1_000);
  const { sale } = await eyes.until('paid', (now) => now.sale?.state === 'completed');
  expect([sale?.saleId, sale?.due_fen]).toEqual([saleId, 0]);
  await eyes.until('nothing to settle', ({ exceptionCount }) => exceptionCount === 0);
  await hands.sees('找零');
  await expect(page.getByLabel(`¥${yuan(1_000 - due_fen)}`).first()).toBeVisible();
  expect(readLedger(shop.gateway.ledgerFile).map((order) => order.charged_fen)).toEqual([0]);
  await hands.use('下一单', 'Enter');
  await hands.sees('请扫商品条码');
  eyes.close();
});

test('left and called back: what is due is collected, and the change of that day is nobody’s any more', async ({
  till,
}) => {
  const stage = await stageOf(till);
  const { hands, eyes } = stage;
  const { page } = stage.kiosk;
  await openTill(stage);
  const { sale, lost_fen } = await partLost(stage);
  await hands.sees(FAILED);
  await expect(page.getByText('找零')).toHaveCount(0);
  await hands.use('先放着', 'Escape');
  await hands.sees('请扫商品条码');
  await askWithGoodsOnTheCounter(stage);
  await hands.use('待处理', 'F8');
  await hands.use('重新收款', 'F2');
  await hands.sees(FAILED);
  await expect(page.getByLabel(`¥${yuan(lost_fen)}`).first()).toBeVisible();
  await hands.use('现金', 'F5');
  await hands.sees('此前已结清');
  await hands.use('正好', 'F2');
  await hands.use('确认收款', 'Enter');
  const ended = await eyes.until('paid', (now) => now.sale?.state === 'completed');
  expect(ended.sale?.saleId).toBe(sale.saleId);
  await hands.sees('找零');
  await expect(page.getByLabel('¥0.00').first()).toBeVisible();
  await expect(page.getByText(yuan(sale.cash?.change_fen ?? 0))).toHaveCount(0);
  eyes.close();
});

/** The next customer's goods lie on the counter: the list says why it does not call the other sale back, itself and not in the dark behind it. */
async function askWithGoodsOnTheCounter({ hands, eyes, shop, kiosk }: Stage): Promise<void> {
  const said = kiosk.page.getByRole('dialog').getByRole('alert');
  await shop.scanner.scan(barcode(1));
  await eyes.until('goods', ({ sale }) => sale?.state === 'open');
  await hands.use('待处理', 'F8');
  await expect(said).toHaveCount(0);
  await hands.use('重新收款', 'F2');
  await expect(said).toContainText('还有一单没有了结');
  await kiosk.page.keyboard.press('Escape');
  await expect(said).toHaveCount(0);
  await hands.use('关闭', 'Escape');
  await hands.useAndConfirm('取消整单', '取消整单', 'F9');
  await hands.sees('没有收任何钱');
  await hands.use('下一单', 'Enter');
  await hands.sees('请扫商品条码');
}

async function writeOff({ hands, shop, eyes }: Stage): Promise<void> {
  await hands.use('待处理', 'F8');
  await hands.use('核销', 'F3');
  await hands.use('联系不上顾客', '1');
  await hands.sees('请店长同意');
  await hands.type(shop.pins['chen'] ?? '');
  await hands.use('同意', 'Enter');
  await eyes.until('written off', ({ exceptionCount }) => exceptionCount === 0);
  await hands.use('关闭', 'Escape');
}

test('written off: its good comes back, and the screen asks for no cash that the till does not give', async ({
  till,
}) => {
  const stage = await stageOf(till);
  const { hands, eyes, shop } = stage;
  const { page } = stage.kiosk;
  await openTill(stage);
  const { sale, lost_fen } = await partLost(stage);
  await hands.sees(FAILED);
  await hands.use('先放着', 'Escape');
  await hands.sees('请扫商品条码');
  await writeOff(stage);
  await shop.scanner.scan(sale.receiptId ?? '');
  await hands.sees('退回金额');
  await hands.use('+', '+');
  await hands.sees(`¥${yuan(lost_fen)} 没有收到，不退`);
  await expect(page.getByLabel('¥0.00').first()).toBeVisible();
  await hands.use('确认退货', 'Enter');
  await hands.sees('没有钱要退给顾客');
  await hands.use('质量问题', '2');
  await hands.sees('请店长同意');
  await hands.type(shop.pins['chen'] ?? '');
  await hands.use('同意', 'Enter');
  await hands.sees('已退货');
  await hands.sees('没有钱要退给顾客');
  await expect(page.getByText('请付顾客现金')).toHaveCount(0);
  const { found, giveBacks } = eyes.client().snapshot();
  expect([found?.returnedBefore_fen, giveBacks]).toEqual([lost_fen, []]);
  const cash = found?.tenders.find(({ scheme }) => scheme === null);
  expect(cash?.left_fen).toBe(cash?.amount_fen);
  eyes.close();
});

// The technician at a till that has a fault: found with its remedy, gone when it is mended; then the tests, by keys alone.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { codeMaker } from '../../fixtures/codes.ts';
import { barcode, expect, picture, test, type Till } from './till.ts';

async function signIn({ kiosk, shop }: Till): Promise<void> {
  await kiosk.signIn('吴工', shop.pins['wu'] ?? '');
  await kiosk.page.getByRole('heading', { name: '全面检查' }).waitFor();
}

/** Begins by the key and waits for the end of just that examination. */
async function examine(page: Page): Promise<void> {
  const before = Number(await page.locator('[data-run]').getAttribute('data-run'));
  await page.keyboard.press('Enter');
  await page.locator(`[data-run="${before + 1}"][data-state=done]`).waitFor();
}

const check = (page: Page, name: string) => page.locator(`[data-check="${name}"]`);

async function keep(till: Till, name: string): Promise<void> {
  await test.info().attach(name, { body: await picture(till.kiosk.app), contentType: 'image/png' });
}

test('an open cover is found with its remedy, and gone once it is closed', async ({ till }) => {
  const { page } = till.kiosk;
  await till.shop.scanner.whenOpened();
  await signIn(till);
  await expect(check(page, 'printer.state')).toHaveAttribute('data-state', 'idle');
  await till.shop.paper.coverOpen();
  await examine(page);
  await expect(check(page, 'printer.state')).toHaveAttribute('data-state', 'fail');
  await expect(check(page, 'scanner')).toHaveAttribute('data-state', 'pass');
  const failures = page.locator('[data-failures]');
  await expect(failures).toContainText('盖子没合上');
  await expect(failures).toContainText('把盖子压紧，听到咔嗒声。');
  await expect(failures).toContainText('失败');
  await expect(page.getByRole('heading', { name: /项有问题/ })).toBeVisible();
  await keep(till, 'cover open');
  await till.shop.paper.coverClose();
  await examine(page);
  await expect(check(page, 'printer.state')).toHaveAttribute('data-state', 'pass');
  await expect(page.getByText('盖子没合上')).toHaveCount(0);
  await keep(till, 'cover closed');
});

test('the wallets that this till takes are listed, with the route of each, and why not', async ({ till }) => {
  const { page } = till.kiosk;
  await signIn(till);
  await page.keyboard.press('8');
  const wallet = (name: string) => page.locator(`[data-wallet="${name}"]`);
  await expect(wallet('WeChat Pay')).toContainText('WECHAT → gateway');
  await expect(wallet('China Mobile Hebao')).toContainText('没有公开的码格式');
  await expect(page.locator('[data-wallet]')).toHaveCount(10);
  await keep(till, 'wallets');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a payment code is shown masked, a page is proven, a report holds neither', async ({ till }) => {
  const { page } = till.kiosk;
  const { scanner, paper } = till.shop;
  const code = codeMaker().wechat();
  await scanner.whenOpened();
  await signIn(till);
  await page.keyboard.press('1');
  await page.getByText('请扫任意一个码').waitFor();
  await scanner.scan(code);
  await page.getByText('OK', { exact: true }).waitFor();
  await expect(page.locator('[data-shown]')).toHaveText(`${code.slice(0, 6)}********${code.slice(-4)}`);
  await expect(page.getByText('付款码（已遮盖） · 微信支付')).toBeVisible();
  expect(await page.locator('body').innerText()).not.toContain(code.slice(6, -4));
  await keep(till, 'scan seen');
  await scanner.scan(barcode(1));
  await expect(page.locator('[data-shown]')).toHaveText(barcode(1));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const mark = paper.mark();
  await page.keyboard.press('2');
  await page.getByText('测试页已打印').waitFor();
  await expect(page.getByText('证明：整页数据之后，打印机按顺序给了应答。')).toBeVisible();
  await paper.waitFor('paper.cut', {}, { since: mark, deadline_ms: 60_000 });
  await keep(till, 'page printed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('7');
  await page.getByText('报告已保存').waitFor();
  const report = readFileSync(await page.locator('[data-path]').innerText(), 'utf8');
  expect(report).toContain('yima-diagnosis-1');
  expect(report).not.toContain(code);
});

test('a sale on the counter keeps its scans, and the technician reads why', async ({ till }) => {
  const { page } = till.kiosk;
  const { scanner, pins } = till.shop;
  await till.kiosk.signIn('林晓', pins['lin'] ?? '');
  await till.kiosk.openShift('500');
  await scanner.whenOpened();
  await scanner.scan(barcode(1));
  await page.getByText('应收 · 1 件').waitFor();
  await page.keyboard.press('F10');
  await signIn(till);
  await page.keyboard.press('1');
  await page.getByText('柜台上有一单，不能测试').waitFor();
  await expect(page.getByText('E-SHIFT-02').first()).toBeVisible();
  await keep(till, 'scan test refused');
  await page.keyboard.press('Escape');
  await expect(page.getByText('E-SHIFT-02')).toHaveCount(0);
});

test('a manager comes from the menu: drawer by its own key, every corner of the glass, and back', async ({
  till,
}) => {
  const { page } = till.kiosk;
  const { paper, pins } = till.shop;
  await till.kiosk.signIn('陈岚', pins['chen'] ?? '');
  await till.kiosk.openShift('500');
  await page.keyboard.press('F6');
  await page.keyboard.press('0');
  await page.getByRole('heading', { name: '全面检查' }).waitFor();
  const before = await paper.drawerPulses();
  await page.keyboard.press('3');
  await page.getByText('会真的打开钱箱').waitFor();
  await page.keyboard.press('Enter');
  expect(await paper.drawerPulses()).toBe(before);
  await page.keyboard.press('3');
  await page.getByText('脉冲已送出，已记账').waitFor();
  expect(await paper.drawerPulses()).toBe(before + 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('4');
  await page.getByText('已触摸 0 / 5').waitFor();
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const edges = [0, -1] as const;
  for (const x of edges)
    for (const y of edges) await page.mouse.click((x + width) % width, (y + height) % height);
  await page.mouse.click(width / 2, height / 2);
  await page.getByText('五处触摸都有反应').waitFor();
  await keep(till, 'screen test');
  await page.keyboard.press('Enter');
  await page.locator('[data-colour=white]').waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByText('请扫商品条码').waitFor();
});

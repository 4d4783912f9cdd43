// Main scan on both screens: the cashier's key, the code read from the pixels of each window, a customer who scans it, and what the
// customer's screen is told of it all. There is one monitor here: the second window is asked for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import jsqr from 'jsqr';
import type { ElectronApplication, Page } from 'playwright';
import { PNG } from 'pngjs';
import { startDisplay } from '../../tools/lab/display.ts';
import { type Kiosk, openKiosk } from '../../tools/lab/kiosk.ts';
import { openShop, type Shop } from '../../tools/lab/shop.ts';
import { barcode } from './till.ts';

type Till = { shop: Shop; kiosk: Kiosk; customer: Page };

/** Both windows' pages by their address: which window is first is nobody's promise. */
async function pageAt(app: ElectronApplication, name: string): Promise<Page> {
  const isIt = (page: Page) => page.url() === `app://till/${name}`;
  await expect.poll(() => app.windows().some(isIt), { timeout: 30_000 }).toBe(true);
  const page = app.windows().find(isIt);
  if (page === undefined) throw new Error(`no window shows ${name}`);
  return page;
}

type Setting = 'auto' | 'off';

const test = base.extend<{ setting: Setting; till: Till }>({
  setting: ['auto', { option: true }],
  till: async ({ setting }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'yima-'));
    const display = await startDisplay({ width: 1280, height: 800 });
    const shop = await openShop({
      directory,
      configure: (lab) => ({
        ...lab,
        display: { customer: setting },
        route: { ...lab.route, mainScan: true },
      }),
    });
    const opened = await openKiosk({ ...shop, display: display.name, more: ['--customer-window'] });
    const kiosk = { ...opened, page: await pageAt(opened.app, 'index.html') };
    // Switched off there is none: whatever a test would do with it fails at the cashier's.
    const customer = setting === 'off' ? kiosk.page : await pageAt(opened.app, 'customer.html');
    await use({ shop, kiosk, customer });
    await kiosk.close();
    await shop.stop();
    await display.stop();
    rmSync(directory, { recursive: true, force: true });
  },
});

async function toTender({ kiosk, shop }: Till): Promise<void> {
  const { page } = kiosk;
  await page.getByText('林晓').first().click();
  await page.keyboard.type(shop.pins['lin'] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '开班' }).waitFor();
  await page.keyboard.type('500');
  await page.keyboard.press('Enter');
  await page.getByText('请扫商品条码').waitFor();
  await shop.scanner.whenOpened();
  await shop.scanner.scan(barcode(1));
  await page.getByText(barcode(1)).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('请扫付款码').waitFor();
}

function isLoaded({ app }: Kiosk, name: string): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }, wanted) => {
    const contents = BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
    return contents.some((one) => one.getURL().endsWith(wanted) && !one.isCrashed() && !one.isLoading());
  }, name);
}

/** What a telephone would read from the window's pixels. */
async function readFrom({ app }: Kiosk, name: string): Promise<string | undefined> {
  const base64 = await app.evaluate(async ({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith(wanted),
    );
    return (await window?.webContents.capturePage())?.toPNG().toString('base64') ?? '';
  }, name);
  const { data, width, height } = PNG.sync.read(Buffer.from(base64, 'base64'));
  return jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
}

/** The words around a code stand there before it is drawn. */
async function readSoon(kiosk: Kiosk, name: string): Promise<string> {
  let content: string | undefined;
  const read = async () => (content = await readFrom(kiosk, name));
  await expect.poll(read, { timeout: 30_000 }).toBeTruthy();
  return content ?? '';
}

test('a code is asked for by a key, stands on both screens, is scanned and paid', async ({ till }) => {
  const { kiosk, shop, customer } = till;
  await customer.getByText('欢迎光临').waitFor();
  await toTender(till);
  await customer.getByText('请出示付款码或付现金').waitFor();
  await kiosk.page.keyboard.press('F6');
  await kiosk.page.getByRole('heading', { name: '请顾客扫码' }).waitFor();
  await customer.getByText('请扫码付款').waitFor();
  const content = await readSoon(kiosk, 'customer.html');
  expect(await readSoon(kiosk, 'index.html')).toBe(content);
  await test.info().attach('code', { body: await customer.screenshot(), contentType: 'image/png' });
  await expect(customer.getByText('支付成功')).toHaveCount(0);
  await shop.acquirer.customer.scan(content);
  await kiosk.page.getByText('支付成功').first().waitFor();
  await customer.getByText('支付成功').waitFor();
  await kiosk.page.keyboard.press('Enter');
  await customer.getByText('欢迎光临').waitFor();
});

test('a code is printed and closed by keys; the customer’s screen follows', async ({ till }) => {
  const { kiosk, shop, customer } = till;
  const { page } = kiosk;
  await toTender(till);
  await page.keyboard.press('F6');
  await customer.getByText('请扫码付款').waitFor();
  await page.keyboard.press('F4');
  await expect.poll(async () => (await shop.paper.jobs()).at(-1)?.text ?? '').toContain('NOT A RECEIPT');
  expect((await shop.paper.jobs()).at(-1)?.qrCodes).toEqual([await readSoon(kiosk, 'index.html')]);
  await page.keyboard.press('F9');
  await page.getByRole('alertdialog').getByText('关闭收款码？').waitFor();
  await page.keyboard.press('F9');
  await page.getByText('收款码已关闭，未收款').first().waitFor();
  await customer.getByText('请出示付款码或付现金').waitFor();
  await expect(page.getByText('没有人付这笔钱，也不能再付。')).toBeVisible();
});

test('the customer’s window takes nothing and learns nothing; dead, it comes back and the till goes on', async ({
  till,
}) => {
  const { kiosk, customer } = till;
  await toTender(till);
  await customer.getByText('应付').waitFor();
  const text = await customer.evaluate(() => document.body.innerText);
  expect(text).not.toMatch(new RegExp(`林晓|${barcode(1)}|开班|F6`));
  const facts = await kiosk.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith('customer.html'),
    );
    if (window === undefined) throw new Error('no window for the customer');
    // Not in Electron's types; read here only.
    type Readable = { getLastWebPreferences(): Record<string, unknown> };
    const contents = window.webContents as unknown as Readable;
    const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences();
    return { isFocusable: window.isFocusable(), sandbox, contextIsolation, nodeIntegration };
  });
  expect(facts).toEqual({
    isFocusable: false,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
  });
  await kiosk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().endsWith('customer.html'))
      ?.webContents.forcefullyCrashRenderer(),
  );
  await kiosk.page.keyboard.press('F6');
  await kiosk.page.getByRole('heading', { name: '请顾客扫码' }).waitFor();
  // Asked of Electron: Playwright's page is the one that died.
  await expect.poll(() => isLoaded(kiosk, 'customer.html'), { timeout: 30_000 }).toBe(true);
  expect(await readSoon(kiosk, 'customer.html')).toBeTruthy();
});

test.describe('switched off', () => {
  test.use({ setting: 'off' });

  test('there is no window for the customer, and a code stands on the cashier’s screen', async ({ till }) => {
    const { kiosk } = till;
    await toTender(till);
    await kiosk.page.keyboard.press('F6');
    await kiosk.page.getByRole('heading', { name: '请顾客扫码' }).waitFor();
    expect(await readSoon(kiosk, 'index.html')).toBeTruthy();
    expect(kiosk.app.windows().map((page) => page.url())).toEqual(['app://till/index.html']);
  });
});

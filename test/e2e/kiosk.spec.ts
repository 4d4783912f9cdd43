// The kiosk as a cashier meets it: by keys alone, and after the core or the page died under it.
import { codeMaker } from '../../fixtures/codes.ts';
import { barcode, expect, noteText, picture, screenText, still, test, type Till } from './till.ts';
import { corePid } from '../../tools/lab/shop.ts';

/** The screen is back within this, whatever died (ms); the measured time stands in the report. */
const BACK_LIMIT_ms = 20_000;

async function toTender({ kiosk, shop }: Till): Promise<void> {
  const { page } = kiosk;
  await page.getByText('林晓').first().waitFor();
  await page.keyboard.type(shop.pins['lin'] ?? '');
  await page.keyboard.press('Enter');
  await kiosk.openShift('500');
  await shop.scanner.whenOpened();
  await shop.scanner.scan(barcode(1));
  await page.getByText(barcode(1)).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('请扫付款码').waitFor();
}

test('a whole sale by keys alone: sign in, scan, pay, next', async ({ till }) => {
  const { page } = till.kiosk;
  await toTender(till);
  await till.shop.scanner.scan(codeMaker().wechat());
  await page.getByText('支付成功').first().waitFor();
  await page.getByText('小票已打印').waitFor();
  await test.info().attach('paid', { body: await picture(till.kiosk.app), contentType: 'image/png' });
  await page.keyboard.press('Enter');
  await page.getByText('请扫商品条码').waitFor();
  await page.keyboard.press('F1');
  await page.getByText('Scan the goods').waitFor();
  await page.keyboard.press('F10');
  await page.getByText('Who is selling?').waitFor();
});

test('goods are typed by hand, changed and removed by keys', async ({ till }) => {
  const { page } = till.kiosk;
  await toTender(till);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '收款' }).waitFor();
  await page.keyboard.type(barcode(2), { delay: 2 });
  await page.keyboard.press('Enter');
  await page.getByText('应收 · 2 件').waitFor();
  await page.keyboard.press('+');
  await page.getByText('应收 · 3 件').waitFor();
  await page.keyboard.press('Delete');
  await page.getByText('应收 · 1 件').waitFor();
  await page.keyboard.press('F9');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByText('应收 · 1 件')).toBeVisible();
});

test('a killed core comes back to the same screen without a PIN', async ({ till }) => {
  const { app, page } = till.kiosk;
  await toTender(till);
  const before = still(await screenText(app));
  const pid = corePid(till.shop);
  const overlay = await noteText(page, '正在重新连接');
  const killedAt_ms = performance.now();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => corePid(till.shop), { timeout: BACK_LIMIT_ms }).not.toBe(pid);
  await expect.poll(overlay.wasSeen, { timeout: BACK_LIMIT_ms }).toBe(true);
  await expect.poll(async () => still(await screenText(app)), { timeout: BACK_LIMIT_ms }).toBe(before);
  const back_ms = Math.round(performance.now() - killedAt_ms);
  test.info().annotations.push({ type: 'core back', description: `${back_ms} ms` });
  expect(back_ms).toBeLessThan(BACK_LIMIT_ms);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '收款' }).waitFor();
});

test('a crashed page comes back to the same screen without a PIN', async ({ till }) => {
  const { app } = till.kiosk;
  await toTender(till);
  const before = still(await screenText(app));
  const crashedAt_ms = performance.now();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => screenText(app), { timeout: BACK_LIMIT_ms }).not.toBe('');
  await expect.poll(async () => still(await screenText(app)), { timeout: BACK_LIMIT_ms }).toBe(before);
  const back_ms = Math.round(performance.now() - crashedAt_ms);
  test.info().annotations.push({ type: 'page back', description: `${back_ms} ms` });
  expect(back_ms).toBeLessThan(BACK_LIMIT_ms);
});

test('the page is locked down', async ({ till }) => {
  const { app, page } = till.kiosk;
  await page.getByText('林晓').first().waitFor();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Not in Electron's types; read here only.
    type Readable = { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = (
      contents as unknown as Readable
    ).getLastWebPreferences();
    return { url: contents?.getURL(), sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({
    url: 'app://till/index.html',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  });
  const tried = await page.evaluate(async () => {
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        () => 'refused',
      );
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    let inline = 'refused';
    try {
      script.textContent = 'window.isInlineRun = true';
      document.body.append(script);
      if ('isInlineRun' in window) inline = 'done';
    } catch (error) {
      inline = `refused: ${(error as Error).name}`;
    }
    return {
      node: [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
      ],
      ownFetch: await outcome(fetch('app://till/index.html')),
      fileFetch: await outcome(fetch('file:///etc/passwd')),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      opened: window.open('https://example.com/') === null,
      inline: inline.split(':')[0],
      violated: violations.includes('connect-src'),
    };
  });
  expect(tried).toEqual({
    node: ['undefined', 'undefined'],
    ownFetch: 'refused',
    fileFetch: 'refused',
    camera: 'refused',
    opened: true,
    inline: 'refused',
    violated: true,
  });
});

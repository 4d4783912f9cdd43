// A scanner in keyboard mode in the real window: keys with the times that a scanner's keys have, beside a person's.
import type { Page } from 'playwright';
import { codeMaker } from '../../fixtures/codes.ts';
import { barcode, expect, test, type Till } from './till.ts';

test.use({ difference: { configure: (configuration) => ({ ...configuration, wedge: { goods: true } }) } });

const codeOf = (key: string): string => (/^\d$/.test(key) ? `Digit${key}` : key);
const numbers: Readonly<Record<string, number>> = { Backspace: 8, Enter: 13 };

/** The first key's time is so far ahead that all keys have come when it has passed. */
const AHEAD_ms = 500;

/** Keys all on their way at once, so far apart by their own times whatever this machine is busy with. */
async function keysApart(page: Page, keys: readonly string[], gap_ms: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const now_ms = await page.evaluate(() => performance.timeOrigin + performance.now());
  const timeOf_ms = (index: number) => now_ms + AHEAD_ms + index * gap_ms;
  await Promise.all(
    keys.map((key, index) =>
      session.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key,
        code: codeOf(key),
        ...(key === 'Backspace' ? {} : { text: key === 'Enter' ? '\r' : key }),
        windowsVirtualKeyCode: numbers[key] ?? key.charCodeAt(0),
        timestamp: timeOf_ms(index) / 1000,
      }),
    ),
  );
  await session.detach();
  // the next key comes after these, by its own time too
  const end_ms = timeOf_ms(keys.length + 10);
  await page.waitForFunction((end) => performance.timeOrigin + performance.now() > end, end_ms);
}

/** One scan. */
function wedge(page: Page, text: string): Promise<void> {
  return keysApart(page, [...text, 'Enter'], 8);
}

async function toSell({ kiosk, shop }: Till): Promise<Page> {
  await kiosk.signIn('林晓', shop.pins['lin'] ?? '');
  await kiosk.openShift('500');
  return kiosk.page;
}

test('scans goods, on the sell screen and in the middle of a search, and a person types beside it', async ({
  till,
}) => {
  const page = await toSell(till);
  await wedge(page, barcode(1));
  await page.getByText('应收 · 1 件').waitFor();
  await expect(page.getByText(barcode(1))).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.keyboard.type('690', { delay: 120 });
  await expect(page.getByRole('textbox')).toHaveValue('690');
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('textbox')).toHaveValue('69');
  await wedge(page, barcode(2));
  await expect(page.getByRole('textbox')).toHaveValue('69');
  await page.keyboard.press('Escape');
  await page.getByText('应收 · 2 件').waitFor();
});

test('takes no payment, presses no key, and says so', async ({ till }) => {
  const page = await toSell(till);
  await wedge(page, barcode(1));
  await page.getByText('应收 · 1 件').waitFor();
  await wedge(page, codeMaker().wechat());
  await page.getByText('键盘模式的扫码枪不能收款').first().waitFor();
  await expect(page.getByText('应收 · 1 件')).toBeVisible();
  await page.getByText('知道了').click();
  await expect(page.getByText('键盘模式的扫码枪不能收款')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.getByText('请扫付款码').waitFor();
  await wedge(page, codeMaker().alipay());
  await page.getByText('键盘模式的扫码枪不能收款').first().waitFor();
  await expect(page.getByText('请扫付款码')).toBeVisible();
});

test('a person who rolls over keys loses none of them: the field opens, Backspace deletes', async ({
  till,
}) => {
  const page = await toSell(till);
  await keysApart(page, ['6', '9', '0'], 15);
  const field = page.getByRole('textbox');
  await expect(field).toHaveValue('690');
  await keysApart(page, ['1', 'Backspace', '2'], 15);
  await expect(field).toHaveValue('6902');
  await keysApart(page, ['7', '7', 'Enter'], 15);
  await expect(field).toHaveValue('690277');
  // pressed the key under it, with all that was typed before
  await page.getByText('E-SCAN-02').waitFor();
  await expect(page.getByText('690277').first()).toBeVisible();
});

test('tries no PIN where nobody is signed in, and presses no key of the technician', async ({ till }) => {
  const { kiosk, shop } = till;
  const { page } = kiosk;
  await page.getByText('林晓').first().waitFor();
  await wedge(page, barcode(1));
  await page.getByText('E-SCAN-10').waitFor();
  await expect(page.getByText('E-AUTH')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await kiosk.signIn('吴工', shop.pins['wu'] ?? '');
  await page.getByRole('heading', { name: '全面检查' }).waitFor();
  // on this screen 3 asks for the drawer, and once more opens it
  await wedge(page, '3313313');
  await page.getByText('E-SALE-02').waitFor();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await shop.paper.drawerPulses()).toBe(0);
});

test('sells nothing while a manager tries the scanners out', async ({ till }) => {
  const { kiosk, shop } = till;
  const { page } = kiosk;
  await kiosk.signIn('陈岚', shop.pins['chen'] ?? '');
  await kiosk.openShift('500');
  await shop.scanner.whenOpened();
  await page.keyboard.press('F6');
  await page.keyboard.press('0');
  await page.getByRole('heading', { name: '全面检查' }).waitFor();
  await page.keyboard.press('1');
  await page.getByText('请扫任意一个码').waitFor();
  await wedge(page, barcode(1));
  // said above the dialog, and taken away before it
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('E-SALE-02');
  await page.keyboard.press('Escape');
  await expect(page.getByText('E-SALE-02')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByText('请扫商品条码').waitFor();
  // the test ended with its dialog: the next scan is a sale's, and the only one
  await shop.scanner.scan(barcode(2));
  await page.getByText('应收 · 1 件').waitFor();
  await expect(page.getByText(barcode(2))).toBeVisible();
});

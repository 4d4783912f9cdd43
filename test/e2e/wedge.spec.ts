// A scanner in keyboard mode in the real window: keys with the times that a scanner's keys have, beside a person's.
import type { Page } from 'playwright';
import { codeMaker } from '../../fixtures/codes.ts';
import { barcode, expect, test, type Till } from './till.ts';

test.use({ difference: { configure: (configuration) => ({ ...configuration, wedge: { goods: true } }) } });

const codeOf = (key: string): string => (/\d/.test(key) ? `Digit${key}` : key);

/** The keys of one scan, all on their way at once, 8 ms apart by their own times whatever this machine is busy with. */
async function wedge(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const begin_ms = await page.evaluate(() => performance.timeOrigin + performance.now());
  const keys = [...text, 'Enter'];
  const timeOf_ms = (index: number) => begin_ms + index * 8;
  await Promise.all(
    keys.map((key, index) =>
      session.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key,
        code: codeOf(key),
        text: key === 'Enter' ? '\r' : key,
        windowsVirtualKeyCode: key === 'Enter' ? 13 : key.charCodeAt(0),
        timestamp: timeOf_ms(index) / 1000,
      }),
    ),
  );
  await session.detach();
  // the next key comes after these, by its own time too
  const end_ms = timeOf_ms(keys.length + 10);
  await page.waitForFunction((end) => performance.timeOrigin + performance.now() > end, end_ms);
}

async function toSell({ kiosk, shop }: Till): Promise<Page> {
  const { page } = kiosk;
  await page.getByText('林晓').first().waitFor();
  await page.keyboard.type(shop.pins['lin'] ?? '');
  await page.keyboard.press('Enter');
  await kiosk.openShift('500');
  return page;
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
  await page.getByText('现在还不能收款').first().waitFor();
  await expect(page.getByText('应收 · 1 件')).toBeVisible();
  await page.getByText('知道了').click();
  await expect(page.getByText('现在还不能收款')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.getByText('请扫付款码').waitFor();
  await wedge(page, codeMaker().alipay());
  await page.getByText('现在还不能收款').first().waitFor();
  await expect(page.getByText('请扫付款码')).toBeVisible();
});

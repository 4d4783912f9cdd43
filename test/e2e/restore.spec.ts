// A till that was really restored: a cashier is told who may end the quarantine, a manager ends it by keys, and X says both.
import { expect, picture, test, type Till } from './till.ts';
import { makeRestoredState, type RestoredState } from './restored-state.ts';

let made: RestoredState;
test.use({ difference: { prepare: (state) => void (made = makeRestoredState(state)) } });

const reason = '已核对，缺的已手工补记';

async function keep(till: Till, name: string): Promise<void> {
  await test.info().attach(name, { body: await picture(till.kiosk.app), contentType: 'image/png' });
}

/** The shift of the backup is still open: signed in, goods can be scanned. */
async function signIn({ kiosk, shop }: Till, name: string, id: string): Promise<void> {
  await kiosk.signIn(name, shop.pins[id] ?? '');
  await kiosk.page.getByText('请扫商品条码').waitFor();
}

async function takeX({ kiosk: { page } }: Till): Promise<void> {
  await page.keyboard.press('F6');
  await page.keyboard.press('6');
  await page.getByRole('heading', { name: 'X 报表' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^X\d+$/ }).waitFor();
}

async function refuseCashier(till: Till): Promise<void> {
  const { page } = till.kiosk;
  await signIn(till, '林晓', 'lin');
  await page.keyboard.press('F6');
  const key = page.getByRole('button', { name: '结束隔离' });
  await expect(key).toBeDisabled();
  await expect(key).toContainText('限店长：请店长登录，核对后确认');
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: '更多功能' })).toBeVisible();
  await keep(till, 'cashier');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
}

async function confirmByKeys(till: Till): Promise<void> {
  const { page } = till.kiosk;
  const { first, last } = made.lost;
  await page.keyboard.press('F6');
  await page.keyboard.press('F2');
  await page.getByText(`第 ${first} 到第 ${last} 条记录丢失`, { exact: false }).waitFor();
  await keep(till, 'story');
  await page.keyboard.press('Enter');
  await page.getByText('核对的结果？').waitFor();
  await page.keyboard.press('2');
  await page.getByText(`理由：${reason}`).waitFor();
  // The safe answer is the main key: nothing has ended.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.locator('footer')).toContainText('由备份恢复，隔离中');
  await page.keyboard.press('Enter');
  await page.keyboard.press('2');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('F5');
  await page.getByText('隔离已结束').waitFor();
}

test('a quarantine is told on X, closed to cashiers, and ended by a manager with a reason', async ({
  till,
}) => {
  const { page } = till.kiosk;
  await refuseCashier(till);
  await signIn(till, '陈岚', 'chen');
  await takeX(till);
  await expect(page.locator('section', { hasText: '丢失的记录' })).toContainText(
    '隔离中：请店长与收单方账单',
  );
  await keep(till, 'x in quarantine');
  await page.keyboard.press('Enter');
  await confirmByKeys(till);
  await page.keyboard.press('Enter');
  await expect(page.locator('footer')).not.toContainText('隔离');
  await takeX(till);
  const block = page.locator('section', { hasText: '丢失的记录' });
  await expect(block).toContainText(`理由：${reason}`);
  await expect(block).toContainText('陈岚');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F6');
  await expect(page.getByRole('heading', { name: '更多功能' })).toBeVisible();
  await expect(page.getByRole('button', { name: '结束隔离' })).toHaveCount(0);
});

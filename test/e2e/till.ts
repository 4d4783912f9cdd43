// One till for an end-to-end test: a lab shop, a display and the real kiosk, all ended afterwards.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { ElectronApplication, Page } from 'playwright';
import { type Display, startDisplay } from '../../tools/lab/display.ts';
import { type Kiosk, openKiosk } from '../../tools/lab/kiosk.ts';
import { openShop, type Shop, type ShopOptions } from '../../tools/lab/shop.ts';

export type Till = { shop: Shop; kiosk: Kiosk; display: Display };

/** What a failed test leaves for whoever looks: the screen's text and picture as Electron has them, and the kiosk's log. */
async function explain(kiosk: Kiosk): Promise<void> {
  const windows = await kiosk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => ({
      url: webContents.getURL(),
      isLoading: webContents.isLoading(),
      isCrashed: webContents.isCrashed(),
    })),
  );
  const body = [JSON.stringify(windows), await screenText(kiosk.app), kiosk.log()].join('\n----\n');
  await test.info().attach('kiosk', { body, contentType: 'text/plain' });
  await test.info().attach('screen', { body: await picture(kiosk.app), contentType: 'image/png' });
  process.stdout.write(`${body}\n`);
}

/** What is different in this till's shop; `test.use` says it. */
type Difference = Pick<ShopOptions, 'configure'> & {
  /** Makes the state directory before the kiosk finds it. */
  prepare?: (stateDirectory: string) => void;
};

export const test = base.extend<{ difference: Difference; till: Till }>({
  difference: [{}, { option: true }],
  till: async ({ difference }, use) => {
    // Short: the control socket's path must fit into 107 bytes.
    const directory = mkdtempSync(join(tmpdir(), 'yima-'));
    const display = await startDisplay({ width: 1280, height: 800 });
    const { prepare, ...options } = difference;
    const shop = await openShop({ directory, ...options });
    prepare?.(shop.stateDirectory);
    const kiosk = await openKiosk({ ...shop, display: display.name });
    await use({ shop, kiosk, display });
    if (test.info().status !== test.info().expectedStatus) await explain(kiosk);
    await kiosk.close();
    await shop.stop();
    await display.stop();
    rmSync(directory, { recursive: true, force: true });
  },
});

/** A barcode of the lab's catalogue, by its row. */
export function barcode(row: number): string {
  const found = readFileSync('fixtures/catalogue/goods.csv', 'utf8').split('\n')[row]?.split(',')[0];
  if (!found) throw new Error(`the catalogue has no row ${row}`);
  return found;
}

/** What stands on the screen, asked of Electron: works after a crash of the page too, unlike Playwright's page. */
export function screenText(app: ElectronApplication): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return '';
    // Asked of a page that dies just now, the answer never comes.
    const silence = new Promise((resolve) => setTimeout(() => resolve(''), 2_000));
    return String(await Promise.race([contents.executeJavaScript('document.body.innerText'), silence]));
  });
}

/** The screen without what runs: clock, seconds, latency, journal head. */
export function still(text: string): string {
  return text
    .replace(/\d{1,2}:\d{2}(:\d{2})?/g, '')
    .replace(/在线.*/g, '')
    .replace(/\d+ · #\w+/g, '')
    .replace(/\n+/g, '\n');
}

/** Notes whether a text comes up, however short: polling would miss what is gone in 200 ms. */
export async function noteText(page: Page, text: string): Promise<{ wasSeen(): Promise<boolean> }> {
  await page.evaluate((wanted) => {
    const seen = globalThis as { isNoted?: boolean };
    new MutationObserver(() => {
      if (document.body.innerText.includes(wanted)) seen.isNoted = true;
    }).observe(document.body, { childList: true, subtree: true });
  }, text);
  return { wasSeen: () => page.evaluate(() => (globalThis as { isNoted?: boolean }).isNoted === true) };
}

export async function picture(app: ElectronApplication): Promise<Buffer> {
  const base64 = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  return Buffer.from(base64, 'base64');
}

export { expect };

// Drives a packed test build from outside, by the debugging port that only it opens.
import { expect } from '@playwright/test';
import { type Browser, chromium, type Page } from 'playwright';
import type { Shop } from '../../tools/lab/shop.ts';
import { sandbox, testBuild } from './packed.ts';
import type { Program, startProgram } from './program.ts';

export type Driven = { program: Program; browser: Browser; page: Page; port: number };

export async function drive(start: typeof startProgram, shop: Shop, display: string): Promise<Driven> {
  const where = ['--config', shop.configFile, '--state', shop.stateDirectory];
  const args = [...sandbox, '--kiosk', '--remote-debugging-port=0', ...where];
  const program = start(testBuild.program, args, { ...process.env, DISPLAY: display });
  const endpoint = new URL(await program.says(/DevTools listening on (ws:\S+)/));
  // Whoever attaches in the middle of the page's first load can break that load (tools/lab/kiosk.ts).
  await expect.poll(() => pageTitle(endpoint), { timeout: 60_000 }).toMatch(/./);
  const browser = await chromium.connectOverCDP(endpoint.href);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error(`the till has no page:\n${program.said()}`);
  return { program, browser, page, port: Number(endpoint.port) };
}

/** Empty until the page says its own title: then its document has been read. */
async function pageTitle(endpoint: URL): Promise<string> {
  const answer = await fetch(`http://${endpoint.host}/json/list`);
  const targets = (await answer.json()) as { type: string; url: string; title: string }[];
  const found = targets.find(({ type, url }) => type === 'page' && url.startsWith('app://'));
  return found === undefined || found.title === found.url ? '' : found.title;
}

export async function signIn(page: Page, name: string, pin: string): Promise<void> {
  await page.getByText(name).first().click();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
}

export async function openShift(page: Page, float_yuan: string): Promise<void> {
  await page.getByRole('heading', { name: '开班' }).waitFor();
  await page.keyboard.type(float_yuan);
  await page.keyboard.press('Enter');
  await page.getByText('请扫商品条码').waitFor();
}

// The lab as `npm start` opens it: two windows, everything by clicks in the bench, both books side by side; and nothing
// stays behind when it ends, however it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type Browser, chromium, type Page } from 'playwright';
import { startDisplay } from '../../tools/lab/display.ts';

type Lab = {
  directory: string;
  process: ChildProcess;
  exited: Promise<number | string>;
  kiosk: Page;
  bench: Page;
};

const DEADLINE = { timeout: 60_000 };

/** Asked without Playwright, which breaks a page's first load when it comes in the middle of it. */
async function hasLoaded(port: string): Promise<boolean> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  const page = targets.find(({ type }) => type === 'page');
  if (page === undefined) return false;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  const expression = `document.readyState === 'complete' && document.querySelector('#root > *') !== null`;
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } })),
  );
  const answered = once(socket, 'message') as Promise<[MessageEvent<string>]>;
  const said = await Promise.race([answered, once(socket, 'close').then(() => null)]);
  socket.close();
  // a page that has only begun has no world yet in which to answer
  const answer =
    said === null ? {} : (JSON.parse(said[0].data) as { result?: { result?: { value?: unknown } } });
  return answer.result?.result?.value === true;
}

/** The window's page, once its Chromium has written where it listens and its first load is over. */
async function attach(profile: string): Promise<{ browser: Browser; page: Page }> {
  const file = join(profile, 'DevToolsActivePort');
  const port = () => (existsSync(file) ? (readFileSync(file, 'utf8').split('\n')[0] ?? '') : '');
  await expect.poll(port, DEADLINE).not.toBe('');
  await expect.poll(() => hasLoaded(port()), DEADLINE).toBe(true);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port()}`);
  const [page] = browser.contexts().flatMap((context) => context.pages());
  if (!page) throw new Error('the window has no page');
  return { browser, page };
}

/** Whatever of the lab still runs: every process of it names its directory, but for the network between, which ends with its control. */
function leftovers(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(directory) ? [`${pid} ${line}`] : [];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

const test = base.extend<{ lab: Lab }>({
  lab: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'yima-'));
    const display = await startDisplay({ width: 2000, height: 1200 });
    const child = spawn(process.execPath, ['tools/start.ts', '--lab', join(directory, 'lab'), '--debug'], {
      env: { ...process.env, DISPLAY: display.name },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const written: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString('utf8')));
    const exited = once(child, 'exit').then(([code, signal]) => (code as number | null) ?? String(signal));
    const bench = await attach(join(directory, 'lab-bench/browser'));
    const kiosk = await attach(join(directory, 'lab/state/browser'));
    await use({ directory, process: child, exited, kiosk: kiosk.page, bench: bench.page });
    if (test.info().status !== test.info().expectedStatus) {
      await test.info().attach('log', { body: written.join(''), contentType: 'text/plain' });
    }
    child.kill('SIGTERM');
    await exited;
    await expect.poll(() => leftovers(directory), DEADLINE).toEqual([]);
    await Promise.all([bench.browser.close(), kiosk.browser.close()]);
    await display.stop();
    rmSync(directory, { recursive: true, force: true });
  },
});

async function press({ bench }: Lab, name: string): Promise<void> {
  await bench.getByRole('button', { name }).first().click();
}

/** Goods on the counter, then the tender step. */
async function basket(lab: Lab, ...goods: string[]): Promise<void> {
  for (const name of goods) await press(lab, name);
  await lab.kiosk.getByText(`应收 · ${goods.length} 件`).waitFor();
  await lab.kiosk.keyboard.press('Enter');
  await lab.kiosk.getByText('请扫付款码').first().waitFor();
}

async function next({ kiosk }: Lab): Promise<void> {
  await kiosk.keyboard.press('Enter');
  await kiosk.getByText('请扫商品条码').waitFor();
}

/** The verdicts of both books, newest payment first. */
function verdicts({ bench }: Lab): Promise<(string | null)[]> {
  return bench
    .locator('[data-verdict]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-verdict')));
}

async function openTill({ kiosk }: Lab): Promise<void> {
  await kiosk.getByText('林晓').first().click();
  await kiosk.keyboard.type('1357');
  await kiosk.keyboard.press('Enter');
  await kiosk.getByRole('heading', { name: '开班' }).waitFor();
  await kiosk.keyboard.type('500');
  await kiosk.keyboard.press('Enter');
  await kiosk.getByText('请扫商品条码').waitFor();
}

test('sold, sold offline, cut and killed in mid-payment: both books agree, and nothing outlives a killed starter', async ({
  lab,
}) => {
  const { kiosk, bench } = lab;
  await openTill(lab);

  await bench.getByText('已连接').waitFor();
  await basket(lab, '矿泉水', '鲜橙汁');
  await press(lab, '微信支付');
  await kiosk.getByText('支付成功').first().waitFor();
  await expect.poll(() => verdicts(lab), DEADLINE).toEqual(['equal']);
  await expect(bench.getByAltText('小票 1')).toBeVisible(DEADLINE);
  await next(lab);

  await press(lab, '拔网线');
  await bench.getByText('离线').first().waitFor();
  await basket(lab, '薯片');
  await press(lab, '支付宝');
  await kiosk.getByText('离线待确认').first().waitFor();
  await expect.poll(() => verdicts(lab), DEADLINE).toEqual(['open', 'equal']);
  await bench.getByText('网络一恢复就提交').waitFor();
  await next(lab);
  await press(lab, '插好');
  await expect.poll(() => verdicts(lab), DEADLINE).toEqual(['equal', 'equal']);

  await press(lab, '途中拔线');
  await basket(lab, '方便面');
  await press(lab, '微信支付');
  await expect(bench.locator('[data-verdict="open"]')).toContainText('已扣款', DEADLINE);
  await bench.getByText('收银机下一步').waitFor();
  // Charged before it is cut: plugged in at once, nothing would have been cut.
  await bench.getByText('离线').first().waitFor();
  await press(lab, '插好');
  await kiosk.getByText('支付成功').first().waitFor(DEADLINE);
  await expect.poll(() => verdicts(lab), DEADLINE).toEqual(['equal', 'equal', 'equal']);
  await next(lab);

  const pidBefore = await bench.getByLabel('Core').locator('h2').innerText();
  await press(lab, '途中杀');
  await basket(lab, '巧克力');
  await press(lab, '微信支付');
  await expect(bench.getByLabel('Core')).toContainText('killed 1×', DEADLINE);
  await kiosk.getByText('支付成功').first().waitFor(DEADLINE);
  await expect.poll(() => verdicts(lab), DEADLINE).toEqual(['equal', 'equal', 'equal', 'equal']);
  expect(await bench.getByLabel('Core').locator('h2').innerText()).not.toBe(pidBefore);
  await next(lab);

  await bench
    .getByRole('button', { name: /^扫 scan R/ })
    .first()
    .click();
  await kiosk.getByText('退货').first().waitFor();

  lab.process.kill('SIGKILL');
  expect(await lab.exited).toBe('SIGKILL');
  await expect.poll(() => leftovers(lab.directory), DEADLINE).toEqual([]);
});

test('the bench may be closed; with the kiosk all ends', async ({ lab }) => {
  const { kiosk, bench } = lab;
  await kiosk.getByText('林晓').first().waitFor();
  await bench.close({ runBeforeUnload: true });
  lab.process.stdin?.write('6901821000474\n');
  await expect.poll(() => leftovers(`${lab.directory}/lab-bench`), DEADLINE).toEqual([]);
  await expect(kiosk.getByText('林晓').first()).toBeVisible();
  lab.process.stdin?.write('bench\n');
  await expect.poll(() => leftovers(`${lab.directory}/lab-bench`).length, DEADLINE).toBeGreaterThan(0);
  await kiosk.close({ runBeforeUnload: true });
  expect(await lab.exited).toBe(0);
});

test('a till of its own ends with its starter', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-'));
  const display = await startDisplay({ width: 1280, height: 800 });
  const state = join(directory, 'state');
  // Without a configuration the till only says what is wrong, which is enough.
  const args = ['tools/start.ts', '--config', join(directory, 'config.json'), '--state', state];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DISPLAY: display.name },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const exited = once(child, 'exit');
  // the starter, and below it the kiosk with its core
  await expect
    .poll(() => leftovers(state).filter((line) => line.includes('core.mjs')), DEADLINE)
    .toHaveLength(1);
  child.kill('SIGTERM');
  await exited;
  await expect.poll(() => leftovers(directory), DEADLINE).toEqual([]);
  await display.stop();
  rmSync(directory, { recursive: true, force: true });
});

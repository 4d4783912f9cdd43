// The packed till works: as the shop gets it, whatever the environment says, and through a whole sale in the test build.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { codeMaker } from '../../fixtures/codes.ts';
import { startDisplay } from '../../tools/lab/display.ts';
import { corePid, openShop, type Shop } from '../../tools/lab/shop.ts';
import { connectRpc } from '../../tools/rpc/client.ts';
import { barcode } from '../e2e/till.ts';
import { drive, openShift, signIn } from './drive.ts';
import { PACKING_ms, packBoth, runtime, sandbox, till } from './packed.ts';
import { catchesSignal, listeningPorts, type Program, startProgram } from './program.ts';

/** A shop without its till: `start` starts one on the shop's display. */
type Lab = { shop: Shop; displayName: string; start: typeof startProgram };

const test = base.extend<{ size: { width: number; height: number }; lab: Lab }>({
  size: [{ width: 1280, height: 800 }, { option: true }],
  lab: async ({ size }, use) => {
    // Short: the control socket's path must fit into 107 bytes.
    const directory = mkdtempSync(join(tmpdir(), 'yima-'));
    const display = await startDisplay(size);
    const shop = await openShop({ directory });
    const started: Program[] = [];
    const start: typeof startProgram = (...what) => {
      const program = startProgram(...what);
      started.push(program);
      return program;
    };
    await use({ shop, displayName: display.name, start });
    // After a failure too no till is left running.
    for (const program of started) await program.stop();
    await shop.stop();
    await display.stop();
    rmSync(directory, { recursive: true, force: true });
  },
});

test.beforeAll(() => {
  test.setTimeout(PACKING_ms);
  packBoth();
});

test('a whole sale in the packed till, driven by the port of the test build', async ({ lab }) => {
  const { shop, displayName, start } = lab;
  const { program, browser, page, port } = await drive(start, shop, displayName);
  expect(listeningPorts(program.child.pid ?? -1)).toEqual([port]);
  await signIn(page, '林晓', shop.pins['lin'] ?? '');
  await openShift(page, '500');
  await shop.scanner.whenOpened();
  for (const row of [1, 2]) {
    await shop.scanner.scan(barcode(row));
    await page.getByText(barcode(row)).waitFor();
  }
  await page.getByRole('button', { name: '收款' }).first().click();
  await page.getByText('请扫付款码').waitFor();
  await shop.scanner.scan(codeMaker().wechat());
  await page.getByText('支付成功').first().waitFor();
  await page.getByText('小票已打印').waitFor();
  await shop.paper.waitFor('paper.cut');
  await test.info().attach('paid', { body: await page.screenshot(), contentType: 'image/png' });
  await browser.close();
  expect(await program.stop()).toBe(0);
  const ledger = await shop.acquirer.ledger();
  expect(ledger.map(({ kind }) => kind)).toEqual(['charge']);
});

/** The core answers, and reaches its acquirer and its scanner. The counter's own screen sells, so no socket can. */
async function untilReady(shop: Shop): Promise<void> {
  const rpc = await connectRpc(shop.controlSocket);
  await rpc.subscribe();
  await rpc.until('the acquirer', ({ routes }) => routes[0]?.state === 'online');
  await rpc.until('the scanner', ({ scanners }) => scanners[0]?.state === 'ready');
  rpc.close();
}

test('the till as a shop gets it works whatever the environment says, and listens on no port', async ({
  lab,
}) => {
  const { shop, displayName, start } = lab;
  const witness = join(shop.directory, 'witness');
  const script = join(shop.directory, 'witness.cjs');
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(witness)}, '');`);
  const hostile = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` };
  const env = { ...process.env, ...hostile, DISPLAY: displayName };
  const where = ['--config', shop.configFile, '--state', shop.stateDirectory];
  const program = start(till.program, [...sandbox, '--kiosk', ...where], env);
  await program.says(/core ready/);
  await untilReady(shop);
  expect(existsSync(witness)).toBe(false);
  expect(listeningPorts(program.child.pid ?? -1)).toEqual([]);
  // By this signal a plain Node, as this test's own, opens its inspector.
  const pids = [process.pid, program.child.pid ?? -1, corePid(shop)];
  expect(pids.map((pid) => catchesSignal(pid, constants.signals.SIGUSR1))).toEqual([true, false, false]);
  expect(await program.stop()).toBe(0);
  // The same environment does reach a runtime whose fuses are not blown.
  execFileSync(join(runtime.distPath, 'electron'), ['-e', ''], { env });
  expect(existsSync(witness)).toBe(true);
});

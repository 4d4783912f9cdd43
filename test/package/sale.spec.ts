// The packed till works: as the shop gets it, whatever the environment says, and through a whole sale in the test build.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { codeMaker } from '../../fixtures/codes.ts';
import { startDisplay } from '../../tools/lab/display.ts';
import { openShop, type Shop } from '../../tools/lab/shop.ts';
import { connectRpc } from '../../tools/rpc/client.ts';
import { barcode } from '../e2e/till.ts';
import { drive, openShift, signIn } from './drive.ts';
import { PACKING_ms, packBoth, runtime, sandbox, till } from './packed.ts';
import { listeningPorts, startProgram } from './program.ts';

const test = base.extend<{ shop: Shop; displayName: string }>({
  displayName: async ({}, use) => {
    const display = await startDisplay({ width: 1280, height: 800 });
    await use(display.name);
    await display.stop();
  },
  shop: async ({}, use) => {
    // Short: the control socket's path must fit into 107 bytes.
    const directory = mkdtempSync(join(tmpdir(), 'yima-'));
    const shop = await openShop({ directory });
    await use(shop);
    await shop.stop();
    rmSync(directory, { recursive: true, force: true });
  },
});

test.beforeAll(() => {
  test.setTimeout(PACKING_ms);
  packBoth();
});

test('a whole sale in the packed till, driven by the port of the test build', async ({ shop, displayName }) => {
  const { program, browser, page, port } = await drive(shop, displayName);
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

test('the till as a shop gets it starts, sells by its socket alone, and listens on no port', async ({
  shop,
  displayName,
}) => {
  const witness = join(shop.directory, 'witness');
  const script = join(shop.directory, 'witness.cjs');
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(witness)}, '');`);
  const hostile = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script} --inspect=0` };
  const env = { ...process.env, ...hostile, DISPLAY: displayName };
  const where = ['--config', shop.configFile, '--state', shop.stateDirectory];
  const program = startProgram(till.program, [...sandbox, '--kiosk', ...where], env);
  await program.says(/core ready/);
  await expect.poll(() => existsSync(shop.controlSocket), { timeout: 60_000 }).toBe(true);
  const rpc = await connectRpc(shop.controlSocket);
  await rpc.subscribe();
  await rpc.until('a snapshot', () => true);
  rpc.close();
  expect(listeningPorts(program.child.pid ?? -1)).toEqual([]);
  expect(existsSync(witness)).toBe(false);
  expect(await program.stop()).toBe(0);
  expect(await shop.acquirer.ledger()).toEqual([]);
  // The same environment does reach a runtime whose fuses are not blown.
  execFileSync(join(runtime.distPath, 'electron'), ['-e', ''], { env: { ...env, NODE_OPTIONS: `--require ${script}` } });
  expect(existsSync(witness)).toBe(true);
});

// A till that is told to end while it starts ends in order: its core too, and the state folder is free.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { startDisplay } from '../../tools/lab/display.ts';
import { electronRuntime } from '../../tools/lab/runtime.ts';
import { startCoreProcess } from '../../tools/lab/core-process.ts';
import { openShop } from '../../tools/lab/shop.ts';
import { startProgram } from '../package/program.ts';

const root = resolve(import.meta.dirname, '../..');

test('told to end as soon as its core holds the folder, it ends in order', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-'));
  const display = await startDisplay({ width: 1280, height: 800 });
  const shop = await openShop({ directory });
  const where = ['--config', shop.configFile, '--state', shop.stateDirectory, '--kiosk'];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const file = join(electronRuntime().distPath, 'electron');
  const holder = join(shop.stateDirectory, 'lock.holder');
  for (let round = 0; round < 3; round += 1) {
    const program = startProgram(file, [...sandbox, root, ...where], {
      ...process.env,
      DISPLAY: display.name,
    });
    await expect.poll(() => existsSync(holder), { intervals: [5] }).toBe(true);
    expect(await program.stop(), program.said()).toBe(0);
    rmSync(holder);
  }
  const core = await startCoreProcess(shop);
  await core.stop();
  await shop.stop();
  await display.stop();
  rmSync(directory, { recursive: true, force: true });
});

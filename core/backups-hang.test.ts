// The folder of the backups hangs, as a share whose server is gone does: the till starts and sells all the same.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectTo, openHostileShop } from '../test/hostile/till.ts';
import { type CoreProcess, startCoreProcess } from '../tools/lab/core-process.ts';
import type { Shop } from '../tools/lab/shop.ts';

/** So long the kiosk waits for a core to be ready; then it ends it, and starts the next one. */
const READY_LIMIT_ms = 60_000;

let shop: Shop;
let hanging: string;
let core: Promise<CoreProcess>;

beforeEach(async () => {
  shop = await openHostileShop();
  const folder = `${shop.stateDirectory}-backups`;
  mkdirSync(folder, { recursive: true });
  // Of an older program: whose it is stands in the file. Nobody writes into this one, so that whoever opens it waits for ever.
  hanging = join(folder, 'yima-e001-000000009-20261120T090000Z.db');
  execFileSync('mkfifo', [hanging]);
});
afterEach(async () => {
  // Whoever waits for it goes on.
  closeSync(openSync(hanging, constants.O_RDWR | constants.O_NONBLOCK));
  await core.then((one) => one.kill());
  await shop.stop();
});

it('a folder of backups that hangs keeps no till from its start', { timeout: READY_LIMIT_ms }, async () => {
  const { configFile, stateDirectory } = shop;
  core = startCoreProcess({ configFile, stateDirectory });
  await core;
  const rpc = await connectTo(shop, 'lin');
  await rpc.call('shift.open', { float_fen: 50_000 });
  await rpc.call('goods.enter', { barcode: '6901821000474' });
  const { sale } = await rpc.until('the goods', (told) => told.sale !== null);
  expect(sale).toMatchObject({ itemCount: 1 });
  rpc.close();
});

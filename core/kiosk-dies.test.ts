// The whole core when its kiosk dies: it ends in order, and the next one starts as after any other end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Snapshot } from '../contract/snapshot.ts';
import { openHostileShop } from '../test/hostile/till.ts';
import type { Shop } from '../tools/lab/shop.ts';

const DEADLINE_ms = 60_000;

let shop: Shop;
let core: ChildProcess;
/** What the core said to the page, oldest first. */
let heard: { id?: number; ok?: boolean; snapshot?: Snapshot }[] = [];
let log = '';
beforeEach(async () => {
  shop = await openHostileShop();
  const places = ['--config', shop.configFile, '--state', shop.stateDirectory];
  core = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...places, '--host', 'ipc'], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  heard = [];
  log = '';
  core.stderr?.on('data', (text) => (log += String(text)));
  core.on('message', (message: { frame?: string }) => {
    if (message.frame !== undefined) heard.push(JSON.parse(message.frame) as (typeof heard)[number]);
  });
  await once(core, 'message');
  core.send({ connection: 1, open: true });
});
afterEach(async () => {
  core.kill('SIGKILL');
  await shop.stop();
});

async function until(is: () => boolean): Promise<void> {
  while (!is()) await once(core, 'message');
}

let lastId = 0;
async function ask(command: string, params: unknown = {}): Promise<void> {
  const id = ++lastId;
  core.send({ connection: 1, frame: JSON.stringify({ id, command, params }) });
  await until(() => heard.some((one) => one.id === id));
  expect(heard.find((one) => one.id === id)).toMatchObject({ ok: true });
}

const shows = (is: (snapshot: Snapshot) => boolean) =>
  until(() => heard.some(({ snapshot }) => snapshot !== undefined && is(snapshot)));

it('with a receipt that waits for paper, it ends in order, and not as by a defect', {
  timeout: DEADLINE_ms,
}, async () => {
  await ask('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  await ask('snapshot.subscribe');
  await shows(({ routes, scanners }) => routes[0]?.state === 'online' && scanners[0]?.state === 'ready');
  await ask('shift.open', { float_fen: 50_000 });
  await ask('goods.enter', { barcode: '6901821000474' });
  await ask('sale.tender');
  await shop.paper.paperOut(3);
  await ask('tender.cash', { received_fen: 10_000 });
  // Its end is written when the core stops, and would be told to the kiosk.
  await shows(({ print, printers }) => print.state === 'printing' && printers[0]?.state === 'down');
  const ended = once(core, 'exit');
  core.disconnect();
  expect({ ended: await ended, log }).toMatchObject({ ended: [0, null] });
  expect(existsSync(join(shop.stateDirectory, 'ended-by-defect'))).toBe(false);
});

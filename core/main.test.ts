// The core as its own process: what ends it after its start comes to a refusal with a code, and a refusal always reaches its kiosk.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBackup } from '../db/backup.ts';
import { claimStateDirectory } from '../db/store.ts';
import { copyState, tamper } from '../fixtures/databases/tamper.ts';
import { openHostileShop, connectTo } from '../test/hostile/till.ts';
import { startCoreProcess } from '../tools/lab/core-process.ts';
import type { Shop } from '../tools/lab/shop.ts';

const DEADLINE_ms = 60_000;

/** What it says to its kiosk next; or that it is gone. */
const heard = (core: ChildProcess) =>
  Promise.race([
    once(core, 'message').then(([message]) => message as unknown),
    once(core, 'exit').then(([code]) => `ended with ${code}`),
  ]);

describe('damage that a start accepts', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openHostileShop();
  });
  afterEach(() => shop.stop());

  /** One article on the counter, and the core killed. */
  async function leaveSaleOnCounter(): Promise<void> {
    const core = await startCoreProcess(shop);
    const rpc = await connectTo(shop, 'lin');
    await rpc.call('shift.open', { float_fen: 50_000 });
    await rpc.call('goods.enter', { barcode: '6901821000474' });
    rpc.close();
    await core.kill();
  }

  it(
    'and the first drawing of the screen does not is E-DB-04 at the next one',
    async () => {
      await leaveSaleOnCounter();
      // One bit: SQLite finds it in order, and no record of an open payment tells of it.
      tamper(shop.stateDirectory, `UPDATE sale SET body = replace(body, '"lines"', '"linds"')`);
      const first = await startCoreProcess(shop);
      await expect(connectTo(shop)).rejects.toThrow('CLOSED');
      expect(await first.exited).toBe(70);
      const next = await startCoreProcess(shop);
      const rpc = await connectTo(shop);
      expect(rpc.snapshot().refusal).toMatchObject({
        code: 'E-DB-04',
        detail: expect.stringContaining('sale S001000001 differs'),
      });
      rpc.close();
      await next.stop();
    },
    DEADLINE_ms,
  );
});

it(
  'a state directory that was put back whole is E-DB-03 while its newest backup goes further',
  async () => {
    const shop = await openHostileShop();
    const { stateDirectory: state } = shop;
    const image = `${state}-image`;
    const runOnce = () => startCoreProcess(shop).then((core) => core.stop());
    await runOnce();
    copyState(state, image);
    await runOnce();
    const wanted = { state, directory: `${state}-backups`, keep: 3, at: new Date().toISOString() };
    expect(makeBackup(wanted)).toMatchObject({ ok: true });
    rmSync(state, { recursive: true });
    cpSync(image, state, { recursive: true });
    const core = await startCoreProcess(shop);
    const rpc = await connectTo(shop);
    expect(rpc.snapshot().refusal).toMatchObject({
      code: 'E-DB-03',
      detail: expect.stringContaining('an older copy was put back'),
    });
    rpc.close();
    await core.stop();
    await shop.stop();
  },
  DEADLINE_ms,
);

describe('a core that refuses where no control socket can be made', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yima-main-'));
    // Stands for a disk that takes nothing and for a directory of another owner, which bind no test that runs as root.
    mkdirSync(join(directory, 'control.sock', 'in the way'), { recursive: true });
    writeFileSync(join(directory, 'config.json'), '{}');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function startRefusing(...host: string[]): ChildProcess {
    const file = join(import.meta.dirname, 'main.ts');
    const places = ['--config', join(directory, 'config.json'), '--state', directory];
    return spawn(process.execPath, [file, ...places, ...host], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
  }

  it('says so to the kiosk that started it', { timeout: DEADLINE_ms }, async () => {
    const core = startRefusing('--host', 'ipc');
    let log = '';
    core.stderr?.on('data', (text) => (log += String(text)));
    try {
      expect(await heard(core)).toMatchObject({ ready: true });
      core.send({ connection: 1, open: true });
      core.send({ connection: 1, frame: JSON.stringify({ id: 1, command: 'snapshot.get' }) });
      const { frame } = (await heard(core)) as { frame: string };
      expect(JSON.parse(frame)).toMatchObject({ ok: true, result: { refusal: { code: 'E-CFG-01' } } });
      expect(log).toMatch(/core: no control socket: .*control\.sock/);
    } finally {
      core.kill('SIGKILL');
    }
  });

  it('ends where nobody could hear it', { timeout: DEADLINE_ms }, async () => {
    expect(await once(startRefusing(), 'exit')).toEqual([70, null]);
  });
});

describe('a core that finds another one at work', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yima-main-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('refuses, and ends in order when that one has ended', { timeout: DEADLINE_ms }, async () => {
    const held = claimStateDirectory(directory);
    const file = join(import.meta.dirname, 'main.ts');
    const places = ['--config', join(directory, 'config.json'), '--state', directory];
    const core = spawn(process.execPath, [file, ...places, '--host', 'ipc'], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    let log = '';
    core.stderr?.on('data', (text) => (log += String(text)));
    try {
      const ended = once(core, 'exit');
      expect(await once(core, 'message')).toMatchObject([{ ready: true }, undefined]);
      expect(log).toMatch(/refuses to sell: E-DB-05/);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect(core.exitCode).toBeNull();
      held.release();
      expect(await ended).toEqual([0, null]);
    } finally {
      core.kill('SIGKILL');
    }
  });
});

describe('a core whose words nobody takes any more (the log’s reader has died)', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yima-main-'));
    writeFileSync(join(directory, 'config.json'), '{}');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('serves its kiosk all the same', { timeout: DEADLINE_ms }, async () => {
    const places = ['--config', join(directory, 'config.json'), '--state', directory, '--host', 'ipc'];
    const core = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...places], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    core.stderr?.destroy();
    try {
      expect(await heard(core)).toMatchObject({ ready: true });
      // Its last word is said behind that.
      await new Promise((resolve) => setTimeout(resolve, 500));
      core.send({ beat: 1 });
      expect(await heard(core)).toEqual({ beat: 1 });
    } finally {
      core.kill('SIGKILL');
    }
  });
});

// A real core under a kiosk's host, whose wall clock is set while it runs: it ends in order when nobody is served, and the next run has the date.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReportFound } from '../contract/snapshot.ts';
import { shanghaiDate } from './domain/time.ts';
import { connectTo, openHostileShop } from '../test/hostile/till.ts';
import type { Shop } from '../tools/lab/shop.ts';

const DEADLINE_ms = 90_000;
/** A flat battery: seven years behind. */
const FLAT_ms = -7 * 365 * 24 * 3_600_000;

/** Shorter than a sign-in lasts by its token. */
const NIGHT_ms = 10 * 3_600_000;

const pause = (time_ms: number) => new Promise((resolve) => setTimeout(resolve, time_ms));

let shop: Shop;
let cores: ChildProcess[] = [];

beforeEach(async () => {
  shop = await openHostileShop();
});
afterEach(async () => {
  for (const core of cores) core.kill('SIGKILL');
  cores = [];
  await shop.stop();
});

type SignInAnswer = { ok: boolean; result?: { token: string }; error?: { code: string } };

async function startHosted(off_ms: number | 'flatUntilOpening', ...host: string[]) {
  const file = join(import.meta.dirname, 'main.ts');
  const clock = join(import.meta.dirname, '../test/core/stepping-clock.ts');
  const places = ['--config', shop.configFile, '--state', shop.stateDirectory];
  const set =
    off_ms === 'flatUntilOpening'
      ? { CLOCK_OFF_ms: String(FLAT_ms), CLOCK_SET_EARLY: '1' }
      : { CLOCK_OFF_ms: String(off_ms) };
  const core = spawn(process.execPath, ['--import', clock, file, ...places, ...host], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, ...set },
  });
  cores.push(core);
  const ended = once(core, 'exit');
  let log = '';
  await new Promise<void>((resolve) => {
    core.stderr?.on('data', (text) => {
      log += String(text);
      if (log.includes('core ready')) resolve();
    });
  });
  /** At the till's own screen: who signs in there sells. */
  const signIn = async (params: { operatorId: string; pin: string | undefined } | { token: string }) => {
    const answered = new Promise<SignInAnswer>((resolve) => {
      core.on('message', (message) => {
        if (typeof message === 'object' && message !== null && 'frame' in message)
          resolve(JSON.parse(String(message.frame)) as SignInAnswer);
      });
    });
    core.send({ connection: 1, open: true, screen: 'counter' });
    core.send({ connection: 1, frame: JSON.stringify({ id: 1, command: 'operator.signIn', params }) });
    return answered;
  };
  return {
    core,
    ended,
    log: () => log,
    signIn,
    signInByPin: (operatorId: string) => signIn({ operatorId, pin: shop.pins[operatorId] }),
    setClock: (to_ms: number) => core.send({ clockOff_ms: to_ms }),
  };
}

it('set just after the start, it is a new run at once, and not a crash', {
  timeout: DEADLINE_ms,
}, async () => {
  const first = await startHosted(FLAT_ms, '--host', 'ipc');
  first.setClock(0);
  expect(await first.ended).toEqual([0, null]);
  expect(first.log()).toContain('the wall clock was set');
  const next = await startHosted(0, '--host', 'ipc');
  const rpc = await connectTo(shop, 'lin');
  expect(rpc.snapshot().clockSetBy_ms).toBeUndefined();
  // Whatever it was told before: the next run is not ended by it.
  await pause(3000);
  expect(next.core.exitCode).toBeNull();
  rpc.close();
});

it('set while the core opens its journal, it is noticed as well', { timeout: DEADLINE_ms }, async () => {
  const first = await startHosted('flatUntilOpening', '--host', 'ipc');
  const goesOn = pause(10_000).then(() => 'goes on');
  expect(await Promise.race([first.ended, goesOn])).toEqual([0, null]);
  expect(first.log()).toContain('the wall clock was set');
});

it('with goods on the counter it says so and waits; what comes then has the day that it is', {
  timeout: DEADLINE_ms,
}, async () => {
  const first = await startHosted(FLAT_ms, '--host', 'ipc');
  await first.signInByPin('lin');
  let rpc = await connectTo(shop, 'lin');
  await rpc.call('shift.open', { float_fen: 50_000 });
  await rpc.until('the drawer', ({ drawer }) => drawer !== 'opening');
  await rpc.call('goods.enter', { barcode: '6901821000474' });
  first.setClock(0);
  const told = await rpc.until('the clock', ({ clockSetBy_ms }) => clockSetBy_ms !== undefined);
  expect(Math.abs((told.clockSetBy_ms ?? 0) + FLAT_ms)).toBeLessThan(60_000);
  await pause(3000);
  expect(first.core.exitCode).toBeNull();
  // It may have been a night asleep as well: whoever is at the counter says who that is.
  expect(rpc.snapshot()).toMatchObject({ isLocked: true, sale: { itemCount: 1 } });
  await first.signInByPin('lin');
  await rpc.call('sale.cancel');
  expect(await first.ended).toEqual([0, null]);
  rpc.close();

  await startHosted(0, '--host', 'ipc');
  rpc = await connectTo(shop, 'chen');
  await rpc.call('day.close', { zNumber: rpc.snapshot().counts.zNumber });
  await rpc.call('goods.enter', { barcode: '6901821000474' });
  await rpc.call('sale.tender');
  await rpc.call('tender.cash', { received_fen: 100_000 });
  const { report } = (await rpc.call('report.x', {})) as ReportFound;
  expect([report.businessDate, shanghaiDate(report.takenAt_ms)]).toEqual([today(), today()]);
  rpc.close();
});

it('after a night asleep the next run is locked, and nobody has the rights of whoever was there in the evening', {
  timeout: DEADLINE_ms,
}, async () => {
  const evening = await startHosted(-NIGHT_ms, '--host', 'ipc');
  const token = (await evening.signInByPin('chen')).result?.token ?? '';
  // Without a step the token is what keeps the screen signed in over a restart.
  expect(await evening.signIn({ token })).toMatchObject({ ok: true });
  evening.setClock(0);
  expect(await evening.ended).toEqual([0, null]);
  const morning = await startHosted(0, '--host', 'ipc');
  expect(await morning.signIn({ token })).toMatchObject({ ok: false, error: { code: 'E-AUTH-01' } });
  const rpc = await connectTo(shop, 'lin');
  expect(rpc.snapshot()).toMatchObject({ isLocked: true });
  rpc.close();
});

it('without a kiosk, which would start it again, it goes on and says so', {
  timeout: DEADLINE_ms,
}, async () => {
  const alone = await startHosted(0);
  const rpc = await connectTo(shop, 'lin');
  alone.setClock(FLAT_ms);
  await rpc.until('the clock', ({ clockSetBy_ms }) => clockSetBy_ms !== undefined);
  await pause(3000);
  expect(alone.core.exitCode).toBeNull();
  rpc.close();
});

function today(): string {
  return shanghaiDate(Date.now());
}

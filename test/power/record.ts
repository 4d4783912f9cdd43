// Plays a day on the real core under the write log: a day at the counter, an orderly end, a second core whose power switch is
// used as an off button, and a third. The log of all three is one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { codeMaker } from '../../fixtures/codes.ts';
import { compileWriteLog } from '../../fixtures/disk/compile.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { firstBarcode, openQuickShop } from '../crash/quick-shop.ts';
import type { Stage } from '../crash/stage.ts';
import { openCounter } from '../crash/stage.ts';
import { sell, tradingDayScenario } from '../crash/trading-day.ts';
import { type Entry, readLog } from './log.ts';

const coreFile = fileURLToPath(new URL('../../core/main.ts', import.meta.url));
const notesPreload = fileURLToPath(new URL('./notes.ts', import.meta.url));

export type Recording = {
  entries: Entry[];
  /** The directory that both of the next lie in, and that stays. */
  base: string;
  state: string;
  keys: string;
  printerPort: number;
};

export type LoggedCore = {
  child: ChildProcess;
  /** True when it serves its socket, false when it ended before. */
  ready: Promise<boolean>;
  exited: Promise<number | string>;
  log(): string;
};

export type LoggedTarget = {
  configFile: string;
  base: string;
  state: string;
  /** Modules that change the product before it runs: planted mistakes. */
  planted?: readonly string[];
  /** Killed before so manieth change of the disk. */
  stopAt?: number;
};

export const logOf = (base: string): string => join(base, 'disk.log');

export function startLoggedCore({ configFile, base, state, planted = [], stopAt }: LoggedTarget): LoggedCore {
  const preloads = [notesPreload, ...planted].flatMap((file) => ['--import', file]);
  const child = spawn(process.execPath, [...preloads, coreFile, '--config', configFile, '--state', state], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      LD_PRELOAD: compileWriteLog(),
      DISK_LOG: logOf(base),
      DISK_LOG_WATCH: `${state}:${state}-keys`,
      DISK_LOG_NOTES: join(base, 'notes'),
      ...(stopAt === undefined ? {} : { DISK_LOG_STOP: String(stopAt) }),
    },
  });
  const lines: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]) => (code as number | null) ?? (signal as string));
  const served = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('core ready')) resolve(true);
    });
  });
  return {
    child,
    exited,
    ready: Promise.race([served, exited.then(() => false)]),
    log: () => lines.join('\n'),
  };
}

async function play(
  target: LoggedTarget,
  end: NodeJS.Signals,
  act: (rpc: RpcClient) => Promise<void>,
): Promise<void> {
  const core = startLoggedCore(target);
  if (!(await core.ready)) throw new Error(`the core ended before it was ready:\n${core.log()}`);
  const rpc = await connectRpc(join(target.state, 'control.sock'));
  try {
    await rpc.subscribe();
    await act(rpc);
  } finally {
    rpc.close();
    core.child.kill(end);
    await core.exited;
  }
}

async function oneMore(stage: Stage, barcode: string): Promise<void> {
  const { rpc, shop } = stage;
  await rpc.until('scanner', ({ scanners }) => scanners[0]?.state === 'ready');
  await rpc.call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
  await sell(stage, barcode);
}

async function playAll(shop: Shop, target: LoggedTarget, isShort: boolean): Promise<void> {
  const barcode = firstBarcode(shop.configFile);
  const codes = codeMaker();
  const stageOf = (rpc: RpcClient): Stage => ({ shop, rpc, codes, asked: { dayCloses: 0 } });
  const short = async (stage: Stage) => {
    await openCounter(stage);
    await sell(stage, barcode);
  };
  const day = isShort ? short : tradingDayScenario(barcode).act;
  await play(target, 'SIGTERM', (rpc) => day(stageOf(rpc)));
  await play(target, 'SIGKILL', (rpc) => oneMore(stageOf(rpc), barcode));
  if (!isShort) await play(target, 'SIGTERM', (rpc) => oneMore(stageOf(rpc), barcode));
}

/** `isShort`: one sale, and one after a restart. */
export async function record(
  directory: string,
  { planted = [], isShort = false }: { planted?: readonly string[]; isShort?: boolean } = {},
): Promise<Recording> {
  const shop = await openQuickShop(join(directory, 'shop'));
  try {
    const base = join(directory, 'till');
    mkdirSync(base, { mode: 0o700 });
    const state = join(base, 's');
    await playAll(shop, { configFile: shop.configFile, base, state, planted }, isShort);
    const entries = readLog(logOf(base));
    return { entries, base, state, keys: `${state}-keys`, printerPort: shop.printer.port };
  } finally {
    await shop.stop();
  }
}

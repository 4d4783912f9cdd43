// Plays a day on the real core under the write log: a day at the counter, an orderly end, a second core whose power switch is
// used as an off button, and a third. The log of all three is one.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeMaker } from '../../fixtures/codes.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { firstBarcode, openQuickShop } from '../crash/quick-shop.ts';
import type { Stage } from '../crash/stage.ts';
import { openCounter } from '../crash/stage.ts';
import { sell, tradingDayScenario } from '../crash/trading-day.ts';
import type { Files } from './disk-view.ts';
import { type Entry, readLog } from './log.ts';
import { type LoggedTarget, startLoggedCore } from './logged-core.ts';
import type { Mistake } from './mistakes.ts';

export type Recording = {
  entries: Entry[];
  /** The directory that both of the next lie in, and that stays. */
  base: string;
  state: string;
  keys: string;
  printerPort: number;
  /** What lay there, safe, before the log began. */
  before?: Files;
  /** The journal's head that was known before the log began. */
  told?: { sequence: number; shortHash: string };
};

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

async function oneSale(stage: Stage, barcode: string): Promise<void> {
  await openCounter(stage);
  await sell(stage, barcode);
}

/** So many sales after the day fill the WAL to the size at which it is carried into the database and begun anew. */
const SALES_to_checkpoint = 24;

async function playAll(shop: Shop, target: LoggedTarget, length: Length): Promise<void> {
  const barcode = firstBarcode(shop.configFile);
  const codes = codeMaker();
  const stageOf = (rpc: RpcClient): Stage => ({ shop, rpc, codes, asked: { dayCloses: 0 } });
  if (length !== 'day') {
    await play(target, 'SIGTERM', (rpc) => oneSale(stageOf(rpc), barcode));
    if (length === 'restart') await play(target, 'SIGKILL', (rpc) => oneMore(stageOf(rpc), barcode));
    return;
  }
  await play(target, 'SIGTERM', async (rpc) => {
    await tradingDayScenario(barcode).act(stageOf(rpc));
    for (let sale = 0; sale < SALES_to_checkpoint; sale += 1) await sell(stageOf(rpc), barcode);
  });
  await play(target, 'SIGKILL', (rpc) => oneMore(stageOf(rpc), barcode));
  return play(target, 'SIGTERM', (rpc) => oneMore(stageOf(rpc), barcode));
}

/** One sale; one more after a restart; the whole day with two restarts. */
type Length = 'sale' | 'restart' | 'day';

type RecordOptions = { planted?: Mistake | undefined; length?: Length };

/** What a replay needs stays in the directory. */
export async function record(
  directory: string,
  { planted, length = 'day' }: RecordOptions = {},
): Promise<Recording> {
  const shop = await openQuickShop(join(directory, 'shop'));
  try {
    const base = join(directory, 'till');
    mkdirSync(base, { mode: 0o700 });
    const state = join(base, 's');
    const log = join(directory, 'disk.log');
    await playAll(shop, { configFile: shop.configFile, state, log, planted }, length);
    const place = { base, state, keys: `${state}-keys`, printerPort: shop.printer.port };
    writeFileSync(join(directory, 'recording.json'), JSON.stringify(place));
    return { ...place, entries: readLog(log) };
  } finally {
    await shop.stop();
  }
}

/** What `record` left in this directory. */
export function readRecording(directory: string): Recording {
  const place = JSON.parse(readFileSync(join(directory, 'recording.json'), 'utf8')) as Omit<
    Recording,
    'entries'
  >;
  return { ...place, entries: readLog(join(directory, 'disk.log')) };
}

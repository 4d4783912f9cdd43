// One trial: a fresh till sells through a broken network; then everything is let come to its end, and till, screen and
// acquirer's ledger are compared.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../contract/snapshot.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { type CodeMaker, codeMaker, generator } from '../../fixtures/codes.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import { type ConfigurationInput, labPins } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { openOutboxRows, readBooks } from '../crash/books.ts';
import { judge } from '../crash/judge.ts';
import { isOnline } from '../crash/stage.ts';
import { act, heal, SETTLE_DEADLINE_ms, type Trial } from './act.ts';
import type { Case } from './cases.ts';
import { trustedStrangers } from './faults.ts';
import { type IsolatedShop, type OfflineMode, offlineModes } from './isolated-shop.ts';
import { type Screen, watchScreen } from './screen.ts';
import { finishParked } from './script.ts';

const ARRIVAL_DEADLINE_ms = 40_000;

export type Outcome = {
  problems: string[];
  /** The fault happened: an armed one may wait in vain. */
  isReached: boolean;
  /** From the fault to the screen that calls the line down, and to the one that names the layer. */
  offlineAfter_ms: number | null;
  namedAfter_ms: number | null;
  /** From the end of the fault to the screen that says online. */
  backAfter_ms: number | null;
  payments: number;
  giveBacks: number;
  /** Payments that arrived when a reversal had closed their number. */
  tooLate: number;
  snapshots: number;
  states: ReadonlySet<string>;
};

/** Every payment and give-back has its proof, nothing waits to be sent or printed, and the line is up. */
function isSettled(snapshot: Snapshot): boolean {
  const { sale, resolving, giveBacks, exposure, print } = snapshot;
  const money = [...(sale?.payments ?? []), ...resolving, ...giveBacks];
  const isPrinting = print.state === 'printing' || print.state === 'failed';
  return isOnline(snapshot) && exposure.count === 0 && !isPrinting && money.every((one) => !one.unproven);
}

async function settle({ stage }: Trial, stateDirectory: string): Promise<void> {
  const settled = (): Promise<Snapshot> =>
    stage.rpc.until(
      'everything proven and printed',
      (snapshot) => isSettled(snapshot) && openOutboxRows(stateDirectory) === 0,
      SETTLE_DEADLINE_ms,
    );
  await settled();
  await finishParked(stage);
  await settled();
}

/** A payment whose request got stuck is reversed by now: what the kernel still sends of it arrives, and must change nothing. */
async function arrivals({ stage }: Trial, stateDirectory: string): Promise<void> {
  const { acquirer } = stage.shop;
  for (const { orderNumber, state } of readBooks(stateDirectory).attempts) {
    if (state !== 'reversed') continue;
    const arrival = { path: 'pay', merchantOrderId: orderNumber };
    // One that never comes is no promise broken: a kernel gives up in the end. `tooLate` counts those that came.
    await Promise.allSettled([acquirer.waitFor('answer', arrival, { deadline_ms: ARRIVAL_DEADLINE_ms })]);
  }
}

/** The calm weather that every trial begins in, and what an echo weighs in it. */
async function prepare(place: IsolatedShop): Promise<void> {
  const { shop, wire } = place;
  await wire.calm();
  await shop.acquirer.faults.clear();
  await shop.paper.tear();
  await wire.forget();
}

function notedCodes(seed: number): { codes: CodeMaker; used: string[] } {
  const used: string[] = [];
  const made = codeMaker(seed);
  const noted = (make: () => string) => (): string => {
    const code = make();
    used.push(code);
    return code;
  };
  return { codes: { ...made, wechat: noted(made.wechat), alipay: noted(made.alipay) }, used };
}

function countTooLate({ shop }: IsolatedShop, orders: ReadonlySet<string>): number {
  return shop.acquirer.events.filter(
    ({ event, path, errCode, merchantOrderId }) =>
      event === 'answer' &&
      path === 'pay' &&
      errCode === 'ORDER_CLOSED' &&
      orders.has(String(merchantOrderId)),
  ).length;
}

type Before = { orders: ReadonlySet<string>; papers: number; pulses: number; given: number; sprung: number };

async function shopNow({ shop, wire, givenToStranger }: IsolatedShop): Promise<Before> {
  return {
    orders: new Set(readLedger(shop.gateway.ledgerFile).map(({ merchantOrderId }) => merchantOrderId)),
    papers: (await shop.paper.jobs()).length,
    pulses: await shop.paper.drawerPulses(),
    given: givenToStranger(),
    sprung: wire.sprung,
  };
}

/** The core has ended: its files, the papers, the drawer and the ledger are compared. */
async function compare(
  { place, one }: Trial,
  stateDirectory: string,
  used: string[],
  before: Before,
): Promise<string[]> {
  const { shop } = place;
  const isNew = ({ merchantOrderId }: { merchantOrderId: string }) => !before.orders.has(merchantOrderId);
  const problems = judge({
    stateDirectory,
    acknowledged: null,
    codes: used,
    ledger: readLedger(shop.gateway.ledgerFile).filter(isNew),
    refunds: readRefunds(shop.gateway.ledgerFile).filter(isNew),
    papers: (await shop.paper.jobs()).slice(before.papers).map(({ text }) => text),
    pulses: (await shop.paper.drawerPulses()) - before.pulses,
    dayClosesAsked: 0,
  });
  const given = place.givenToStranger() - before.given;
  const isTrusted = trustedStrangers.has(one.fault.name);
  if (given > 0 && !isTrusted) problems.push(`a stranger was given ${given} requests`);
  return problems;
}

function firstBarcode(configFile: string): string {
  const { catalogueFile } = JSON.parse(readFileSync(configFile, 'utf8')) as ConfigurationInput;
  return readFileSync(catalogueFile, 'utf8').split('\n')[1]?.split(',')[0] ?? '';
}

/** How long until the line was called down, and until the layer was named. */
function delays(screen: Screen, moments: { began_ms: number | null; calmed_ms: number | null }) {
  const after = (from_ms: number | null, is: (seen: Screen['route'][number]) => boolean): number | null => {
    if (from_ms === null) return null;
    const seen = screen.route.find((one) => one.at_ms >= from_ms && is(one));
    return seen === undefined ? null : Math.round(seen.at_ms - from_ms);
  };
  return {
    offlineAfter_ms: after(moments.began_ms, ({ state }) => state === 'offline'),
    namedAfter_ms: after(moments.began_ms, ({ state, layer }) => state === 'offline' && layer !== null),
    backAfter_ms: after(moments.calmed_ms, ({ state }) => state === 'online'),
  };
}

type Run = { place: IsolatedShop; one: Case; seed: number; stateDirectory: string; plant?: string };

const plantFile = new URL('planted.ts', import.meta.url).pathname;

/** Half of the tills queue what they cannot send, the others refuse or hold it: by the seed. */
function modeOf({ one, seed }: Run): OfflineMode {
  if (one.subject === 'forward') return 'queue';
  return offlineModes[[0, 1, 0, 2][Math.abs(seed) % 4] ?? 0] ?? 'queue';
}

function startCore(run: Run): Promise<CoreProcess> {
  const { place, stateDirectory, plant } = run;
  return startCoreProcess({
    configFile: place.configFile(modeOf(run)),
    stateDirectory,
    within: place.wire.within('till'),
    ...(plant !== undefined && { env: { NODE_OPTIONS: `--import=${plantFile}`, YIMA_PLANT: plant } }),
  });
}

async function play(run: Run, trial: Trial, screen: Screen): Promise<void> {
  const { rpc } = trial.stage;
  await rpc.until('online', isOnline);
  const { heaviest } = await run.place.wire.counts();
  Object.assign(run.place.echo, heaviest);
  try {
    await act(trial);
  } finally {
    // Also after a script that failed: the next trial begins in calm weather.
    await heal(trial);
  }
  await settle(trial, run.stateDirectory);
  if (run.one.fault.name === 'requestStuck') await arrivals(trial, run.stateDirectory);
  trial.problems.push(...screen.problems);
}

/** Never rejects for what the till does: that is a problem found. `plant` names a bug of planted.ts. */
export async function runTrial(run: Run): Promise<Outcome> {
  const { place, one, seed, stateDirectory } = run;
  await prepare(place);
  const before = await shopNow(place);
  const { codes, used } = notedCodes(seed);
  const core = await startCore(run);
  const controlSocket = join(stateDirectory, 'control.sock');
  const signIn = { operatorId: 'wu', pin: labPins.wu };
  const screen = await watchScreen({ controlSocket, ledgerFile: place.shop.gateway.ledgerFile, signIn });
  const rpc: RpcClient = await connectRpc(controlSocket);
  const trial: Trial = {
    place,
    one,
    stage: { shop: place.shop, rpc, codes, asked: { dayCloses: 0 } },
    barcode: firstBarcode(place.shop.configFile),
    chance: generator(seed),
    begun: Promise.withResolvers<number>(),
    calmed: Promise.withResolvers<number>(),
    late: [],
    problems: [],
  };
  const moments: Parameters<typeof delays>[1] = { began_ms: null, calmed_ms: null };
  void trial.begun.promise.then((at_ms) => (moments.began_ms = at_ms));
  void trial.calmed.promise.then((at_ms) => (moments.calmed_ms = at_ms));
  try {
    await rpc.subscribe();
    await play(run, trial, screen);
  } catch (error) {
    trial.problems.push(error instanceof Error ? error.message : String(error), ...screen.problems);
  } finally {
    rpc.close();
    screen.close();
    await core.stop();
  }
  trial.problems.push(...(await compare(trial, stateDirectory, used, before)));
  const { attempts, giveBacks } = readBooks(stateDirectory);
  if (trial.problems.length === 0) rmSync(stateDirectory, { recursive: true });
  return {
    problems: trial.problems,
    isReached: one.fault.isArmed !== true || place.wire.sprung > before.sprung,
    ...delays(screen, moments),
    payments: attempts.length,
    giveBacks: giveBacks.length,
    tooLate: countTooLate(place, new Set(attempts.map(({ orderNumber }) => orderNumber))),
    snapshots: screen.snapshots,
    states: screen.states,
  };
}

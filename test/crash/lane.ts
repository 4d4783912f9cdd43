// One shop in which crash points are tried one after the other, each on a fresh state directory.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../contract/snapshot.ts';
import { type CodeMaker, codeMaker } from '../../fixtures/codes.ts';
import { startCoreProcess } from '../../tools/lab/core-process.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { startLoggedCore } from '../power/logged-core.ts';
import { countChanges, leaveDisk, type PowerPoint } from '../power/leave-disk.ts';
import { openOutboxRows } from './books.ts';
import { type Evidence, judge } from './judge.ts';
import { type AcquirerBooks, type FamilyName, openFamily } from './family.ts';
import { type PhasedCall, phasesOf } from './phases.ts';
import type { Scenario, Stage } from './stage.ts';
import {
  countCalls,
  type CrashCall,
  type CrashPoint,
  EXIT_DEFECT,
  EXIT_USAGE,
  startTracedCore,
  type TracedCore,
} from './traced-core.ts';

/** Killed or failed by strace, or the power cut. */
export type TrialPoint = CrashPoint | PowerPoint;
type AnyCore = Pick<TracedCore, 'child' | 'ready' | 'exited' | 'log'>;

export type Outcome = {
  scenario: string;
  point: TrialPoint | null;
  /** How many of the asked crashes happened: a run can end before its point is reached. */
  crashes: number;
  /** The first point came: the core was killed there, or the call failed, whatever the core made of it. */
  isReached: boolean;
  /** In its own words, when the first core refused to sell. */
  refusal: string | null;
  problems: string[];
};

export type Lane = {
  scenarios: readonly Scenario[];
  /** Without a crash: how often the core makes each call. */
  count(scenario: Scenario): Promise<Record<CrashCall, number>>;
  /** The same of the disk's calls, one by one, with the phase of the core's life that each falls into. */
  phases(scenario: Scenario): Promise<PhasedCall[]>;
  /** How many changes of the disk there are before which the power can go. */
  changes(scenario: Scenario): Promise<number>;
  /** `again`: the recovering core is crashed there, too. Never rejects for what the core does: that is a problem found. */
  run(scenario: Scenario, point: TrialPoint | null, again?: CrashPoint): Promise<Outcome>;
  /** The state directories of failed trials stay on the disk. */
  stop(): Promise<void>;
};

/** Every payment has its proof and no receipt is under way; as a signed-in connection sees it. */
function isSettled({ sale, resolving, giveBacks, exposure, print }: Snapshot): boolean {
  const money = [...(sale?.payments ?? []), ...resolving, ...giveBacks];
  return (
    money.every((one) => !one.unproven) &&
    exposure.count === 0 &&
    print.state !== 'printing' &&
    print.state !== 'failed'
  );
}

type Trial = {
  shop: Shop;
  books: () => AcquirerBooks;
  stateDirectory: string;
  codes: CodeMaker;
  used: string[];
  asked: Stage['asked'];
  acknowledged: Head | null;
};
type Head = Snapshot['journal'];

/** Longer than any step takes where nothing fails; what fails for good need not be waited for to the end. */
const ENOUGH_ms = 15_000;

/**
 * Runs the script until it is through or the core is dead.
 * @param mayGoOn the disk fails under it: it may refuse, and what waits for it may wait in vain.
 */
async function actUntilDeath(
  trial: Trial,
  scenario: Scenario,
  core: AnyCore,
  mayGoOn = false,
): Promise<boolean> {
  if (!(await core.ready)) return true;
  let rpc: RpcClient | null = null;
  const script = async (): Promise<void> => {
    const connected = await connectRpc(join(trial.stateDirectory, 'control.sock'));
    rpc = connected;
    await connected.subscribe();
    if (connected.snapshot().refusal !== null) return;
    const until: RpcClient['until'] = (what, is, deadline_ms) =>
      connected.until(what, is, mayGoOn ? ENOUGH_ms : deadline_ms);
    await scenario.act({ ...trial, rpc: { ...connected, until } });
  };
  const acted = script().then(
    () => 'through' as const,
    (error: unknown) => error,
  );
  const died = core.exited.then(() => 'died' as const);
  const first = await Promise.race([acted, died]);
  // A connection that breaks is seen before the exit is: only an exit that never comes makes the script's error count.
  const isCutOff = first instanceof Error && /closed|ECONN|EPIPE/.test(first.message);
  // A core that lives on with a failing disk is ended by us: what was asked of it need not have come about.
  const end = isCutOff && !mayGoOn ? await died : first;
  trial.acknowledged = lastHead(rpc);
  (rpc as RpcClient | null)?.close();
  if (end instanceof Error && !mayGoOn) throw end;
  return end === 'died';
}

function lastHead(rpc: RpcClient | null): Head | null {
  try {
    return rpc?.snapshot().journal ?? null;
  } catch (error) {
    if (error instanceof Error && error.message === 'subscribe first') return null;
    throw error;
  }
}

/** Without tombstones a payment that never arrived is proven only when nothing of it can be on its way: two minutes and more. */
const SETTLED_ms = 240_000;

async function settle(trial: Trial, scenario: Scenario): Promise<void> {
  const rpc = await connectRpc(join(trial.stateDirectory, 'control.sock'));
  try {
    await rpc.call('operator.signIn', { operatorId: 'wu', pin: trial.shop.pins['wu'] });
    await rpc.subscribe();
    await scenario.release?.({ ...trial, rpc });
    // The commit that closes the last row of the outbox is told, too.
    await rpc.until(
      'everything is proven and printed',
      (snapshot) => isSettled(snapshot) && openOutboxRows(trial.stateDirectory) === 0,
      SETTLED_ms,
    );
  } finally {
    rpc.close();
  }
}

async function recover(trial: Trial, scenario: Scenario): Promise<void> {
  const core = await startCoreProcess(targetOf(trial));
  try {
    await settle(trial, scenario);
  } finally {
    await core.stop();
  }
}

/** The recovering core dies as well, or is through before it could. */
async function recoverAndDie(trial: Trial, scenario: Scenario, point: CrashPoint): Promise<boolean> {
  const core = startTracedCore({ ...targetOf(trial), point });
  if (!(await core.ready)) return endQuietly(core);
  // A settling that fails without a death is found by the recovery after this one.
  const settled = settle(trial, scenario).catch(String);
  await Promise.race([settled, core.exited]);
  return endQuietly(core);
}

function targetOf({ shop, stateDirectory }: Trial): { configFile: string; stateDirectory: string } {
  return { configFile: shop.configFile, stateDirectory };
}

/**
 * True when the point was reached, perhaps only now, in the orderly end: killed, or ended by itself at a failing disk.
 * @throws Error when it ended otherwise.
 */
async function endQuietly(core: AnyCore, point?: TrialPoint): Promise<boolean> {
  core.child.kill('SIGTERM');
  const exit = await core.exited;
  const isErring = point !== undefined && 'error' in point && point.error !== undefined;
  const asked: (number | string)[] = isErring ? [EXIT_DEFECT, EXIT_USAGE] : ['SIGKILL'];
  if (exit !== 0 && !asked.includes(exit))
    throw new Error(`the core ended by itself (${exit}):\n${core.log()}`);
  return exit !== 0 || (isErring && core.log().includes('core refuses to sell'));
}

function cutOf({ shop, stateDirectory }: Trial): { base: string; state: string; log: string } {
  return { base: shop.directory, state: stateDirectory, log: `${stateDirectory}.disk-log` };
}

const reportOf = ({ stateDirectory }: Trial): string => `${stateDirectory}.calls`;

/** By strace's own word. */
function hasFailed(trial: Trial): boolean {
  const report = reportOf(trial);
  return existsSync(report) && readFileSync(report, 'latin1').includes('(INJECTED)');
}

function startCore(trial: Trial, point: TrialPoint | undefined): AnyCore {
  if (point === undefined) return startTracedCore(targetOf(trial));
  if (!('cutAt' in point)) return startTracedCore({ ...targetOf(trial), point, report: reportOf(trial) });
  const { configFile } = trial.shop;
  return startLoggedCore({ configFile, ...cutOf(trial), stopAt: point.cutAt });
}

/** The whole trial: the script with its crash, the recovery, perhaps with a crash of its own, and the last recovery. */
async function attempt(
  trial: Trial,
  scenario: Scenario,
  point: TrialPoint | undefined,
  again: CrashPoint | undefined,
): Promise<Pick<Outcome, 'crashes' | 'isReached' | 'refusal'>> {
  const core = startCore(trial, point);
  let crashes = 0;
  try {
    await actUntilDeath(trial, scenario, core, point !== undefined && 'error' in point);
  } finally {
    if (await endQuietly(core, point)) crashes += 1;
  }
  const isReached = crashes > 0 || hasFailed(trial);
  rmSync(reportOf(trial), { force: true });
  if (point !== undefined && 'cutAt' in point) leaveDisk(cutOf(trial), point);
  if (again !== undefined && (await recoverAndDie(trial, scenario, again))) crashes += 1;
  await recover(trial, scenario);
  return { crashes, isReached, refusal: /core refuses to sell: (.*)/.exec(core.log())?.[1] ?? null };
}

type Before = { orders: ReadonlySet<string>; papers: number; pulses: number };

async function shopNow({ books, shop: { paper } }: Trial): Promise<Before> {
  const orders = new Set(books().orders.map((order) => order.merchantOrderId));
  return { orders, papers: (await paper.jobs()).length, pulses: await paper.drawerPulses() };
}

/** What happened in the shop since `before`. */
async function evidenceOf(trial: Trial, before: Before): Promise<Evidence> {
  const { shop, books, stateDirectory, acknowledged, used, asked } = trial;
  const isNew = ({ merchantOrderId }: { merchantOrderId: string }) => !before.orders.has(merchantOrderId);
  const { orders, refunds } = books();
  return {
    stateDirectory,
    acknowledged,
    codes: [...used],
    ledger: orders.filter(isNew),
    refunds: refunds.filter(isNew),
    papers: (await shop.paper.jobs()).slice(before.papers).map((job) => job.text),
    pulses: (await shop.paper.drawerPulses()) - before.pulses,
    dayClosesAsked: asked.dayCloses,
  };
}

/** Without a crash, everything it asks of the system written down. */
async function traceThrough(
  trial: Trial,
  scenario: Scenario,
  diskOnly: boolean,
): Promise<{ report: string; pid: number }> {
  const report = `${trial.stateDirectory}.calls`;
  const core = startTracedCore({ ...targetOf(trial), report, diskOnly });
  if (await actUntilDeath(trial, scenario, core)) throw new Error(`the core died:\n${core.log()}`);
  await endQuietly(core);
  return { report, pid: core.child.pid ?? -1 };
}

/** `family`: whose adapter the tills of this lane pay by. */
export async function openLane(family: FamilyName = 'gateway'): Promise<Lane> {
  const directory = mkdtempSync(join(tmpdir(), 'yc-'));
  const opened = await openFamily(family, directory);
  const { shop, scenarios, books } = opened;
  const used: string[] = [];
  const made = codeMaker();
  const noted = (make: () => string) => () => {
    const code = make();
    used.push(code);
    return code;
  };
  const codes: CodeMaker = {
    ...made,
    wechat: noted(made.wechat),
    alipay: noted(made.alipay),
    unionpay: noted(made.unionpay),
  };
  const kept: string[] = [];
  let trials = 0;

  async function begin(scenario: Scenario): Promise<Trial> {
    trials += 1;
    await opened.clear();
    await shop.paper.tear();
    used.length = 0;
    await scenario.arrange?.(shop);
    const asked = { dayCloses: 0 };
    const stateDirectory = join(directory, `s${trials}`);
    return { shop, books, stateDirectory, codes, used, asked, acknowledged: null };
  }

  return {
    scenarios,
    count: async (scenario) => {
      const { report, pid } = await traceThrough(await begin(scenario), scenario, false);
      return countCalls(report, pid);
    },
    phases: async (scenario) => {
      const { report, pid } = await traceThrough(await begin(scenario), scenario, true);
      return phasesOf(report, pid);
    },
    changes: async (scenario) => {
      const trial = await begin(scenario);
      const core = startLoggedCore({ configFile: shop.configFile, ...cutOf(trial) });
      if (await actUntilDeath(trial, scenario, core)) throw new Error(`the core died:\n${core.log()}`);
      await endQuietly(core);
      return countChanges(cutOf(trial).log);
    },
    run: async (scenario, point, again) => {
      const trial = await begin(scenario);
      const before = await shopNow(trial);
      const none = { crashes: 0, isReached: false, refusal: null, problems: [] };
      const outcome: Outcome = { scenario: scenario.name, point, ...none };
      try {
        Object.assign(outcome, await attempt(trial, scenario, point ?? undefined, again));
        outcome.problems = judge(await evidenceOf(trial, before));
      } catch (error) {
        outcome.problems = [error instanceof Error ? error.message : String(error)];
      }
      if (outcome.problems.length === 0) rmSync(trial.stateDirectory, { recursive: true });
      else kept.push(trial.stateDirectory);
      return outcome;
    },
    stop: async () => {
      await opened.stop();
      if (kept.length === 0) rmSync(directory, { recursive: true, force: true });
    },
  };
}

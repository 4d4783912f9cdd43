// A backup killed at each of its calls on the disk, and each of them failing: `--part backup`. The core's own sweeps know its
// main thread alone, and a backup is made beside it (db/backup-aside.ts).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_notMade } from './backup-exits.ts';
import { type BackupsBefore, before, judgeBackup } from './backup-judge.ts';
import {
  type BackupPlaces,
  backupScenarios,
  type BackupScenario,
  KEEP,
  makeBackupShop,
  placesIn,
  vitalBytes,
} from './backup-shop.ts';
import { textOfPoint } from './tasks.ts';
import { type CrashPoint, type DiskCall, diskCalls } from './traced-core.ts';

export type BackupOutcome = { reached: boolean; problems: string[] };

export type BackupLane = {
  /** Every call that changes or opens a file of till or backups, killed at, and failing in four ways. */
  points: CrashPoint[];
  /** What is synced when nothing fails, files and directories. */
  synced: string[];
  /** `planted`: with a mistake that must be found. */
  run(point: CrashPoint | null, planted?: boolean): Promise<BackupOutcome>;
  /** What was broken stays on the disk. */
  stop(): void;
  drop(): void;
};

const program = fileURLToPath(new URL('backup-once.ts', import.meta.url));
const AT = '2026-11-28T05:00:00.000Z';

type Ended = { exit: number | string; report: string };

function injected({ call, when, error, forGood }: CrashPoint): string[] {
  const what = error === undefined ? 'signal=KILL' : `error=${error}`;
  return ['-e', `inject=${call}:${what}:when=${when}${forGood === true ? '+' : ''}`];
}

/** `files`: below the root; only calls on them are seen, counted and harmed. Node opens modules of its own, sometimes one more. */
async function backUp(
  places: BackupPlaces,
  files: readonly string[],
  point: CrashPoint | null,
  planted = false,
): Promise<Ended> {
  const report = `${places.root}.calls`;
  const watched = files.flatMap((file) => ['-P', join(places.root, file)]);
  const tracing = ['-f', '-qq', '-y', '-o', report, ...watched, '-e', `trace=${diskCalls.join(',')}`];
  const asked = [places.state, places.backups, String(KEEP), AT, ...(planted ? ['--planted'] : [])];
  const command = [...tracing, ...(point ? injected(point) : []), process.execPath, program, ...asked];
  const child = spawn('strace', command, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { exit: code ?? signal ?? '', report: readFileSync(report, 'latin1') };
}

/** The files of till and backups that a backup touches, below the root. */
function filesIn(root: string, report: string): string[] {
  const names = report.matchAll(/["<](\/[^">]+)[">]/g);
  const inside = [...names].flatMap(([, path = '']) => (path.startsWith(`${root}/`) ? [path] : []));
  return [...new Set(inside.map((path) => relative(root, path)))];
}

/** All of one thread. strace counts its calls of a kind from 1. */
function callsIn(report: string): { call: DiskCall; when: number }[] {
  const counts = new Map<DiskCall, number>();
  return report.split('\n').flatMap((line) => {
    const [, name] = /^\d+ +(\w+)\(/.exec(line) ?? [];
    const call = diskCalls.find((one) => one === name);
    if (call === undefined) return [];
    const when = (counts.get(call) ?? 0) + 1;
    counts.set(call, when);
    return [{ call, when }];
  });
}

function pointsAt(at: { call: DiskCall; when: number }): CrashPoint[] {
  const failing = (['EIO', 'ENOSPC'] as const).flatMap((error) =>
    [false, true].map((forGood) => ({ ...at, error, forGood })),
  );
  return [at, ...failing];
}

function endingProblems({ exit }: Ended, point: CrashPoint | null): string[] {
  // A disk that fails is not a journal that is damaged, and nobody may be told so.
  const expected: (number | string)[] =
    point === null ? [0] : point.error === undefined ? ['SIGKILL'] : [0, EXIT_notMade];
  return expected.includes(exit) ? [] : [`the backup ended with ${exit}`];
}

function wasReached({ exit, report }: Ended, point: CrashPoint): boolean {
  return point.error === undefined ? exit === 'SIGKILL' : report.includes('(INJECTED)');
}

export async function openBackupLane(scenario: BackupScenario): Promise<BackupLane> {
  const directory = mkdtempSync(join(tmpdir(), 'yb-'));
  const template = join(directory, 'template');
  makeBackupShop(scenario, template);
  let trials = 0;
  let kept = 0;

  function fresh(): BackupPlaces {
    trials += 1;
    const places = placesIn(join(directory, `b${trials}`));
    cpSync(template, places.root, { recursive: true });
    return places;
  }

  function drop({ root }: BackupPlaces): void {
    for (const path of [root, `${root}.calls`]) rmSync(path, { recursive: true, force: true });
  }

  const looked = fresh();
  const told: BackupsBefore = { ...before(looked), bytes: vitalBytes(placesIn(template)) };
  drop(looked);

  const [all, own] = [fresh(), fresh()];
  const { report } = await backUp(all, [], null);
  const files = filesIn(all.root, report);
  const synced = [...report.matchAll(/ fsync\(\d+<([^>]*)>\) += 0$/gm)].map(([, path = '']) =>
    relative(all.root, path),
  );
  const points = callsIn((await backUp(own, files, null)).report).flatMap(pointsAt);
  drop(all);
  drop(own);

  return {
    points,
    synced,
    run: async (point, planted = false) => {
      const places = fresh();
      const ended = await backUp(places, files, point, planted);
      const problems = endingProblems(ended, point);
      try {
        problems.push(...judgeBackup(places, told));
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
      if (problems.length === 0) drop(places);
      else kept += 1;
      return { reached: point !== null && wasReached(ended, point), problems };
    },
    stop: () => {
      if (kept === 0) rmSync(directory, { recursive: true });
    },
    drop: () => rmSync(directory, { recursive: true }),
  };
}

export type BackupPlan = {
  seed: number;
  /** Of a scenario's points every so manieth, from a place that the seed says. */
  every: number;
  scenario: string | undefined;
  /** That one alone. */
  point: CrashPoint | undefined;
  say(line: string): void;
};

async function sweepScenario(scenario: BackupScenario, plan: BackupPlan): Promise<[number, number, number]> {
  const lane = await openBackupLane(scenario);
  const from = plan.seed % plan.every;
  const drawn = lane.points.filter((_, at) => at % plan.every === from);
  const points = plan.point === undefined ? drawn : [plan.point];
  let [reached, broken] = [0, 0];
  for (const point of points) {
    const outcome = await lane.run(point);
    if (outcome.reached) reached += 1;
    if (outcome.problems.length === 0) continue;
    broken += 1;
    plan.say(`BROKEN ${scenario} ${textOfPoint(point)}\n  ${outcome.problems.join('\n  ')}`);
    plan.say(
      `  again: node test/crash/main.ts --part backup --scenario ${scenario} --point ${textOfPoint(point)}`,
    );
  }
  lane.stop();
  plan.say(`${scenario}: ${points.length} points, ${reached} reached, ${broken} broken promises`);
  return [points.length, reached, broken];
}

/** True when nothing was broken and every point was reached. */
export async function sweepBackups(plan: BackupPlan): Promise<boolean> {
  const started_ms = performance.now();
  const sum = [0, 0, 0];
  for (const scenario of backupScenarios.filter((one) => one === (plan.scenario ?? one))) {
    const counts = await sweepScenario(scenario, plan);
    for (const [at, count] of counts.entries()) sum[at] = (sum[at] ?? 0) + count;
  }
  const [points = 0, reached = 0, broken = 0] = sum;
  const ok = broken === 0 && points > 0 && reached === points;
  const took_s = Math.round((performance.now() - started_ms) / 1000);
  plan.say(
    `BACKUP ${ok ? 'OK' : 'FAILED'}: seed ${plan.seed}, ${points} points, ${reached} reached, ${broken} broken promises, ${took_s} s`,
  );
  return ok;
}

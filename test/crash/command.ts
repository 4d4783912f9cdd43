// The command behind `npm run test:crash`: kills, disk errors, power cuts, migrations and backups, one after the other or one of them.
import { parseArgs } from 'node:util';
import { isMistake } from '../power/mistakes.ts';
import { sweepMigrations } from '../power/migrations.ts';
import { seedOfCommit } from '../commit-seed.ts';
import { sweepPower } from '../power/sweep.ts';
import { sweepBackups } from './backup-sweep.ts';
import { familyNames } from './family.ts';
import type { Lane } from './lane.ts';
import { runTasks } from './run-tasks.ts';
import { crashPointOf, type Plan, planCuts, planErrors, planKills, type Task, taskOf } from './tasks.ts';

const USAGE = `node test/crash/main.ts [--part kill|error|power|migrate|backup] [--every N] [--seed N] [--lanes 1] [--family gateway|wechat|alipay|unionpay]
  [--scenario NAME] [--call NAME] [--double] | --scenario NAME --point POINT
  --part power: [--planted MISTAKE] | --recording DIR --moment N
  --part backup: [--scenario first|third] [--point POINT]`;

const parts = ['kill', 'error', 'power', 'migrate', 'backup'] as const;
type Part = (typeof parts)[number];

/** Of the points of one kind, every so manieth, unless `--every` says otherwise: there are thousands of kills, hundreds of errors. */
const USUAL_every: Record<Part, number> = { kill: 20, error: 4, power: 20, migrate: 20, backup: 1 };

const options = {
  part: { type: 'string' },
  every: { type: 'string' },
  seed: { type: 'string' },
  lanes: { type: 'string', default: '1' },
  family: { type: 'string', default: 'gateway' },
  scenario: { type: 'string' },
  call: { type: 'string' },
  double: { type: 'boolean', default: false },
  point: { type: 'string' },
  planted: { type: 'string' },
  recording: { type: 'string' },
  moment: { type: 'string' },
} as const;

/** A recording costs nothing to look at more closely: so many times as densely as the trials. */
const IMAGES_denser = 10;

const MOST_missed = 0.05;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} ${text} is not a whole number\n${USAGE}`);
  return value;
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options });
  const { part, planted } = values;
  if (part !== undefined && !parts.some((one) => one === part)) throw new Error(`no part ${part}\n${USAGE}`);
  if (planted !== undefined && !isMistake(planted)) throw new Error(`no mistake ${planted}`);
  const family = familyNames.find((one) => one === values.family);
  if (family === undefined) throw new Error(`no family ${values.family}\n${USAGE}`);
  return {
    ...values,
    family,
    parts: part === undefined ? parts : [part as Part],
    planted,
    recording: values.recording,
    every: values.every === undefined ? undefined : Math.max(1, numberOf('every', values.every)),
    lanes: numberOf('lanes', values.lanes),
    seed: values.seed === undefined ? seedOfCommit() : numberOf('seed', values.seed),
    moment: values.moment === undefined ? undefined : numberOf('moment', values.moment),
  };
}

type Arguments = ReturnType<typeof readArguments>;

async function trials(
  name: string,
  { lanes, family, seed }: Arguments,
  planned: (lane: Lane) => Promise<Task[]>,
): Promise<boolean> {
  const started_ms = performance.now();
  const tally = await runTasks(planned, { lanes, family }, say);
  const { points, crashes, borne, notReached, broken } = tally;
  const took_s = Math.round((performance.now() - started_ms) / 1000);
  // A point counted in one run may lie beyond the end of the next; where many do, something else was tried than was planned.
  const isTried = points > 0 && notReached <= Math.ceil(points * MOST_missed);
  const ok = broken === 0 && crashes > 0 && isTried;
  say(
    `${name} ${ok ? 'OK' : 'FAILED'}: seed ${seed}, ${points} points, ${crashes} crashes, ${borne} borne, ${notReached} not reached, ` +
      `${broken} broken promises, ${took_s} s`,
  );
  return ok;
}

async function power(asked: Arguments, plan: Plan): Promise<boolean> {
  const every = Math.ceil(plan.every / IMAGES_denser);
  const swept = await sweepPower({ ...asked, every, say });
  if (asked.recording !== undefined || asked.planted !== undefined) return swept;
  return (await trials('POWER TRIALS', asked, (lane) => planCuts(lane, plan))) && swept;
}

async function run(part: Part, asked: Arguments): Promise<boolean> {
  const { seed, scenario, call, double } = asked;
  const every = asked.every ?? USUAL_every[part];
  const plan: Plan = { seed, every, scenario, call, double, say };
  switch (part) {
    case 'kill':
      return trials('KILL', asked, (lane) => planKills(lane, plan));
    case 'error':
      return trials('ERROR', asked, (lane) => planErrors(lane, plan));
    case 'power':
      return power(asked, plan);
    case 'migrate':
      return sweepMigrations({ seed, every: Math.ceil(every / IMAGES_denser), say });
    case 'backup': {
      const point = asked.point === undefined ? undefined : crashPointOf(asked.point);
      return sweepBackups({ seed, every, scenario, point, say });
    }
  }
}

/** The exit code. */
export async function crashCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  say(`seed ${asked.seed}`);
  const { scenario, point } = asked;
  if (scenario !== undefined && point !== undefined && asked.part !== 'backup') {
    const ok = await trials('POINT', asked, () => Promise.resolve([taskOf(scenario, point)]));
    return ok ? 0 : 1;
  }
  const failed: Part[] = [];
  for (const part of asked.parts) if (!(await run(part, asked))) failed.push(part);
  if (asked.parts.length > 1)
    say(failed.length === 0 ? `CRASH OK: ${asked.parts.join(', ')}` : `CRASH FAILED: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

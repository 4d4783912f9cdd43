// The full sweep: every scenario, killed before every write, sync, truncation, removal and rename. Prints points and verdict.
//   node test/crash/sweep.ts [--lanes 2] [--scenario NAME] [--call NAME] [--every 1] [--double] [--seed N]
import { parseArgs } from 'node:util';
import { type Lane, openLane, type Outcome } from './lane.ts';
import { type CrashCall, type CrashPoint, crashCalls } from './traced-core.ts';

const { values } = parseArgs({
  options: {
    lanes: { type: 'string', default: '2' },
    scenario: { type: 'string' },
    call: { type: 'string' },
    every: { type: 'string', default: '1' },
    double: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

type Task = { scenario: string; point: CrashPoint; again: CrashPoint | undefined };

/** mulberry32, so that a double crash can be repeated from the seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function plan(lane: Lane, random: () => number): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const scenario of lane.scenarios) {
    if (values.scenario !== undefined && scenario.name !== values.scenario) continue;
    const counts = await lane.count(scenario);
    process.stdout.write(`${scenario.name}: ${JSON.stringify(counts)}\n`);
    for (const call of crashCalls) {
      if (values.call !== undefined && call !== values.call) continue;
      for (let when = 1; when <= counts[call]; when += Number(values.every)) {
        const second: CrashCall = random() < 0.5 ? 'pwrite64' : 'fsync';
        const again = { call: second, when: 1 + Math.floor(random() * (second === 'fsync' ? 10 : 60)) };
        tasks.push({
          scenario: scenario.name,
          point: { call, when },
          again: values.double ? again : undefined,
        });
      }
    }
  }
  return tasks;
}

function nameOf({ scenario, point, again }: Task): string {
  const second = again === undefined ? '' : `, then ${again.call} ${again.when}`;
  return `${scenario} ${point.call} ${point.when}${second}`;
}

async function work(
  lane: Lane,
  tasks: Task[],
  report: (task: Task, outcome: Outcome) => void,
): Promise<void> {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const scenario = lane.scenarios.find((one) => one.name === task?.scenario);
    if (scenario) report(task, await lane.run(scenario, task.point, task.again));
  }
}

const started = performance.now();
process.stdout.write(`seed ${values.seed}\n`);
const lanes = await Promise.all(Array.from({ length: Number(values.lanes) }, openLane));
const [first] = lanes;
if (!first) throw new Error('--lanes must be 1 or more');
const tasks = await plan(first, generator(Number(values.seed)));
const total = tasks.length;
const tally = { points: 0, crashes: 0, notReached: 0, broken: 0 };

await Promise.all(
  lanes.map((lane) =>
    work(lane, tasks, (task, outcome) => {
      tally.points += 1;
      tally.crashes += outcome.crashes;
      if (outcome.crashes === 0) tally.notReached += 1;
      if (outcome.problems.length > 0) {
        tally.broken += 1;
        process.stdout.write(`BROKEN ${nameOf(task)}\n  ${outcome.problems.join('\n  ')}\n`);
      }
      if (tally.points % 50 === 0) process.stdout.write(`${tally.points}/${total}\n`);
    }),
  ),
);
await Promise.all(lanes.map((lane) => lane.stop()));
const { points, crashes, notReached, broken } = tally;
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
process.stdout.write(
  `${points} points, ${crashes} crashes, ${notReached} not reached, ${broken} broken promises, ${minutes} min\n`,
);
process.exit(broken === 0 && crashes > 0 ? 0 : 1);

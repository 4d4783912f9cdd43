// Tries every task of a plan, some at once, each on a lane with a shop of its own, and says what was broken and how to see it again.
import type { FamilyName } from './family.ts';
import { type Lane, openLane, type Outcome } from './lane.ts';
import { type Task, textOf } from './tasks.ts';

/** `borne`: the disk failed there, and the core went on. */
export type Tally = { points: number; crashes: number; borne: number; notReached: number; broken: number };

async function work(
  lane: Lane,
  tasks: Task[],
  report: (task: Task, outcome: Outcome) => void,
): Promise<void> {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const scenario = lane.scenarios.find((one) => one.name === task?.scenario);
    if (!scenario) throw new Error(`no scenario ${task.scenario}`);
    report(task, await lane.run(scenario, task.point, task.again));
  }
}

export async function runTasks(
  planned: (lane: Lane) => Promise<Task[]>,
  { lanes, family }: { lanes: number; family: FamilyName },
  say: (line: string) => void,
): Promise<Tally> {
  const open = await Promise.all(Array.from({ length: lanes }, () => openLane(family)));
  const tally: Tally = { points: 0, crashes: 0, borne: 0, notReached: 0, broken: 0 };
  try {
    const [first] = open;
    if (!first) throw new Error('--lanes must be 1 or more');
    const tasks = await planned(first);
    const total = tasks.length;
    say(`${total} points`);
    const report = (task: Task, { crashes, isReached, problems }: Outcome): void => {
      tally.points += 1;
      tally.crashes += crashes;
      if (!isReached) tally.notReached += 1;
      else if (crashes === 0) tally.borne += 1;
      if (tally.points % 50 === 0) say(`${tally.points}/${total}`);
      if (problems.length === 0) return;
      tally.broken += 1;
      say(`BROKEN ${task.scenario} ${textOf(task)}\n  ${problems.join('\n  ')}`);
      say(`  again: node test/crash/main.ts --scenario ${task.scenario} --point ${textOf(task)}`);
    };
    await Promise.all(open.map((lane) => work(lane, tasks, report)));
    return tally;
  } finally {
    await Promise.all(open.map((lane) => lane.stop()));
  }
}

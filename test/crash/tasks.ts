// What is tried where: points at which the core is killed, its disk fails, or the power goes.
import { generator } from '../../fixtures/codes.ts';
import type { Lane, TrialPoint } from './lane.ts';
import type { PhasedCall } from './phases.ts';
import type { Scenario } from './stage.ts';
import { type CrashCall, type CrashPoint, crashCalls } from './traced-core.ts';

export type Task = { scenario: string; point: TrialPoint; again: CrashPoint | undefined };

export type Plan = {
  seed: number;
  /** Of the points of one kind, every so manieth, from a place that the seed says. */
  every: number;
  scenario: string | undefined;
  call: string | undefined;
  /** A second kill while it recovers from the first. */
  double: boolean;
  say(line: string): void;
};

/** Where the disk fails: selling, the queue and its key, the end of a day. */
const ERRING = ['paid', 'queued', 'dayClosed'];
/** Where the power goes: the whole day has every kind of commit in it. */
const CUT = ['queued', 'tradingDay'];

/** 1-based places: every so manieth of so many. */
function places(count: number, { every, seed }: Plan): number[] {
  const first = 1 + (seed % Math.min(every, Math.max(count, 1)));
  return Array.from({ length: Math.ceil((count - first + 1) / every) }, (_, index) => first + index * every);
}

function chosen(lane: Lane, { scenario }: Plan, usual?: readonly string[]): Scenario[] {
  return lane.scenarios.filter(({ name }) =>
    scenario === undefined ? (usual?.includes(name) ?? true) : name === scenario,
  );
}

export async function planKills(lane: Lane, plan: Plan): Promise<Task[]> {
  const random = generator(plan.seed);
  const tasks: Task[] = [];
  for (const scenario of chosen(lane, plan)) {
    const counts = await lane.count(scenario);
    plan.say(`${scenario.name}: ${JSON.stringify(counts)}`);
    for (const call of crashCalls.filter((one) => plan.call === undefined || plan.call === one)) {
      for (const when of places(counts[call], plan)) {
        const second: CrashCall = random() < 0.5 ? 'pwrite64' : 'fsync';
        const again = { call: second, when: 1 + Math.floor(random() * (second === 'fsync' ? 10 : 60)) };
        tasks.push({
          scenario: scenario.name,
          point: { call, when },
          again: plan.double ? again : undefined,
        });
      }
    }
  }
  return tasks;
}

function erringPoints(call: PhasedCall): CrashPoint[] {
  return (['EIO', 'ENOSPC'] as const).flatMap((error) =>
    [false, true].map((forGood) => ({ call: call.call, when: call.when, error, forGood, diskOnly: true })),
  );
}

/** The first and the last call of each kind in each phase, and one of those between, each failing in four ways. */
export async function planErrors(lane: Lane, plan: Plan): Promise<Task[]> {
  const random = generator(plan.seed);
  const tasks: Task[] = [];
  for (const scenario of chosen(lane, plan, ERRING)) {
    const calls = (await lane.phases(scenario)).filter(
      ({ call }) => plan.call === undefined || call === plan.call,
    );
    const groups = Object.groupBy(calls, ({ phase, call }) => `${phase} ${call}`);
    const sizes = Object.entries(groups).map(([name, group]) => `${name} ${group?.length ?? 0}`);
    plan.say(`${scenario.name}: ${sizes.join(', ')}`);
    for (const group of Object.values(groups)) {
      if (group === undefined) continue;
      const between = group[Math.floor(random() * group.length)];
      const picked = new Set([group[0], between, group.at(-1)].filter((one) => one !== undefined));
      for (const call of picked) {
        const points = erringPoints(call);
        tasks.push(...points.map((point) => ({ scenario: scenario.name, point, again: undefined })));
      }
    }
  }
  return places(tasks.length, plan).flatMap((place) => tasks[place - 1] ?? []);
}

export async function planCuts(lane: Lane, plan: Plan): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const scenario of chosen(lane, plan, CUT)) {
    const changes = await lane.changes(scenario);
    plan.say(`${scenario.name}: ${changes} changes of the disk`);
    for (const cutAt of places(changes, plan))
      tasks.push({ scenario: scenario.name, point: { cutAt, seed: plan.seed + cutAt }, again: undefined });
  }
  return tasks;
}

export function textOfPoint({ call, when, error, forGood }: CrashPoint): string {
  return [call, when, error, forGood === true ? 'on' : undefined].filter(Boolean).join(':');
}

/** As the command's `--point` takes it again. */
export function textOf({ point, again }: Task): string {
  const one = (at: TrialPoint): string => ('cutAt' in at ? `cut:${at.cutAt}:${at.seed}` : textOfPoint(at));
  return [point, again].flatMap((at) => (at === undefined ? [] : [one(at)])).join('+');
}

/** A kill or an error. */
export function crashPointOf(text: string): CrashPoint {
  const [call = '', number = '', third, fourth] = text.split(':');
  const point = { call: call as CrashPoint['call'], when: Number(number) };
  if (third === undefined) return point;
  return { ...point, error: third as 'EIO' | 'ENOSPC', forGood: fourth === 'on', diskOnly: true };
}

function pointOf(text: string): TrialPoint {
  const [call, cutAt, seed] = text.split(':');
  return call === 'cut' ? { cutAt: Number(cutAt), seed: Number(seed) } : crashPointOf(text);
}

export function taskOf(scenario: string, text: string): Task {
  const [first = '', second] = text.split('+');
  return {
    scenario,
    point: pointOf(first),
    again: second === undefined ? undefined : crashPointOf(second),
  };
}

// The parts that the search over pairs is done in: a scene with one width of its world, or a planted mistake that must be found.
import { explore } from './explore.ts';
import { plantedPairBugs } from './pair-planted.ts';
import { pairLine, searchScene } from './pair-run.ts';
import { scenes } from './pair-scenes.ts';
import { pairModel, type Scene } from './pair-search.ts';
import { briefPolicy } from './short-time.ts';

type Width = { flyingLimit: number; restartLimit: number };
/** `scene`: its place in the list. `width` or `planted`, not both. */
export type PairJob =
  | { kind: 'search'; scene: number; width: Width }
  | { kind: 'planted'; scene: number; planted: number };
/** `isGood`: nothing violated; of a planted mistake, that it was found. */
export type PairResult = { text: string; states: number; steps: number; isGood: boolean };

const crossing: Width = { flyingLimit: 2, restartLimit: 0 };
const crash: Width = { flyingLimit: 1, restartLimit: 1 };

/** What fits into two minutes: two messages crossing where that closes soon, else a crash. */
const widths: readonly (readonly Width[])[] = [
  [{ flyingLimit: 2, restartLimit: 1 }],
  [crossing, crash],
  [crossing, crash],
  [crash],
  [crash],
  [crash],
];

export const pairJobs: readonly PairJob[] = [
  ...scenes.flatMap((_, scene) =>
    (widths[scene] ?? []).map((width): PairJob => ({ kind: 'search', scene, width })),
  ),
  ...plantedPairBugs.map(({ scene }, planted): PairJob => ({ kind: 'planted', scene, planted })),
];

function sceneAt(at: number): Scene {
  const scene = scenes[at];
  if (scene === undefined) throw new Error(`no scene ${at}`);
  return scene;
}

function boundsOf(width: Width) {
  return { ...width, policy: briefPolicy, deliveryLimit: 1 as const };
}

function search({ scene: at, width }: PairJob & { kind: 'search' }): PairResult {
  const scene = sceneAt(at);
  const bounds = boundsOf(width);
  const report = searchScene(scene, bounds);
  const line = `${at + 1}. ${pairLine(scene, bounds, report)}`;
  const counts = { states: report.states, steps: report.edges };
  // A search in which payment and give-back never meet shows nothing.
  if (report.found === null && report.met > 0) return { text: line, ...counts, isGood: true };
  const found = report.found ?? { property: 'payment and give-back meet', path: [] };
  return {
    text: `${line}  VIOLATED: ${found.property}\n    ${found.path.join('\n    ')}\n`,
    ...counts,
    isGood: false,
  };
}

function findPlanted({ planted: at }: PairJob & { kind: 'planted' }): PairResult {
  const bug = plantedPairBugs[at];
  if (bug === undefined) throw new Error(`no planted mistake ${at}`);
  const { name, property, scene, planted } = bug;
  const { found } = explore(pairModel(sceneAt(scene), boundsOf(crossing), planted));
  const isGood = found?.property === property;
  const text = `planted: ${name}\n  ${isGood ? 'found' : 'NOT FOUND'}: ${found?.path.join('; ')}\n`;
  return { text, states: 0, steps: 0, isGood };
}

export function runPairJob(job: PairJob): PairResult {
  return job.kind === 'search' ? search(job) : findPlanted(job);
}

// npm run sim:pairs -- [--scene N]: every order of events of two payments and a give-back, in each scene, and the planted mistakes.
import { parseArgs } from 'node:util';
import { explore } from './explore.ts';
import { plantedPairBugs } from './pair-planted.ts';
import { pairLine, searchScene } from './pair-run.ts';
import { scenes } from './pair-scenes.ts';
import { pairModel } from './pair-search.ts';
import { briefPolicy } from './short-time.ts';

const { values } = parseArgs({ options: { scene: { type: 'string' } } });

/** What fits into two minutes of one core: two messages crossing where that closes soon, else a crash. */
const widths = [
  [{ flyingLimit: 2, restartLimit: 1 }],
  [
    { flyingLimit: 2, restartLimit: 0 },
    { flyingLimit: 1, restartLimit: 1 },
  ],
  [
    { flyingLimit: 2, restartLimit: 0 },
    { flyingLimit: 1, restartLimit: 1 },
  ],
  [{ flyingLimit: 1, restartLimit: 1 }],
  [{ flyingLimit: 1, restartLimit: 1 }],
  [{ flyingLimit: 1, restartLimit: 1 }],
] as const;

const started_ms = performance.now();
const total = { states: 0, steps: 0, searches: 0, violations: 0, missed: 0 };

for (const [at, scene] of scenes.entries()) {
  if (values.scene !== undefined && values.scene !== String(at + 1)) continue;
  for (const width of widths[at] ?? []) {
    const bounds = { ...width, policy: briefPolicy, deliveryLimit: 1 as const };
    const report = searchScene(scene, bounds);
    process.stdout.write(`${at + 1}. ${pairLine(scene, bounds, report)}`);
    total.searches += 1;
    total.states += report.states;
    total.steps += report.edges;
    if (report.found === null && report.met > 0) continue;
    total.violations += 1;
    const found = report.found ?? { property: 'payment and give-back meet', path: [] };
    process.stdout.write(`  VIOLATED: ${found.property}\n    ${found.path.join('\n    ')}\n`);
  }
}

for (const { name, property, scene: at, planted } of plantedPairBugs) {
  const scene = scenes[at];
  if (scene === undefined) throw new Error(`no scene ${at}`);
  if (values.scene !== undefined && values.scene !== String(at + 1)) continue;
  const bounds = { flyingLimit: 2, restartLimit: 0, policy: briefPolicy, deliveryLimit: 1 as const };
  const { found } = explore(pairModel(scene, bounds, planted));
  const isFound = found?.property === property;
  if (!isFound) total.missed += 1;
  process.stdout.write(`planted: ${name}\n  ${isFound ? 'found' : 'NOT FOUND'}: ${found?.path.join('; ')}\n`);
}

const { states, steps, searches, violations, missed } = total;
const isGood = violations === 0 && missed === 0 && searches > 0;
const seconds = Math.round((performance.now() - started_ms) / 1000);
process.stdout.write(
  `PAIRS ${isGood ? 'OK' : 'FAILED'}: ${states} states, ${steps} steps, ${searches} searches, ` +
    `${violations} violations, ${missed} planted mistakes missed, ${seconds} s\n`,
);
process.exitCode = isGood ? 0 : 1;

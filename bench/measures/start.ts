// How long a start takes: the core beside an empty script, the kiosk's first live screen beside a bare Electron window.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeMaker } from '../../fixtures/codes.ts';
import { startDisplay } from '../../tools/lab/display.ts';
import { electronRuntime } from '../../tools/lab/runtime.ts';
import { CASHIER, writeLonelyConfiguration } from '../support/configuration.ts';
import type { Context, Measure } from '../support/measure.ts';
import { comparedOf, type Outcome } from '../support/outcome.ts';
import { sellBefore } from '../support/past.ts';
import { msUntilLine } from '../support/until-line.ts';

const GOAL_core_ratio = 3;
const GOAL_kiosk_ratio = 1.5;
const PAST_sales = 200;

type Place = { configFile: string; state: string };
type Round = { ours: number[]; limit: number[] };

async function coreRound({ configFile, state }: Place): Promise<Round> {
  const args = [resolve('dist/core/core.mjs'), '--config', configFile, '--state', state];
  const empty = ['-e', "process.stderr.write('ready\\n')"];
  const limit = await msUntilLine(process.execPath, empty, { starts: 'ready' });
  const ours = await msUntilLine(process.execPath, args, { starts: 'core ready' });
  return { ours: [ours], limit: [limit] };
}

async function kioskRound({ configFile, state }: Place, directory: string, display: string): Promise<Round> {
  const electron = join(electronRuntime().distPath, 'electron');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const first = [...sandbox, '-r', resolve('bench/electron/painted.cjs')];
  const painted = (text: string) => ({
    starts: 'bench: painted',
    env: { ...process.env, DISPLAY: display, YIMA_BENCH_TEXT: text },
  });
  const profile = `--user-data-dir=${join(directory, 'bare')}`;
  const bare = [...first, profile, resolve('bench/electron/bare')];
  const limit = await msUntilLine(electron, bare, painted('bare'));
  const kiosk = [...first, resolve('.'), '--config', configFile, '--state', state, '--kiosk'];
  const ours = await msUntilLine(electron, kiosk, painted(CASHIER));
  return { ours: [ours], limit: [limit] };
}

/** The first round warms the files' caches and does not count. */
async function rounds(context: Context, count: number, one: () => Promise<Round>): Promise<Round[]> {
  await one();
  const measured: Round[] = [];
  while (measured.length < count) {
    measured.push(await one());
    context.sampleNoise();
  }
  return measured;
}

async function run(context: Context): Promise<Outcome[]> {
  execFileSync(process.execPath, ['tools/build.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const directory = join(context.directory, 'till');
  const state = join(directory, 'state');
  mkdirSync(directory);
  sellBefore(state, PAST_sales, codeMaker(context.seed));
  const place = { configFile: writeLonelyConfiguration(directory), state };
  const core = await rounds(context, context.rounds(21), () => coreRound(place));
  const display = await startDisplay({ width: 1280, height: 800 });
  let kiosk: Round[];
  try {
    kiosk = await rounds(context, context.rounds(15), () => kioskRound(place, directory, display.name));
  } finally {
    await display.stop();
  }
  const facts = { measure: 'start', unit: 'ms', note: `${PAST_sales} sales in its journal` };
  return [
    comparedOf(
      { ...facts, name: 'core: spawn -> ready', limitName: 'empty script', goal_ratio: GOAL_core_ratio },
      core,
    ),
    comparedOf(
      {
        ...facts,
        name: 'kiosk: spawn -> sign-in painted, live',
        limitName: 'bare Electron window',
        goal_ratio: GOAL_kiosk_ratio,
      },
      kiosk,
    ),
  ];
}

export const start: Measure = {
  name: 'start',
  what: 'core to ready beside an empty script; kiosk to its first live screen beside a bare Electron window',
  run,
};

// npm run sim:mutants -- [--part sim|power] [--seeds 1..600] [--only a,b] [--lanes 2] [--record] [--markdown FILE]
// Plants mistakes into the product, one at a time, and demands that a named promise breaks on seeds that the product itself passes.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recordCaught } from './caught.ts';
import { mutated } from './change.ts';
import type { Clean } from './clean.ts';
import { daysOf } from './days.ts';
import type { Hunt } from './hunt.ts';
import type { Mutant } from './mutant.ts';
import { powerRows } from './power.ts';
import { lineOf, markdownOf, type Row, rowOf } from './row.ts';
import { cleanAside, huntAside } from './spawn.ts';
import { mutantOf, mutants } from './table.ts';
import { typeErrors } from './types.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    seeds: { type: 'string', default: '1..600' },
    only: { type: 'string' },
    lanes: { type: 'string', default: String(availableParallelism()) },
    record: { type: 'boolean', default: false },
    markdown: { type: 'string' },
  },
});

const root = join(import.meta.dirname, '..', '..', '..');
const CLEAN_share_seeds = 20;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function seedsOf(text: string): number[] {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || from > to) throw new Error(`--seeds ${text}: give a range such as 1..600`);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** All of them, so many at a time, in their order. */
async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.lanes)) }, lane));
  return results;
}

async function passesClean(seeds: readonly number[]): Promise<boolean> {
  const shares = Array.from({ length: Math.ceil(seeds.length / CLEAN_share_seeds) }, (_, at) =>
    seeds.slice(at * CLEAN_share_seeds, (at + 1) * CLEAN_share_seeds),
  );
  const found = await inLanes<number[], Clean>(shares, cleanAside);
  const broken = found.flatMap((one) => one.broken);
  const unstable = found.flatMap((one) => one.unstable);
  for (const { seed, detail } of broken) say(`the product breaks its promise, seed ${seed}: ${detail}`);
  for (const seed of unstable) say(`seed ${seed} tells two stories`);
  say(
    `the product as it is: ${seeds.length} seeds twice, ${broken.length} broken, ${unstable.length} unequal`,
  );
  return broken.length + unstable.length === 0;
}

/** A hunt that never began, or never ended. */
function failed(mutant: Mutant, error: unknown): Row {
  const trouble = `does not run: ${error instanceof Error ? error.message.slice(0, 600) : String(error)}`;
  return { name: mutant.name, mistake: mutant.mistake, caught: null, needed: '', trouble };
}

async function hunted(mutant: Mutant, seeds: readonly number[]): Promise<{ row: Row; hunt: Hunt | null }> {
  try {
    const hunt = await huntAside(mutant.name, daysOf(mutant, seeds));
    const row = rowOf(mutant, hunt);
    say(lineOf(row));
    return { row, hunt };
  } catch (error) {
    const row = failed(mutant, error);
    say(lineOf(row));
    return { row, hunt: null };
  }
}

function typeRows(chosen: readonly Mutant[]): Row[] {
  for (const one of chosen) mutated(readFileSync(join(root, one.file), 'utf8'), one);
  const errors = typeErrors(chosen);
  return chosen.flatMap((one) => {
    const [first] = errors.get(one.name) ?? [];
    return first === undefined ? [] : [failed(one, new Error(first))];
  });
}

async function simRows(seeds: readonly number[]): Promise<Row[]> {
  const chosen = values.only === undefined ? mutants : values.only.split(',').map(mutantOf);
  const untyped = typeRows(chosen);
  say(`${chosen.length} mutants, each text found once, ${chosen.length - untyped.length} type-check`);
  for (const row of untyped) say(lineOf(row));
  const typed = chosen.filter((one) => !untyped.some((row) => row.name === one.name));
  const found = await inLanes(typed, (one) => hunted(one, seeds));
  if (values.record) {
    const fresh = found.flatMap(({ row, hunt }) =>
      hunt?.caught
        ? [
            [
              row.name,
              { invariant: hunt.caught.invariant, seed: hunt.caught.seed, needed: hunt.seeds },
            ] as const,
          ]
        : [],
    );
    recordCaught(Object.fromEntries(fresh));
  }
  return [...untyped, ...found.map(({ row }) => row)];
}

const started_ms = performance.now();
const seeds = seedsOf(values.seeds);
const isSim = values.part !== 'power';
const isPower = values.part !== 'sim' && values.only === undefined;
const onRareDays = mutants.flatMap((mutant) => daysOf(mutant, seeds));
const isClean = !isSim || (await passesClean([...new Set([...seeds, ...onRareDays])]));
const rows = [
  ...(isSim ? await simRows(seeds) : []),
  ...(isPower ? await powerRows((row) => say(lineOf(row))) : []),
];
const caught = rows.filter((row) => row.caught !== null).length;
if (values.markdown !== undefined) writeFileSync(values.markdown, `${markdownOf(rows)}\n`);
const isOk = isClean && rows.length > 0 && caught === rows.length;
const range = isSim ? `seeds ${values.seeds}, ` : '';
const took_s = Math.round((performance.now() - started_ms) / 1000);
say(`MUTANTS ${isOk ? 'OK' : 'FAILED'}: ${caught} of ${rows.length} caught, ${range}${took_s} s`);
process.exit(isOk ? 0 : 1);

// The goods list: barcode lookup beside a Map, search beside LIKE, at 100,000 and a million goods.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { median, percentile } from '../support/figures.ts';
import type { Context, Measure } from '../support/measure.ts';
import { boundedOf, comparedOf, figureOf, type Outcome } from '../support/outcome.ts';
import type { CatalogueInput, CatalogueResult } from '../trials/catalogue.ts';

const GOAL_lookup_ratio = 12;
const GOAL_lookup_us = 50;
const GOAL_search_ms = 1;
const COUNTS = [100_000, 1_000_000];

function outcomesOf(count: number, result: CatalogueResult, seed: number): Outcome[] {
  const { lookups, searches, load_ms, heap_MB } = result;
  const facts = { measure: 'catalogue', seed };
  const goods = `of ${count.toLocaleString('en')} goods`;
  const lookup = { ...facts, name: `barcode ${goods}`, unit: 'us' };
  const found = searches.map((search) => {
    const name = `search "${search.what}" (${search.found} found) ${goods}, p99`;
    const like = `LIKE takes ${median(search.like).toFixed(1)} ms, ours ${median(search.ours).toFixed(2)} ms (p50)`;
    const bounds = { ...facts, name, unit: 'ms', atMost: GOAL_search_ms, note: like };
    return boundedOf(bounds, percentile(search.ours, 0.99));
  });
  return [
    comparedOf(
      { ...lookup, limitName: 'Map', goal_ratio: GOAL_lookup_ratio },
      lookups.map(({ ours, map }) => ({ ours: [ours], limit: [map] })),
    ),
    boundedOf(
      { ...lookup, name: `${lookup.name}, p99`, atMost: GOAL_lookup_us },
      percentile(
        lookups.flatMap(({ single }) => single),
        0.99,
      ),
    ),
    ...found,
    figureOf({ ...facts, name: `loading the file ${goods}`, unit: 'ms' }, load_ms),
    figureOf({ ...facts, name: `memory (heap) ${goods}`, unit: 'MB' }, heap_MB),
  ];
}

async function run(context: Context): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const count of context.isQuick ? [100_000] : COUNTS) {
    const directory = join(context.directory, String(count));
    mkdirSync(directory);
    const input: CatalogueInput = { directory, count, rounds: context.rounds(15), seed: context.seed };
    const nodeFlags = ['--expose-gc', '--max-old-space-size=6144'];
    const result = await context.trial<CatalogueResult>('catalogue', input, { nodeFlags });
    outcomes.push(...outcomesOf(count, result, context.seed));
  }
  return outcomes;
}

export const catalogue: Measure = {
  name: 'catalogue',
  what: 'barcode lookup beside a Map and search beside LIKE, at 100,000 and a million goods',
  run,
};

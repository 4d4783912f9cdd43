// What a manager waits for: X and Z by running sums and a second computation, beside one SQL statement and beside DuckDB.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../support/figures.ts';
import type { Context, Measure } from '../support/measure.ts';
import { boundedOf, comparedOf, figureOf, type Outcome } from '../support/outcome.ts';
import { installPeers } from '../support/peers.ts';
import type { ReportInput, ReportResult } from '../trials/report.ts';

const GOAL_ms = 5;
const GOAL_ratio = 1;
const LAST_z = 15;

type Shape = { name: string; sales: number; perPeriod: number };

const shapes: readonly Shape[] = [
  { name: '10,000 sales, all in the period', sales: 10_000, perPeriod: 10_000 },
  { name: '1,000,000 sales, the last 10,000 in the period', sales: 1_000_000, perPeriod: 10_000 },
];
const quickShapes: readonly Shape[] = [
  { name: '10,000 sales, all in the period', sales: 10_000, perPeriod: 10_000 },
  { name: '20,000 sales, the last 2,000 in the period', sales: 20_000, perPeriod: 2000 },
];

function outcomesOf({ name }: Shape, { rounds, z, heap_MB, records }: ReportResult, seed: number): Outcome[] {
  const facts = { measure: 'report', unit: 'ms', seed };
  const against = (limit: 'sqlite' | 'duck', isSealed: boolean) =>
    rounds.map((round) => ({ ours: [isSealed ? round.x : round.x - round.sealed], limit: [round[limit]] }));
  const computed = { ...facts, name: `X computed twice and compared: ${name}` };
  const sealed = { ...facts, name: `X, sealed by a durable commit: ${name}` };
  const [sql, duck] = ['SQL, covering index', 'DuckDB'];
  return [
    comparedOf({ ...computed, limitName: sql, goal_ratio: GOAL_ratio }, against('sqlite', false)),
    comparedOf({ ...computed, limitName: duck, goal_ratio: GOAL_ratio }, against('duck', false)),
    comparedOf({ ...sealed, limitName: sql, goal_ratio: null }, against('sqlite', true)),
    comparedOf({ ...sealed, limitName: duck, goal_ratio: null }, against('duck', true)),
    boundedOf({ ...sealed, atMost: GOAL_ms }, median(rounds.map(({ x }) => x))),
    boundedOf({ ...facts, name: `Z, sealed: ${name}`, atMost: GOAL_ms }, median(z.slice(-LAST_z))),
    figureOf(
      { ...facts, name: `memory of both computations: ${name}`, unit: 'MB', note: `${records} records` },
      heap_MB,
    ),
  ];
}

async function run(context: Context): Promise<Outcome[]> {
  installPeers();
  const outcomes: Outcome[] = [];
  for (const [index, shape] of (context.isQuick ? quickShapes : shapes).entries()) {
    const directory = join(context.directory, `sales-${index}`);
    mkdirSync(directory);
    const { sales, perPeriod } = shape;
    const input: ReportInput = {
      directory,
      sales,
      perPeriod,
      rounds: context.rounds(21),
      seed: context.seed,
    };
    const nodeFlags = ['--expose-gc', '--max-old-space-size=8192'];
    outcomes.push(
      ...outcomesOf(shape, await context.trial<ReportResult>('report', input, { nodeFlags }), context.seed),
    );
  }
  return outcomes;
}

export const report: Measure = {
  name: 'report',
  what: 'X and Z at 10,000 and a million sales beside SQL over a covering index and beside DuckDB',
  run,
};

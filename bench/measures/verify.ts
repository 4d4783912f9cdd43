// How fast a journal is verified, and whether a longer one costs more a record.
import { join } from 'node:path';
import { codeMaker } from '../../fixtures/codes.ts';
import { median } from '../support/figures.ts';
import type { Context, Measure } from '../support/measure.ts';
import { figureOf, type Outcome } from '../support/outcome.ts';
import { sellBefore } from '../support/past.ts';
import type { VerifyInput, VerifyResult } from '../trials/verify.ts';

const SALES = [1000, 4000];

async function run(context: Context): Promise<Outcome[]> {
  const counts = context.isQuick ? [100, 400] : SALES;
  const states = counts.map((sales) => join(context.directory, `sales-${sales}`));
  states.forEach((state, index) => sellBefore(state, counts[index] ?? 0, codeMaker(context.seed)));
  const input: VerifyInput = { states, rounds: context.rounds(7) };
  const { records, chain, whole } = await context.trial<VerifyResult>('verify', input);
  const facts = { measure: 'verify', unit: 'records a second' };
  return records.flatMap((count, index) => [
    figureOf({ ...facts, name: `chain alone, ${count} records` }, median(chain[index] ?? [])),
    figureOf(
      { ...facts, name: `chain, head and projections refolded, ${count} records` },
      median(whole[index] ?? []),
    ),
  ]);
}

export const verify: Measure = {
  name: 'verify',
  what: 'journal records verified a second, for two lengths of journal',
  run,
};

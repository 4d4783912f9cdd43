// From a scanner's first byte to the line on the screen's side, to the acquirer, and from the acquirer's answer to paper.
import { join } from 'node:path';
import { percentile } from '../support/figures.ts';
import type { Context, Measure } from '../support/measure.ts';
import { comparedOf, figureOf, type Outcome } from '../support/outcome.ts';
import type { ScanInput, ScanResult } from '../trials/scan.ts';

const GOAL_ratio = 8;

async function run(context: Context): Promise<Outcome[]> {
  const input: ScanInput = {
    directory: join(context.directory, 'shop'),
    rounds: context.rounds(21),
    scans: 20,
    payments: context.isQuick ? 10 : 100,
    seed: context.seed,
  };
  const { rounds, codeToRequest, answerToPaper, overhead } = await context.trial<ScanResult>('scan', input);
  const facts = { measure: 'scan', unit: 'ms' };
  const tails = (name: string, samples: readonly number[]): Outcome[] =>
    [0.5, 0.99].map((share) =>
      figureOf({ ...facts, name: `${name}, p${share * 100}` }, percentile(samples, share)),
    );
  const line = comparedOf(
    {
      ...facts,
      name: 'goods scanned -> line in the snapshot (one durable commit, control socket)',
      limitName: 'bare read',
      goal_ratio: GOAL_ratio,
    },
    rounds.map((round) => ({ ours: round.line, limit: round.bare })),
  );
  return [
    line,
    ...tails(
      'goods scanned -> line in the snapshot',
      rounds.flatMap((round) => round.line),
    ),
    ...tails('payment code scanned -> request on the wire', codeToRequest),
    ...tails('answer on the wire -> first printed byte', answerToPaper),
    ...tails('a payment, code to proof on the screen’s side, over the acquirer’s own latency', overhead),
  ];
}

export const scan: Measure = {
  name: 'scan',
  what: 'scanner byte to line in the snapshot beside a bare read; code to request; answer to paper',
  run,
};

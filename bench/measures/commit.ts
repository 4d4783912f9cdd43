// What durability costs: each commit of a paid sale beside a raw sync, on this disk and on one that is 8 ms slower.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { countSyncs } from '../support/count-syncs.ts';
import type { Context, Measure } from '../support/measure.ts';
import { compileLibrary } from '../support/native.ts';
import { boundedOf, comparedOf, type Outcome } from '../support/outcome.ts';
import type { CommitInput, CommitKind, CommitSamples } from '../trials/commit.ts';
import type { CountInput } from '../trials/commit-count.ts';

const GOAL_ratio = 2;
const SLOWER_ms = 8;
/** The first 1000 pages of a WAL run slower (reference performance.md, pitfall 5). */
const WARM_payments = 300;

function newDirectory({ directory }: Context, name: string): string {
  const made = join(directory, name);
  mkdirSync(made);
  return made;
}

function compare(
  kind: CommitKind,
  name: string,
  goal_ratio: number | null,
  rounds: CommitSamples[],
): Outcome {
  const facts = { measure: 'commit', name, unit: 'ms', limitName: 'raw sync', goal_ratio };
  return comparedOf(
    facts,
    rounds.map((round) => ({ ours: round[kind], limit: round.raw })),
  );
}

async function commitsOn(
  context: Context,
  disk: string,
  input: Pick<CommitInput, 'payments' | 'warmPayments'>,
  delay_ms: number,
): Promise<Outcome[]> {
  const directory = newDirectory(context, `commit-${delay_ms}`);
  const whole: CommitInput = { ...input, directory, rounds: context.rounds(21), seed: context.seed };
  const slowSync = delay_ms === 0 ? {} : { slowSync: { library: compileLibrary('slow-sync'), delay_ms } };
  const { rounds } = await context.trial<{ rounds: CommitSamples[] }>('commit', whole, slowSync);
  return [
    compare('enqueue', `payment made durable (enqueue)${disk}`, GOAL_ratio, rounds),
    compare('mark sent', `mark sent, before the first byte leaves${disk}`, null, rounds),
    compare('answer', `answer: approved, sale completed${disk}`, null, rounds),
  ];
}

/** 10 paid sales against none, both on a new database: the difference is the commits' own. */
function syncsPerCommit(context: Context): Outcome {
  const count = (payments: number) => {
    const directory = newDirectory(context, `count-${payments}`);
    const input: CountInput = { directory, payments, seed: context.seed };
    return countSyncs<{ commits: number }>(directory, 'commit-count', input);
  };
  const [none, some] = [count(0), count(10)];
  const commits = some.result.commits - none.result.commits;
  const facts = { measure: 'commit', name: `syncs of ${commits} commits, by strace`, unit: 'a commit' };
  return boundedOf({ ...facts, exactly: 1 }, (some.syncs - none.syncs) / commits);
}

async function run(context: Context): Promise<Outcome[]> {
  const here = await commitsOn(context, '', { payments: 20, warmPayments: WARM_payments }, 0);
  const slower = await commitsOn(context, ', 8 ms slower disk', { payments: 5, warmPayments: 10 }, SLOWER_ms);
  return [...here, syncsPerCommit(context), ...slower];
}

export const commit: Measure = {
  name: 'commit',
  what: 'a full durable payment commit beside overwriting 4 KiB with fdatasync; syncs a commit; 8 ms slower disk',
  run,
};

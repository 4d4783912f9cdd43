// Forty seconds of the soak (the whole: npm run soak): sold, killed twice, judged. What grows is not judged in so short a time.
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { seedOfCommit } from '../commit-seed.ts';
import { readBooks } from '../crash/books.ts';
import { judgeMoney } from '../crash/judge-money.ts';
import { runSoak } from './soak.ts';

const PATIENCE_ms = 10 * 60 * 1000;
const SECONDS = 40;

/** The judge sees one charge more than there was. */
function judgeWithOneMore(directory: string): string[] {
  const ledgerFile = join(directory, 'shop/acquirer/ledger.jsonl');
  const charge = readFileSync(ledgerFile, 'utf8')
    .split('\n')
    .find((line) => line.includes('"kind":"charge"'));
  appendFileSync(ledgerFile, `${charge}\n`);
  return judgeMoney(
    readBooks(join(directory, 'shop/state')),
    readLedger(ledgerFile),
    readRefunds(ledgerFile),
  );
}

it('sells for a while, is killed, and keeps every promise', { timeout: PATIENCE_ms }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ys-'));
  const csvFile = join(directory, 'soak.csv');
  const seed = seedOfCommit();
  process.stdout.write(`seed ${seed}\n`);
  const result = await runSoak({
    minutes: SECONDS / 60,
    seed,
    isCalm: false,
    directory,
    csvFile,
    pace: { untilZ_ms: [5000, 15_000], rest_ms: [50, 200] },
    killEvery_ms: [8000, 12_000],
    say: (line) => void process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify([...result.tally])}\n${result.table}\n`);
  expect(result.problems).toEqual([]);
  expect(result.kills).toBeGreaterThanOrEqual(1);
  expect(result.totals.sold).toBeGreaterThan(3);
  const [header = '', ...rows] = readFileSync(csvFile, 'utf8').trim().split('\n');
  expect(rows).toHaveLength(result.samples);
  expect(rows.every((row) => row.split(',').length === header.split(',').length)).toBe(true);
  expect(judgeWithOneMore(directory).join()).toContain('was charged 2 times');
  rmSync(directory, { recursive: true });
});

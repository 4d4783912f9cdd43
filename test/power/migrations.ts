// The database of every released schema is carried to the newest one, with the power cut at every moment of it; one from the
// future is refused untouched.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { SCHEMA_VERSION } from '../../db/migrate.ts';
import { openStore } from '../../db/store.ts';
import { contents } from '../../fixtures/databases/tamper.ts';
import { type CutOptions, type CutResult, cutPower } from './cut.ts';
import { recordCommits } from './record-program.ts';
import { scratch } from './scratch.ts';

const folder = fileURLToPath(new URL('../../fixtures/databases', import.meta.url));
const OLDEST_RELEASED = 2;

/** Schemas of which a database must lie here: a migration is added together with the one it starts from. */
export const releasedSchemas = Array.from(
  { length: SCHEMA_VERSION - OLDEST_RELEASED + 1 },
  (_, index) => OLDEST_RELEASED + index,
);

function lay(schema: number, base: string): string {
  const [state, keys] = [join(base, 's'), join(base, 's-keys')];
  for (const directory of [state, keys]) mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(folder, `schema-${schema}`);
  if (!existsSync(`${file}.db`))
    throw new Error(`${file}.db is missing: fixtures/databases/main.ts makes it`);
  copyFileSync(`${file}.db`, join(state, 'journal.db'));
  copyFileSync(`${file}.key`, join(keys, 'queue.key'));
  return state;
}

function headOf(state: string): { sequence: number; shortHash: string } {
  const sql = new Database(join(state, 'journal.db'), { readonly: true });
  try {
    return sql
      .prepare('SELECT sequence, substr(hash, 1, 8) AS shortHash FROM journal ORDER BY sequence DESC LIMIT 1')
      .get() as { sequence: number; shortHash: string };
  } finally {
    sql.close();
  }
}

export function cutMigration(
  schema: number,
  directory: string,
  options: Omit<CutOptions, 'directory' | 'from'>,
): CutResult {
  const base = join(directory, `schema-${schema}`);
  const told = headOf(lay(schema, base));
  const recording = recordCommits(base, 0);
  const { seed, every } = options;
  return cutPower({ ...recording, told }, { ...options, directory: base, from: seed % every });
}

/** What is wrong with how a database from the future is treated. */
export function futureProblems(directory: string): string[] {
  const base = join(directory, 'future');
  const state = lay(SCHEMA_VERSION, base);
  const sql = new Database(join(state, 'journal.db'));
  sql.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
  sql.close();
  const before = JSON.stringify(contents(state));
  try {
    openStore(state).close();
    return ['a database from the future was opened'];
  } catch (error) {
    const isRefused = error instanceof Error && 'code' in error && error.code === 'E-DB-02';
    const isSame = JSON.stringify(contents(state)) === before;
    return [
      ...(isRefused ? [] : [`a database from the future ends in ${String(error)}`]),
      ...(isSame ? [] : ['a refused database was changed']),
    ];
  }
}

type Options = { seed: number; every: number; say(line: string): void };

export function sweepMigrations({ seed, every, say }: Options): boolean {
  const started_ms = performance.now();
  const directory = scratch();
  const sum = { moments: 0, images: 0, broken: 0 };
  for (const schema of releasedSchemas) {
    const result = cutMigration(schema, directory, { seed, every, subsets: 6, torn: 6 });
    sum.moments += result.moments;
    sum.images += result.images;
    sum.broken += result.violations.length;
    say(`schema ${schema}: ${result.moments} moments, ${result.images} images`);
    for (const { moment, lost, problems } of result.violations)
      say(`BROKEN schema ${schema} at moment ${moment}, ${lost}\n  ${problems.join('\n  ')}`);
  }
  const future = futureProblems(directory);
  for (const problem of future) say(`BROKEN ${problem}`);
  rmSync(directory, { recursive: true });
  const ok = sum.broken + future.length === 0 && sum.moments > 0;
  const took_s = Math.round((performance.now() - started_ms) / 1000);
  say(
    `MIGRATIONS ${ok ? 'OK' : 'FAILED'}: seed ${seed}, schemas ${releasedSchemas.join(', ')}, ${sum.moments} moments, ` +
      `${sum.images} images, ${sum.broken + future.length} violations, ${took_s} s`,
  );
  return ok;
}

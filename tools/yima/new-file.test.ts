// What a command writes where its argument says: nothing over a file that is there, and nothing that others may read.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contents } from '../../fixtures/databases/tamper.ts';
import { openDrivenTill } from '../../fixtures/databases/till.ts';
import { assertNew, writeNew } from './new-file.ts';

const script = resolve(import.meta.dirname, '../yima.ts');
const KEPT = 'the only copy of something';
let directory = '';
let state = '';

/** A till's files as they lie beside each other; each command may be given one of their names. */
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-new-file-'));
  state = join(directory, 'state');
  openDrivenTill(state).close();
  for (const folder of ['state-keys', 'state-backups']) mkdirSync(join(directory, folder));
  for (const name of ['state-keys/queue.key', 'state-backups/one.db', 'config.json', 'bill.csv'])
    writeFileSync(join(directory, name), KEPT);
  symlinkSync(join(state, 'journal.db'), join(directory, 'link'));
  symlinkSync(join(state, 'not-there-yet'), join(directory, 'loose'));
});
afterEach(() => rmSync(directory, { recursive: true }));

type Run = { code: number | null; out: string; err: string };

function yima(...args: string[]): Run {
  const run = spawnSync(process.execPath, [script, ...args, '--state', state], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const bill = () => join(directory, 'bill.csv');
const commands: [string, number, (file: string) => Run][] = [
  ['journal export --out', 1, (file) => yima('journal', 'export', '--out', file)],
  // Told before anybody is asked: no core runs here.
  ['doctor --report', 1, (file) => yima('doctor', '--report', file)],
  ['reconcile --csv', 2, (file) => yima('reconcile', '--bill', bill(), '--rail', 'gateway', '--csv', file)],
];

it.each(commands)('%s writes over no file of the shop, and says so', (_, exitCode, run) => {
  const before = contents(state);
  for (const name of ['config.json', 'link']) {
    const { code, out, err } = run(join(directory, name));
    expect([code, out], name).toEqual([exitCode, '']);
    expect(err, name).toContain(
      `${join(directory, name)} is there already, and stays: name another file, or move that one away first; nothing was written`,
    );
  }
  expect(readFileSync(join(directory, 'config.json'), 'utf8')).toBe(KEPT);
  expect(contents(state)).toEqual(before);
});

it.each(commands)('%s writes nothing among the files and keys of the till', (_, exitCode, run) => {
  const before = contents(state);
  for (const name of ['state/journal.db', 'state-keys/queue.key']) {
    const { code, out, err } = run(join(directory, name));
    expect([code, out], name).toEqual([exitCode, '']);
    expect(err, name).toContain('lies among the files of the till: name another place, nothing was written');
  }
  expect(readFileSync(join(directory, 'state-keys/queue.key'), 'utf8')).toBe(KEPT);
  expect(contents(state)).toEqual(before);
});

it.each(['state-backups/one.db', 'bill.csv', 'link', 'loose', 'state-keys'])(
  'a name that is taken: %s',
  (name) => {
    const file = join(directory, name);
    expect(() => assertNew(state, file)).toThrow(`${file} is there already`);
    // It came meanwhile: a long examination lies between.
    expect(() => writeNew(file, 'other')).toThrow(`${file} is there already`);
    expect(existsSync(join(state, 'not-there-yet'))).toBe(false);
  },
);

it.each(['state/new', 'state/inputs/new', 'state-keys/new'])(
  'a name that the till may use one day: %s',
  (name) => {
    mkdirSync(join(state, 'inputs'), { recursive: true });
    expect(() => assertNew(state, join(directory, name))).toThrow('lies among the files of the till');
  },
);

it('what is written is for its owner alone; what could not be written whole leaves the name free', () => {
  const file = join(directory, 'new');
  writeNew(file, KEPT);
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([KEPT, 0o600]);
  const half = join(directory, 'half');
  expect(() => writeNew(half, { toString: 1 } as never)).toThrow();
  expect(existsSync(half)).toBe(false);
});

it('an incident is for its owner alone, and where there is no such folder the system’s own word is told', () => {
  const file = join(directory, 'incident.gz');
  expect(yima('journal', 'export', '--out', file).code).toBe(1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lost = yima('journal', 'export', '--out', join(directory, 'nowhere/incident.gz'));
  expect([lost.code, lost.out]).toEqual([1, '']);
  expect(lost.err).toMatch(/^\S+nowhere\/incident\.gz is not written: ENOENT[^\n]*\n$/);
});

// A journal that ends the program at every start must come to a refusal with its code, not to a loop.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tamper } from '../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { assertNoDamageBehindDefect, explained, markDefect, outliveDefect } from './damage.ts';

const refused = expect.objectContaining({ code: 'E-DB-04' });

let state = '';
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), 'yima-damage-')), 'state');
  openDrivenTill(state).close();
});
afterEach(() => rmSync(join(state, '..'), { recursive: true }));

it('a defect that the till outlives is told, and the next start verifies; what the database says ends it', () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  outliveDefect(state, new Error('no such paper'));
  expect(String(told.mock.calls[0]?.[0])).toContain('no such paper');
  told.mockRestore();
  spoil();
  expect(() => assertNoDamageBehindDefect(state)).toThrow(refused);
  const corrupt = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
  expect(() => outliveDefect(state, corrupt)).toThrow(corrupt);
});

/** A process of its own, which may be ended in the middle. */
function start(): ChildProcess {
  const call = `const { assertNoDamageBehindDefect } = await import(process.argv[1]);
    assertNoDamageBehindDefect(process.argv[2]);`;
  const program = new URL('./damage.ts', import.meta.url).href;
  return spawn(process.execPath, ['--input-type=module', '-e', call, program, state], { stdio: 'ignore' });
}

const spoil = () => tamper(state, `UPDATE till SET body = replace(body, '"shift":1', '"shift":7')`);

it('after a defect a sound journal opens, and one that does not verify refuses until it is restored', () => {
  markDefect(state);
  assertNoDamageBehindDefect(state);
  spoil();
  assertNoDamageBehindDefect(state);
  markDefect(state);
  expect(() => assertNoDamageBehindDefect(state)).toThrow(refused);
  expect(() => assertNoDamageBehindDefect(state)).toThrow(refused);
});

it('a verification that never ends keeps nobody from the start after it', { timeout: 60_000 }, async () => {
  markDefect(state);
  const journal = join(state, 'journal.db');
  const mark = join(state, 'ended-by-defect');
  // Whoever opens a pipe waits: as a journal of years is read for longer than the host waits, or than memory lasts.
  renameSync(journal, `${journal}.kept`);
  execFileSync('mkfifo', [journal]);
  const core = start();
  try {
    await vi.waitFor(() => expect(existsSync(mark)).toBe(false), { timeout: 20_000, interval: 20 });
    expect(core.exitCode).toBe(null);
  } finally {
    core.kill('SIGKILL');
  }
});

it('a start that fails is a defect on a sound journal, and damage on another one', () => {
  const defect = new TypeError('cannot read properties of undefined');
  expect(explained(defect, state)).toBe(defect);
  const refusal = Object.assign(new Error('tail lost'), { code: 'E-DB-03' });
  spoil();
  expect(explained(refusal, state)).toBe(refusal);
  expect(explained(defect, state)).toEqual(refused);
});

it('a page that the first write finds corrupt is E-DB-01 (rot sweep, seed 31 flip 410)', () => {
  const { SqliteError } = Database;
  const error = new SqliteError('database disk image is malformed', 'SQLITE_CORRUPT');
  expect(explained(error, state)).toMatchObject({ code: 'E-DB-01' });
});

it.each(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'ENOSPC', 'EROFS'])(
  'a disk that says %s is E-DB-06 before anything of the journal is verified',
  (code) => {
    // A verification would find this, and of years of records not before the host has ended the core.
    spoil();
    const error = Object.assign(new Error('the disk'), { code });
    expect(explained(error, state)).toMatchObject({ code: 'E-DB-06', cause: error });
  },
);

/** As a start does it: what may be damaged is verified before it is carried over. */
it.each([2, 3])('after a defect a till of schema %d is carried over and sells', (schema) => {
  const base = join(state, '..', 'older');
  const older = join(base, 'state');
  mkdirSync(join(base, 'keys'), { recursive: true, mode: 0o700 });
  mkdirSync(older, { mode: 0o700 });
  const released = join(import.meta.dirname, `../fixtures/databases/schema-${schema}`);
  copyFileSync(`${released}.db`, join(older, 'journal.db'));
  copyFileSync(`${released}.key`, join(base, 'keys', 'queue.key'));
  chmodSync(join(base, 'keys', 'queue.key'), 0o600);
  markDefect(older);
  assertNoDamageBehindDefect(older);
  const till = openDrivenTill(older);
  till.route(true);
  // On its counter stands a payment in doubt.
  const { sales, currentSaleId } = till.engine.state;
  till.answer(sales[currentSaleId ?? '']?.attemptIds.at(-1) ?? '', { kind: 'approved', proof });
  till.engine.post({ kind: 'saleLeft' });
  const attemptId = till.sell('130123456789019999');
  till.answer(attemptId, { kind: 'approved', proof });
  expect(till.attempt(attemptId).machine.state.kind).toBe('approved');
  till.close();
});

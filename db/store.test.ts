// Opening a state directory: what is damaged, newer, cut short or not ours is refused with its code, and nothing is written.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contents, copyState, restoreJournal, tamper } from '../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { DatabaseRefused } from './errors.ts';
import { openStore } from './store.ts';

let directory = '';
let state = '';
const file = () => join(state, 'journal.db');
const head = () => join(state, 'head');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-store-'));
  state = join(directory, 'state');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A till that has sold once; closed, so that everything is in the main file. */
function makeHistory(): void {
  const till = openDrivenTill(state);
  till.route(true);
  const attemptId = till.sell('130123456789012345');
  till.answer(attemptId, { kind: 'approved', proof });
  till.close();
}

function refusal(): { code: string; message: string } {
  const before = contents(state);
  try {
    openStore(state).close();
  } catch (error) {
    expect(contents(state)).toEqual(before);
    if (error instanceof DatabaseRefused) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it opened');
}

/** xorshift32: damage that can be repeated. */
function noise(seed: number, length: number): Buffer {
  let x = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      return x & 0xff;
    }),
  );
}

function overwrite(offset: number, bytes: Buffer): void {
  const whole = readFileSync(file());
  bytes.copy(whole, offset);
  writeFileSync(file(), whole);
}

describe('a sound journal', () => {
  it('opens again with what was in it', () => {
    makeHistory();
    const till = openDrivenTill(state);
    expect(till.engine.state.counters).toMatchObject({ sale: 1, attempt: 1, receipt: 1, line: 1, shift: 1 });
    till.close();
  });

  it('finds what names a text among all documents of a kind, however many are newer', () => {
    const till = openDrivenTill(state);
    till.route(true);
    const move = { kind: 'cashMoved', direction: 'paidIn', amount_fen: 100 } as const;
    for (const reason of ['R0001', 'R0002', 'R00011'])
      expect(till.engine.ask({ ...move, reason, operatorId: 'lin', approverId: 'lin' })).toBeNull();
    const named = till.store.documentsNaming('cashMove', 'R0001');
    expect(named).toHaveLength(2);
    expect(till.store.documentsNaming('cashMove', 'R0003')).toEqual([]);
    expect(till.store.documentsNaming('return', 'R0001')).toEqual([]);
    till.close();
  });

  it('opens after a crash in its very first write: an empty file and no head', () => {
    mkdirSync(state, { recursive: true });
    writeFileSync(file(), '');
    openStore(state).close();
    expect(existsSync(file())).toBe(true);
  });
});

describe('a damaged file is E-DB-01', () => {
  beforeEach(makeHistory);

  it('random bytes in the header', () => {
    overwrite(0, noise(7, 100));
    expect(refusal()).toMatchObject({ code: 'E-DB-01', message: expect.stringContaining(file()) });
  });

  it.each([1, 2, 3, 4, 5])('random bytes in its pages, seed %i', (seed) => {
    const pages = readFileSync(file()).length / 4096;
    for (let page = 1; page < pages; page += 1) overwrite(page * 4096, noise(seed * 1000 + page, 64));
    expect(refusal().code).toBe('E-DB-01');
  });

  it('random bytes behind a good header, in the schema page', () => {
    overwrite(100, noise(3, 800));
    expect(refusal().code).toBe('E-DB-01');
  });

  it.each([0.9, 0.5, 0.1])('cut to %f of its length', (share) => {
    const { length } = readFileSync(file());
    truncateSync(file(), Math.floor(length * share));
    expect(refusal().code).toBe('E-DB-01');
  });

  it('cut in mid-header', () => {
    truncateSync(file(), 60);
    expect(refusal().code).toBe('E-DB-01');
  });

  it('a receipt that waits for the printer and is no JSON any more, since one bit flipped', () => {
    tamper(state, "UPDATE receipt SET body = 'z' || substr(body, 2)");
    expect(refusal()).toMatchObject({
      code: 'E-DB-01',
      message: expect.stringMatching(/outbox row \d+ names/),
    });
  });

  it('a text file under its name', () => {
    writeFileSync(file(), '今天的账本\n'.repeat(500));
    expect(refusal().code).toBe('E-DB-01');
  });
});

describe('a file that cannot be used is E-DB-06', () => {
  it('a folder under its name', () => {
    mkdirSync(file(), { recursive: true });
    expect(() => openStore(state)).toThrow(expect.objectContaining({ code: 'E-DB-06' }));
  });

  it('a database without our tables, when the head file knows better, has lost its tail', () => {
    makeHistory();
    tamper(state, 'ALTER TABLE journal RENAME TO other');
    expect(refusal().code).toBe('E-DB-03');
  });

  it('a lock file that can not be one', () => {
    mkdirSync(join(state, 'lock.db'), { recursive: true });
    expect(() => openStore(state)).toThrow(expect.objectContaining({ code: 'E-DB-06' }));
  });
});

it('a newer schema is E-DB-02, naming both numbers', () => {
  makeHistory();
  tamper(state, 'PRAGMA user_version = 999');
  expect(refusal()).toMatchObject({
    code: 'E-DB-02',
    message: expect.stringMatching(/schema 999.*knows \d+/),
  });
});

it('a newer schema that stands only in the WAL is E-DB-02, and the WAL stays too', () => {
  makeHistory();
  const copy = join(directory, 'copy');
  const sql = new Database(file());
  sql.pragma('user_version = 999');
  copyState(state, copy);
  sql.close();
  rmSync(state, { recursive: true });
  copyState(copy, state);
  expect(readFileSync(`${file()}-wal`).length).toBeGreaterThan(0);
  expect(refusal().code).toBe('E-DB-02');
});

describe('a tail that is lost is E-DB-03', () => {
  beforeEach(makeHistory);

  it.each([1, 3])('the last %i records deleted', (count) => {
    const before = Number(readFileSync(head(), 'latin1').slice(0, 15));
    tamper(state, `DELETE FROM journal WHERE sequence > ${before - count}`);
    const found = refusal();
    expect(found.code).toBe('E-DB-03');
    expect(found.message).toContain(`ends at record ${before - count}, but record ${before} was written`);
  });

  it('all records deleted', () => {
    tamper(state, 'DELETE FROM journal');
    expect(refusal().code).toBe('E-DB-03');
  });

  it('an older journal put back', () => {
    const old = join(directory, 'old');
    copyState(state, old);
    const till = openDrivenTill(state);
    till.engine.post({ kind: 'languageSet', language: 'en' });
    till.close();
    restoreJournal(old, state);
    expect(refusal().code).toBe('E-DB-03');
  });

  it.each(['emptied', 'removed'])('the journal %s', (how) => {
    if (how === 'emptied') truncateSync(file(), 0);
    else rmSync(file());
    expect(refusal().code).toBe('E-DB-03');
    expect(existsSync(file())).toBe(how === 'emptied');
  });

  it('a WAL cut by a flipped bit: integrity_check says ok, the head file does not', () => {
    const copy = join(directory, 'copy');
    const till = openDrivenTill(state);
    for (let index = 0; index < 5; index += 1) till.engine.post({ kind: 'languageSet', language: 'en' });
    copyState(state, copy);
    till.close();
    rmSync(state, { recursive: true });
    copyState(copy, state);
    const wal = readFileSync(`${file()}-wal`);
    const offset = wal.length - 2000;
    wal.writeUInt8((wal[offset] ?? 0) ^ 1, offset);
    writeFileSync(`${file()}-wal`, wal);
    expect(refusal().code).toBe('E-DB-03');
  });
});

describe('the head file', () => {
  it('of another chain is E-DB-04', () => {
    makeHistory();
    const other = join(directory, 'other');
    const till = openDrivenTill(other);
    for (let index = 0; index < 30; index += 1) till.engine.post({ kind: 'languageSet', language: 'en' });
    till.close();
    restoreJournal(other, state);
    expect(refusal().code).toBe('E-DB-04');
  });

  it.each([
    ['empty', ''],
    ['torn', '000000000000007 abcd'],
    ['longer by a line', null],
    ['noise', '\u0000'.repeat(81)],
  ])('that is %s proves nothing and is written anew', (_how, text) => {
    makeHistory();
    const before = readFileSync(head(), 'latin1');
    if (text === null) appendFileSync(head(), 'x');
    else writeFileSync(head(), text);
    const till = openDrivenTill(state);
    till.close();
    const after = readFileSync(head(), 'latin1');
    expect(after).toMatch(/^\d{15} [0-9a-f]{64} \d{16}\n$/);
    expect(after).not.toBe(before);
  });

  it('follows each commit', () => {
    const till = openDrivenTill(state);
    till.engine.post({ kind: 'languageSet', language: 'en' });
    const { sequence, hash } = till.store.head();
    expect(readFileSync(head(), 'latin1')).toMatch(
      new RegExp(`^${String(sequence).padStart(15, '0')} ${hash} \\d{16}\n$`),
    );
    till.close();
  });

  it('behind the journal (a crash between commit and its writing) is no fault', () => {
    makeHistory();
    const before = readFileSync(head());
    const till = openDrivenTill(state);
    till.close();
    writeFileSync(head(), before);
    expect(() => openStore(state).close()).not.toThrow();
  });
});

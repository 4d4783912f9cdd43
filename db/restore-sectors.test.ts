// A restore from what the disk itself does not give any more: a bad sector is no reason to have no way back.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDrivenTill } from '../fixtures/databases/till.ts';
import { makeBackup } from './backup.ts';
import { type RestoreDone, restoreState } from './restore.ts';
import { soundEnd } from './salvage.ts';
import { openForSalvage } from './salvage-open.ts';
import { verifyStateDirectory } from './verify.ts';

const NOW_ms = Date.parse('2026-11-28T04:00:00Z');

let directory = '';
let state = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-sector-'));
  state = join(directory, 'state');
});
afterEach(() => rmSync(directory, { recursive: true }));

function backUp(): string {
  const at = new Date(NOW_ms).toISOString();
  const made = makeBackup({ state, directory: join(directory, 'backups'), keep: 3, at });
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
  return made.backup.file;
}

function restore(from: string): RestoreDone {
  return restoreState({ state, from, now_ms: NOW_ms, leastEpoch: 1 });
}

describe('a restore of what a bad sector lies in', () => {
  /** Nothing can be read there, as of a disk that answers EIO. */
  const spoil = (name: string): void => {
    rmSync(join(state, name));
    mkdirSync(join(state, name));
  };

  it.each([
    ['journal.db', { readableTo: null, lost: { sequence: 5 } }],
    ['head', { readableTo: 5, lost: null }],
  ])('%s goes on, says so, and keeps what is there', (name, known) => {
    openDrivenTill(state).close();
    const from = backUp();
    spoil(name);
    const { aside, unreadable, ...gap } = restore(from);
    expect(gap).toMatchObject({ ...known, epoch: 2 });
    expect(unreadable).toEqual([expect.stringMatching(`/${name}: EISDIR`)]);
    expect(readdirSync(aside).toSorted()).toEqual(expect.arrayContaining(['head', 'journal.db']));
    expect(statSync(join(aside, name)).isDirectory()).toBe(true);
    expect(readdirSync(state).filter((one) => one.includes('salvage'))).toEqual([]);
    openDrivenTill(state).close();
    expect(verifyStateDirectory(state).ok).toBe(true);
  });

  it('begins no epoch twice: the notes of the restores before are elsewhere', () => {
    openDrivenTill(state).close();
    const from = backUp();
    expect(restore(from).epoch).toBe(2);
    openDrivenTill(state).close();
    // Copies on a stick, with neither the backups after the first restore nor the note beside them.
    const stick = join(directory, 'stick');
    mkdirSync(stick);
    copyFileSync(from, join(stick, 'copy.db'));
    spoil('journal.db');
    expect(restore(join(stick, 'copy.db')).epoch).toBe(3);
    spoil('journal.db');
    spoil('epoch');
    const again = () => restore(join(stick, 'copy.db'));
    rmSync(join(stick, 'epoch'));
    expect(again).toThrow(
      expect.objectContaining({ code: 'E-DB-06', message: expect.stringContaining('--epoch') }),
    );
  });

  it.each(['', '\u0000\u0000', '2x', '999999'])('takes no epoch from a note that holds "%s"', (text) => {
    openDrivenTill(state).close();
    const from = backUp();
    writeFileSync(join(state, 'epoch'), text);
    expect(() => restore(from)).toThrow(
      expect.objectContaining({ code: 'E-DB-06', message: expect.stringContaining('--epoch') }),
    );
    const wanted = { state, from, now_ms: NOW_ms, leastEpoch: 5 };
    expect(restoreState(wanted)).toMatchObject({ epoch: 5 });
  });

  it('drops a copy that a kill in the middle of another one left', () => {
    openDrivenTill(state).close();
    const from = backUp();
    mkdirSync(join(state, 'yima-salvage-abcdef'));
    restore(from);
    expect(readdirSync(state).filter((one) => one.includes('salvage'))).toEqual([]);
  });
});

describe('a damaged journal is copied for looking at it', () => {
  const look = (under?: string[]) => {
    const salvage = openForSalvage(state, () => undefined, under);
    const { sequence } = soundEnd(salvage.sql);
    salvage.close();
    return sequence;
  };

  it('beside itself, where there is room, and nowhere else', () => {
    openDrivenTill(state).close();
    vi.stubEnv('TMPDIR', join(directory, 'full'));
    expect(look()).toBe(5);
    vi.unstubAllEnvs();
  });

  it('where temporary files lie when the first place takes none', () => {
    openDrivenTill(state).close();
    expect(look([join(directory, 'read-only'), directory])).toBe(5);
    expect(() => look([join(directory, 'read-only')])).toThrow('ENOENT');
    expect(readdirSync(directory).toSorted()).toEqual(['keys', 'state']);
  });
});

// One backup directory, and more than one who writes there: the tills of a shop, or a person beside the till.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DrivenTill, openDrivenTill } from '../fixtures/databases/till.ts';
import { makeBackup } from './backup.ts';
import { listBackups, newestOwn, partialFile } from './backup-files.ts';
import { journalMark } from './backup-origin.ts';
import { restoreState } from './restore.ts';

const KEEP = 2;
const NOW_ms = Date.parse('2026-11-28T04:00:00Z');

let directory = '';
let backups = '';
let tills: DrivenTill[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-shared-'));
  backups = join(directory, 'backups');
  tills = ['a', 'b'].map((name) => openDrivenTill(stateOf(name)));
});
afterEach(() => {
  for (const till of tills) till.close();
  rmSync(directory, { recursive: true });
});

function stateOf(name: string): string {
  return join(directory, name, 'state');
}

function backUp(name: string): string {
  const wanted = { state: stateOf(name), directory: backups, keep: KEEP, at: new Date(NOW_ms).toISOString() };
  const made = makeBackup(wanted);
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
  return made.backup.file;
}

/** So many records more, and a backup after each. */
function backUpOften(index: number, name: string, times: number): string[] {
  return Array.from({ length: times }, (_, count) => {
    tills[index]?.engine.post({ kind: 'languageSet', language: count % 2 === 0 ? 'en' : 'zh' });
    return backUp(name);
  });
}

describe('two tills with one backup directory', () => {
  it('keep as many as each wants: none is dropped for the other', () => {
    const [, ...ofA] = backUpOften(0, 'a', KEEP + 1);
    const [, ...ofB] = backUpOften(1, 'b', KEEP + 3).slice(2);
    expect(
      listBackups(backups)
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual([...ofA, ...ofB].toSorted());
  });

  it('know those of an older program, whose names do not say the till, by what is in them', () => {
    const [left = '', kept = ''] = backUpOften(0, 'a', KEEP).map((file) => {
      const older = file.replace(/yima-[0-9a-f]{8}-/, 'yima-');
      renameSync(file, older);
      return older;
    });
    const ofB = backUp('b');
    const [newest] = backUpOften(0, 'a', 1);
    expect([left, kept, ofB, newest ?? ''].map((file) => existsSync(file))).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('take none of the other’s for their own newest', () => {
    const mine = backUp('a');
    backUpOften(1, 'b', 2);
    expect(newestOwn(backups, journalMark(mine))?.file).toBe(mine);
    expect(newestOwn(backups, 'nobody')).toBeNull();
  });

  it('are not restored from the other’s, unless a person says that it is meant', () => {
    const ofB = backUp('b');
    for (const till of tills.splice(0)) till.close();
    const wanted = { state: stateOf('a'), from: ofB, now_ms: NOW_ms, leastEpoch: 1 };
    expect(() => restoreState(wanted)).toThrow(expect.objectContaining({ code: 'E-RST-04' }));
    expect(restoreState({ ...wanted, isOtherJournal: true })).toMatchObject({ epoch: 2 });
  });
});

describe('what another one is about to make', () => {
  /** A process that has ended. */
  const dead = () => spawnSync(process.execPath, ['-e', '']).pid;
  const place = (mark: string, pid: number): string => {
    mkdirSync(backups, { recursive: true });
    const file = partialFile(backups, mark, pid);
    writeFileSync(file, 'half');
    return file;
  };

  it('is left to him while he lives, and dropped when he is gone', () => {
    const mark = journalMark(join(stateOf('a'), 'journal.db'));
    const [living, left] = [place(mark, process.ppid), place(mark, dead())];
    backUp('a');
    expect([living, left].map((file) => existsSync(file))).toEqual([true, false]);
  });

  it('on another till of the shop is left alone for a day', () => {
    const [fresh, old] = [place('aaaaaaaa', dead()), place('bbbbbbbb', dead())];
    const now_s = NOW_ms / 1000;
    utimesSync(fresh, now_s, now_s);
    utimesSync(old, now_s - 90_000, now_s - 90_000);
    backUp('a');
    expect(listBackups(backups)).toHaveLength(1);
    expect([fresh, old].map((file) => existsSync(file))).toEqual([true, false]);
  });
});

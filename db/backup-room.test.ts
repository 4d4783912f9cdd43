// A disk with too little room for a backup: the oldest ones go, never the newest two.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type * as Fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DrivenTill, openDrivenTill } from '../fixtures/databases/till.ts';
import { type BackupMade, makeBackup } from './backup.ts';
import { listBackups } from './backup-files.ts';

const disk = vi.hoisted(() => ({ free_bytes: (): number => 0 }));
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof Fs>()),
  statfsSync: () => ({ bavail: disk.free_bytes(), bsize: 1 }),
}));

const NOW_ms = Date.parse('2026-11-28T04:00:00Z');
const PLENTY_bytes = 1e12;

let directory = '';
let backups = '';
let till: DrivenTill;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-room-'));
  backups = join(directory, 'backups');
  till = openDrivenTill(join(directory, 'state'));
  withFree(() => PLENTY_bytes);
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

function withFree(free_bytes: () => number): void {
  disk.free_bytes = free_bytes;
}

/** Room as soon as no more than so many files lie in the backup directory. */
function withRoomForOthers(count: number): void {
  withFree(() => (readdirSync(backups).length <= count ? PLENTY_bytes : 1000));
}

const backUp = (keep: number): BackupMade =>
  makeBackup({
    state: join(directory, 'state'),
    directory: backups,
    keep,
    at: new Date(NOW_ms).toISOString(),
  });

/** Nine of them, the oldest first. */
function backUpNineTimes(): string[] {
  return Array.from({ length: 9 }, (_, count) => {
    till.engine.post({ kind: 'languageSet', language: count % 2 === 0 ? 'en' : 'zh' });
    const made = backUp(9);
    if (!made.ok) throw new Error(made.detail);
    return made.backup.file;
  });
}

const oldestFirst = () =>
  listBackups(backups)
    .map(({ file }) => file)
    .toReversed();

describe('where a backup has too little room', () => {
  it('the oldest of this journal go, as many as it takes, and it is made', () => {
    const old = backUpNineTimes();
    withRoomForOthers(6);
    till.engine.post({ kind: 'languageSet', language: 'zh' });
    const made = backUp(9);
    expect(made).toMatchObject({ ok: true, dropped: 3 });
    expect(oldestFirst()).toEqual([...old.slice(3), made.ok && made.backup.file]);
  });

  it('the newest two stay where even that is not enough, and E-BAK-01 says what was dropped', () => {
    const old = backUpNineTimes();
    withFree(() => 1000);
    expect(backUp(2)).toEqual({
      ok: false,
      code: 'E-BAK-01',
      detail: expect.stringMatching(
        /: 1000 bytes free, \d+ needed, after 7 of the oldest backups were dropped for room$/,
      ),
    });
    expect(oldestFirst()).toEqual(old.slice(-2));
    expect(backUp(2)).toMatchObject({ ok: false, detail: expect.stringMatching(/ needed$/) });
    expect(oldestFirst()).toEqual(old.slice(-2));
  });

  it('those of another till stay', () => {
    const other = openDrivenTill(join(directory, 'other'));
    const wanted = {
      state: join(directory, 'other'),
      directory: backups,
      keep: 9,
      at: '2026-11-27T04:00:00Z',
    };
    const made = makeBackup(wanted);
    other.close();
    backUpNineTimes();
    withFree(() => 1000);
    expect(backUp(2).ok).toBe(false);
    expect(made.ok && existsSync(made.backup.file)).toBe(true);
  });

  it('with room none goes before the new one is made', () => {
    backUpNineTimes();
    till.engine.post({ kind: 'languageSet', language: 'zh' });
    expect(backUp(9)).toMatchObject({ ok: true, dropped: 0 });
    expect(oldestFirst()).toHaveLength(9);
  });
});

// A state directory that was put back whole, as by a disk image: a backup beside it says that it is old.
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contents } from '../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { makeBackup } from './backup.ts';
import { restoreState } from './restore.ts';
import { openStore } from './store.ts';

const NOW_ms = Date.parse('2026-11-28T04:00:00Z');

let directory = '';
let state = '';
let backups = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-put-back-'));
  state = join(directory, 'state');
  backups = join(directory, 'backups');
});
afterEach(() => rmSync(directory, { recursive: true }));

const image = () => join(directory, 'image');

/** One sale that is paid. */
function sell(code: string): void {
  const till = openDrivenTill(state);
  till.route(true);
  till.answer(till.sell(code), { kind: 'approved', proof });
  till.engine.post({ kind: 'saleLeft' });
  till.close();
}

function backUp(): { file: string; sequence: number } {
  const made = makeBackup({ state, directory: backups, keep: 3, at: new Date(NOW_ms).toISOString() });
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
  return made.backup;
}

function putBack(): void {
  rmSync(state, { recursive: true });
  cpSync(image(), state, { recursive: true });
}

/** A sale, an image of the disk, a sale more, a backup, and the image put back. The newest backup. */
function putBackAfterBackup(): ReturnType<typeof backUp> {
  sell('130123456789012345');
  cpSync(state, image(), { recursive: true });
  sell('130123456789012346');
  const made = backUp();
  putBack();
  return made;
}

/** As the core opens it: where it ends. */
function start(): number {
  const store = openStore(state, undefined, backups);
  const { sequence } = store.head();
  store.close();
  return sequence;
}

describe('a state directory that was put back whole', () => {
  it('is E-DB-03 naming the backup that goes further, and nothing is written', () => {
    const { file, sequence } = putBackAfterBackup();
    const before = contents(state);
    expect(start).toThrow(
      expect.objectContaining({
        code: 'E-DB-03',
        message: expect.stringContaining(`its backup ${file} goes to record ${sequence} (epoch 1)`),
      }),
    );
    expect(contents(state)).toEqual(before);
  });

  it('is found by a backup of an older program, whose name does not say the journal', () => {
    const { file } = putBackAfterBackup();
    renameSync(file, file.replace(/yima-[0-9a-f]{8}-/, 'yima-'));
    expect(start).toThrow(expect.objectContaining({ code: 'E-DB-03' }));
  });

  it('starts when it was restored from that backup, and nobody knows how much was lost', () => {
    const { file, sequence } = putBackAfterBackup();
    expect(restoreState({ state, from: file, now_ms: NOW_ms, leastEpoch: 1 })).toMatchObject({
      epoch: 2,
      lost: null,
    });
    expect(start()).toBe(sequence + 1);
  });

  it('from before a restore is E-DB-03 too: the backup is of a higher epoch', () => {
    const { file } = putBackAfterBackup();
    restoreState({ state, from: file, now_ms: NOW_ms, leastEpoch: 1 });
    sell('130123456789012347');
    rmSync(file);
    backUp();
    putBack();
    expect(start).toThrow(
      expect.objectContaining({ code: 'E-DB-03', message: expect.stringContaining('(epoch 2)') }),
    );
  });
});

describe('a plain start', () => {
  it('goes on with its own newest backup at its end, and behind it', () => {
    sell('130123456789012345');
    const { sequence } = backUp();
    expect(start()).toBe(sequence);
    sell('130123456789012346');
    expect(start()).toBeGreaterThan(sequence);
  });

  it('takes no backup of a lower epoch for a proof: it was restored from one before it', () => {
    sell('130123456789012345');
    const { file, sequence } = backUp();
    for (const code of ['130123456789012346', '130123456789012347']) sell(code);
    backUp();
    restoreState({ state, from: file, now_ms: NOW_ms, leastEpoch: 1 });
    expect(start()).toBe(sequence + 1);
  });

  it('takes no backup of another journal for a proof', () => {
    const { file } = putBackAfterBackup();
    renameSync(file, file.replace(/yima-[0-9a-f]{8}-/, 'yima-0123abcd-'));
    expect(start()).toBeGreaterThan(0);
  });

  it.each([
    ['is away', () => rmSync(backups, { recursive: true })],
    ['is no directory', () => (rmSync(backups, { recursive: true }), writeFileSync(backups, ''))],
  ])('goes on where the backup directory %s', (_, spoil) => {
    sell('130123456789012345');
    backUp();
    spoil();
    expect(start()).toBeGreaterThan(0);
    expect(readdirSync(state)).toContain('journal.db');
  });
});

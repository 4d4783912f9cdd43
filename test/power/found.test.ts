// Defects that cutting the power found, each at the moment at which it was found.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../db/store.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import { Disk } from './disk.ts';
import { type Place, readImage } from './read-image.ts';
import { type ProgramRecording, recordCommits } from './record-program.ts';
import { scratch } from './scratch.ts';

let directory = '';
beforeEach(() => {
  directory = scratch();
});
afterEach(() => rmSync(directory, { recursive: true }));

function placeOf({ base, state, keys }: ProgramRecording): Place {
  return { base, state, keys, target: join(directory, 'image') };
}

it('the directories of a new till are as safe as the first record in them', () => {
  const recording = recordCommits(directory, 3);
  const disk = new Disk(recording.base, recording.before);
  for (const entry of recording.entries) disk.take(entry);
  const reading = readImage(disk.image([]), placeOf(recording));
  expect(reading).toMatchObject({
    kind: 'opened',
    hashes: [expect.any(String), expect.any(String), expect.any(String)],
  });
});

it('a power cut in the first write of all leaves no till that calls its journal damaged', () => {
  const recording = recordCommits(directory, 1);
  const disk = new Disk(recording.base, recording.before);
  const isFirstPage = (entry: (typeof recording.entries)[number]): boolean =>
    entry.kind === 'written' && basename(entry.path) === 'journal.db';
  const at = recording.entries.findIndex(isFirstPage);
  for (const entry of recording.entries.slice(0, at + 1)) disk.take(entry);
  // The file has grown, and what was to stand there has not arrived.
  const changes = disk.pending.map((change) =>
    change.kind === 'write' && change.bytes.length === 4096
      ? { ...change, bytes: Buffer.alloc(change.bytes.length) }
      : change,
  );
  expect(readImage(disk.image(changes), placeOf(recording))).toMatchObject({ kind: 'opened', hashes: [] });
});

it('a first page torn by a cut in mid-checkpoint is taken from the WAL, and the journal is whole', () => {
  const { state } = recordCommits(directory, 3);
  const file = openSync(join(state, 'journal.db'), 'r+');
  writeSync(file, Buffer.alloc(512), 0, 512, 0);
  closeSync(file);
  const store = openStore(state);
  expect(store.head().sequence).toBe(3);
  store.close();
  expect(verifyStateDirectory(state)).toMatchObject({ records: 3, fault: null });
});

it('a first page that is torn where no WAL has it is still refused', () => {
  const { state } = recordCommits(directory, 3);
  openStore(state).close();
  const file = openSync(join(state, 'journal.db'), 'r+');
  writeSync(file, Buffer.alloc(512), 0, 512, 0);
  closeSync(file);
  expect(() => openStore(state)).toThrow(expect.objectContaining({ code: 'E-DB-01' }));
});

it('a commit whose sync failed is written again before anything is built on it', () => {
  recordCommits(directory, 0);
  const { state } = recordCommits(directory, 3, 2);
  // The kernel tells of the failure once: whoever opens the journal now reads what the disk does not have.
  const recording = recordCommits(directory, 2);
  expect(recording.entries.filter(({ kind }) => kind === 'syncFailed')).toHaveLength(1);
  const disk = new Disk(recording.base, new Map());
  for (const entry of recording.entries) disk.take(entry);
  const live = new Database(join(state, 'journal.db'), { readonly: true });
  const records = live.prepare('SELECT count(*) FROM journal').pluck().get();
  live.close();
  const reading = readImage(disk.image([]), placeOf(recording));
  expect(reading).toMatchObject({ kind: 'opened', hashes: { length: records } });
});

// The recording's files: a ring of some megabytes beside the journal, appended and never synced (docs/replay.md).
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { InputSink } from '../core/ports/input-sink.ts';

export const INPUTS_FOLDER = 'inputs';

const FILE_bytes = 4 * 1024 * 1024;
const MOST_files = 8;

const nameOf = (number: number): string => `${String(number).padStart(8, '0')}.ndjson`;

/** Oldest first. */
export function inputFileNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^\d{8}\.ndjson$/.test(name))
    .toSorted();
}

/** Nothing is opened before the first line, and whatever fails then throws there. */
export function openInputFiles(
  folder: string,
  limits: { file_bytes: number; files: number } = { file_bytes: FILE_bytes, files: MOST_files },
): InputSink {
  let open: { descriptor: number; number: number; size_bytes: number } | null = null;

  function openFile(number: number) {
    const descriptor = openSync(join(folder, nameOf(number)), 'a', 0o600);
    open = { descriptor, number, size_bytes: fstatSync(descriptor).size };
    return open;
  }

  function current() {
    if (open !== null) return open;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openFile(Number.parseInt(inputFileNames(folder).at(-1) ?? nameOf(1), 10));
  }

  return {
    isFull: () => current().size_bytes >= limits.file_bytes,
    turn: () => {
      const { descriptor, number } = current();
      closeSync(descriptor);
      openFile(number + 1);
      for (const name of inputFileNames(folder).slice(0, -limits.files)) rmSync(join(folder, name));
    },
    write: (text) => {
      const file = current();
      // Not at a position: an append is one call, and a short one shows as a torn line.
      file.size_bytes += writeSync(file.descriptor, text);
    },
    close: () => {
      if (open !== null) closeSync(open.descriptor);
      open = null;
    },
  };
}

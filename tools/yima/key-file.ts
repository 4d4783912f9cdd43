// A key file, whole or not at all, for its owner alone, and never over another key.
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export type KeyFile = {
  /** `kept`: where the key that stood there went; null where none did. */
  write(key: string): { kept: string | null };
  /** Nothing came: leaves all as it was. */
  drop(): void;
};

function synced(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Opened before the key is asked for, so that a full disk or a folder that nobody may write to costs no code. `stamp`: what the old file
 * gets behind its name. @throws Error in the file system's words
 */
export function openKeyFile(file: string, stamp: string): KeyFile {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  const handle = openSync(partial, 'wx', 0o600);
  return {
    write(key) {
      writeSync(handle, `${key}\n`);
      fsyncSync(handle);
      closeSync(handle);
      const kept = existsSync(file) ? `${file}.${stamp}` : null;
      // A link never takes the place of another file.
      if (kept !== null) linkSync(file, kept);
      renameSync(partial, file);
      synced(dirname(file));
      return { kept };
    },
    drop() {
      closeSync(handle);
      rmSync(partial);
    },
  };
}

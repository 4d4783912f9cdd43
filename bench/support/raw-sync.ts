// The yardstick of every durable write: overwrite 4 KiB of a preallocated file and fdatasync (reference performance.md 1).
import { closeSync, fdatasyncSync, fsyncSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PAGE_bytes = 4096;
const PAGES = 1024;
/** statfs(2) f_type of tmpfs and ramfs, where a sync costs nothing and proves nothing. */
const memoryFileSystems = new Set([0x01021994, 0x858458f6]);

export type RawFile = {
  /** One overwrite with its sync; how long it took. */
  sync(): number;
  close(): void;
};

/** @throws Error when `directory` is in memory. */
export function openRawFile(directory: string): RawFile {
  if (memoryFileSystems.has(statfsSync(directory).type))
    throw new Error(`${directory} is in memory, not on a disk`);
  const path = join(directory, 'raw-sync');
  const descriptor = openSync(path, 'w+');
  const page = Buffer.alloc(PAGE_bytes, 7);
  for (let index = 0; index < PAGES; index += 1)
    writeSync(descriptor, page, 0, PAGE_bytes, index * PAGE_bytes);
  fsyncSync(descriptor);
  let count = 0;
  return {
    sync: () => {
      const started_ms = performance.now();
      writeSync(descriptor, page, 0, PAGE_bytes, (count++ % PAGES) * PAGE_bytes);
      fdatasyncSync(descriptor);
      return performance.now() - started_ms;
    },
    close: () => {
      closeSync(descriptor);
      unlinkSync(path);
    },
  };
}

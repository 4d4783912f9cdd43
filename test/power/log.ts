// Reads what fixtures/disk/write-log.c has written: every change of the disk and everything sent, in its order.
import { readFileSync } from 'node:fs';

export type Entry =
  | { kind: 'opened'; inode: number; path: string; isCreated: boolean; isEmptied: boolean }
  | { kind: 'written'; inode: number; path: string; offset: number; bytes: Buffer }
  | { kind: 'truncated'; inode: number; path: string; size: number }
  | { kind: 'synced'; inode: number; path: string; isDirectory: boolean }
  | { kind: 'syncFailed'; inode: number; path: string }
  | { kind: 'unlinked' | 'directoryMade'; path: string }
  | { kind: 'renamed'; path: string; to: string }
  /** `inode` names the socket; `port` is the other end's, 0 where it is none of TCP. */
  | { kind: 'sent'; inode: number; port: number; bytes: Buffer }
  | { kind: 'noted'; bytes: Buffer };

const HEADER_bytes = 25;

type Raw = { code: number; inode: number; number: number; path: string; bytes: Buffer };

function entryOf({ code, inode, number, path, bytes }: Raw): Entry {
  switch (code) {
    case 1:
      return {
        kind: 'opened',
        inode,
        path,
        isCreated: number % 2 === 1,
        isEmptied: number >= 2,
      };
    case 2:
      return { kind: 'written', inode, path, offset: number, bytes };
    case 3:
      return { kind: 'truncated', inode, path, size: number };
    case 4:
      return { kind: 'synced', inode, path, isDirectory: number === 1 };
    case 5:
      return { kind: 'unlinked', path };
    case 6:
      return { kind: 'renamed', path, to: bytes.toString('utf8') };
    case 7:
      return { kind: 'directoryMade', path };
    case 8:
      return { kind: 'sent', inode, port: number, bytes };
    case 9:
      return { kind: 'noted', bytes };
    case 10:
      return { kind: 'syncFailed', inode, path };
    default:
      throw new Error(`the write log holds an entry of kind ${code}`);
  }
}

/** A process that was killed may leave half an entry at the end: what it stands for had happened, or not; it counts as not. */
export function readLog(file: string): Entry[] {
  const log = readFileSync(file);
  const entries: Entry[] = [];
  for (let at = 0; at + HEADER_bytes <= log.length; ) {
    const pathEnd = at + HEADER_bytes + log.readUInt32LE(at + 17);
    const end = pathEnd + log.readUInt32LE(at + 21);
    if (end > log.length) break;
    entries.push(
      entryOf({
        code: log.readUInt8(at),
        inode: Number(log.readBigUInt64LE(at + 1)),
        number: Number(log.readBigInt64LE(at + 9)),
        path: log.toString('utf8', at + HEADER_bytes, pathEnd),
        bytes: log.subarray(pathEnd, end),
      }),
    );
    at = end;
  }
  return entries;
}

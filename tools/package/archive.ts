// Reads an asar archive: what is in it, and the bytes of one file. Electron finds its own files by the same header.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

export type ArchiveFile = { path: string; isUnpacked: boolean; size: number; offset: number };
export type Archive = { file: string; files: ArchiveFile[] };

type Node = { files?: Record<string, Node>; unpacked?: boolean; size?: number; offset?: string };

/** Four numbers stand before the header's text; the contents begin after the second's bytes and the first two numbers. */
const PREFIX = 16;

export function readArchive(file: string): Archive {
  const descriptor = openSync(file, 'r');
  try {
    const prefix = Buffer.alloc(PREFIX);
    readSync(descriptor, prefix, 0, PREFIX, 0);
    const text = Buffer.alloc(prefix.readUInt32LE(12));
    readSync(descriptor, text, 0, text.length, PREFIX);
    const start = 8 + prefix.readUInt32LE(4);
    return { file, files: filesOf(JSON.parse(text.toString('utf8')) as Node, '', start) };
  } finally {
    closeSync(descriptor);
  }
}

function filesOf(node: Node, path: string, start: number): ArchiveFile[] {
  if (node.files !== undefined) {
    return Object.entries(node.files).flatMap(([name, inner]) =>
      filesOf(inner, path === '' ? name : `${path}/${name}`, start),
    );
  }
  const isUnpacked = node.unpacked === true;
  return [{ path, isUnpacked, size: node.size ?? 0, offset: start + Number(node.offset ?? 0) }];
}

/** @throws Error when the archive has no such file */
export function readFromArchive(archive: Archive, path: string): Buffer {
  const found = archive.files.find((each) => each.path === path);
  if (found === undefined) throw new Error(`${archive.file} has no ${path}`);
  if (found.isUnpacked) return readFileSync(join(`${archive.file}.unpacked`, path));
  return readFileSync(archive.file).subarray(found.offset, found.offset + found.size);
}

// Reads what the kernel and udev show as files: folders, links and one-line texts that may be missing at any time.
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { errorDetail } from '../transport/link-state.ts';

const absent = new Set(['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EIO']);

/** Null for what is not there (any more); other errors go on. */
async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (absent.has(errorDetail(error).code)) return null;
    throw error;
  }
}

/** In order; empty when there is no such folder. */
export async function namesIn(directory: string): Promise<string[]> {
  return ((await orNull(readdir(directory))) ?? []).toSorted();
}

/** Without white space around it and at most 1000 characters: a device wrote it. */
export async function textIn(file: string): Promise<string | null> {
  const text = await orNull(readFile(file, 'utf8'));
  return text === null ? null : text.trim().slice(0, 1000);
}

/** Where each link of a folder leads, by the target: /dev/ttyUSB0 -> /dev/serial/by-id/usb-FTDI... */
export async function linksByTarget(directory: string): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const name of await namesIn(directory)) {
    const link = join(directory, name);
    const target = await orNull(realpath(link));
    if (target !== null && !links.has(target)) links.set(target, link);
  }
  return links;
}

export function realPathOf(path: string): Promise<string | null> {
  return orNull(realpath(path));
}

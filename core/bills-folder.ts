// The folder that bills are put into, by hand, by a stick or by `yima bill fetch`: what lies there, and the table written beside a bill.
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { BillFile, BillRail } from '../contract/reconciliation.ts';
import { railOfBill } from '../reconciliation/bills/detect.ts';

const LISTED_files = 60;
const HEAD_bytes = 512;
/** A till's busiest day has some hundred kilobytes. */
const MOST_bytes = 64 * 2 ** 20;
const TABLE_END = '.findings.csv';

/** Whose bill a route's acquirer sends. */
export function railOfRoute({ adapter }: RouteConfiguration): BillRail {
  return adapter;
}

function headOf(path: string): Uint8Array {
  const handle = openSync(path, 'r');
  try {
    const head = new Uint8Array(HEAD_bytes);
    return head.subarray(0, readSync(handle, head, 0, HEAD_bytes, 0));
  } finally {
    closeSync(handle);
  }
}

/** A name in the folder itself, of nothing hidden: it comes from a screen. */
export function isBillName(file: string): boolean {
  return file !== '' && !/[/\\\0]/.test(file) && !file.startsWith('.') && !file.endsWith(TABLE_END);
}

function billFile(folder: string, file: string, routes: readonly RouteConfiguration[]): BillFile[] {
  const path = join(folder, file);
  try {
    const found = statSync(path);
    if (!found.isFile()) return [];
    const { size, mtimeMs } = found;
    const rail = size <= MOST_bytes ? railOfBill(file, headOf(path)) : null;
    const own = routes.filter((route) => railOfRoute(route) === rail);
    return [
      {
        file,
        size_bytes: size,
        modifiedAt_ms: Math.round(mtimeMs),
        rail,
        routeIds: own.map(({ id }) => id),
      },
    ];
  } catch {
    // Gone since it was listed, or not ours to read: it is not offered.
    return [];
  }
}

/** Newest first. The folder is made where it is not there; `fault`: why it can't be, or can't be read. */
export function billFiles(
  folder: string,
  routes: readonly RouteConfiguration[],
): { files: BillFile[]; fault: string | null } {
  let names: string[];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    names = readdirSync(folder);
  } catch (error) {
    return { files: [], fault: error instanceof Error ? error.message : String(error) };
  }
  const files = names
    .filter(isBillName)
    .flatMap((file) => billFile(folder, file, routes))
    .toSorted((a, b) => b.modifiedAt_ms - a.modifiedAt_ms)
    .slice(0, LISTED_files);
  return { files, fault: null };
}

export function readBillFile(folder: string, file: string): Buffer {
  return readFileSync(join(folder, file));
}

/** The table of all findings beside its bill; null where it can't be written: a stick that is full or locked, say. */
export function writeTable(folder: string, file: string, text: string): string | null {
  const name = `${file}${TABLE_END}`;
  try {
    writeFileSync(join(folder, name), text);
    return name;
  } catch {
    return null;
  }
}

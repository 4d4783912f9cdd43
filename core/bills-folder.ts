// The folder that bills are put into, by hand, by a stick or by `yima bill fetch`: what lies there, and the table written beside a bill.
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { BillFile, BillRail } from '../contract/reconciliation.ts';
import { replaceFile } from './bill-file.ts';
import { railOfBill } from '../reconciliation/bills/detect.ts';

const LISTED_files = 60;
const HEAD_bytes = 512;
/** A till's busiest day has some hundred kilobytes. */
const MOST_bytes = 64 * 2 ** 20;
const TABLE_END = '.findings.csv';
/** Of a bill that its acquirer proved and nobody here can read. */
export const UNREAD_END = '.unread';

/** Whose bill a route's acquirer sends. */
export function railOfRoute({ adapter }: RouteConfiguration): BillRail {
  return adapter;
}

/** Links are not followed: they may lead anywhere. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW;

function headOf(path: string): Uint8Array {
  const handle = openSync(path, READ);
  try {
    const head = new Uint8Array(HEAD_bytes);
    return head.subarray(0, readSync(handle, head, 0, HEAD_bytes, 0));
  } finally {
    closeSync(handle);
  }
}

/** A name in the folder itself, of nothing hidden and nothing that only people read: it comes from a screen. */
export function isBillName(file: string): boolean {
  const isForPeople = file.endsWith(TABLE_END) || file.endsWith(UNREAD_END);
  return file !== '' && !/[/\\\p{C}]/u.test(file) && !file.startsWith('.') && !isForPeople;
}

type Lying = { file: string; size_bytes: number; modifiedAt_ms: number };

function lyingThere(folder: string, file: string): Lying[] {
  try {
    const found = lstatSync(join(folder, file));
    if (!found.isFile()) return [];
    return [{ file, size_bytes: found.size, modifiedAt_ms: Math.round(found.mtimeMs) }];
  } catch {
    // Gone since it was listed, or not ours to look at: it is not offered.
    return [];
  }
}

function railOf(folder: string, { file, size_bytes }: Lying): BillRail | null {
  try {
    return size_bytes <= MOST_bytes ? railOfBill(file, headOf(join(folder, file))) : null;
  } catch {
    // Not ours to read: it stands in the list as one that can't be.
    return null;
  }
}

type Billed = { rail: BillRail; routes: readonly { routeId: string }[] };

/** Newest first. The folder is made where it is not there; `fault`: why it can't be, or can't be read. */
export function billFiles(
  folder: string,
  contracts: readonly Billed[],
): { files: BillFile[]; fault: string | null } {
  let names: string[];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    names = readdirSync(folder);
  } catch (error) {
    return { files: [], fault: error instanceof Error ? error.message : String(error) };
  }
  const newest = names
    .filter(isBillName)
    .flatMap((file) => lyingThere(folder, file))
    .toSorted((a, b) => b.modifiedAt_ms - a.modifiedAt_ms)
    .slice(0, LISTED_files);
  const files = newest.map((one) => {
    const rail = railOf(folder, one);
    const own = contracts.filter((contract) => contract.rail === rail);
    return { ...one, rail, routeIds: own.flatMap(({ routes }) => routes[0]?.routeId ?? []) };
  });
  return { files, fault: null };
}

export function readBillFile(folder: string, file: string): Buffer {
  return readFileSync(join(folder, file), { flag: READ });
}

/** The table of all findings beside its bill; null where it can't be written: a stick that is full or locked, say. */
export function writeTable(folder: string, file: string, text: string): string | null {
  const name = `${file}${TABLE_END}`;
  try {
    replaceFile(folder, name, text);
    return name;
  } catch {
    return null;
  }
}

// The bill of one day from the acquirer of a route, into the bills' folder: on the till's screen and by `yima bill fetch`.
import type { BillFile as FetchedFile, FetchBill } from '../acquirers/transport/bill.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import { BadBill } from '../reconciliation/bills/bill.ts';
import { readBill } from '../reconciliation/bills/read.ts';
import { openBills } from './acquirers.ts';
import { safeName, writeBill } from './bill-file.ts';
import { UNREAD_END } from './bills-folder.ts';
import { readCertificates } from './configuration.ts';
import type { Clock } from './ports/clock.ts';
import { placeOf } from './route-files.ts';

/** @throws ConfigurationRefused naming the field whose file can't be read. */
export function fetcherOf(configuration: Configuration, route: RouteConfiguration, clock: Clock): FetchBill {
  const place = placeOf(configuration.routes, route);
  const ca = route.caFile === undefined ? null : readCertificates(`${place}.caFile`, route.caFile);
  const target = { baseUrl: route.baseUrl, ca, timeout_ms: route.connectTimeout_ms };
  return openBills({ route, place, configuration, target, clock });
}

/** `fault`: why it can't be read here: the acquirer proved it, so it is kept for people, as `<name>.unread`. */
export type Kept =
  | { kind: 'kept'; name: string; wasThere: boolean; fault: string | null }
  /** Nothing but its own sums could prove it, and they don't add up. */
  | { kind: 'damaged'; fault: string }
  /** Another file has its name, and stays. */
  | { kind: 'taken'; name: string };

function unreadable(
  rail: RouteConfiguration['adapter'],
  name: string,
  file: FetchedFile,
  date: string,
): string | null {
  try {
    readBill(rail, { file: name, bytes: file.bytes, billDate: date });
    return null;
  } catch (error) {
    if (error instanceof BadBill) return error.message;
    throw error;
  }
}

/** @throws Error in the file system's words. */
export function keepBill(folder: string, route: RouteConfiguration, file: FetchedFile, date: string): Kept {
  const name = safeName(file.name);
  const fault = unreadable(route.adapter, name, file, date);
  if (fault !== null && file.proof === 'sums') return { kind: 'damaged', fault };
  // Leaves the name free for one that can be read.
  const kept = fault === null ? name : `${name}${UNREAD_END}`;
  const written = writeBill(folder, kept, file.bytes);
  if (written === 'other') return { kind: 'taken', name: kept };
  return { kind: 'kept', name: kept, wasThere: written === 'there', fault };
}

const CAUSE_characters = 200;

/** What others say of themselves, fit for a screen and a terminal. */
export function causeText(cause: string): string {
  const visible = cause.slice(0, 2 * CAUSE_characters).replaceAll(/\p{C}/gu, '?');
  return visible.length > CAUSE_characters ? `${visible.slice(0, CAUSE_characters)}…` : visible;
}

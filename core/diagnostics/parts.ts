// What an examination works with: the parts of the running till, and the looks at disk and machine that the root wires in.
import type { CheckLine, CheckName, Finding, Verdict } from '../../contract/diagnostics.ts';
import type { RouteSettings } from '../domain/till/events.ts';
import type { Engine } from '../engine/engine.ts';
import type { NoticesReport } from '../engine/notices.ts';
import type { Recorder } from '../engine/recording.ts';
import type { Acquirer } from '../ports/acquirer.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceLister } from '../ports/device-lists.ts';
import type { Store } from '../ports/journal.ts';
import type { NetworkProbe, NetworkTarget } from '../ports/network.ts';
import type { Printer } from '../ports/printer.ts';
import type { Scanner } from '../ports/scanner.ts';

export type Verified = {
  ok: boolean;
  records: number;
  head: string;
  fault: { sequence: number; problem: string; detail: string } | null;
  differences: string[];
};

type Aside<Result> = { result: Result } | { error: string };

export type DiskParts = {
  space(): Promise<{ free_bytes: number; total_bytes: number }>;
  trialWrite(): Promise<{ ok: true; median_ms: number } | { ok: false; code: string; detail: string }>;
  /** Of the newest verified backup; `fault`: why the last one failed. Null: nobody here knows. */
  backup(): {
    age_ms: number | null;
    sequence: number | null;
    fault: { code: string; detail: string } | null;
    every_ms: number;
  } | null;
  /** Calls each once, outside this thread. */
  verify(listener: {
    database(found: Aside<string[]>): void;
    journal(found: Aside<Verified>): void;
  }): Promise<void>;
};

/** `name`: the configuration's key. */
export type CertificateEnd = { name: string; validTo_ms: number };

export type Parts = {
  clock: Clock;
  engine: Engine;
  recorder: Pick<Recorder, 'fault'>;
  store: Store;
  disk: DiskParts;
  scanners: readonly Scanner[];
  printer: Printer;
  /** The printer's profile promises a process id. */
  promisesProcessId: boolean;
  lines: readonly {
    acquirer: Acquirer;
    settings: RouteSettings;
    target: NetworkTarget;
    certificates: readonly CertificateEnd[];
  }[];
  /** Of the route's relay; null: it has none. */
  noticesOf(routeId: string): NoticesReport | null;
  network: NetworkProbe;
  lister: DeviceLister;
  version: string;
  terminalCode: string;
  storeName: string;
  /** Blanked of secrets already. */
  configuration: unknown;
  /** Release, architecture, memory, uptime: for the report. */
  system(): Record<string, string | number>;
};

export type Found = { verdict: Verdict; finding: Finding; detail?: string; subject?: string };

/** A line; `started_ms` is of `performance.now()`. */
export function line(check: CheckName, started_ms: number, found: Found): CheckLine {
  const { verdict, finding, detail = '', subject = '' } = found;
  return { check, subject, verdict, finding, detail, took_ms: Math.round(performance.now() - started_ms) };
}

export const pass = (finding: Finding, detail = ''): Found => ({ verdict: 'pass', finding, detail });
export const fail = (finding: Finding, detail = ''): Found => ({ verdict: 'fail', finding, detail });
export const skipped = (finding: Finding, detail = ''): Found => ({ verdict: 'skipped', finding, detail });

/** A group of checks that is examined in one go; it posts its lines as they are known. */
export type Group<Needed = Parts> = {
  checks: readonly CheckName[];
  run(parts: Needed, post: (line: CheckLine) => void): Promise<void>;
};

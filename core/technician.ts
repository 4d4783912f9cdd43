// Wires the technician's service to this machine: its disk, its devices, its network, and the file that a report goes to.
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../contract/configuration.ts';
import type { CoreMeasures, DiagnosisWritten, WalletsView } from '../contract/diagnostics.ts';
import { diskSpace, trialWrite } from '../db/disk.ts';
import { verifyAside } from '../db/verify-aside.ts';
import { createDeviceLister } from '../drivers/listing/lister.ts';
import { printerProfiles } from '../drivers/printer/profile.ts';
import type { Backups } from './backups.ts';
import { createDiagnostics, type Diagnostics } from './diagnostics/diagnostics.ts';
import type { Parts } from './diagnostics/parts.ts';
import { redacted } from './diagnostics/redact.ts';
import type { Engine } from './engine/engine.ts';
import { walletsOf } from './wallets.ts';

export type Technician = Diagnostics & {
  wallets(): WalletsView;
  measures(): CoreMeasures;
  writeReport(): { ok: true; written: DiagnosisWritten } | { ok: false; detail: string };
};

type Wired = { backups: Pick<Backups, 'told'> } & Omit<
  Parts,
  'disk' | 'promisesProcessId' | 'lister' | 'terminalCode' | 'storeName' | 'configuration' | 'system'
>;

function systemFacts(): Record<string, string | number> {
  return {
    system: `${os.type()} ${os.release()}`,
    architecture: os.arch(),
    cores: os.availableParallelism(),
    memory_bytes: os.totalmem(),
    freeMemory_bytes: os.freemem(),
    uptime_s: Math.round(os.uptime()),
    coreUptime_s: Math.round(process.uptime()),
    coreMemory_bytes: process.memoryUsage.rss(),
  };
}

function measuresOf({ commitTimes }: Engine): CoreMeasures {
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    memory_bytes: rss,
    heap_bytes: heapUsed,
    outsideHeap_bytes: external,
    commits: { count: commitTimes.count, recent_ms: commitTimes.recent_ms() },
  };
}

const REPORT_FOLDER = 'diagnoses';

export function createTechnician(
  { configuration, stateDirectory }: { configuration: Configuration; stateDirectory: string },
  wired: Wired,
  changed: () => void,
): Technician {
  const { store, terminal, printer } = configuration;
  const parts: Parts = {
    ...wired,
    disk: {
      space: () => diskSpace(stateDirectory),
      trialWrite: () => trialWrite(stateDirectory),
      backup: () => wired.backups.told(),
      verify: (listener) => verifyAside(stateDirectory, listener),
    },
    promisesProcessId: printerProfiles[printer.profile].processId,
    lister: createDeviceLister(),
    terminalCode: terminal.terminalCode,
    storeName: store.name_zh,
    configuration: redacted(configuration),
    system: systemFacts,
  };
  const diagnostics = createDiagnostics(parts, changed);
  return {
    ...diagnostics,
    wallets: () => walletsOf(configuration),
    measures: () => measuresOf(wired.engine),
    writeReport: () => {
      const report = diagnostics.report();
      const name = `yima-${report.terminalCode}-${report.at.slice(0, 19).replaceAll(/[-:]/g, '')}.json`;
      const folder = join(stateDirectory, REPORT_FOLDER);
      const path = join(folder, name);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
      } catch (error) {
        return { ok: false, detail: error instanceof Error ? error.message : String(error) };
      }
      return { ok: true, written: { path, report } };
    },
  };
}

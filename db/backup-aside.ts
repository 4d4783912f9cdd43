// Makes a verified backup in a thread of its own: a long journal must not keep the cashier waiting. Looks there for the newest one too: a
// folder on a stick or a share may answer no more.
import { Worker } from 'node:worker_threads';
import type { BackupMade, BackupWanted, NewestWanted } from './backup.ts';
import type { BackupFile } from './backup-files.ts';
import { workerFile } from './verify-aside.ts';

export type BackupUnderWay = {
  /** Never rejects. */
  made: Promise<BackupMade>;
  /** What is half made is thrown away by the next one. */
  stop(): Promise<void>;
};

export function makeBackupAside(wanted: BackupWanted): BackupUnderWay {
  const worker = new Worker(workerFile, { workerData: { backup: wanted } });
  const made = new Promise<BackupMade>((resolve) => {
    const failed = (detail: string) => resolve({ ok: false, code: 'E-BAK-01', detail });
    worker.on('message', (message: BackupMade) => resolve(message));
    worker.on('error', (error) => failed(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => failed(`the thread that makes backups ended with ${code}`));
  });
  return {
    made,
    stop: async () => {
      await worker.terminate();
    },
  };
}

export type NewestUnderWay = {
  /** Never rejects. Null: there is none, or none that can be seen; the next backup says why. */
  found: Promise<BackupFile | null>;
  stop(): Promise<void>;
};

export function newestAside(wanted: NewestWanted): NewestUnderWay {
  const worker = new Worker(workerFile, { workerData: { newest: wanted } });
  const found = new Promise<BackupFile | null>((resolve) => {
    worker.on('message', (message: BackupFile | null) => resolve(message));
    worker.on('error', () => resolve(null));
    worker.on('exit', () => resolve(null));
  });
  return {
    found,
    stop: () => {
      // It only reads: though the folder hangs, nobody waits for its end, and what else is open is closed in order.
      void worker.terminate();
      return Promise.resolve();
    },
  };
}

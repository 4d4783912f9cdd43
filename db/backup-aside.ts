// Makes a verified backup in a thread of its own: a long journal must not keep the cashier waiting.
import { Worker } from 'node:worker_threads';
import type { BackupMade, BackupWanted } from './backup.ts';
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

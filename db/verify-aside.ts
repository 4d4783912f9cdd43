// Verifies a state directory in a thread of its own: a long journal must not keep the cashier waiting.
import { Worker } from 'node:worker_threads';
import type { Verification } from './verify.ts';

/** `error`: it could not be read at all. */
export type Aside<Result> = { result: Result } | { error: string };

export type AsideListener = {
  /** What SQLite finds wrong in the file. */
  database(found: Aside<string[]>): void;
  journal(found: Aside<Verification>): void;
};

/** The built core stands in one file; the worker is built beside it. */
export const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.mjs',
  import.meta.url,
);

type Message = ({ what: 'database' } & Aside<string[]>) | ({ what: 'journal' } & Aside<Verification>);

/** Calls each of the listener's two once; resolves after that. Never rejects. */
export function verifyAside(directory: string, listener: AsideListener): Promise<void> {
  return new Promise((resolve) => {
    const open = new Set<keyof AsideListener>(['database', 'journal']);
    const worker = new Worker(workerFile, { workerData: { directory } });
    const end = (error: string): void => {
      for (const what of open) listener[what]({ error });
      open.clear();
      resolve();
    };
    worker.on('message', (message: Message) => {
      open.delete(message.what);
      if (message.what === 'database') listener.database(message);
      else listener.journal(message);
    });
    worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => end(`the checking thread ended with ${code}`));
  });
}

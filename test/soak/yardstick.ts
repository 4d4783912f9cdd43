// How fast the machine itself is at this moment: a sync, a round trip, a fixed piece of work. What slows these down as well is not
// the till's growth.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { socketPath, startProcess } from '../../fixtures/control/process.ts';

export type Yardstick = {
  /** Overwrites 4 KiB of a file beside the till's and syncs it. */
  sync_ms(): Promise<number>;
  /** To another idle process and back. */
  roundTrip_ms(): Promise<number>;
  /** Processor time of a fixed piece of work. */
  work_ms(): number;
  stop(): Promise<void>;
};

const BLOCK_bytes = 4096;
const HASHED_bytes = 8_000_000;

export async function openYardstick(directory: string): Promise<Yardstick> {
  const path = socketPath(directory, 'echo.sock');
  const echo = await startProcess(fileURLToPath(new URL('echo/main.ts', import.meta.url)), [
    '--socket',
    path,
  ]);
  const socket = createConnection(path);
  await once(socket, 'connect');
  const file = await open(join(directory, 'yardstick'), 'w');
  const block = Buffer.alloc(BLOCK_bytes, 1);
  const work = Buffer.alloc(HASHED_bytes, 1);
  return {
    sync_ms: async () => {
      const from_ms = performance.now();
      await file.write(block, 0, BLOCK_bytes, 0);
      await file.datasync();
      return performance.now() - from_ms;
    },
    roundTrip_ms: async () => {
      const from_ms = performance.now();
      socket.write('.');
      await once(socket, 'data');
      return performance.now() - from_ms;
    },
    work_ms: () => {
      const from = process.cpuUsage();
      createHash('sha256').update(work).digest();
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1000;
    },
    stop: async () => {
      socket.destroy();
      await file.close();
      await echo.stop();
    },
  };
}

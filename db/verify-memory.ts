// Whether a thread has the memory to verify so long a journal. V8 ends the whole program for a thread that runs out in the wrong
// moment, and a core that ends after each Z sells less than one without a backup.
import type { Sql } from './open.ts';

/** Measured: 0.6 to 1 KB of heap a record of a usual day. */
const NEEDED_bytes_per_record = 1200;

/** `memory_MB`: what the thread's heap may grow to. @throws Error saying what is needed. */
export function assertMemoryFor(sql: Sql, memory_MB: number): void {
  const { count } = sql.prepare('SELECT count(*) AS count FROM journal').get() as { count: number };
  const needed_MB = Math.ceil((count * NEEDED_bytes_per_record) / 1_000_000);
  if (needed_MB <= memory_MB) return;
  throw new Error(
    `to verify ${count} records takes ${needed_MB} MB of memory, this thread has ${Math.floor(memory_MB)}`,
  );
}

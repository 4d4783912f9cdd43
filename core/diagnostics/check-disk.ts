// The disk: room, writes that get there, the file as SQLite sees it, and the journal as we see it.
import type { CheckLine } from '../../contract/diagnostics.ts';
import { ageText } from './age.ts';
import { fail, type Found, type Group, line, type Parts, pass, skipped, type Verified } from './parts.ts';

/** A till writes some 60 MB a month at 500 sales a day: below this somebody must come. */
const LEAST_free_bytes = 200 * 1024 * 1024;
/** A healthy eMMC syncs in 5 to 20 ms (reference performance, pitfall 10). */
const SLOW_ms = 500;
const SHOWN_differences = 3;

/** All that these checks need: the doctor asks them without a core too. */
type DiskOnly = Pick<Parts, 'disk'>;

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function spaceLine({ disk }: DiskOnly): Promise<Found> {
  try {
    const { free_bytes, total_bytes } = await disk.space();
    const detail = `${megabytes(free_bytes)} / ${megabytes(total_bytes)}`;
    return free_bytes < LEAST_free_bytes ? fail('spaceShort', detail) : pass('spaceLeft', detail);
  } catch (error) {
    return fail('notReadable', messageOf(error));
  }
}

async function writeLine({ disk }: DiskOnly): Promise<Found> {
  const written = await disk.trialWrite();
  if (written.ok) {
    const detail = `${written.median_ms.toFixed(1)} ms`;
    return written.median_ms > SLOW_ms ? fail('diskSlow', detail) : pass('diskWrites', detail);
  }
  const detail = `${written.code}: ${written.detail}`;
  if (written.code === 'EROFS') return fail('diskReadOnly', detail);
  if (written.code === 'ENOSPC' || written.code === 'EDQUOT') return fail('diskFull', detail);
  return fail('diskFails', detail);
}

function databaseFound(found: { result: string[] } | { error: string }): Found {
  if ('error' in found) return fail('notReadable', found.error);
  return found.result.length === 0 ? pass('databaseSound') : fail('databaseBroken', found.result.join('; '));
}

function journalFound(found: { result: Verified } | { error: string }): Found {
  if ('error' in found) return fail('notReadable', found.error);
  const { ok, records, head, fault, differences } = found.result;
  if (ok) return pass('journalSound', `${records}, #${head.slice(0, 8)}`);
  if (fault !== null) return fail('journalBroken', `${fault.sequence} ${fault.problem}: ${fault.detail}`);
  return fail('projectionsDiffer', differences.slice(0, SHOWN_differences).join('; '));
}

/** A shop that is closed over a holiday has nothing new: twice the interval and a day. */
const LATE_ms = 24 * 3600 * 1000;

function backupLine({ disk }: DiskOnly): Found {
  const told = disk.backup();
  if (told === null) return skipped('backupUntold');
  const { age_ms, sequence, fault, every_ms } = told;
  if (fault !== null) return fail('backupFailed', `${fault.code} ${fault.detail}`);
  if (age_ms === null) return skipped('backupNone');
  const detail = `${ageText(Math.max(0, age_ms))}, ${sequence ?? 0}`;
  return age_ms > 2 * every_ms + LATE_ms ? fail('backupOld', detail) : pass('backupFresh', detail);
}

async function verifyLines({ disk }: DiskOnly, post: (line: CheckLine) => void): Promise<void> {
  const started_ms = performance.now();
  await disk.verify({
    database: (found) => post(line('disk.database', started_ms, databaseFound(found))),
    journal: (found) => post(line('disk.journal', started_ms, journalFound(found))),
  });
}

export const diskGroup: Group<DiskOnly> = {
  checks: ['disk.space', 'disk.write', 'disk.backup', 'disk.database', 'disk.journal'],
  run: async (parts, post) => {
    const started_ms = performance.now();
    post(line('disk.space', started_ms, await spaceLine(parts)));
    const writing_ms = performance.now();
    post(line('disk.write', writing_ms, await writeLine(parts)));
    post(line('disk.backup', performance.now(), backupLine(parts)));
    await verifyLines(parts, post);
  },
};

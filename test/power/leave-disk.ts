// Leaves in place of a till's directories what a power cut would: the process is dead, and what was not synced is gone, or in part.
import { renameSync, rmSync } from 'node:fs';
import { Disk } from './disk.ts';
import { type Choice, choicesAt } from './images.ts';
import { readLog } from './log.ts';
import { layOut } from './read-image.ts';
import { generator } from '../../fixtures/codes.ts';

/** Cut before the so manieth change of the disk; the seed says what of the rest arrived. */
export type PowerPoint = { cutAt: number; seed: number };

const changing = ['opened', 'written', 'truncated', 'synced', 'unlinked', 'renamed', 'directoryMade'];

export function countChanges(log: string): number {
  return readLog(log).filter(({ kind }) => changing.includes(kind)).length;
}

/** The directories began empty. */
export function leaveDisk(
  { base, state, log }: { base: string; state: string; log: string },
  { seed }: PowerPoint,
): void {
  const disk = new Disk(base, new Map());
  for (const entry of readLog(log)) disk.take(entry);
  const random = generator(seed);
  const choices = choicesAt(disk.pending, { random, subsets: 3, torn: 3 });
  // Half of the time all is gone that may be: the hardest loss.
  const chosen = random() < 0.5 ? undefined : choices[Math.floor(random() * choices.length)];
  const { changes }: Pick<Choice, 'changes'> = chosen ?? { changes: [] };
  const target = `${state}.cut`;
  layOut(disk.image(changes), { base, state, keys: `${state}-keys`, target });
  const name = state.slice(base.length);
  for (const end of [name, `${name}-keys`]) {
    rmSync(`${base}${end}`, { recursive: true, force: true });
    renameIfThere(`${target}${end}`, `${base}${end}`);
  }
  rmSync(target, { recursive: true, force: true });
  rmSync(log);
}

/** A directory whose own name was lost is not there. */
function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

// Where images are laid out.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Images are small and many: memory is the place for them. */
export function scratch(): string {
  try {
    return mkdtempSync('/dev/shm/yima-power-');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return mkdtempSync(join(tmpdir(), 'yima-power-'));
  }
}

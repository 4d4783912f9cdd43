// What can be said of a till whose core does not serve: the disk under it, its database and its journal.
import type { CheckLine, Finding } from '../../contract/diagnostics.ts';
import { diskGroup } from '../../core/diagnostics/check-disk.ts';
import { fail, line } from '../../core/diagnostics/parts.ts';
import { diskSpace, trialWrite } from '../../db/disk.ts';
import { verifyAside } from '../../db/verify-aside.ts';

/** `finding` and `detail`: why there is no core to ask. */
export async function outsideLines(state: string, finding: Finding, detail: string): Promise<CheckLine[]> {
  const lines = [line('till.core', performance.now(), fail(finding, detail))];
  const disk = {
    space: () => diskSpace(state),
    trialWrite: () => trialWrite(state),
    // Where they are kept, and how often, stands in the configuration.
    backup: () => null,
    verify: (listener: Parameters<typeof verifyAside>[1]) => verifyAside(state, listener),
  };
  await diskGroup.run({ disk }, (found) => lines.push(found));
  return lines;
}

// One examination: all groups side by side, lines in the order of the report whatever came first.
import { type CheckLine, type CheckName, checkNames } from '../../contract/diagnostics.ts';
import type { Group, Parts } from './parts.ts';

export type Run = {
  readonly lines: CheckLine[];
  readonly running: CheckName[];
  readonly done: Promise<void>;
};

function inOrder(lines: readonly CheckLine[]): CheckLine[] {
  return lines.toSorted(
    (a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check) || a.subject.localeCompare(b.subject),
  );
}

/** `changed` is called after each line and at the end. */
export function startRun(groups: readonly Group[], parts: Parts, changed: () => void): Run {
  let lines: CheckLine[] = [];
  const running = new Set(groups.flatMap(({ checks }) => checks));
  const runGroup = async (group: Group): Promise<void> => {
    await group.run(parts, (line) => {
      lines = inOrder([...lines, line]);
      // A check of several devices goes on until its group ends; it is no longer unknown.
      running.delete(line.check);
      changed();
    });
    for (const check of group.checks) running.delete(check);
  };
  const done = Promise.all(groups.map(runGroup)).then(() => undefined);
  return {
    get lines() {
      return lines;
    },
    get running() {
      return checkNames.filter((check) => running.has(check));
    },
    done,
  };
}

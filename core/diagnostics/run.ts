// One examination: all groups side by side, lines in the order of the report whatever came first.
import {
  type CheckLine,
  type CheckName,
  checkNames,
  type DiagnosisView,
} from '../../contract/diagnostics.ts';
import type { Group, Parts } from './parts.ts';

type Run = { readonly lines: CheckLine[]; readonly running: CheckName[]; readonly done: Promise<void> };

function inOrder(lines: readonly CheckLine[]): CheckLine[] {
  return lines.toSorted(
    (a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check) || a.subject.localeCompare(b.subject),
  );
}

/** `changed` is called after each line and at the end. */
function startRun(groups: readonly Group[], parts: Parts, changed: () => void): Run {
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

export type Examinations = {
  /** Examines everything, unless an examination is under way; answers its number. */
  start(): number;
  /** Of the newest one. */
  facts(): Pick<DiagnosisView, 'runId' | 'state' | 'startedAt_ms' | 'running' | 'lines'>;
};

/** One at a time. */
export function createExaminations(
  groups: readonly Group[],
  parts: Parts,
  changed: () => void,
): Examinations {
  let run: Run | null = null;
  let state: DiagnosisView['state'] = 'none';
  let runId = 0;
  let startedAt_ms = 0;
  return {
    start: () => {
      if (state === 'running') return runId;
      runId += 1;
      state = 'running';
      startedAt_ms = Math.round(parts.clock.steady_ms());
      run = startRun(groups, parts, changed);
      void run.done.then(() => {
        state = 'done';
        changed();
      });
      changed();
      return runId;
    },
    facts: () => ({ runId, state, startedAt_ms, running: run?.running ?? [], lines: run?.lines ?? [] }),
  };
}

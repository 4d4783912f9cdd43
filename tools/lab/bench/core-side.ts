// The core's process: who it is, how old it is, and its sudden end. The kiosk starts the next one.
import { existsSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { CoreView } from '../../../fixtures/lab/shared/view.ts';
import { corePid } from '../shop.ts';
import { BenchRefused, type Side } from './side.ts';

const TICKS_per_second = 100;

/**
 * Since when the core of this state runs (proc(5): field 22 counts clock ticks since boot); null when it is gone or a
 * zombie, and when its number is another program's by now: a core that was killed leaves its name in the file.
 */
function startOf_ms(pid: number, stateDirectory: string): number | null {
  let stat: string;
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(stateDirectory)) return null;
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It is gone: that is the answer.
    return null;
  }
  // The name in parentheses may hold anything; what follows it does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return Date.now() - (uptime() - Number(fields[19]) / TICKS_per_second) * 1000;
}

export type CoreSide = Side<Omit<CoreView, 'diesNextPayment'>> & { kill(): void };

export function openCoreSide(stateDirectory: string): CoreSide {
  const view: Omit<CoreView, 'diesNextPayment'> = { pid: null, startedAt_ms: null, kills: 0, starts: 0 };
  const kill = (): void => {
    if (view.pid === null) throw new BenchRefused({ zh: '核心没有在运行', en: 'No core is running' });
    process.kill(view.pid, 'SIGKILL');
    view.kills += 1;
  };
  return {
    view: () => view,
    kill,
    handlers: {
      'core.kill': () => {
        const { pid } = view;
        kill();
        return { zh: `已对进程 ${pid} 发 kill -9`, en: `kill -9 ${pid}` };
      },
    },
    look: () => {
      const holder = join(stateDirectory, 'lock.holder');
      const named = existsSync(holder) ? corePid({ stateDirectory }) : null;
      const startedAt_ms = named === null ? null : startOf_ms(named, stateDirectory);
      const pid = startedAt_ms === null ? null : named;
      if (pid === view.pid) return false;
      if (pid !== null) view.starts += 1;
      Object.assign(view, { pid, startedAt_ms });
      return true;
    },
  };
}

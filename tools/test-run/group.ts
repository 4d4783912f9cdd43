// Runs a test runner in a process group of its own, so that nothing it started can outlive it unseen: a forgotten
// process would keep the runner, or the next run, hanging.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_ms = 250;

/** `grace_ms` is what a runner has to end after `isDone`, and its processes after the runner. */
export type GroupOptions = {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  isDone: () => boolean;
  grace_ms?: number;
  limit_ms?: number;
};

/** `left` are the command lines of processes that had to be killed: the runner's own, or ones that it left behind. */
export type GroupEnd = { exitCode: number; left: string[] };

/** Runs to the end, with the output shown. Never hangs, never throws for what the program does. */
export async function runGroup(
  program: string,
  parameters: readonly string[],
  options: GroupOptions,
): Promise<GroupEnd> {
  const { cwd, env, isDone, grace_ms = 20_000, limit_ms = 45 * 60_000 } = options;
  const child = spawn(program, parameters, {
    cwd,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = endOf(child);
  if (child.pid === undefined) return { exitCode: await ended, left: [] };
  const group = child.pid;
  const stopForwarding = forwardSignals(group);
  const limit = Date.now() + limit_ms;
  let doneBy = Infinity;
  while (child.exitCode === null && child.signalCode === null && Date.now() < Math.min(limit, doneBy)) {
    if (isDone()) doneBy = Math.min(doneBy, Date.now() + grace_ms);
    await Promise.race([ended, pause(LOOK_ms)]);
  }
  const left = await clear(group, child.exitCode === null && child.signalCode === null ? 0 : grace_ms);
  stopForwarding();
  return { exitCode: await ended, left };
}

function endOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

/** Ctrl-C at the terminal reaches this process only: the runner is in another group. */
function forwardSignals(group: number): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    kill(group, 'SIGKILL');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return () => process.off('SIGINT', stop).off('SIGTERM', stop);
}

/** Waits for the group to be empty, then kills what is still there. */
async function clear(group: number, grace_ms: number): Promise<string[]> {
  const deadline = Date.now() + grace_ms;
  while (membersOf(group).length > 0 && Date.now() < deadline) await pause(LOOK_ms);
  const left = membersOf(group);
  if (left.length > 0) kill(group, 'SIGKILL');
  return left;
}

function kill(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // Ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Command lines of the living processes of a group, from /proc. */
function membersOf(group: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      const stat = readIfThere(`/proc/${id}/stat`);
      // "pid (name) state ppid pgrp ...": the name may hold anything, so count from its closing bracket.
      const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(processGroup) !== group || state === 'Z') return [];
      return [readIfThere(`/proc/${id}/cmdline`).replaceAll('\0', ' ').trim()];
    });
}

/** A process may end between the listing and the reading. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}

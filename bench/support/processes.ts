// The memory of a process and all its descendants, by what each is: proportional set size, so that shared pages count once.
import { readdirSync, readFileSync } from 'node:fs';

export type Role = 'main' | 'core' | 'page' | 'gpu' | 'other helpers';

const roles: readonly (readonly [Role, RegExp])[] = [
  ['core', /core\.mjs/],
  ['page', /--type=renderer/],
  ['gpu', /--type=gpu-process/],
  ['other helpers', /--type=/],
];

function descendantsOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(descendantsOf)];
}

function roleOf(pid: number): Role {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  return roles.find(([, pattern]) => pattern.test(command))?.[0] ?? 'main';
}

function pss_MB(pid: number): number {
  const found = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1024;
}

/** Megabytes by role. */
export function memoryOf(pid: number): Map<Role, number> {
  const found = new Map<Role, number>();
  for (const one of descendantsOf(pid)) {
    const role = roleOf(one);
    found.set(role, (found.get(role) ?? 0) + pss_MB(one));
  }
  return found;
}

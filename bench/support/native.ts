// Compiles the bench's own small C files with the system's compiler into .cache, again only when the source changes.
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @throws Error with the compiler's words; `cc` comes with build-essential. */
function compiled(name: string, flags: readonly string[]): string {
  const source = fileURLToPath(new URL(`../native/${name}.c`, import.meta.url));
  const directory = resolve('.cache/bench-native');
  const target = join(directory, `${name}-${hash('sha256', readFileSync(source)).slice(0, 12)}`);
  if (existsSync(target)) return target;
  mkdirSync(directory, { recursive: true });
  execFileSync('cc', ['-O2', '-Wall', ...flags, '-o', `${target}.new`, source]);
  renameSync(`${target}.new`, target);
  return target;
}

/** A library for LD_PRELOAD. */
export const compileLibrary = (name: string): string => compiled(name, ['-shared', '-fPIC']);

export const compileProgram = (name: string): string => compiled(name, []);

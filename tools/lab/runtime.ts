// Where the prepared Electron runtime is (written by tools/setup.mjs).
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export function electronRuntime(): { distPath: string; kind: string; electron: string } {
  return JSON.parse(readFileSync(resolve(root, '.toolchain/runtime.json'), 'utf8'));
}

// What is slow to load waits until it is needed: the core can be reached without it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const slow = ['undici', 'serialport', '@serialport/stream', 'node-hid'];

it('loads the core without HTTP client and device packages', { timeout: 60_000 }, () => {
  const script = `
    await import(${JSON.stringify(join(import.meta.dirname, 'core.ts'))});
    const { createRequire } = await import('node:module');
    console.log(Object.keys(createRequire(${JSON.stringify(import.meta.filename)}).cache).join('\\n'));`;
  const files = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(files).toContain('/node_modules/better-sqlite3/');
  expect(slow.filter((name) => files.includes(`/node_modules/${name}/`))).toEqual([]);
});

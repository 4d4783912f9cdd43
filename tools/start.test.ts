// `npm start` by its words: what would sell in the wrong place, or take away what is not the lab's, does not start.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

function start(...args: string[]): { code: number | null; said: string } {
  // a display that nobody serves: no window can open
  const env = { ...process.env, DISPLAY: ':59999' };
  const run = spawnSync(process.execPath, ['tools/start.ts', ...args], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: run.status, said: run.stdout };
}

it.each([['--config'], ['--state']])('%s alone starts no lab in its place', (option) => {
  const { code, said } = start(option, '/nowhere');
  expect(code).toBe(2);
  expect(said).toMatch(/钱款不受影响/);
  expect(said).toMatch(/no money has moved/);
});

it.each([[[]], [['--fresh']]])('a folder that is no lab is left as it was (%j)', (more) => {
  const parent = mkdtempSync(join(tmpdir(), 'yima-start-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = mkdtempSync(join(parent, 'till-'));
  writeFileSync(join(folder, 'config.json'), 'a real one');
  const { code, said } = start('--lab', folder, ...more);
  expect(code).toBe(2);
  expect(said).toMatch(/什么都没有改动.*\n.*nothing in it was changed/);
  expect(readdirSync(folder)).toEqual(['config.json']);
  expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe('a real one');
});

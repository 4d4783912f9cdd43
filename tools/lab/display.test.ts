// The display is there, and it goes with the process that wanted it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startDisplay } from './display.ts';

const until = { timeout: 50_000, interval: 20 };

/** The X servers among a process's descendants. Their end is asked of /proc: a client is also cut by a mere reset. */
function serversOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number);
  const isServer = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'Xvfb';
  return [...(isServer ? [pid] : []), ...children.flatMap(serversOf)];
}

function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

async function openDisplay() {
  const display = await startDisplay({ width: 64, height: 64 });
  onTestFinished(display.stop);
  return display;
}

test('the display takes clients', async () => {
  const { name } = await openDisplay();
  const socket = connect(`/tmp/.X11-unix/X${name.slice(1)}`);
  onTestFinished(() => void socket.destroy());
  // "l", version 11.0, no authorization: X11 protocol, "Connection Setup". The answer starts with 1 for success.
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer[0]).toBe(1);
});

test('each of two displays has its number, and stop ends that one before it resolves', async () => {
  const first = await openDisplay();
  const [firstServer = 0] = serversOf(process.pid);
  const second = await openDisplay();
  const [secondServer = 0] = serversOf(process.pid).filter((pid) => pid !== firstServer);
  expect(first.name).not.toBe(second.name);
  await first.stop();
  expect([firstServer, secondServer].map(lives)).toEqual([false, true]);
  await first.stop();
});

test('an X server that does not come up is said, not waited for', async () => {
  await expect(startDisplay({ width: 0, height: 0 })).rejects.toThrow('Xvfb ended before it served');
});

const parent = `
  import { startDisplay } from '${new URL('display.ts', import.meta.url)}';
  const display = await startDisplay({ width: 64, height: 64 });
  console.log(display.name);
`;

test.each([
  ['it alone is killed', 'SIGKILL', 'process'],
  ['it alone is asked to end', 'SIGTERM', 'process'],
  ['its group is killed', 'SIGKILL', 'group'],
  ['its terminal gets Ctrl-C', 'SIGINT', 'group'],
  ['its terminal is closed', 'SIGHUP', 'group'],
] as const)('the X server ends with its parent when %s', async (_, signal, whom) => {
  // `detached`: a process group of its own, which can be signalled as a whole, as a terminal does.
  const child = spawn(process.execPath, ['--input-type=module', '-e', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(createInterface({ input: child.stdout }), 'line');
  const pid = child.pid ?? Number.NaN;
  const servers = serversOf(pid);
  expect(servers.map(lives)).toEqual([true]);
  const gone = once(child, 'exit');
  process.kill(whom === 'group' ? -pid : pid, signal);
  expect(await gone).toEqual([null, signal]);
  await vi.waitFor(() => expect(servers.map(lives)).toEqual([false]), until);
});

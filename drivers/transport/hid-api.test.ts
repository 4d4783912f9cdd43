// Who reads HID devices: node-hid where it loads, which it must here, and hidraw where it does not. The real node-hid opens
// a pseudo terminal: strace answers the one question by which it tells a HID device (HIDIOCGRDESCSIZE).
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { openPty, type Pty } from '../../fixtures/devices/pty.ts';
import { hidApi } from './hid-api.ts';
import type { NodeHidModule } from './node-hid.ts';
import { scriptedNodeHid } from './scripted-node-hid.ts';

vi.setConfig({ testTimeout: 120_000 });
const patient = { timeout: 60_000, interval: 10 };
const root = mkdtempSync(join(tmpdir(), 'yima-hid-api-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(root, { recursive: true });
});
const deaf = { bytes: () => undefined, closed: () => undefined };

it('is the real node-hid on this machine', async () => {
  const api = hidApi();
  expect(api.backend()).toBeNull();
  expect(Array.isArray(await api.devices())).toBe(true);
  expect(api.backend()).toEqual({ reader: 'node-hid' });
  expect(await api.open(join(root, 'none'))(deaf)).toMatchObject({ fault: { code: 'hid.notFound' } });
  expect(await api.open('/dev/null')(deaf)).toMatchObject({
    ok: false,
    fault: { code: 'hid.openFailed', detail: expect.stringContaining('not a HIDRAW device') as string },
  });
});

it('is hidraw where the package or its native part does not load, and says why', async () => {
  const reason = 'libusb-1.0.so.0: cannot open shared object file: No such file or directory';
  const broken = {
    ...scriptedNodeHid(),
    getHidapiVersion: (): string => {
      throw new Error(reason);
    },
  };
  const loads = [
    vi.fn<() => Promise<NodeHidModule>>(async () => broken),
    vi.fn<() => Promise<NodeHidModule>>(() => Promise.reject(new Error(reason))),
  ];
  for (const load of loads) {
    const api = hidApi({ load });
    const lists = await Promise.all([api.devices(), api.devices()]);
    expect(lists.every((list) => Array.isArray(list))).toBe(true);
    expect(api.backend()).toEqual({ reader: 'hidraw', reason });
    const opened = await api.open('/dev/ptmx')(deaf);
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.link.end();
    expect(load).toHaveBeenCalledTimes(1);
  }
});

const program = `
import { hidApi } from ${JSON.stringify(fileURLToPath(new URL('hid-api.ts', import.meta.url)))};
const say = (...words) => process.stdout.write(words.join(' ') + '\\n');
const result = await hidApi().open(process.argv[1])({
  bytes: (chunk) => say('report', Buffer.from(chunk).toString('hex')),
  closed: (fault) => say('closed', fault === null ? 'by us' : fault.code),
});
say(result.ok ? 'open' : result.fault.detail);
const ends = { end: () => result.link.end().then(() => say('ended')), exit: () => process.exit(7) };
process.stdin.on('data', (word) => ends[String(word).trim()]());
process.stdin.unref();
`;

/** The real node-hid on this terminal, in a process of its own. */
function reader(pty: Pty) {
  const path = realpathSync(pty.path);
  const injection = ['-P', path, '-e', 'trace=ioctl', '-e', 'inject=ioctl:retval=0', '-o', '/dev/null'];
  const child = spawn(
    'strace',
    ['-f', '-qq', ...injection, process.execPath, '--input-type=module', '-e', program, '--', path],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  running.add(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const code = new Promise<number | null>((resolve) => {
    child.on('close', (exitCode) => {
      running.delete(child);
      resolve(exitCode);
    });
  });
  const tell = (word: string): void => void child.stdin.write(`${word}\n`);
  const heard = (expected: string[]) => vi.waitFor(() => expect(lines).toEqual(expected), patient);
  return { heard, tell, code };
}

it('hears reports and the plug by the real node-hid, and lets the process end', async () => {
  const pty = await openPty({ link: join(root, 'hidraw0') });
  const { heard, code } = reader(pty);
  await heard(['open']);
  await pty.write(Uint8Array.of(2, 3, 0x5d, 0x51, 0x31));
  await heard(['open', 'report 02035d5131']);
  await pty.hangUp();
  await heard(['open', 'report 02035d5131', 'closed hid.unplugged']);
  expect(await code).toBe(0);
  await pty.close();
});

it('closes the real node-hid, after which nothing holds the process; and one that exits with it open ends too', async () => {
  const pty = await openPty({ link: join(root, 'hidraw1') });
  const closing = reader(pty);
  await closing.heard(['open']);
  closing.tell('end');
  await closing.heard(['open', 'closed by us', 'ended']);
  expect(await closing.code).toBe(0);
  const exiting = reader(pty);
  await exiting.heard(['open']);
  exiting.tell('exit');
  expect(await exiting.code).toBe(7);
  await pty.close();
});

// `yima doctor` with a page or a pulse of the drawer, beside a core whose checks all pass: what the tests come to is told and counts, and
// takes nothing from the examination.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CheckLine, PartTestView } from '../../contract/diagnostics.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { printerTimings } from '../../drivers/printer/timings.ts';
import { NeverCame, type RpcClient } from '../../tools/rpc/client.ts';
import { testPart } from '../../tools/yima/doctor-parts.ts';

const script = resolve(import.meta.dirname, '../../tools/yima.ts');
const none: PartTestView = { state: 'none', detail: '' };
const good: CheckLine = {
  check: 'till.core',
  subject: '',
  verdict: 'pass',
  finding: 'good',
  detail: '',
  took_ms: 1,
};
let state = '';
let server: Server | null = null;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'yima-part-tests-'));
});
afterEach(() => {
  server?.close();
  server = null;
  rmSync(state, { recursive: true });
});

type Part = 'printTest' | 'drawerTest';
/** `dies`: as the test begins. */
type End = PartTestView | 'dies' | 'refused';

function snapshotOf(parts: Partial<Record<Part, PartTestView>> = {}): Snapshot {
  const diagnosis = {
    runId: 1,
    state: 'done',
    lines: [good],
    printTest: none,
    drawerTest: none,
    ...parts,
  };
  return { refusal: null, diagnosis } as unknown as Snapshot;
}

/** Serves as much of the contract as the doctor asks for. */
function serve(ends: Partial<Record<Part, End>>): Promise<void> {
  const shown: Partial<Record<Part, PartTestView>> = {};
  const answer = (command: string, socket: Socket): object | null => {
    if (command.startsWith('snapshot.')) return { ok: true, result: snapshotOf(shown) };
    const part = (['printTest', 'drawerTest'] as const).find((one) => command === `diagnostics.${one}`);
    const end = part === undefined ? undefined : ends[part];
    if (end === 'refused') return { ok: false, error: { code: 'E-AUTH-03', detail: command } };
    if (end === 'dies') {
      socket.destroy();
      return null;
    }
    if (part !== undefined && end !== undefined) shown[part] = end;
    return { ok: true, result: { runId: 1, report: {} } };
  };
  const core = createServer((socket) => {
    createInterface({ input: socket }).on('line', (line) => {
      const { id, command } = JSON.parse(line) as { id: number; command: string };
      const answered = answer(command, socket);
      if (answered !== null) socket.write(`${JSON.stringify({ id, ...answered })}\n`);
    });
  });
  server = core;
  return new Promise((listening) => core.listen(join(state, 'control.sock'), listening));
}

function doctor(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const all = [script, 'doctor', '--state', state, '--operator', 'wu', '--lang', 'en', ...args];
  const child = spawn(process.execPath, all, { env: { ...process.env, YIMA_PIN: '9753' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return new Promise((ended) => {
    child.on('close', (code) => ended({ code, out, err }));
  });
}

const COUNTED = '1 PASS, 0 FAIL, 0 SKIPPED\n';

it.each<[Part, string, PartTestView]>([
  ['printTest', '--print-test', { state: 'failed', detail: 'paperOut: no paper' }],
  ['printTest', '--print-test', { state: 'unsure', detail: 'sentOnly' }],
  ['drawerTest', '--drawer-test', { state: 'failed', detail: 'failed' }],
  ['drawerTest', '--drawer-test', { state: 'unsure', detail: 'unknown' }],
])('%s (%s) that ends as %j beside passing checks is a failure of the command', async (part, option, end) => {
  await serve({ [part]: end });
  const { code, out, err } = await doctor(option);
  expect(out).toMatch(/^PASS /);
  expect(out.endsWith(`${COUNTED}${part}: ${end.state} ${end.detail}\n`)).toBe(true);
  expect([code, err]).toEqual([1, `${part} ${end.state}\n`]);
});

it('both done, and it ends with 0', async () => {
  await serve({
    printTest: { state: 'done', detail: 'orderedStatus' },
    drawerTest: { state: 'done', detail: 'opened' },
  });
  const { code, out, err } = await doctor('--print-test', '--drawer-test');
  expect(out).toContain(`${COUNTED}printTest: done orderedStatus\ndrawerTest: done opened\n`);
  expect([code, err]).toEqual([0, '']);
});

it('a core that dies in the test page takes none of the finished lines with it', async () => {
  await serve({ printTest: 'dies' });
  const { code, out, err } = await doctor('--print-test');
  expect(out).toMatch(/^PASS [^]*1 PASS, 0 FAIL, 0 SKIPPED\nprintTest: unsure CLOSED the core [^\n]+\n$/);
  expect([code, err]).toEqual([1, 'printTest unsure\n']);
});

it('a page that is refused keeps nobody from the drawer', async () => {
  await serve({ printTest: 'refused', drawerTest: { state: 'done', detail: 'opened' } });
  const { code, out, err } = await doctor('--print-test', '--drawer-test');
  expect(out).toMatch(/SKIPPED\nprintTest: failed E-AUTH-03 [^]*\ndrawerTest: done opened\n$/);
  expect([code, err]).toEqual([1, 'printTest failed\n']);
});

it('a report that can’t be written takes none of the finished lines with it', async () => {
  await serve({});
  const { code, out, err } = await doctor('--report', join(state, '../no-such-folder/report.json'));
  expect(out.endsWith(COUNTED)).toBe(true);
  expect(code).toBe(1);
  expect(err).toMatch(/^\S+report\.json is not written: ENOENT[^\n]*\n$/);
});

it('paper that runs out in the page, and in a receipt before it, is waited for longer than the printer waits; then the end is not known', async () => {
  const limits_ms: (number | undefined)[] = [];
  const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const client: RpcClient = {
    call: () => Promise.resolve(null),
    subscribe: () => Promise.resolve(),
    snapshot: () => snapshotOf(),
    until: (what, _is, limit_ms) => {
      limits_ms.push(limit_ms);
      return Promise.reject(new NeverCame(`never came: ${what}`));
    },
    closed: new Promise(() => undefined),
    close: () => undefined,
  };
  try {
    expect(await testPart(client, 'printTest')).toBe('printTest unsure');
    expect(print.mock.calls.flat()).toContain('printTest: unsure never came: the end of printTest\n');
  } finally {
    print.mockRestore();
  }
  expect(limits_ms[0]).toBeGreaterThan(2 * printerTimings.resume_ms);
});

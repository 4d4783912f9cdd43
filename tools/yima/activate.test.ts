// `yima activate` as a technician runs it, against a gateway that has a code for this terminal.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectGatewayControl, type GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';

const script = resolve(import.meta.dirname, '../yima.ts');
const example = resolve(import.meta.dirname, '../../docs/configuration.example.json');
const CODE = 'K7QZ2M4XW9BTY6HD3RNP';
const SERIAL = 'YM-2026-0001';
const root = mkdtempSync(join(tmpdir(), 'yima-activate-'));
let gateway: GatewayProcess;
let control: GatewayControl;
let folder = '';
let tills = 0;

const terminal = { merchantCode: '898310000000001', terminalCode: '20260002', serial: SERIAL };
const offer = (terminalSerial = SERIAL) =>
  control.addActivation({ code: CODE, terminalCode: terminal.terminalCode, terminalSerial });

beforeAll(async () => {
  gateway = await startGateway({ directory: join(root, 'gateway'), appId: 'YIMA-0042' });
  control = await connectGatewayControl(gateway.control);
});
beforeEach(async () => {
  folder = mkdtempSync(join(root, `till-${(tills += 1)}-`));
  await control.faults.clear();
  await control.settings({ activationRepeat_s: 600 });
  await offer();
  const template = JSON.parse(readFileSync(example, 'utf8')) as { terminal: object; route: object };
  const { url: baseUrl, caFile } = gateway;
  const route = { ...template.route, baseUrl, caFile };
  const configuration = { ...template, terminal: { ...template.terminal, ...terminal }, route };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration));
});
afterAll(async () => {
  control.close();
  await gateway.stop();
  rmSync(root, { recursive: true });
});

function activate(
  code = CODE,
  more: string[] = [],
  input = '',
): { code: number | null; out: string; err: string } {
  const parts = ['--config', join(folder, 'config.json'), '--route', 'gateway', '--code', code, ...more];
  const run = spawnSync(process.execPath, [script, 'activate', ...parts], { encoding: 'utf8', input });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const keyFile = () => join(folder, 'app.key');
const key = () => readFileSync(gateway.appKeyFile, 'utf8').trim();

it('writes the key for its owner alone, says the app id, and shows neither code nor key', () => {
  const { code, out, err } = activate();
  expect([code, err]).toEqual([0, '']);
  expect(readFileSync(keyFile(), 'utf8')).toBe(`${key()}\n`);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  expect(out).toContain('route.appId is YIMA-0042: put it at once into ');
  expect(out).not.toContain(key());
  expect(out).not.toContain(CODE);
  expect(readdirSync(folder)).toEqual(['app.key', 'config.json']);
});

it('takes the code from standard input', () => {
  expect(activate('-', [], `${CODE}\n`).code).toBe(0);
  expect(existsSync(keyFile())).toBe(true);
});

it('asks nobody where a key file stands, and with --replace keeps it beside', () => {
  writeFileSync(keyFile(), 'the key before this one', { mode: 0o600 });
  const mark = control.mark();
  expect(activate()).toMatchObject({ code: 2, out: '' });
  expect(control.events.filter(({ event, seq }) => event === 'request' && seq > mark)).toEqual([]);
  expect(activate(CODE, ['--replace']).code).toBe(0);
  expect(readFileSync(keyFile(), 'utf8')).toBe(`${key()}\n`);
  const [kept = ''] = readdirSync(folder).filter((name) => name.startsWith('app.key.before-'));
  expect(readFileSync(join(folder, kept), 'utf8')).toBe('the key before this one');
});

it('asks nobody where an earlier run left what may be the only copy of a key', () => {
  writeFileSync(`${keyFile()}.partial`, 'half a key');
  const mark = control.mark();
  const run = activate();
  expect([run.code, run.out]).toEqual([2, '']);
  expect(run.err).toContain(`${keyFile()}.partial is left from an earlier run and may be the only copy`);
  expect(control.events.filter(({ event, seq }) => event === 'request' && seq > mark)).toEqual([]);
  expect(readFileSync(`${keyFile()}.partial`, 'utf8')).toBe('half a key');
});

it('with --replace a refusal leaves the key that stands, and nothing beside it', async () => {
  writeFileSync(keyFile(), 'the key before this one', { mode: 0o600 });
  await offer('YM-2026-0002');
  expect(activate(CODE, ['--replace']).code).toBe(6);
  expect(readdirSync(folder)).toEqual(['app.key', 'config.json']);
  expect(readFileSync(keyFile(), 'utf8')).toBe('the key before this one');
});

it('a lost answer costs no code: asked again it gives the same', async () => {
  await control.faults.set({ fault: 'dropAnswer', path: 'activate', count: 1 });
  const lost = activate();
  expect([lost.code, existsSync(keyFile())]).toEqual([7, false]);
  expect(lost.err).toContain('the same code gives the same key for ten minutes');
  expect(activate().code).toBe(0);
});

it.each([
  [
    'used',
    6,
    /^not activated: this code was used already/,
    () => control.settings({ activationRepeat_s: 0 }),
  ],
  ['of another serial', 6, /^not activated: the code is not for the terminal/, () => offer('YM-2026-0002')],
  [
    'wrapped for another request',
    5,
    /KEY_WRAPPED_WRONGLY/,
    () => control.faults.set({ fault: 'wrongWrapping', path: 'activate' }),
  ],
  ['signed by somebody else', 5, /badSignature/, () => control.faults.set({ fault: 'badSignature' })],
])('%s: no key file, exit %i', async (_, code, err, arrange) => {
  await arrange();
  const run = activate();
  expect([run.code, run.out, readdirSync(folder)]).toEqual([code, '', ['config.json']]);
  expect(run.err).toMatch(err);
  expect(run.err).not.toContain(CODE);
});

it.each([
  ['another code', 'A'.repeat(20), 5, /not signed with this code/],
  ['no code', 'secret', 2, /20 capital letters and digits/],
])('%s', (_, code, exitCode, err) => {
  const run = activate(code);
  expect([run.code, run.out, readdirSync(folder)]).toEqual([exitCode, '', ['config.json']]);
  expect(run.err).toMatch(err);
  expect(run.err).not.toContain(code === 'secret' ? 'secret' : CODE);
});

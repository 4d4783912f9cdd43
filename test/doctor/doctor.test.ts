// The doctor against a real core with real sockets, a real line and a real file, all of them broken in turn and together:
// he must name what was broken, and nothing else.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CheckLine, DiagnosisReport, DiagnosisView, Finding } from '../../contract/diagnostics.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { makeTestCertificates } from '../../fixtures/acquirers/tls.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { tamper } from '../../fixtures/databases/tamper.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import { type ConfigurationInput, labPins, openShop, type Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const script = fileURLToPath(new URL('../../tools/yima.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'yima-doctor-'));
let shop: Shop;
let core: CoreProcess;
let client: RpcClient;

type Doctor = { code: number | null; out: string; err: string };

/** Not `spawnSync`: scanner and devices of the shop live in this process. */
function doctor(...args: string[]): Promise<Doctor> {
  const all = [script, 'doctor', '--state', shop.stateDirectory, '--operator', 'wu', ...args];
  const child = spawn(process.execPath, all, { env: { ...process.env, YIMA_PIN: labPins.wu } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

async function linesNow(): Promise<CheckLine[]> {
  const { out, err } = await doctor('--json');
  if (out === '') throw new Error(err);
  return JSON.parse(out) as CheckLine[];
}

/** The lists of what is plugged in are this machine's own, good or bad. */
const ofTill = (lines: readonly CheckLine[]) => lines.filter(({ check }) => !check.startsWith('lists.'));

function failuresOf(lines: readonly CheckLine[]): Record<string, Finding> {
  const failed = ofTill(lines).filter(({ verdict }) => verdict === 'fail');
  return Object.fromEntries(failed.map(({ check, finding }) => [check, finding]));
}

async function startTill(): Promise<void> {
  core = await startCoreProcess(shop);
  client = await connectRpc(shop.controlSocket);
  await client.call('operator.signIn', { operatorId: 'wu', pin: labPins.wu });
  await client.subscribe();
}

async function stopTill(): Promise<void> {
  client.close();
  await core.stop();
}

/** The shop's configuration changed while the till is down. */
async function restartWith(
  change: (configuration: ConfigurationInput) => ConfigurationInput,
  meanwhile: () => void = () => undefined,
): Promise<void> {
  await stopTill();
  meanwhile();
  const good = readFileSync(shop.configFile, 'utf8');
  const changed = change(JSON.parse(good) as ConfigurationInput);
  writeFileSync(shop.configFile, JSON.stringify(changed));
  await startTill();
  writeFileSync(shop.configFile, good);
}

beforeAll(async () => {
  shop = await openShop({ directory });
  await startTill();
  await client.until(
    'all devices',
    ({ scanners, printers, routes }) =>
      [...scanners, ...printers].every(({ state }) => state === 'ready') && routes[0]?.state === 'online',
  );
});
afterAll(async () => {
  await stopTill();
  await shop.stop();
  rmSync(directory, { recursive: true });
});

const diagnosis = ({ diagnosis: found }: Snapshot): DiagnosisView => {
  if (found === null) throw new Error('no diagnosis in the snapshot');
  return found;
};

it('finds nothing wrong with a sound till, looks at every part once, and says so in both languages', async () => {
  const lines = await linesNow();
  expect(failuresOf(lines)).toEqual({});
  expect(ofTill(lines).map(({ check, verdict }) => `${verdict} ${check}`)).toMatchSnapshot();
  const { out } = await doctor('--lang', 'en');
  expect(out).toMatch(/PASS +Journal +Chain whole/);
  expect((await doctor()).out).toMatch(/PASS +账本 +链条完整/);
});

const singleFaults: [string, (shop: Shop) => Promise<void>, (shop: Shop) => Promise<void>, object][] = [
  ['paper out', (s) => s.paper.paperOut(), (s) => s.paper.paperIn(), { 'printer.state': 'paperOut' }],
  [
    'cutter jammed',
    (s) => s.paper.cutterError(),
    (s) => s.paper.cutterError(false),
    { 'printer.state': 'cutterJammed' },
  ],
  [
    'printer off',
    (s) => s.paper.powerOff(),
    (s) => s.paper.powerOn(),
    { 'printer.connection': 'printerUnreachable' },
  ],
  [
    'acquirer down',
    (s) => s.acquirer.refuse(),
    (s) => s.acquirer.accept(),
    { 'network.tcp': 'connectRefused' },
  ],
  [
    'acquirer answers pages',
    (s) => s.acquirer.faults.set({ fault: 'html' }),
    (s) => s.acquirer.faults.clear(),
    { 'network.echo': 'echoFailed' },
  ],
];

it.each(singleFaults)(
  'names it: %s, and it is gone when it is mended',
  async (_name, plant, mend, expected) => {
    await plant(shop);
    expect(failuresOf(await linesNow())).toEqual(expected);
    await mend(shop);
    await vi.waitFor(async () => expect(failuresOf(await linesNow())).toEqual({}), { timeout: 60_000 });
  },
);

it('a layer that fails leaves those above it unlooked at', async () => {
  const strange = makeTestCertificates(join(directory, 'strange'));
  await restartWith((one) => ({ ...one, route: { ...one.route, caFile: strange.caFile } }));
  const lines = await linesNow();
  expect(failuresOf(lines)).toEqual({ 'network.tls': 'certificateUntrusted' });
  const network = lines.filter(({ check }) => check.startsWith('network.'));
  expect(network.map(({ verdict, finding }) => [verdict, finding])).toEqual([
    ['pass', 'good'],
    ['pass', 'good'],
    ['pass', 'good'],
    ['pass', 'good'],
    ['fail', 'certificateUntrusted'],
    ['skipped', 'lowerFailed'],
    ['skipped', 'lowerFailed'],
    ['pass', 'certificatesFresh'],
    ['skipped', 'noticesNone'],
  ]);
});

it('names five faults at once, and no other', async () => {
  const appKeyFile = join(directory, 'wrong.key');
  writeFileSync(appKeyFile, 'f'.repeat(64), { mode: 0o600 });
  await restartWith(
    (one) => ({ ...one, route: { ...one.route, appKeyFile } }),
    () => tamper(shop.stateDirectory, "UPDATE journal SET body = replace(body, '1', '2') WHERE sequence = 1"),
  );
  await shop.scanner.unplug();
  await shop.paper.coverOpen();
  await shop.acquirer.faults.set({ fault: 'clockSkew', ms: 20 * 60_000 });
  await client.until('scanner gone', ({ scanners }) => scanners[0]?.state === 'down');
  const { code, out, err } = await doctor('--lang', 'en');
  const failures = out
    .split('\n')
    .filter((row) => row.startsWith('FAIL') && !/ devices |USB printers/.test(row));
  expect(failures.map((row) => row.replace(/ {2,}/g, ' | ').split(/ \(| \| \d+ ms/)[0])).toEqual([
    'FAIL | Journal | The chain of the journal is broken',
    'FAIL | Scanner counter | The device is not there',
    'FAIL | Printer state receipt | The cover is open',
    'FAIL | Acquirer gateway | The acquirer answers, and refuses this till',
    'FAIL | Clock against the acquirer gateway | The clock of this machine is wrong',
  ]);
  expect(out).toContain('→ Close the cover until it clicks.');
  expect(code).toBe(1);
  expect(err).toMatch(/checks failed/);
});

it('a report holds everything but secrets', async () => {
  await restartWith((one) => one);
  const file = join(directory, 'report.json');
  await doctor('--report', file);
  const text = readFileSync(file, 'utf8');
  const report = JSON.parse(text) as DiagnosisReport;
  expect(report).toMatchObject({ format: 'yima-diagnosis-1', terminalCode: '20260002' });
  expect(report.lines.length).toBeGreaterThan(20);
  expect(report.devices.map(({ id, connection }) => [id, connection.split(' ')[0]])).toEqual([
    ['counter', 'serial'],
    ['receipt', 'tcp'],
  ]);
  const configuration = readFileSync(shop.configFile, 'utf8');
  const secrets = [
    ...(configuration.match(/scrypt\$[^"]+/g) ?? []),
    readFileSync(shop.gateway.appKeyFile, 'utf8').trim(),
    shop.gateway.appId,
    ...Object.values(labPins),
  ];
  expect(secrets.length).toBe(8);
  for (const secret of secrets)
    expect(text.includes(`"${secret}`) || text.includes(`${secret}"`)).toBe(false);
});

it('a scan tried out goes to the technician alone, and a payment code only as a mask', async () => {
  const code = codeMaker(7).wechat();
  await shop.scanner.replug();
  await client.until('the scanner', ({ scanners }) => scanners[0]?.state === 'ready');
  await client.call('diagnostics.scanTest', { on: true });
  await shop.scanner.scan(code);
  const seen = await client.until('the scan', (one) => diagnosis(one).scanTest.state === 'seen');
  expect(diagnosis(seen).scanTest).toMatchObject({
    scannerId: 'counter',
    kind: 'paymentCode',
    shown: `${code.slice(0, 6)}********${code.slice(-4)} WECHAT`,
    length_bytes: 18,
  });
  expect(JSON.stringify(seen)).not.toContain(code);
  expect(seen.notice).toBe(null);
  await client.call('diagnostics.scanTest', { on: false });
  await shop.scanner.scan(code);
  const back = await client.until('the usual answer to a scan', ({ notice }) => notice !== null);
  expect(back.notice?.code).toBe('E-SCAN-10');
});

it('a test page proves itself like a receipt, and the drawer is opened once, journaled', async () => {
  await shop.paper.coverClose();
  const { out } = await doctor('--print-test', '--drawer-test');
  expect(out).toContain('printTest: done orderedStatus');
  expect(out).toContain('drawerTest: done');
  expect(await shop.paper.drawerPulses()).toBe(1);
  const [page] = await shop.paper.jobs();
  expect(page?.text).toContain('测试页 TEST PAGE');
  expect(page?.qrCodes[0]).toMatch(/^YIMA1\|20260002\|/);
  expect(page?.barcodes).toEqual(['TEST-20260002']);
  expect(client.snapshot().print.state).toBe('none');
  await shop.paper.paperOut();
  expect((await doctor('--print-test')).out).toContain('printTest: failed paperOut');
  await shop.paper.paperIn();
});

it('a core that takes the call and never answers is named, and does not keep the technician waiting', async () => {
  const state = mkdtempSync(join(directory, 'deaf-'));
  const deaf = createServer(() => undefined);
  await new Promise<void>((resolve) => deaf.listen(join(state, 'control.sock'), resolve));
  const { code, out } = await doctor('--lang', 'en', '--state', state);
  expect(out).toMatch(/FAIL +Core +No core answers/);
  expect(code).toBe(1);
  deaf.close();
});

it('a core that dies in the middle of the examination is named at once', async () => {
  const examined = doctor('--lang', 'en');
  await client.until('the examination runs', (now) => diagnosis(now).state === 'running');
  await core.kill();
  const { code, out } = await examined;
  expect(out).toMatch(/FAIL +Core +No core answers .*in the middle of the examination/);
  expect(out).toMatch(/PASS +Database file/);
  expect(code).toBe(1);
  client.close();
  await startTill();
});

it('without a core it says so and looks at what can be seen from outside', async () => {
  await core.kill();
  const { code, out } = await doctor('--lang', 'en');
  expect(out).toMatch(/FAIL +Core +No core answers/);
  expect(out).toMatch(/FAIL +Journal +The chain of the journal is broken/);
  expect(out).toMatch(/PASS +Database file/);
  expect(code).toBe(1);
  await startTill();
});

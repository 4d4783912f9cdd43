// What a technician gets from `yima setup`: a till that only lacks the acquirer's key, and PINs seen exactly once.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { loadConfiguration } from '../../core/configuration.ts';
import { pinMatches } from '../../core/rpc/operators.ts';
import { startCoreProcess } from '../lab/core-process.ts';
import { connectRpc } from '../rpc/client.ts';

const yima = fileURLToPath(new URL('../yima.ts', import.meta.url));
let parent: string;
let directory: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'yima-setup-'));
  directory = join(parent, 'till');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [yima, ...parameters], { encoding: 'utf8' });
}

const setUp = () => run('setup', '--dir', directory);

/** Operator -> PIN, from the lines `  cashier      123456   ...`. */
function printedPins(stdout: string): Record<string, string> {
  return Object.fromEntries(
    [...stdout.matchAll(/^ {2}([a-z]+) +(\d{6}) /gm)].map(([, id, pin]) => [id, pin]),
  );
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe('yima setup', () => {
  it('makes a valid configuration that only its owner can read, and no key', () => {
    const { status, stderr } = setUp();
    expect([status, stderr]).toEqual([0, '']);
    const configuration = loadConfiguration(join(directory, 'config.json'));
    expect(configuration.routes).toMatchObject([
      { appKeyFile: join(directory, 'app.key'), offline: { mode: 'refuse' } },
    ]);
    expect(configuration.catalogueFile).toBe(join(directory, 'goods.csv'));
    expect(readdirSync(directory).toSorted()).toEqual(['config.json', 'goods.csv']);
    expect(['', 'config.json', 'goods.csv'].map((name) => modeOf(join(directory, name)))).toEqual([
      '700',
      '600',
      '600',
    ]);
  });

  it('prints each PIN once and stores none', () => {
    const { stdout } = setUp();
    const pins = printedPins(stdout);
    expect(Object.keys(pins)).toEqual(['cashier', 'manager', 'technician']);
    const stored = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
    const { operators } = loadConfiguration(join(directory, 'config.json'));
    for (const { id, role, pin: hash } of operators) {
      const pin = pins[id] ?? '';
      expect(role).toBe(id);
      expect(pinMatches(hash, pin)).toBe(true);
      expect(stdout.split(pin)).toHaveLength(2);
      // A hash may hold the digits by chance as part of a longer word, a stored PIN would stand alone.
      expect(stored.filter((text) => new RegExp(`(?<![\\w-])${pin}(?![\\w-])`).test(text))).toEqual([]);
      expect(stdout).not.toContain(hash);
    }
  });

  it('gives another till other PINs', () => {
    const first = printedPins(setUp().stdout);
    const second = printedPins(run('setup', '--dir', join(parent, 'another')).stdout);
    expect(Object.values(second)).not.toEqual(Object.values(first));
  });

  it('never touches a configuration that is there', () => {
    setUp();
    const before = readFileSync(join(directory, 'config.json'), 'utf8');
    const again = setUp();
    expect(again.status).toBe(1);
    expect(again.stderr).toContain(join(directory, 'config.json'));
    expect(again.stdout).toBe('');
    expect(readFileSync(join(directory, 'config.json'), 'utf8')).toBe(before);
  });

  it('keeps a goods list that is there', () => {
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(join(directory, 'goods.csv'), 'mine\n');
    expect(setUp().status).toBe(0);
    expect(readFileSync(join(directory, 'goods.csv'), 'utf8')).toBe('mine\n');
  });

  it('makes nothing in a directory that others may enter, nor where there can be none', () => {
    mkdirSync(directory);
    chmodSync(directory, 0o755);
    const open = setUp();
    expect([open.status, open.stdout]).toEqual([1, '']);
    expect(open.stderr).toContain(`chmod 700 ${directory}`);
    expect(readdirSync(directory)).toEqual([]);
    writeFileSync(join(parent, 'file'), '');
    const impossible = run('setup', '--dir', join(parent, 'file', 'till'));
    expect([impossible.status, impossible.stdout]).toEqual([1, '']);
    expect(impossible.stderr).toContain('ENOTDIR');
  });

  it('needs the acquirer’s key and nothing else to start, and lets the printed PIN in', async () => {
    const pins = printedPins(setUp().stdout);
    const till = { configFile: join(directory, 'config.json'), stateDirectory: join(directory, 'state') };
    const socket = join(till.stateDirectory, 'control.sock');

    const refusing = await startCoreProcess(till);
    const asking = await connectRpc(socket);
    const { refusal } = (await asking.call('snapshot.get')) as Snapshot;
    expect(refusal?.code).toBe('E-CFG-01');
    expect(refusal?.detail).toContain('route.appKeyFile');
    asking.close();
    await refusing.stop();
    expect(existsSync(join(till.stateDirectory, 'journal.db'))).toBe(false);

    writeFileSync(join(directory, 'app.key'), 'a key of a good length\n', { mode: 0o600 });
    const core = await startCoreProcess(till);
    const client = await connectRpc(socket);
    const signedIn = await client.call('operator.signIn', {
      operatorId: 'technician',
      pin: pins['technician'],
    });
    expect(signedIn).toMatchObject({ operator: { id: 'technician', role: 'technician' } });
    client.close();
    await core.stop();
  });
});

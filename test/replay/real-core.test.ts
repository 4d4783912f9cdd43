// The real core with its devices and acquirer: killed in mid-payment, exported while it runs, replayed by the command line; and
// no payment code, PIN, key or refused word of a person is in what was recorded.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InputLine } from '../../core/engine/recording.ts';
import { connectTo, openTill, type Till } from '../hostile/till.ts';
import { startCoreProcess } from '../../tools/lab/core-process.ts';
import { makeIncident, recordedText } from './incident-maker.ts';
import { makeDirectory } from '../month/directory.ts';
import { unknownFields } from './known-fields.ts';

const DEADLINE_ms = 120_000;
/** Twelve digits: a shorter one stands in some clock reading or digest by chance. */
const wrongPin = '860417395216';
const script = fileURLToPath(new URL('../../tools/yima.ts', import.meta.url));

let till: Till;
beforeAll(async () => {
  till = await openTill();
}, DEADLINE_ms);
afterAll(async () => {
  // Those of the second start; `stop` knows the first ones.
  till.rpc.close();
  await till.core.stop();
  await till.stop();
});

function yima(...args: string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
}

function inputLines(text: string): InputLine[] {
  const lines = text.split('\n').filter((line) => line.includes('"events":'));
  return lines.map((line) => JSON.parse(line) as InputLine);
}

it('a killed core replays to the head it goes on from', { timeout: DEADLINE_ms }, async () => {
  const { shop, rpc, codes } = till;
  const shown: string[] = [];
  const scan = async (code: string) => {
    shown.push(code);
    await shop.scanner.scan(code);
  };

  // Words and codes in the wrong place: refused, or no event at all.
  await scan(codes.wechat());
  await rpc.until('no tender step', ({ notice }) => notice !== null);
  await rpc.call('notice.dismiss');
  await expect(rpc.call('operator.signIn', { operatorId: 'chen', pin: wrongPin })).rejects.toThrow();
  const typed = 'for Mr Zhang 13800138000';
  const approval = { operatorId: 'chen', pin: shop.pins['chen'] };
  const { cashMoves, drawerOpens } = rpc.snapshot().counts;
  const paidOut = { amount_fen: 99_000_000, reason: typed, after: cashMoves, approval };
  await expect(rpc.call('cash.paidOut', paidOut)).rejects.toThrow();
  await rpc.call('drawer.open', { reason: 'change', after: drawerOpens, approval });

  shown.push(await till.pay());
  await rpc.until('paid', ({ sale }) => sale?.state === 'completed');
  await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
  await rpc.call('sale.next');
  shown.push(await till.pay());
  await rpc.until('in doubt', ({ sale }) => sale?.payments[0]?.state === 'authorizing');
  rpc.close();
  await till.core.kill();
  till.core = await startCoreProcess(shop);
  till.rpc = await connectTo(shop, 'lin');
  // Charged or not: the request may have been on its way.
  await till.rpc.until('proven', ({ sale }) => sale?.payments[0]?.unproven === false);

  const file = join(shop.directory, 'incident.gz');
  const exported = yima('journal', 'export', '--state', shop.stateDirectory, '--out', file);
  expect(exported).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/\d+ records, head \w{8}, \d+ lines/),
  });
  const head = /head (\w{8})/.exec(exported.stdout)?.[1];
  const replayed = yima('replay', file, '--story');
  expect(replayed.stderr).toBe('');
  expect(replayed.stdout).toMatch(/the core starts \(0\.1\.0\) at record 0 [^]*the core starts/);
  expect(replayed.stdout).toMatch(/cashMoved .*refused: E-/);
  expect(replayed.stdout).toMatch(new RegExp(`REPLAY OK: \\d+ inputs, \\d+ records, head \\d+ ${head}`));

  const config = JSON.parse(readFileSync(shop.configFile, 'utf8')) as {
    route: { appKeyFile: string };
    operators: { pin: string }[];
  };
  const key = readFileSync(join(`${shop.stateDirectory}-keys`, 'queue.key'));
  const secrets = [
    ...shown,
    ...Object.values(shop.pins).map((pin) => `"${pin}"`),
    ...config.operators.map(({ pin }) => pin),
    readFileSync(config.route.appKeyFile, 'utf8').trim(),
    ...(['hex', 'base64', 'latin1'] as const).map((how) => key.toString(how)),
    wrongPin,
    typed,
  ];
  const texts = [recordedText(shop.stateDirectory), gunzipSync(readFileSync(file)).toString('utf8')];
  for (const secret of secrets) for (const text of texts) expect(text.includes(secret), secret).toBe(false);
  expect(shown).toHaveLength(3);
  const events = inputLines(texts[0] ?? '').flatMap((line) => line.events);
  expect(events.filter(({ code }) => code === true)).toHaveLength(3);
  expect(events.flatMap(({ event }) => unknownFields(event))).toEqual([]);
});

it('no event of a busy day carries a text that nobody has thought about', () => {
  const directory = makeDirectory();
  const { stateDirectory } = makeIncident({ directory, seed: 2, days: 3, sales: 40, kind: 'whole' });
  const events = inputLines(recordedText(stateDirectory)).flatMap((line) => line.events);
  rmSync(directory, { recursive: true });
  expect(new Set(events.map(({ event }) => event.kind)).size).toBeGreaterThan(20);
  expect(events.flatMap(({ event }) => unknownFields(event))).toEqual([]);
  const stranger = { kind: 'codeScanned', scheme: 'WECHAT', payer: { name: 'Zhang' } };
  expect(unknownFields(stranger)).toEqual(['codeScanned.payer.name']);
});

// `yima batch settle` as a person runs it, beside a till that has sold in a session.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { codeMaker } from '../../fixtures/codes.ts';
import { type Caller, gatewayCaller, payFields } from '../../fixtures/acquirers/gateway/caller.ts';
import { openTill, quick, type Till } from '../../test/hostile/till.ts';

const DEADLINE_ms = 60_000;
const script = resolve(import.meta.dirname, '../yima.ts');
let till: Till;
let call: Caller;

async function sell(): Promise<string> {
  const { rpc } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.pay();
  const { sale } = await rpc.until('paid', (now) => now.sale?.state === 'completed');
  return sale?.payments[0]?.orderNumber ?? '';
}

/** All of the sale on screen goes back: voided, or refunded where the clearing day is over. */
async function giveBack(): Promise<void> {
  const { rpc, shop } = till;
  const { sale } = await rpc.until('its number', (now) => now.sale?.receiptNumber !== null);
  await rpc.call('sale.next');
  await rpc.call('sale.find', { text: sale?.receiptNumber ?? '' });
  const { found } = await rpc.until('found', (now) => now.found !== null);
  await rpc.call('return.open', {
    saleId: found?.saleId ?? '',
    lines: (found?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity })),
    reason: 'unwanted',
    approval: { operatorId: 'chen', pin: shop.pins['chen'] },
  });
  await rpc.until('given back', (now) => now.found?.giveBacks.at(-1)?.state === 'done');
  await rpc.call('sale.forget');
}

function closeDay(): Promise<unknown> {
  const { zNumber } = till.rpc.snapshot().counts;
  const approval = { operatorId: 'chen', pin: till.shop.pins['chen'] };
  return till.rpc.call('day.close', { zNumber, approval });
}

beforeAll(async () => {
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    return { ...rest, route: { ...route, session: 'daily' } };
  });
  const { acquirer, gateway } = till.shop;
  // The till's own round comes now instead of seconds after its start: on a fast machine that would be in the midst of what follows.
  await closeDay();
  call = gatewayCaller(gateway);
  await acquirer.settings({ batchNo: '000417' });
  await acquirer.sessions.forget();
  await sell();
  await sell();
  await giveBack();
  await sell();
  await acquirer.cutoff();
  await giveBack();
}, DEADLINE_ms);
afterAll(() => till.stop());

type Run = { code: number | null; out: string; err: string };

function batch(...parts: string[]): Run {
  const run = spawnSync(process.execPath, [script, 'batch', ...parts], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function settle(...more: string[]): Run {
  const { configFile, stateDirectory } = till.shop;
  return batch('settle', '--config', configFile, '--state', stateDirectory, '--route', 'gateway', ...more);
}

/** Each batch with what is on record of it. */
function listed(): string[] {
  const { code, out } = batch('list', '--state', till.shop.stateDirectory, '--route', 'gateway');
  expect(code).toBe(0);
  return [...out.matchAll(/^batch (\d+): .*\n {2}(.*)$/gm)].map(([, number, text]) => `${number} ${text}`);
}

it('agrees with the acquirer, and again; the till goes on in its session', {
  timeout: DEADLINE_ms,
}, async () => {
  const { acquirer } = till.shop;
  const before = await acquirer.sessions.count();
  const first = settle('--batch', '000417');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^batch 000417: payments 3 of \d+\.\d\d; voids 1 of \d\.\d\d; refunds 1 of \d\.\d\d\n {2}agreed, settled /,
  );
  expect(settle('--batch', '000417')).toEqual(first);
  await sell();
  expect(await acquirer.sessions.count()).toBe(before);
});

it('leaves the newest batch alone when none is named', () => {
  const out = 'no batch to settle: the newest may still be open\n';
  expect(settle()).toEqual({ code: 0, out, err: '' });
});

it('ends with 1 where the acquirer has a payment that the till has not', async () => {
  const party = { merchantCode: '898420157220001', terminalCode: '20260002' };
  const paid = await call('pay', { ...party, ...payFields('STRANGER1', 1234, codeMaker(99).wechat()) });
  expect(paid.fields['errCode']).toBe('00');
  const run = settle('--batch', '000417');
  expect(run).toMatchObject({ code: 1, err: '1 batches differ\n' });
  const lines = run.out.split('\n');
  expect(lines[1]).toMatch(/^ {2}differs; the acquirer has payments 5 of /);
  expect(lines[2]).toBe('  STRANGER1 missingThere, the till has none: till none; acquirer PAY 12.34');
});

it('takes the batches of the terminal of its configuration only', () => {
  const { configFile, directory } = till.shop;
  const configuration = JSON.parse(readFileSync(configFile, 'utf8')) as { terminal: object };
  const other = join(directory, 'other-terminal.json');
  const terminal = { ...configuration.terminal, terminalCode: '20260003' };
  writeFileSync(other, JSON.stringify({ ...configuration, terminal }));
  const run = settle('--batch', '000417', '--config', other);
  expect(run).toMatchObject({ code: 2, err: '--batch 000417: the journal has none\n' });
});

it.each([
  ['a batch that the journal has not', ['--batch', '1'], 2, /^--batch 1: the journal has 000417/],
  ['a route that is none', ['--route', 'nobody'], 2, /^--route nobody: .* has gateway/],
  ['no journal', ['--state', '/nowhere'], 2, /holds no journal/],
])('%s', (_, more, code, err) => {
  const run = settle(...more);
  expect([run.code, run.out]).toEqual([code, '']);
  expect(run.err).toMatch(err);
});

it('ends with 7 when there is no answer', async () => {
  await till.shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'settle' });
  const run = settle('--batch', '000417');
  await till.shop.acquirer.faults.clear();
  expect(run).toMatchObject({ code: 7, err: '1 batches are not settled\n' });
  expect(run.out).toMatch(/\n {2}not settled: no answer: ask again, it is settled once/);
});

it('goes on after a batch that is refused or damaged: all are told, and it ends with the worst', {
  timeout: DEADLINE_ms,
}, async () => {
  const { acquirer } = till.shop;
  for (const batchNo of ['000418', '000419', '000420']) {
    await acquirer.settings({ batchNo });
    await acquirer.sessions.forget();
    await sell();
  }
  // In the order of the batches: the first is answered, and differs by the stranger's payment.
  await acquirer.faults.set({ fault: 'decline', path: 'settle', code: 'BATCH_CLOSED', skip: 1, count: 1 });
  const refused = settle();
  expect(refused).toMatchObject({ code: 6, err: '1 batches differ; 1 batches are not settled\n' });
  const heads = refused.out
    .split('\n')
    .filter((line) => /^(batch| {2}(differs|agreed|not settled))/.test(line));
  expect(heads.map((line) => line.replace(/[:;,].*/, ''))).toEqual([
    'batch 000417',
    '  differs',
    'batch 000418',
    '  not settled',
    'batch 000419',
    '  agreed',
  ]);
  await acquirer.faults.clear();
  await acquirer.faults.set({ fault: 'badSignature', path: 'settle', count: 3 });
  expect(settle()).toMatchObject({ code: 5, err: '1 batches are not settled\n' });
});

it('lists what the till itself has on record: nothing from the command, all after its Z', {
  timeout: DEADLINE_ms,
}, async () => {
  await till.shop.acquirer.faults.clear();
  expect(listed()).toEqual([
    '000417 not settled',
    '000418 not settled',
    '000419 not settled',
    '000420 the newest, may be open',
  ]);
  await closeDay();
  const standings = [
    /^000417 differs in 1, heard /,
    /^000418 agreed, settled /,
    /^000419 agreed, settled /,
    /^000420 the newest, may be open$/,
  ];
  await vi.waitFor(
    () => expect(listed()).toEqual(standings.map((one) => expect.stringMatching(one) as string)),
    { timeout: 20_000, interval: 200 },
  );
  expect(batch('list', '--state', '/nowhere', '--route', 'gateway')).toMatchObject({ code: 2, out: '' });
});

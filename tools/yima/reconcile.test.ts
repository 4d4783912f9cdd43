// The command as a person runs it: on a till's own state directory, with a bill of its acquirer.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openReader } from '../../db/read.ts';
import { openDrivenTill, proof } from '../../fixtures/databases/till.ts';

const script = fileURLToPath(new URL('../yima.ts', import.meta.url));
const NAMES = 'type,merchantOrderId,refundRequestId,orderId,terminalCode,amount,fee,time,settlementDate';

let directory = '';
let state = '';
let date = '';
let orderNumbers: string[] = [];

/** The gateway's day in which the till got to know of its first approval. */
function clearingDateOf(stateDirectory: string): string {
  const reader = openReader(stateDirectory);
  try {
    const rows = [...reader.records(0)].filter(({ type }) => type === 'payment.moved');
    const { at_ms } = JSON.parse(rows[0]?.body ?? '{}') as { at_ms: number };
    return new Date(at_ms + 9 * 3_600_000).toISOString().slice(0, 10);
  } finally {
    reader.close();
  }
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-reconcile-'));
  state = join(directory, 'state');
  const till = openDrivenTill(state);
  till.route(true);
  orderNumbers = [1, 2].map((number) => {
    const attemptId = till.sell(`13012345678901234${number}`);
    const acquirerOrderId = `ACQ${number}`;
    // No day in the approval: it must be on the bill of the day in which it came.
    till.answer(attemptId, { kind: 'approved', proof: { ...proof, acquirerOrderId, settlementDate: '' } });
    return till.attempt(attemptId).orderNumber;
  });
  till.close();
  date = clearingDateOf(state);
});
afterAll(() => rmSync(directory, { recursive: true }));

function line(number: 0 | 1, amount_fen = 450): string {
  const compact = date.replaceAll('-', '');
  const acquirer = `ACQ${number + 1}`;
  return [
    'PAY',
    orderNumbers[number],
    '',
    acquirer,
    '20260002',
    amount_fen,
    2,
    `${date} 10:00:00`,
    compact,
  ].join();
}

function bill(lines: readonly string[], paid_fen: number): string {
  const file = join(directory, 'bill.csv');
  const end = `END,${lines.length},${paid_fen},0,0,${2 * lines.length}`;
  writeFileSync(
    file,
    [`BILL,1,898310000000001,${date.replaceAll('-', '')}`, NAMES, ...lines, end, ''].join('\n'),
  );
  return file;
}

function reconcile(file: string, ...more: string[]): { code: number | null; out: string; err: string } {
  const args = ['reconcile', '--bill', file, '--rail', 'gateway', '--state', state, ...more];
  const run = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

it('ends with 0 where bill and till agree', () => {
  const run = reconcile(bill([line(0), line(1)], 900));
  expect(run).toMatchObject({ code: 0, err: '' });
  expect(run.out).toContain(`gateway ${date}`);
  expect(run.out.replace(/ +/g, ' ')).toMatch(
    /9\.00 本机净额[^]* -0\.04 手续费[^]* 8\.96 账单净额[^]* 0\.00 未解释/,
  );
  expect(run.out.trimEnd().split('\n').at(-1)).toBe('2 agree, 0 differ');
});

it('ends with 1 and each difference where they do not, and writes the table', () => {
  const csv = join(directory, 'out.csv');
  const run = reconcile(bill([line(0, 400)], 400), '--csv', csv);
  expect(run).toMatchObject({ code: 1, err: '2 differences\n' });
  expect(run.out).toMatch(
    new RegExp(
      `amountDiffers .*: ${orderNumbers[0]}, -0\\.50[^]*missingThere .*: ${orderNumbers[1]}, -4\\.50`,
    ),
  );
  const table = readFileSync(csv, 'utf8');
  expect(table.startsWith('\uFEFFclass,')).toBe(true);
  expect(table.trimEnd().split('\r\n')).toHaveLength(3);
});

it('makes its table anew, for its owner alone: never over the bill or the journal', () => {
  const file = bill([line(0), line(1)], 900);
  const table = join(directory, 'new.csv');
  expect(reconcile(file, '--csv', table)).toMatchObject({ code: 0, err: '' });
  expect(statSync(table).mode & 0o777).toBe(0o600);
  const before = [file, join(state, 'journal.db')].map((one) => readFileSync(one, 'latin1'));
  const cases = [
    [file, 'is there already, and stays'],
    [table, 'is there already, and stays'],
    [join(state, 'journal.db'), 'lies among the files of the till'],
  ] as const;
  for (const [taken, message] of cases) {
    const run = reconcile(file, '--csv', taken);
    expect(run).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`${taken} ${message}`) });
  }
  expect([file, join(state, 'journal.db')].map((one) => readFileSync(one, 'latin1'))).toEqual(before);
});

it('checks the fee of the contract', () => {
  const file = bill([line(0), line(1)], 900);
  expect(reconcile(file, '--rate', '0.38%')).toMatchObject({ code: 0 });
  const run = reconcile(file, '--rate', '1%');
  expect(run.code).toBe(1);
  expect(run.out).toContain('手续费 fee 0.02; 按费率应为 by the rate 0.05');
});

it('a till that has sold nothing by a code is told its number, and knows the others by it', () => {
  const fresh = join(directory, 'fresh');
  openDrivenTill(fresh).close();
  const file = bill([line(0)], 450);
  expect(reconcile(file, '--state', fresh).out).toContain('missingHere');
  expect(reconcile(file, '--state', fresh, '--terminal', '20260003').out).toMatch(/wrongTerminal .*4\.50/);
});

it('of a merchant who has the id of another one today, the bill lacks none of what that one took', () => {
  const renewed = join(directory, 'renewed');
  const till = openDrivenTill(renewed, undefined, 'gateway:898310000000099');
  till.route(true);
  till.answer(till.sell('130123456789012349'), { kind: 'approved', proof: { ...proof, settlementDate: '' } });
  till.close();
  const now = openDrivenTill(renewed, undefined, 'gateway:898310000000001');
  now.route(true);
  const attemptId = now.sell('130123456789012348');
  now.answer(attemptId, { kind: 'approved', proof: { ...proof, settlementDate: '' } });
  const own = line(0).replace(orderNumbers[0] ?? '', now.attempt(attemptId).orderNumber);
  now.close();
  const file = bill([own], 450);
  expect(reconcile(file, '--state', renewed).out).toContain('missingThere');
  expect(reconcile(file, '--state', renewed, '--merchant', '898310000000001').out).toContain(
    '1 agree, 0 differ',
  );
});

it('ends with 2 on bad input, and says where', () => {
  const whole = bill([line(0), line(1)], 900);
  const cases: [string[], RegExp][] = [
    [['--rate', 'much'], /^--rate much is no rate/],
    [['--date', '2026-02-30'], /^--date 2026-02-30 is no date/],
    [['--date', '2020-01-01'], /bill\.csv, line 1: is of .*, not of 2020-01-01/],
    [
      ['--merchant', '898310000000002'],
      /bill\.csv, line 1: is of merchant "898310000000001", not of 898310000000002/,
    ],
    [['--route', 'wechat'], /^--route wechat: this journal knows gateway/],
    [['--rail', 'cash'], /^--rail cash is none of wechatpay, alipay, unionpay, gateway/],
    [['--rail', 'alipay'], /^bill\.csv, line 1: is not #支付宝业务明细查询/],
    [['--state', join(directory, 'nowhere')], /E-DB-06/],
    [['--bill', join(directory, 'nowhere.csv')], /ENOENT/],
    [['--csv', join(directory, 'nowhere/out.csv')], /ENOENT/],
  ];
  for (const [more, message] of cases) {
    const run = reconcile(whole, ...more);
    expect(run.err, more.join(' ')).toMatch(message);
    expect(run.code, more.join(' ')).toBe(2);
    expect(run.out).toBe('');
  }
  const broken = reconcile(bill([line(0), line(1)], 901));
  expect(broken).toMatchObject({ code: 2, out: '' });
  expect(broken.err).toMatch(/bill\.csv, line 5, column paid: the total says 901, the rows amount to 900/);
});

it('ends with 64 on wrong usage', () => {
  const run = spawnSync(process.execPath, [script, 'reconcile', '--state', state], { encoding: 'utf8' });
  expect(run.status).toBe(64);
});

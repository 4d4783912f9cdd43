// A real till's journal, a bill of its acquirer in the folder: compared in a thread, kept, dealt with; and what can't be compared says why.
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BillAnswer } from '../acquirers/transport/bill.ts';
import type { ComparingView } from '../contract/reconciliation.ts';
import { configurationSchema, withRoutes } from '../contract/configuration.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { billContracts } from './bill-contracts.ts';
import { createReconciling, type Reconciling } from './reconciling.ts';
import { systemClock } from './system.ts';
import { reconciliationFound, reconciliationRows } from './rpc/view-reconciliation.ts';

const NAMES = 'type,merchantOrderId,refundRequestId,orderId,terminalCode,amount,fee,time,settlementDate';
const configuration = withRoutes(
  configurationSchema.parse(JSON.parse(readFileSync('docs/configuration.example.json', 'utf8'))),
);
const { routes } = configuration;
const MERCHANT = '898310000000001';
const [route] = routes;
if (route?.adapter !== 'gateway') throw new Error('the example has one gateway');
const contractsOf = (...own: (typeof route)[]) =>
  billContracts({ ...configuration, routes: own.map((one) => ({ merchantCode: MERCHANT, ...one })) });

let directory: string;
let folder: string;
let till: DrivenTill;
let desk: Reconciling;
let wiring: Omit<Parameters<typeof createReconciling>[0], 'contracts'>;
let orderNumber: string;
/** What the acquirer says to the next question. */
let answer: BillAnswer = { kind: 'noAnswer', cause: 'ECONNREFUSED' };
const fetcherOf = () => () => Promise.resolve(answer);
const heard: (() => void)[] = [];
const clock = systemClock();

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-bills-'));
  folder = join(directory, 'bills');
  const stateDirectory = join(directory, 'state');
  till = openDrivenTill(stateDirectory);
  till.route(true);
  const attemptId = till.sell('130123456789012341');
  till.answer(attemptId, { kind: 'approved', proof: { ...proof, acquirerOrderId: 'ACQ1' } });
  orderNumber = till.attempt(attemptId).orderNumber;
  const { engine, store } = till;
  const changed = () => heard.splice(0).forEach((wake) => wake());
  wiring = {
    engine,
    store,
    stateDirectory,
    folder,
    clock,
    routes,
    fetcherOf,
    changed,
    terminalCode: '20260002',
  };
  desk = createReconciling({ ...wiring, contracts: contractsOf(route) });
});
afterAll(() => {
  desk.stop();
  till.close();
  rmSync(directory, { recursive: true });
});

/** The approval says that it settles on the 23rd. */
function bill(amount_fen: number, total_fen = amount_fen): void {
  const line = `PAY,${orderNumber},,ACQ1,20260002,${amount_fen},2,2026-11-23 10:00:00,20261123`;
  const rows = ['BILL,1,898310000000001,20261123', NAMES, line, `END,1,${total_fen},0,0,2`, ''];
  writeFileSync(join(folder, 'day.csv'), rows.join('\n'));
}

async function ended(): Promise<ComparingView> {
  while (['running', 'fetching'].includes(desk.view().state))
    await new Promise<void>((resolve) => heard.push(resolve));
  return desk.view();
}

it('makes its folder, which is empty', () => {
  const asked = [{ routeId: 'gateway', rail: 'gateway' }];
  expect(desk.bills()).toEqual({ folder, fault: null, routes: asked, files: [], done: [] });
});

it('offers the files that lie there, by whose they are', () => {
  bill(450);
  writeFileSync(join(folder, 'notes.txt'), 'buy milk');
  writeFileSync(join(folder, 'INN26112388ZM_1'), '');
  writeFileSync(join(folder, 'day.csv.findings.csv'), 'class');
  const files = desk
    .bills()
    .files.map(({ file, rail, routeIds }) => ({ file, rail, routes: routeIds.length }));
  expect(files).toHaveLength(3);
  expect(files).toEqual(
    expect.arrayContaining([
      { file: 'INN26112388ZM_1', rail: 'unionpay', routes: 0 },
      { file: 'day.csv', rail: 'gateway', routes: 1 },
      { file: 'notes.txt', rail: null, routes: 0 },
    ]),
  );
});

it.each([
  ['no file', 'nothing.csv', 'E-BILL-02'],
  ['outside the folder', '../state/journal.db', 'E-BILL-02'],
  ['no bill', 'notes.txt', 'E-BILL-01'],
  ['of an acquirer that the till has no contract with', 'INN26112388ZM_1', 'E-BILL-01'],
])('compares nothing: %s', (_, file, code) => {
  expect(desk.compare(file, null, 'chen')).toBe(code);
  expect(desk.view().state).not.toBe('running');
});

it('finds a difference, keeps it with its words, and takes no second bill meanwhile', async () => {
  bill(400);
  expect(desk.compare('day.csv', null, 'chen')).toBeNull();
  expect(desk.compare('day.csv', null, 'chen')).toBe('E-BILL-03');
  const view = await ended();
  expect(view).toMatchObject({ state: 'done', what: 'day.csv' });
  const id = view.state === 'done' ? view.reconciliationId : '';
  const found = reconciliationFound(till.store, till.engine.state, id);
  expect(found?.taken).toMatchObject({
    operatorId: 'chen',
    comparison: { rail: 'gateway', billDate: '2026-11-23', table: 'day.csv.findings.csv', leftOff: 0 },
  });
  expect(found?.taken.comparison.findings.map((one) => [one.class, one.orderNumber])).toEqual([
    ['amountDiffers', orderNumber],
  ]);
  const { till_fen, payout_fen, kept_fen, classes } = found?.taken.comparison ?? { classes: [] };
  const effects_fen = classes.reduce((sum, one) => sum + one.effect_fen, 0);
  expect((till_fen ?? NaN) + effects_fen - (kept_fen ?? NaN)).toBe(payout_fen);
  expect(readFileSync(join(folder, 'day.csv.findings.csv'), 'utf8')).toContain(orderNumber);
  expect(reconciliationRows(till.store, till.engine.state)[0]).toMatchObject({
    reconciliationId: id,
    differences: 1,
    open: 1,
  });
  const finding = { reconciliationId: id, index: 0, class: 'amountDiffers', orderNumber, effect_fen: -50 };
  const who = { operatorId: 'chen', approverId: 'chen' };
  const said = { kind: 'findingSettled', finding, ...who } as const;
  expect(till.engine.ask({ ...said, reason: '已问收单方', isNote: true })).toBeNull();
  expect(reconciliationRows(till.store, till.engine.state)[0]).toMatchObject({ differences: 1, open: 1 });
  expect(till.engine.ask({ ...said, reason: '收单方已更正' })).toBeNull();
  expect(reconciliationRows(till.store, till.engine.state)[0]).toMatchObject({ differences: 1, open: 0 });
});

it('sums what is another till’s, and lists only what is its own', async () => {
  const own = `PAY,${orderNumber},,ACQ1,20260002,450,2,2026-11-23 10:00:00,20261123`;
  const other = 'PAY,20260003001000001AABBCCDD,,ACQ2,20260003,700,2,2026-11-23 11:00:00,20261123';
  const rows = ['BILL,1,898310000000001,20261123', NAMES, own, other, 'END,2,1150,0,0,4', ''];
  writeFileSync(join(folder, 'shop.csv'), rows.join('\n'));
  expect(desk.compare('shop.csv', null, 'chen')).toBeNull();
  const view = await ended();
  const id = view.state === 'done' ? view.reconciliationId : '';
  const comparison = reconciliationFound(till.store, till.engine.state, id)?.taken.comparison;
  // Approved today and settled on the 23rd: the one thing that this till has to explain.
  expect(comparison?.findings.map((one) => one.class)).toEqual(['lateSuccess']);
  expect(comparison?.leftOff).toBe(0);
  expect(comparison?.classes.find((one) => one.class === 'wrongTerminal')).toMatchObject({
    count: 1,
    effect_fen: 700,
  });
  expect(reconciliationRows(till.store, till.engine.state)[0]).toMatchObject({
    differences: 1,
    open: 1,
    others: { count: 1, areSorted: true },
  });
  expect(readFileSync(join(folder, 'shop.csv.findings.csv'), 'utf8')).toContain('20260003001000001AABBCCDD');
});

it('lists what this very till took in a life that a restore lost, and calls it no other till’s', async () => {
  const lost = `${orderNumber.slice(0, 8)}000000001AABBCCDD`;
  const line = `PAY,${lost},,ACQ8,20260002,88800,2,2026-11-23 10:00:00,20261123`;
  const rows = ['BILL,1,898310000000001,20261123', NAMES, line, 'END,1,88800,0,0,2', ''];
  writeFileSync(join(folder, 'lost.csv'), rows.join('\n'));
  expect(desk.compare('lost.csv', null, 'chen')).toBeNull();
  const view = await ended();
  const id = view.state === 'done' ? view.reconciliationId : '';
  const comparison = reconciliationFound(till.store, till.engine.state, id)?.taken.comparison;
  expect(comparison?.findings).toMatchObject([
    { class: 'earlierLife', orderNumber: lost, effect_fen: 88_800, lines: [3] },
  ]);
  expect(comparison?.classes.find((one) => one.class === 'earlierLife')?.next.zh).toContain('补记');
  expect(comparison).toMatchObject({ leftOff: 0, others: 0 });
  expect(reconciliationRows(till.store, till.engine.state)[0]).toMatchObject({ differences: 1, open: 1 });
});

it('says where a bill is wrong, and keeps nothing of it', async () => {
  bill(450, 451);
  const before = till.store.head().sequence;
  expect(desk.compare('day.csv', 'gateway', 'chen')).toBeNull();
  const view = await ended();
  expect(view).toMatchObject({ state: 'failed', code: 'E-BILL-01' });
  expect(view.state === 'failed' ? view.detail : '').toMatch(
    /day\.csv, line 4, column paid: the total says 451/,
  );
  expect(till.store.head().sequence).toBe(before);
});

it.each<[BillAnswer, string]>([
  [{ kind: 'notReady', cause: 'STATEMENT_CREATING' }, 'E-BILL-06'],
  [{ kind: 'none', cause: 'NO_STATEMENT_EXIST' }, 'E-BILL-07'],
  [{ kind: 'refused', cause: 'NO_AUTH' }, 'E-BILL-08'],
  [{ kind: 'noAnswer', cause: 'ETIMEDOUT' }, 'E-BILL-08'],
  [{ kind: 'damaged', cause: 'DIGEST' }, 'E-BILL-01'],
])('says why the acquirer gave no bill: $kind', async (said, code) => {
  answer = said;
  const before = readdirSync(folder);
  expect(desk.fetch('gateway', '2026-11-22')).toBeNull();
  expect(desk.compare('day.csv', null, 'chen')).toBe('E-BILL-03');
  expect(await ended()).toEqual({
    state: 'failed',
    what: 'gateway 2026-11-22',
    code,
    detail: 'cause' in said ? said.cause : '',
  });
  expect(readdirSync(folder)).toEqual(before);
});

it('fetches one into the folder, once, and never over another file', async () => {
  bill(450);
  const bytes = readFileSync(join(folder, 'day.csv'));
  answer = { kind: 'fetched', file: { name: '../20261123.csv', bytes, proof: 'signature' } };
  for (let round = 0; round < 2; round += 1) {
    expect(desk.fetch('gateway', '2026-11-23')).toBeNull();
    expect(await ended()).toEqual({ state: 'fetched', what: '20261123.csv' });
  }
  writeFileSync(join(folder, '20261123.csv'), 'mine');
  desk.fetch('gateway', '2026-11-23');
  expect(await ended()).toMatchObject({ state: 'failed', code: 'E-BILL-09', detail: '20261123.csv' });
  expect(readFileSync(join(folder, '20261123.csv'), 'utf8')).toBe('mine');
  expect(desk.fetch('nobody', '2026-11-23')).toBe('E-BILL-08');
});

it('keeps what the acquirer proved and nobody here can read, for people, and offers it to nobody', async () => {
  const file = { name: 'odd.csv', bytes: Buffer.from('BILL,9'), proof: 'signature' } as const;
  answer = { kind: 'fetched', file };
  desk.fetch('gateway', '2026-11-23');
  const view = await ended();
  expect(view).toMatchObject({ state: 'failed', code: 'E-BILL-10' });
  expect(view.state === 'failed' ? view.detail : '').toMatch(/^odd\.csv\.unread: odd\.csv, line 1/);
  expect(readdirSync(folder)).toContain('odd.csv.unread');
  expect(desk.bills().files.map((one) => one.file)).not.toContain('odd.csv.unread');
  answer = { kind: 'fetched', file: { ...file, name: 'even.csv', proof: 'sums' } };
  desk.fetch('gateway', '2026-11-23');
  expect(await ended()).toMatchObject({ state: 'failed', code: 'E-BILL-01' });
  expect(readdirSync(folder).filter((name) => name.startsWith('even'))).toEqual([]);
});

it('follows no link out of the folder, and shows no control characters of others', async () => {
  symlinkSync(join(folder, '20261123.csv'), join(folder, 'link.csv'));
  expect(desk.compare('link.csv', null, 'chen')).toBe('E-BILL-02');
  answer = { kind: 'refused', cause: `\u001b[2J${'x'.repeat(5000)}` };
  desk.fetch('gateway', '2026-11-23');
  const view = await ended();
  expect(view.state === 'failed' ? view.detail : '').toMatch(/^\?\[2Jx{196}…$/);
});

it('says that the folder can not be read, and offers nothing', () => {
  writeFileSync(join(directory, 'plain'), '');
  const other = createReconciling({ ...wiring, folder: join(directory, 'plain'), contracts: [] });
  expect(other.bills()).toMatchObject({ files: [], fault: expect.stringMatching(/EEXIST|ENOTDIR/) });
});

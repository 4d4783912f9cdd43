// Whose bill is whose, on a real till's journal: of all the routes that a merchant has with an acquirer, under whatever id.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configurationSchema, withRoutes } from '../contract/configuration.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { BookLine } from '../fixtures/bills/line.ts';
import { billFile } from '../fixtures/bills/write.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { billContracts } from './bill-contracts.ts';
import { billFiles } from './bills-folder.ts';
import { compareBill } from './compare-bill.ts';
import { clearingDate } from '../test/month/issuer.ts';

const read = (name: string) =>
  withRoutes(configurationSchema.parse(JSON.parse(readFileSync(`docs/${name}`, 'utf8'))));
const { terminal, routes: wallets } = read('configuration.wallets.example.json');
const [gateway] = read('configuration.example.json').routes;
if (gateway?.adapter !== 'gateway') throw new Error('the example has one gateway');
const alipay = wallets.find((route) => route.adapter === 'alipay');
if (alipay?.adapter !== 'alipay') throw new Error('the example has Alipay');

const MERCHANT = '898310000000001';
const FORMER = '898310000000099';
const TERMINAL = '20260002';

const contractsOf = (...routes: RouteConfiguration[]) =>
  billContracts({ terminal: { ...terminal, merchantCode: MERCHANT }, routes });
const idsOf = (...routes: RouteConfiguration[]) =>
  contractsOf(...routes).map((one) => one.routes.map(({ routeId }) => routeId));

it('routes of one merchant with one acquirer are billed together; of a shop that nobody has named each is alone', () => {
  const app = { ...alipay, id: 'app-2', appId: '2021000000000002', sellerId: '2088000000000000' };
  const seller = { ...app, id: 'app-1', appId: '2021000000000001' };
  const { sellerId: _, ...unnamed } = app;
  expect(idsOf(seller, gateway, app)).toEqual([['app-1', 'app-2'], [gateway.id]]);
  expect(idsOf(seller, { ...app, sellerId: '2088000000000009' })).toEqual([['app-1'], ['app-2']]);
  expect(idsOf({ ...unnamed, id: 'app-1' }, unnamed)).toEqual([['app-1'], ['app-2']]);
  expect(
    idsOf(gateway, { ...gateway, id: 'second-line' }, { ...gateway, id: 'other', merchantCode: '1' }),
  ).toEqual([[gateway.id, 'second-line'], ['other']]);
});

let directory: string;
let folder: string;
let till: DrivenTill | null = null;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-contracts-'));
  folder = join(directory, 'bills');
  mkdirSync(folder);
});
afterEach(() => {
  till?.close();
  till = null;
  rmSync(directory, { recursive: true });
});

const stateDirectory = () => join(directory, 'state');
const today = () => clearingDate(Date.now());
const dashed = (date: string) => date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

const paidToday = () =>
  ({
    kind: 'approved',
    proof: { ...proof, acquirerOrderId: 'ACQ1', settlementDate: today() },
  }) as const;

/** One sale, on the route `gateway`. */
function sold(party?: string): string {
  const opened = openDrivenTill(stateDirectory(), undefined, party);
  till = opened;
  opened.route(true);
  const attemptId = opened.sell('130123456789012341');
  opened.answer(attemptId, paidToday());
  return opened.attempt(attemptId).orderNumber;
}

/** In the morning one is paid to the former merchant; another is queued, and forwarded when the contract is exchanged. */
function soldOverExchange(): { morning: string; queued: string } {
  const morning = sold(`gateway:${FORMER}`);
  till?.engine.ask({ kind: 'saleLeft' });
  till?.route(false);
  const attemptId = till?.sell('130123456789012342') ?? '';
  till?.close();
  const opened = openDrivenTill(stateDirectory(), undefined, `gateway:${MERCHANT}`);
  till = opened;
  opened.route(true);
  opened.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  opened.answer(attemptId, paidToday());
  const { orderNumber, party } = opened.attempt(attemptId);
  expect(party).toBe(`gateway:${MERCHANT}`);
  return { morning, queued: orderNumber };
}

function bill(merchant: string, ...orderNumbers: string[]): void {
  const billDate = dashed(today());
  const lines = orderNumbers.map((orderNumber, index): BookLine => {
    const charge = { kind: 'pay', orderNumber, refundNumber: '', acquirerNumber: `ACQ${index + 1}` } as const;
    const amounts = { amount_fen: 450, fee_fen: 2, discount_fen: 0 };
    return { ...charge, ...amounts, at_ms: Date.now(), terminal: TERMINAL, billDate };
  });
  writeFileSync(join(folder, 'day.csv'), billFile('gateway', billDate, lines, merchant));
}

function compared(...routes: RouteConfiguration[]) {
  const [contract, ...rest] = contractsOf(...routes);
  if (contract === undefined) throw new Error('no contract');
  const asked = {
    stateDirectory: stateDirectory(),
    folder,
    file: 'day.csv',
    contract,
    others: rest,
    terminalCode: TERMINAL,
  };
  const found = compareBill(asked);
  if (!found.ok) return found;
  const { routeIds, findings, agreed, till_fen, others } = found.comparison;
  return { routeIds, classes: findings.map((one) => one.class), agreed, till_fen, others };
}

it('asks which contract a bill is of, not which of its routes', () => {
  bill(MERCHANT);
  const files = (...routes: RouteConfiguration[]) =>
    billFiles(folder, contractsOf(...routes)).files.map(({ routeIds }) => routeIds);
  expect(files(gateway, { ...gateway, id: 'second-line' })).toEqual([[gateway.id]]);
  expect(files(gateway, { ...gateway, id: 'other', merchantCode: '1' })).toEqual([[gateway.id, 'other']]);
});

it('a day of a route that was renewed under another id agrees, and what its bill lacks is told', () => {
  const orderNumber = sold(`gateway:${MERCHANT}`);
  bill(MERCHANT, orderNumber);
  const renewed = { ...gateway, id: 'gateway-2027' };
  const rest = { routeIds: ['gateway-2027'], till_fen: 450, others: 0 };
  expect(compared(renewed)).toEqual({ ...rest, classes: [], agreed: 1 });
  bill(MERCHANT);
  expect(compared(renewed)).toEqual({ ...rest, classes: ['missingThere'], agreed: 0 });
});

it('a bill has the payments of all routes of its merchant, of before the party was told too', () => {
  const orderNumber = sold();
  bill(MERCHANT, orderNumber);
  const second = { ...gateway, id: 'second-line' };
  expect(compared(second, gateway)).toMatchObject({
    routeIds: ['second-line', 'gateway'],
    classes: [],
    agreed: 1,
  });
  bill(MERCHANT);
  expect(compared(second, gateway)).toMatchObject({ classes: ['missingThere'], till_fen: 450 });
});

it('of a merchant who had the id before, the bill is compared too, and the new one’s lacks none of it', () => {
  const orderNumber = sold(`gateway:${FORMER}`);
  bill(MERCHANT);
  expect(compared(gateway)).toMatchObject({ classes: [], agreed: 0, till_fen: 0 });
  bill(FORMER, orderNumber);
  expect(compared({ ...gateway, feeRate_ppm: 90_000 })).toMatchObject({
    routeIds: ['gateway'],
    classes: [],
    agreed: 1,
  });
  bill(FORMER);
  expect(compared(gateway)).toMatchObject({ classes: ['missingThere'], till_fen: 450 });
  // But not where it is another contract's of today.
  expect(compared(gateway, { ...gateway, id: 'other', merchantCode: FORMER })).toMatchObject({ ok: false });
  bill('898310000000098', orderNumber);
  expect(compared(gateway)).toMatchObject({
    ok: false,
    code: 'E-BILL-01',
    detail: expect.stringContaining(MERCHANT),
  });
});

it('a till that has sold nothing by a code knows the lines of the other tills as theirs', () => {
  till = openDrivenTill(stateDirectory());
  bill(MERCHANT, '20260003001000001AABBCCDD', 'WEB-1');
  expect(compared(gateway)).toMatchObject({ classes: ['missingHere'], others: 1 });
});

it('what was forwarded to another merchant than it was queued for stands on his bill, and on no other', () => {
  const { morning, queued } = soldOverExchange();
  const rest = { till_fen: 450, others: 0 };
  bill(MERCHANT, queued);
  expect(compared(gateway)).toMatchObject({ ...rest, classes: [], agreed: 1 });
  bill(MERCHANT);
  expect(compared(gateway)).toMatchObject({ ...rest, classes: ['missingThere'], agreed: 0 });
  bill(FORMER, morning);
  expect(compared(gateway)).toMatchObject({ ...rest, classes: [], agreed: 1 });
});

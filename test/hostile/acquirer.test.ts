// Garbage from the acquirer, one lie after the other over real TLS: no lie makes a payment paid or declined; each ends in an
// inquiry and then in a proof that the acquirer's own ledger confirms.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentView } from '../../contract/snapshot.ts';
import type { FaultRequest } from '../../fixtures/acquirers/gateway/client.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { leakedCodes } from '../crash/judge.ts';
import { openTill, type Till } from './till.ts';

let till: Till;
const used: string[] = [];
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.stop());
beforeEach(async () => {
  await till.shop.acquirer.faults.clear();
  await till.rpc.until('online', ({ routes }) => routes[0]?.state === 'online');
});

function current(): PaymentView {
  const payment = till.rpc.snapshot().sale?.payments.at(-1);
  if (!payment) throw new Error('no payment');
  return payment;
}

async function pay(): Promise<void> {
  used.push(await till.pay());
  await till.rpc.until('a payment', ({ sale }) => (sale?.payments.length ?? 0) > 0);
}

async function proven(): Promise<PaymentView> {
  await till.rpc.until('proof', ({ sale }) => sale?.payments.every((one) => !one.unproven) === true);
  return current();
}

function keptBy(orderNumber: string): number {
  const truth = readLedger(till.shop.gateway.ledgerFile).find(
    (order) => order.merchantOrderId === orderNumber,
  );
  return truth === undefined ? 0 : truth.charged_fen - truth.givenBack_fen;
}

const words = (payment: PaymentView): string[] => payment.story.map((step) => step.what);

/** Everything that `pay` can answer wrongly although the charge was made. */
const lies: FaultRequest[] = [
  { fault: 'html' },
  { fault: 'garbage' },
  { fault: 'garbage', signed: true },
  { fault: 'http5xx' },
  { fault: 'http5xx', status: 400 },
  { fault: 'http5xx', status: 404 },
  { fault: 'http5xx', status: 301 },
  { fault: 'badSignature' },
  { fault: 'staleSignature' },
  { fault: 'noSignature' },
  { fault: 'truncate' },
  { fault: 'dropAnswer' },
  { fault: 'wrongAmount' },
  { fault: 'wrongOrder' },
  { fault: 'approveLate', ms: 600, code: 'SOMETHING_NEW' },
  { fault: 'approveLate', ms: 600, code: 'constructor' },
  { fault: 'approveLate', ms: 600, code: '0000' },
  { fault: 'approveLate', ms: 600, code: 'DUPLICATE_ORDER' },
];

describe.each(lies)('pay answers $fault $status $code $signed', (lie) => {
  afterEach(() => till.rpc.call('sale.next'));

  it('is inquired about and then paid, with the money taken once', async () => {
    await till.shop.acquirer.faults.set({ ...lie, path: 'pay', count: 1 });
    await pay();
    const payment = await proven();
    expect(payment.state).toBe('approved');
    const story = words(payment);
    expect(story.indexOf('inquired')).toBeGreaterThan(0);
    expect(story.indexOf('approved')).toBeGreaterThan(story.indexOf('inquired'));
    expect(story).not.toContain('declined');
    expect(keptBy(payment.orderNumber)).toBe(payment.amount_fen);
    expect(till.rpc.snapshot().sale?.state).toBe('completed');
  });
});

describe.each(lies.slice(0, 12))('pay and every inquiry answer $fault $status $signed', (lie) => {
  afterEach(() => till.rpc.call('sale.cancel'));

  it('is reversed, and the money is back', async () => {
    await till.shop.acquirer.faults.set({ ...lie, path: 'pay' });
    await till.shop.acquirer.faults.set({ ...lie, path: 'query' });
    await pay();
    const payment = await proven();
    expect(payment).toMatchObject({ state: 'reversed', reason: 'E-PAY-12' });
    expect(words(payment)).not.toContain('approved');
    expect(keptBy(payment.orderNumber)).toBe(0);
    expect(till.rpc.snapshot().sale?.state).toBe('tendering');
  });
});

describe.each(lies.slice(0, 12))('everything answers $fault $status $signed for a while', (lie) => {
  afterEach(() => till.rpc.call('sale.cancel'));

  it('stays unproven, refuses another code and other goods, and ends in proof once the acquirer is itself again', async () => {
    for (const path of ['pay', 'query', 'voidpayment'] as const)
      await till.shop.acquirer.faults.set({ ...lie, path });
    await pay();
    await till.rpc.until('two reversals asked', () => current().reversals >= 2);
    expect(current()).toMatchObject({ state: 'reversing', unproven: true });
    await expect(till.rpc.call('sale.backToGoods')).rejects.toThrow('E-SALE-03');
    const again = till.codes.alipay();
    used.push(again);
    await till.shop.scanner.scan(again);
    await till.rpc.until('one at a time', ({ notice }) => notice?.code === 'E-SCAN-08');
    await till.shop.acquirer.faults.clear();
    const payment = await proven();
    expect(payment.state).toBe('reversed');
    expect(keptBy(payment.orderNumber)).toBe(0);
    expect(till.rpc.snapshot().sale?.payments).toHaveLength(1);
  });
});

it('a decline that is listed is a decline at once; an unlisted one never', async () => {
  await till.shop.acquirer.faults.set({ fault: 'decline', code: 'BALANCE_NOT_ENOUGH', count: 1 });
  await pay();
  const listed = await proven();
  expect(listed).toMatchObject({ state: 'declined', reason: 'E-PAY-02', inquiries: 0 });
  expect(words(listed)).not.toContain('inquired');
  await till.rpc.call('sale.cancel');

  await till.shop.acquirer.faults.set({ fault: 'decline', code: 'NOBODY_KNOWS', count: 1 });
  await pay();
  const unlisted = await proven();
  expect(words(unlisted).slice(0, 3)).toEqual(['sent', 'stillUnknown', 'inquired']);
  expect(unlisted).toMatchObject({ state: 'declined', reason: 'E-PAY-16', acquirerCode: 'NOBODY_KNOWS' });
  expect(keptBy(unlisted.orderNumber)).toBe(0);
  await till.rpc.call('sale.cancel');
});

it('a mismatch raises its alarm while it lasts', async () => {
  await till.shop.acquirer.faults.set({ fault: 'wrongAmount', path: 'pay' });
  await till.shop.acquirer.faults.set({ fault: 'http5xx', path: 'query' });
  await pay();
  await till.rpc.until('the alarm', ({ sale }) => sale?.payments.at(-1)?.reason === 'E-PAY-15');
  await proven();
  await till.rpc.call('sale.cancel');
});

it('nothing of all that left a whole payment code on the disk, and the journal verifies', async () => {
  expect(leakedCodes(till.shop.stateDirectory, used)).toEqual([]);
  expect(used.some((code) => till.core.log().includes(code))).toBe(false);
  await till.rpc.call('operator.signIn', { operatorId: 'chen', pin: till.shop.pins['chen'] });
  expect(await till.rpc.call('journal.verify')).toMatchObject({ ok: true, differences: [] });
});

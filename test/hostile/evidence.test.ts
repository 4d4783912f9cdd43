// "I have paid": a customer whose answer was lost comes back with his phone; the real till finds his payment by the number on it, tells
// what is proven, and gives him paper that says so.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence, PaymentsFound } from '../../contract/evidence.ts';
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import { openTill, type Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.stop());
beforeEach(() => till.shop.acquirer.faults.clear());

const last = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);

/** Sent, the customer asked for his password, given up, and paid after all: reversed, and the counter empty again. */
async function givenUp(): Promise<PaymentView> {
  await till.shop.acquirer.faults.set({ fault: 'awaitCustomer', path: 'pay', count: 1 });
  await till.pay();
  // Not only that it may be given up: a reversal that overtakes the payment would close its number before anybody is asked.
  const asked = await till.rpc.until(
    'asked for his password, may be given up',
    (now) => last(now)?.state === 'awaitingCustomer' && last(now)?.canGiveUp === true,
  );
  const { attemptId = '', orderNumber = '' } = last(asked) ?? {};
  await till.rpc.call('payment.giveUp', { attemptId });
  await till.shop.acquirer.customer.approve(orderNumber);
  const now = await till.rpc.until('reversed', (each) => last(each)?.state === 'reversed');
  await till.rpc.call('sale.cancel');
  await till.rpc.call('sale.next');
  return last(now) as PaymentView;
}

async function scanned(number: string): Promise<Evidence> {
  await till.shop.scanner.scan(number);
  const { asked } = await till.rpc.until('found', (now) => now.asked?.asked === number);
  expect(asked?.payments).toHaveLength(1);
  return asked?.payments[0] as Evidence;
}

const slips = async (): Promise<readonly string[]> =>
  (await till.shop.paper.jobs()).map(({ text }) => text).filter((text) => text.includes('付款查询单'));

/** The newest slip: never the newest paper, since the receipt of the sale may come after it was asked for. */
async function slip(attemptId: string): Promise<string> {
  const before = (await slips()).length;
  await till.rpc.call('evidence.print', { attemptId });
  await expect.poll(async () => (await slips()).length, { timeout: 30_000 }).toBeGreaterThan(before);
  return (await slips()).at(-1) ?? '';
}

describe('a payment that was given up', () => {
  it('is told as reversed, with each request and answer, on screen and on paper', async () => {
    const { orderNumber, attemptId } = await givenUp();
    const found = await scanned(orderNumber);
    expect(found).toMatchObject({ attemptId, verdict: 'reversed', proof: null, receiptNumber: null });
    expect(found.story.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['sent', 'awaitingCustomer', 'gaveUp', 'reversalSent', 'reversed']),
    );
    const paper = await slip(attemptId);
    expect(paper).toContain('已撤销 REVERSED');
    expect(paper).toContain(orderNumber);
    expect(paper).not.toMatch(/已付款|小票号|凭证/);
    await till.rpc.call('payment.forget');
    await till.rpc.until('forgotten', ({ asked }) => asked === null);
  });
});

describe('a payment that was paid', () => {
  it('is found by the acquirer’s own number, and its paper has that number', async () => {
    await till.pay();
    const { sale } = await till.rpc.until('paid', (now) => now.sale?.state === 'completed');
    await till.rpc.call('sale.next');
    const { attemptId = '', orderNumber = '' } = sale?.payments[0] ?? {};
    const acquirerNumber = (await scanned(orderNumber)).proof?.acquirerOrderId ?? '';
    expect(acquirerNumber).not.toBe('');
    await till.rpc.call('payment.forget');
    const found = (await till.rpc.call('payment.find', { text: acquirerNumber })) as PaymentsFound;
    expect(found.payments).toMatchObject([
      { attemptId, verdict: 'paid', receiptNumber: sale?.receiptNumber },
    ]);
    const paper = await slip(attemptId);
    expect(paper).toContain('已付款 PAID');
    expect(paper).toContain(acquirerNumber);
  });
});

describe('a number scanned at the wrong moment', () => {
  it('of nobody here, or of another till, changes nothing and says which', async () => {
    const { terminalCode } = till.rpc.snapshot().store;
    await till.shop.scanner.scan(`${terminalCode}001ZZZZZZ0A1B2C3D`);
    await till.rpc.until('nobody', ({ notice }) => notice?.code === 'E-PAY-17');
    await till.shop.scanner.scan('ABCDEFGH0010000010A1B2C3D');
    await till.rpc.until('another', ({ notice }) => notice?.code === 'E-PAY-18');
  });

  it('in the middle of a payment is no payment code', async () => {
    await till.tender();
    await till.shop.scanner.scan('4200002601202611286419805214');
    const now = await till.rpc.until('refused', ({ notice }) => notice?.code === 'E-PAY-19');
    expect(now.sale?.payments).toEqual([]);
    await till.rpc.call('sale.cancel');
    await till.rpc.call('sale.next');
  });
});

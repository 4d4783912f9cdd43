// Money that goes back, and an acquirer that answers refunds, their inquiries and voids with garbage: nothing is called given
// back without proof, and nothing goes back twice. And receipts scanned at every wrong moment.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GiveBackView, SaleFound } from '../../contract/snapshot.ts';
import type { FaultRequest } from '../../fixtures/acquirers/gateway/client.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { connectTo, openTill, type Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.stop());
beforeEach(async () => {
  await till.shop.acquirer.faults.clear();
  await till.rpc.until('online', ({ routes }) => routes[0]?.state === 'online');
});

type Sold = { receiptId: string; receiptNumber: string };

/** Two bottles, paid by wallet, and the counter empty again. */
async function sell(): Promise<Sold> {
  const [barcode = ''] = till.barcodes;
  await till.shop.scanner.scan(barcode);
  await till.rpc.until('the first', ({ sale }) => sale?.state === 'open' && sale.itemCount === 1);
  await till.shop.scanner.scan(barcode);
  await till.rpc.until('both', ({ sale }) => sale?.itemCount === 2);
  await till.rpc.call('sale.tender');
  await till.shop.scanner.scan(till.codes.wechat());
  const { sale } = await till.rpc.until('paid', (now) => now.sale?.state === 'completed');
  await till.rpc.call('sale.next');
  return { receiptId: sale?.receiptId ?? '', receiptNumber: sale?.receiptNumber ?? '' };
}

async function find({ receiptId }: Sold): Promise<SaleFound> {
  await till.shop.scanner.scan(receiptId);
  const { found } = await till.rpc.until('the sale', (now) => now.found?.receiptId === receiptId);
  if (!found) throw new Error('no sale was found');
  return found;
}

async function giveBack(quantity: number): Promise<SaleFound> {
  const found = await find(await sell());
  await till.rpc.call('return.open', {
    saleId: found.saleId,
    lines: found.lines.map(({ lineId }) => ({ lineId, quantity })),
    reason: '质量问题',
    approval: { operatorId: 'chen', pin: till.shop.pins['chen'] },
  });
  return found;
}

async function proven(): Promise<GiveBackView> {
  const isOver = (one: GiveBackView | undefined) => one?.state === 'done' || one?.state === 'failed';
  const { found } = await till.rpc.until('proof', (now) => isOver(now.found?.giveBacks.at(-1)));
  const first = found?.giveBacks.at(-1);
  if (!first) throw new Error('no give-back');
  return first;
}

/** How often the acquirer gave it back, by its own ledger. */
function timesBack(one: GiveBackView): number {
  const file = till.shop.gateway.ledgerFile;
  if (one.method === 'refund')
    return readRefunds(file).find((truth) => truth.refundRequestId === one.requestNumber)?.times ?? 0;
  const payment = readLedger(file).filter((order) => order.state === 'voided' && order.givenBack_fen > 0);
  return payment.some((order) => order.givenBack_fen === order.charged_fen) ? 1 : 0;
}

const lies: FaultRequest[] = [
  { fault: 'html' },
  { fault: 'garbage' },
  { fault: 'garbage', signed: true },
  { fault: 'http5xx' },
  { fault: 'http5xx', status: 400 },
  { fault: 'http5xx', status: 301, process: false },
  { fault: 'badSignature' },
  { fault: 'staleSignature' },
  { fault: 'noSignature' },
  { fault: 'truncate' },
  { fault: 'dropAnswer' },
  { fault: 'dropRequest' },
];

describe.each(lies)('a refund and its first inquiry answer $fault $status $signed $process', (lie) => {
  it('is in doubt, found by inquiry, and back once', async () => {
    await till.shop.acquirer.faults.set({ ...lie, path: 'refund', count: 1 });
    await till.shop.acquirer.faults.set({ ...lie, path: 'query-refund', count: 1 });
    const { tenders } = await giveBack(1);
    const one = await proven();
    expect(one).toMatchObject({ method: 'refund', state: 'done' });
    expect(timesBack(one)).toBe(1);
    expect(one.amount_fen).toBe((tenders[0]?.amount_fen ?? 0) / 2);
    await till.rpc.call('sale.forget');
  });
});

describe.each(lies)('a void answers $fault $status $signed $process', (lie) => {
  it('is never both voided and refunded, and the money is back once', async () => {
    await till.shop.acquirer.faults.set({ ...lie, path: 'voidpayment', count: 1 });
    const { tenders } = await giveBack(2);
    const one = await proven();
    expect(one.state).toBe('done');
    const orders = readLedger(till.shop.gateway.ledgerFile);
    expect(orders.at(-1)).toMatchObject({ charges: 1, givenBack_fen: tenders[0]?.amount_fen });
    expect(till.rpc.snapshot().found?.giveBacks).toHaveLength(1);
    await till.rpc.call('sale.forget');
  });
});

describe('while everything about refunds is garbage', () => {
  it('nothing is promised twice, cash instead is refused, and it ends in proof', async () => {
    for (const path of ['refund', 'query-refund'] as const)
      await till.shop.acquirer.faults.set({ fault: 'garbage', signed: true, path });
    const found = await giveBack(1);
    const doubt = await till.rpc.until('inquiries', (now) => (now.found?.giveBacks[0]?.inquiries ?? 0) >= 2);
    const one = doubt.found?.giveBacks[0];
    expect(one).toMatchObject({ unproven: true, paidInCash: false });
    const approval = { operatorId: 'chen', pin: till.shop.pins['chen'] };
    await expect(
      till.rpc.call('giveBack.payCash', { giveBackId: one?.giveBackId, reason: '等不及', approval }),
    ).rejects.toThrow('E-REF-04');
    const lines = found.lines.map(({ lineId }) => ({ lineId, quantity: 2 }));
    await expect(
      till.rpc.call('return.open', { saleId: found.saleId, lines, reason: '再退', approval }),
    ).rejects.toThrow(/E-RET-0[23]/);
    await till.shop.acquirer.faults.clear();
    expect(timesBack(await proven())).toBe(1);
    await till.rpc.call('sale.forget');
  });

  it('a refused refund gives nothing back and may be paid in cash, once', async () => {
    await till.shop.acquirer.faults.set({ fault: 'decline', path: 'refund', count: 1 });
    await giveBack(1);
    const one = await proven();
    expect(one).toMatchObject({ state: 'failed', reason: 'E-REF-03' });
    expect(timesBack(one)).toBe(0);
    const params = {
      giveBackId: one.giveBackId,
      reason: '退款失败',
      approval: { operatorId: 'chen', pin: till.shop.pins['chen'] },
    };
    // Nothing but the float is in the drawer, and that is enough.
    await till.rpc.call('giveBack.payCash', params);
    await expect(till.rpc.call('giveBack.payCash', params)).rejects.toThrow('E-REF-04');
    await till.rpc.call('sale.forget');
  });
});

describe('a receipt scanned', () => {
  let sold: Sold;
  beforeAll(async () => {
    sold = await sell();
  });

  async function told(code: string): Promise<void> {
    await till.rpc.until(code, ({ notice }) => notice?.code === code);
    expect(till.rpc.snapshot().found).toBeNull();
    await till.rpc.call('notice.dismiss');
    await till.rpc.until('dismissed', ({ notice }) => notice === null);
  }

  it('in the middle of a sale waits for it: nothing is added, nothing found', async () => {
    await till.shop.scanner.scan(till.barcodes[3] ?? '');
    const before = await till.rpc.until(
      'a line',
      ({ sale }) => sale?.state === 'open' && sale.itemCount === 1,
    );
    await till.shop.scanner.scan(sold.receiptId);
    await told('E-SHIFT-02');
    expect(till.rpc.snapshot().sale?.lines).toEqual(before.sale?.lines);
  });

  it('in the tender step, too: no payment is opened', async () => {
    await till.rpc.call('sale.tender');
    for (const text of [sold.receiptId, `yima:${sold.receiptId}:${sold.receiptNumber}:abcdef12`]) {
      await till.shop.scanner.scan(text);
      await told('E-SHIFT-02');
    }
    expect(till.rpc.snapshot().sale).toMatchObject({ state: 'tendering', payments: [] });
    await till.rpc.call('sale.cancel');
    await till.rpc.call('sale.next');
  });

  it.each(['R001ZZZZZZ', 'T001000999', 'yima:R001ZZZZZZ:99999999:00000000'])(
    'that does not exist (%s)',
    async (text) => {
      await till.shop.scanner.scan(text);
      await told('E-RET-01');
    },
  );

  it.each([
    ['number', (one: Sold) => `yima:${one.receiptId}:99999999:abcdef12`],
    ['hash', (one: Sold) => `yima:${one.receiptId}:${one.receiptNumber}:zzzzzzzz`],
    ['tag', (one: Sold) => `yima:${one.receiptId}:${one.receiptNumber}:abcdef12:00000000`],
  ])(
    'with the wrong %s in its QR is another till’s: a sale of the same id is not shown for it',
    async (_, qrOf) => {
      await till.shop.scanner.scan(qrOf(sold));
      await told('E-RET-08');
    },
  );

  it('that does not say its till is shown, to be compared with what it must say', async () => {
    await till.shop.scanner.scan(sold.receiptId);
    const { found } = await till.rpc.until('found', (now) => now.found !== null);
    expect(found).toMatchObject({ receiptNumber: sold.receiptNumber, isUnsure: true });
    await till.rpc.call('sale.forget');
  });

  it('signed out shows nothing to anybody', async () => {
    const technician = await connectTo(till.shop, 'wu');
    await till.rpc.call('operator.signOut');
    await till.rpc.until('signed out', ({ operator }) => operator === null);
    await till.shop.scanner.scan(sold.receiptId);
    const { found } = await technician.until('refused', ({ notice }) => notice?.code === 'E-SCAN-10');
    expect(found).toBeNull();
    technician.close();
    await till.rpc.call('operator.signIn', { operatorId: 'lin', pin: till.shop.pins['lin'] });
    await till.rpc.until('signed in', ({ operator }) => operator !== null);
    expect(till.rpc.snapshot().found).toBeNull();
  });
});

it('after all this the core is the same one, its journal verifies and both computations agree', async () => {
  expect(till.core.child.exitCode).toBeNull();
  await till.rpc.call('operator.signIn', { operatorId: 'chen', pin: till.shop.pins['chen'] });
  expect(await till.rpc.call('journal.verify')).toMatchObject({ ok: true, differences: [] });
  expect(await till.rpc.call('day.close', { zNumber: 1 })).toMatchObject({ kind: 'z', number: 'Z000001' });
});

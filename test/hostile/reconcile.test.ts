// The manager compares the acquirer's own books, as a bill, with the till that was paid by it: on a real core, beside selling, onto paper.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BillsFound, ReconciliationFound } from '../../contract/reconciliation.ts';
import { bookLines } from '../../fixtures/bills/books.ts';
import { billFile } from '../../fixtures/bills/write.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';
import { connectTo, openTill, type Till } from './till.ts';

/** Of the lab's shop. */
const MERCHANT = '898420157220001';

let till: Till;
let manager: RpcClient;
let folder: string;
let billDate: string;

beforeAll(async () => {
  till = await openTill();
  for (let count = 0; count < 2; count += 1) {
    await till.pay();
    await till.rpc.until('paid', ({ sale }) => sale?.state === 'completed');
    await till.rpc.call('sale.next');
  }
  manager = await connectTo(till.shop, 'chen');
  folder = ((await manager.call('bills.list')) as BillsFound).folder;
});
afterAll(async () => {
  manager.close();
  await till.stop();
});

const books = () =>
  bookLines('gateway', till.shop.gateway.ledgerFile, till.rpc.snapshot().store.terminalCode);

async function compare(file: string): Promise<ReconciliationFound> {
  await manager.call('bills.compare', { file });
  const { comparing } = await manager.until(
    'compared',
    (now) =>
      !['none', 'running'].includes(now.comparing.state) &&
      'what' in now.comparing &&
      now.comparing.what === file,
  );
  if (comparing.state !== 'done') throw new Error(JSON.stringify(comparing));
  const { reconciliationId } = comparing;
  return (await manager.call('reconciliation.get', { reconciliationId })) as ReconciliationFound;
}

/** The newest paper with this on it. */
async function paper(words: string): Promise<string> {
  const find = async () => (await till.shop.paper.jobs()).findLast(({ text }) => text.includes(words))?.text;
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  return (await find()) ?? '';
}

it('agrees with the books as they are', async () => {
  const lines = books();
  billDate = lines[0]?.billDate ?? '';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'clean.csv'), billFile('gateway', billDate, lines, MERCHANT));
  const { taken } = await compare('clean.csv');
  expect(taken.comparison).toMatchObject({ findings: [], leftOff: 0, rail: 'gateway', billDate });
  expect(taken.comparison.agreed).toBeGreaterThanOrEqual(2);
  expect(await paper(taken.reconciliationId)).toContain('对账单');
});

it('names what is missing on the bill, and keeps who dealt with it', async () => {
  const [gone, ...rest] = books();
  writeFileSync(join(folder, 'short.csv'), billFile('gateway', billDate, rest, MERCHANT));
  const { taken } = await compare('short.csv');
  const { reconciliationId, comparison } = taken;
  expect(comparison.findings.map((one) => [one.class, one.orderNumber])).toEqual([
    ['missingThere', gone?.orderNumber],
  ]);
  expect(await paper(reconciliationId)).toContain(gone?.orderNumber);
  const said = { reconciliationId, index: 0 };
  const open = async () => ((await manager.call('bills.list')) as BillsFound).done[0]?.open;
  await manager.call('finding.settle', { ...said, reason: '已问收单方，等回复', isNote: true });
  expect(await open()).toBe(1);
  await manager.call('finding.settle', { ...said, reason: '次日账单里有' });
  expect(await open()).toBe(0);
  const again = manager.call('finding.settle', { ...said, reason: '已补记' });
  await expect(again).rejects.toThrow(/E-BILL-04/);
  const found = (await manager.call('reconciliation.get', { reconciliationId })) as ReconciliationFound;
  expect(found.adjustments).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ reason: '已问收单方，等回复', operatorId: 'chen', noted: true }),
      expect.objectContaining({ reason: '次日账单里有', operatorId: 'chen' }),
    ]),
  );
});

it('is the manager’s, and says why a file can not be used', async () => {
  writeFileSync(join(folder, 'torn.csv'), billFile('gateway', billDate, books(), MERCHANT).slice(0, -30));
  await manager.call('bills.compare', { file: 'torn.csv' });
  const { comparing } = await manager.until('refused', (now) => now.comparing.state === 'failed');
  expect(comparing).toMatchObject({ what: 'torn.csv', code: 'E-BILL-01' });
  writeFileSync(join(folder, 'other.csv'), billFile('gateway', billDate, books()));
  await manager.call('bills.compare', { file: 'other.csv' });
  const other = await manager.until('refused', ({ comparing: now }) => {
    return now.state === 'failed' && now.what === 'other.csv';
  });
  expect(other.comparing).toMatchObject({ code: 'E-BILL-01', detail: expect.stringContaining(MERCHANT) });
  await expect(manager.call('bills.compare', { file: '../state/journal.db' })).rejects.toThrow(/E-BILL-02/);
  const cashier = await connectTo(till.shop, 'lin');
  await expect(cashier.call('bills.list')).rejects.toThrow(/E-AUTH-03/);
  cashier.close();
});

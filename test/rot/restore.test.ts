// A real core, a real damaged journal, a real restore, and the acquirer's own ledger: after it no number comes again, no queued
// payment is forwarded twice, and nothing of the lost time is given back twice.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SaleFound, Snapshot } from '../../contract/snapshot.ts';
import { makeBackup } from '../../db/backup.ts';
import { restoreState } from '../../db/restore.ts';
import { verifyStateDirectory } from '../../db/verify.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import type { RpcClient } from '../../tools/rpc/client.ts';
import { connectTo, openTill, type Till } from '../hostile/till.ts';

const CASH_fen = 50_000;

let till: Till;
let core: CoreProcess | null = null;
let rpc: RpcClient;
beforeAll(async () => {
  till = await openTill();
  rpc = till.rpc;
});
afterAll(async () => {
  rpc.close();
  await core?.stop();
  await till.stop();
});

const isSold = ({ sale, print }: Snapshot): boolean =>
  sale?.state === 'completed' && print.state === 'printed';
const isOffline = ({ routes }: Snapshot): boolean => routes[0]?.state === 'offline';
const isOnline = ({ routes }: Snapshot): boolean => routes[0]?.state === 'online';

async function scanOne(): Promise<void> {
  await till.shop.scanner.scan(till.barcodes[0] ?? '');
  await rpc.until('a line', ({ sale }) => sale?.state === 'open' && sale.lines.length === 1);
  await rpc.call('sale.tender');
  await rpc.until('tender', ({ sale }) => sale?.state === 'tendering');
}

async function sellOne(): Promise<{ receiptId: string; receiptNumber: string }> {
  await rpc.until('online', isOnline);
  await scanOne();
  await till.shop.scanner.scan(till.codes.wechat());
  const { sale } = await rpc.until('sold', isSold);
  await rpc.call('sale.next');
  return { receiptId: sale?.receiptId ?? '', receiptNumber: sale?.receiptNumber ?? '' };
}

async function goOffline(): Promise<void> {
  await till.shop.acquirer.refuse();
  await rpc.until('offline', isOffline);
}

async function queueOne(): Promise<void> {
  await goOffline();
  await scanOne();
  await till.shop.scanner.scan(till.codes.alipay());
  await rpc.until('queued', ({ sale }) => sale?.state === 'completedPending');
  await rpc.call('sale.next');
}

async function find(receiptId: string): Promise<SaleFound> {
  return (await rpc.call('sale.find', { text: receiptId })) as SaleFound;
}

async function returnAll(receiptId: string): Promise<void> {
  const { saleId, lines } = await find(receiptId);
  await rpc.call('return.open', {
    saleId,
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    reason: '质量问题',
    approval: { operatorId: 'chen', pin: till.shop.pins['chen'] },
  });
}

/** As it stands in the files; the journal is read beside the running core or after it. */
function column(query: string): string[] {
  const sql = new Database(join(till.shop.stateDirectory, 'journal.db'), { readonly: true });
  try {
    return sql.prepare(query).pluck().all() as string[];
  } finally {
    sql.close();
  }
}
const receiptNumbers = () => column('SELECT number FROM receipt');
const orderNumbers = () => column('SELECT order_number FROM attempt');

function damage(): void {
  const file = join(till.shop.stateDirectory, 'journal.db');
  const bytes = readFileSync(file);
  bytes.fill(0, 4096, 4096 * 3);
  writeFileSync(file, bytes);
}

async function restart(): Promise<void> {
  rpc.close();
  await core?.stop();
  core = await startCoreProcess(till.shop);
  rpc = await connectTo(till.shop);
}

type Backup = { file: string; sequence: number; known: ReadonlySet<string> };

function backUp(): Backup {
  const { stateDirectory } = till.shop;
  const wanted = { state: stateDirectory, directory: `${stateDirectory}-backups`, keep: 5 };
  const made = makeBackup({ ...wanted, at: new Date().toISOString() });
  if (!made.ok) throw new Error(made.detail);
  const { file, sequence } = made.backup;
  return { file, sequence, known: new Set([...receiptNumbers(), ...orderNumbers()]) };
}

const numbersAfter = ({ known }: Backup) =>
  [...receiptNumbers(), ...orderNumbers()].filter((number) => !known.has(number));

/** The queue goes, goods come back, another sale, the Z: nothing of it is in the backup. Its numbers. */
async function liveLostTime(first: string, backup: Backup): Promise<string[]> {
  const { shop } = till;
  await shop.acquirer.accept();
  await rpc.until('forwarded', ({ exposure }) => exposure.count === 0);
  await returnAll(first);
  await rpc.until(
    'given back',
    ({ giveBacks, found }) => giveBacks.length === 0 && found?.giveBacks[0]?.state === 'done',
  );
  await sellOne();
  await rpc.call('day.close', {
    zNumber: rpc.snapshot().counts.zNumber,
    approval: { operatorId: 'chen', pin: shop.pins['chen'] },
  });
  await rpc.until('all printed', ({ print }) => print.state === 'printed');
  const lost = numbersAfter(backup);
  expect(lost.length).toBeGreaterThanOrEqual(4);
  return lost;
}

async function damageAndRestore(backup: Backup): Promise<void> {
  await till.core.stop();
  damage();
  await restart();
  expect(rpc.snapshot().refusal?.code).toBe('E-DB-01');
  rpc.close();
  await core?.stop();
  const state = till.shop.stateDirectory;
  const done = restoreState({ state, from: backup.file, now_ms: Date.now(), leastEpoch: 1 });
  expect(done).toMatchObject({ epoch: 2, backup: { sequence: backup.sequence } });
  expect(done.lost?.sequence).toBeGreaterThan(backup.sequence);
  core = await startCoreProcess(till.shop);
  rpc = await connectTo(till.shop, 'lin');
}

/** What was given back in the lost time is not given back again, and nothing is queued. Cash and an online payment go on. */
async function sellInQuarantine(first: string): Promise<void> {
  await expect(returnAll(first)).rejects.toThrow('E-RET-06');
  await rpc.call('sale.forget');
  await goOffline();
  await scanOne();
  await till.shop.scanner.scan(till.codes.alipay());
  await rpc.until('refused', ({ notice }) => notice?.code === 'E-OFF-13');
  await rpc.call('tender.cash', { received_fen: CASH_fen });
  await rpc.until('sold', isSold);
  await rpc.call('sale.next');
  await till.shop.acquirer.accept();
  expect((await sellOne()).receiptNumber).toBe('10000004');
}

/** A cashier can't end it; a manager can, and it stands on his Z. */
async function confirmAndClose(): Promise<void> {
  const reason = '与账单核对无误';
  await expect(rpc.call('restore.confirm', { reason })).rejects.toThrow('E-AUTH-03');
  const manager = await connectTo(till.shop, 'chen');
  await manager.call('restore.confirm', { reason });
  await expect(manager.call('restore.confirm', { reason })).rejects.toThrow('E-RST-01');
  expect(await manager.call('day.close', { zNumber: manager.snapshot().counts.zNumber })).toMatchObject({
    number: 'Z100001',
    report: { restored: { epoch: 2, confirmed: { operatorId: 'chen', reason } } },
  });
  manager.close();
  await rpc.until(
    'all printed',
    ({ print, restored }) => print.state === 'printed' && restored === undefined,
  );
}

const wrongOrders = () =>
  readLedger(till.shop.gateway.ledgerFile).filter(
    ({ charges, givenBack_fen, charged_fen }) => charges > 1 || givenBack_fen > charged_fen,
  );

it('gives no number again, forwards and gives back nothing twice', { timeout: 180_000 }, async () => {
  const first = await sellOne();
  await queueOne();
  const backup = backUp();
  const lost = await liveLostTime(first.receiptId, backup);
  await damageAndRestore(backup);
  // The queued payment is asked about and found.
  await rpc.until(
    'found by inquiry',
    ({ exposure, routes }) => exposure.count === 0 && routes[0]?.state === 'online',
  );
  expect(rpc.snapshot().restored).toMatchObject({ sequence: backup.sequence });
  expect(wrongOrders()).toEqual([]);
  await sellInQuarantine(first.receiptId);
  await confirmAndClose();
  const after = numbersAfter(backup);
  expect(after.filter((number) => lost.includes(number))).toEqual([]);
  expect(new Set(after).size).toBe(after.length);
  expect(wrongOrders()).toEqual([]);
  expect(verifyStateDirectory(till.shop.stateDirectory).ok).toBe(true);
});

// A real core whose gateway has batches: it settles them after the Z by itself, and its journal says what the acquirer said.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createAudit } from '../../audit/audit.ts';
import type { BatchesView } from '../../contract/batches.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { openReader } from '../../db/read.ts';
import { gatewayCaller, payFields } from '../../fixtures/acquirers/gateway/caller.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { startCoreProcess } from '../../tools/lab/core-process.ts';
import { connectTo, openTill, quick, type Till } from '../hostile/till.ts';

const DEADLINE_ms = 60_000;
/** After the start and after a line that is back it waits five seconds. */
const patience = { timeout: 30_000, interval: 100 };
let till: Till;

beforeAll(async () => {
  till = await openTill((lab) => {
    const { route, ...rest } = quick(lab);
    return { ...rest, route: { ...route, session: 'daily' } };
  });
}, DEADLINE_ms);
afterAll(async () => {
  // The second core, where the first was killed.
  till.rpc.close();
  await till.core.stop();
  await till.stop();
});

type Recorded = { batchNo: string; outcome: string; settledAt_ms: number | null; differenceCount: number };

function recorded(): Recorded[] {
  const reader = openReader(till.shop.stateDirectory);
  try {
    return [...reader.records(0)].flatMap(({ type, body }) =>
      type === 'batch.settled' ? [JSON.parse(body) as Recorded] : [],
    );
  } finally {
    reader.close();
  }
}

const outcomes = () => recorded().map(({ batchNo, outcome }) => `${batchNo} ${outcome}`);

async function sell(): Promise<void> {
  const { rpc } = till;
  if (rpc.snapshot().sale?.state === 'completed') await rpc.call('sale.next');
  await till.pay();
  await rpc.until('paid', ({ sale }) => sale?.state === 'completed');
}

/** A sale in a batch of its own: what was sold before it is over. */
async function newBatch(batchNo: string): Promise<void> {
  const { acquirer } = till.shop;
  await acquirer.settings({ batchNo });
  await acquirer.sessions.forget();
  await sell();
}

const closeDay = () =>
  till.rpc.call('day.close', {
    zNumber: till.rpc.snapshot().counts.zNumber,
    approval: { operatorId: 'chen', pin: till.shop.pins['chen'] },
  });

/** What a manager sees, and not the cashier. */
async function seen(isThere: (batches: BatchesView) => boolean): Promise<BatchesView | undefined> {
  expect(till.rpc.snapshot().batches).toBeUndefined();
  const manager = await connectTo(till.shop, 'chen');
  try {
    const now = await manager.until(
      'batches',
      ({ batches }: Snapshot) => batches !== undefined && isThere(batches),
    );
    return now.batches;
  } finally {
    manager.close();
    await till.rpc.call('operator.signIn', { operatorId: 'lin', pin: till.shop.pins['lin'] });
  }
}

it('after the Z the batch that is over is settled, with the time of the acquirer', {
  timeout: DEADLINE_ms,
}, async () => {
  const { acquirer } = till.shop;
  await newBatch('000501');
  await sell();
  await newBatch('000502');
  await closeDay();
  await vi.waitFor(() => expect(outcomes()).toEqual(['000501 agreed']), patience);
  expect(recorded()[0]?.settledAt_ms).toBe((await acquirer.batch('000501')).settledAt_ms);
  // The open one is left alone.
  expect((await acquirer.batch('000502')).settledAt_ms).toBeNull();
});

it('what the acquirer has and the till has not is recorded as a difference and shown to the manager', {
  timeout: DEADLINE_ms,
}, async () => {
  const call = gatewayCaller(till.shop.gateway);
  const party = { merchantCode: '898420157220001', terminalCode: '20260002' };
  const paid = await call('pay', { ...party, ...payFields('STRANGER1', 1234, codeMaker(99).wechat()) });
  expect(paid.fields['errCode']).toBe('00');
  await newBatch('000503');
  await closeDay();
  await vi.waitFor(() => expect(outcomes()).toEqual(['000501 agreed', '000502 differs']), patience);
  const batches = await seen(({ settled }) => settled.length === 2);
  expect(batches).toMatchObject({ code: 'E-BATCH-01', waiting: [] });
  expect(batches?.settled[0]).toMatchObject({
    state: 'differs',
    batchNo: '000502',
    differenceCount: 1,
    till: { paymentCount: 1 },
    acquirer: { paymentCount: 2 },
  });
});

it('with the line down the Z is closed all the same, and the batch is settled when the line is back', {
  timeout: DEADLINE_ms,
}, async () => {
  const { rpc, shop } = till;
  await newBatch('000504');
  await shop.acquirer.refuse();
  await rpc.until('down', ({ routes }) => routes[0]?.state === 'offline');
  await closeDay();
  const batches = await seen(({ waiting }) => waiting.length > 0);
  expect(batches?.waiting).toMatchObject([{ batchNo: '000503', why: 'noAnswer', cause: 'ECONNREFUSED' }]);
  expect(outcomes()).toHaveLength(2);
  await shop.acquirer.faults.clear();
  await vi.waitFor(() => expect(outcomes().slice(2)).toEqual(['000503 agreed']), patience);
});

it('killed after the acquirer had settled and before it was recorded: settled again, one record, the same time', {
  timeout: DEADLINE_ms,
}, async () => {
  const { acquirer } = till.shop;
  await newBatch('000505');
  await acquirer.faults.set({ fault: 'hold', path: 'settle' });
  await closeDay();
  await vi.waitFor(async () => {
    expect((await acquirer.batch('000504')).settledAt_ms).not.toBeNull();
  }, patience);
  const { settledAt_ms } = await acquirer.batch('000504');
  till.rpc.close();
  await till.core.kill();
  expect(outcomes()).toHaveLength(3);
  await acquirer.faults.clear();
  const core = await startCoreProcess(till.shop);
  till = { ...till, core, rpc: await connectTo(till.shop, 'lin') };
  await vi.waitFor(() => expect(outcomes().slice(3)).toEqual(['000504 agreed']), patience);
  expect(recorded()[3]).toMatchObject({ batchNo: '000504', settledAt_ms });
});

it('the second program finds the journal sound, with all its Z the same', () => {
  const audit = createAudit();
  const reader = openReader(till.shop.stateDirectory);
  try {
    for (const row of reader.records(0)) audit.take(row);
  } finally {
    reader.close();
  }
  const differing = audit.reports.filter(({ differences }) => differences.length > 0);
  expect([audit.faults, audit.reports.length, differing]).toEqual([[], 4, []]);
});

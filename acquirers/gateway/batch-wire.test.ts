// Settling batches over real HTTPS sockets against the simulator's own books.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Caller, gatewayCaller, payFields } from '../../fixtures/acquirers/gateway/caller.ts';
import { connectGatewayControl, type GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import type { BatchItem } from './batch.ts';
import { gatewayBatches, type SettleBatch } from './batch-call.ts';
import { accessTo, wireTerminal } from '../../test/acquirers/gateway.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-batch-'));
const codes = codeMaker(17);
let process_: GatewayProcess;
let control: GatewayControl;
let call: Caller;
let settle: SettleBatch;

beforeAll(async () => {
  process_ = await startGateway({ directory });
  control = await connectGatewayControl(process_.control);
  call = gatewayCaller(process_);
  const access = accessTo(process_);
  settle = gatewayBatches(wireTerminal, access);
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

async function pay(orderNumber: string, amount_fen: number): Promise<BatchItem> {
  const { fields } = await call('pay', payFields(orderNumber, amount_fen, codes.wechat()));
  if (fields['errCode'] !== '00') throw new Error(`the payment is ${String(fields['errCode'])}`);
  return { kind: 'PAY', orderNumber, requestNumber: null, amount_fen };
}

/** A batch with a payment, one that was voided, one that was reversed, and one with a refund. */
async function fill(batchNo: string): Promise<BatchItem[]> {
  await control.settings({ batchNo });
  await call('sign-in');
  const kept = await pay(`${batchNo}K`, 450);
  const voided = await pay(`${batchNo}V`, 900);
  await call('voidpayment', { merchantOrderId: voided.orderNumber, reason: 'VOID' });
  const reversed = await pay(`${batchNo}X`, 77);
  await call('voidpayment', { merchantOrderId: reversed.orderNumber, reason: 'REVERSAL' });
  const partly = await pay(`${batchNo}P`, 300);
  const requestNumber = `R${batchNo}`;
  const about = { merchantOrderId: partly.orderNumber, refundRequestId: requestNumber };
  await call('refund', { ...about, transactionAmount: 100 });
  return [
    kept,
    voided,
    { ...voided, kind: 'VOID' },
    partly,
    { ...partly, kind: 'REFUND', requestNumber, amount_fen: 100 },
  ];
}

const requests = (path: string, since = 0) =>
  control.events.filter(({ event, seq, path: at }) => event === 'request' && seq > since && at === path)
    .length;

it('agrees when both sides have the same, and again when asked again, with the time of the first', async () => {
  const items = await fill('000101');
  const first = await settle('000101', items);
  expect(first).toEqual({ kind: 'agreed', settledAt_ms: (await control.batch('000101')).settledAt_ms });
  expect(await settle('000101', items)).toEqual(first);
});

it('a lost answer is asked for again: settled once', async () => {
  const items = await fill('000102');
  await control.faults.set({ fault: 'dropAnswer', path: 'settle', count: 2 });
  const mark = control.mark();
  expect(await settle('000102', items)).toMatchObject({ kind: 'agreed' });
  await expect.poll(() => requests('settle', mark)).toBe(3);
});

it('does not end the session of the till', async () => {
  const { fields } = await call('sign-in');
  await settle('000101', []);
  // Known still, and not to be used with the terminal's key; a session that has ended is told as SESSION_EXPIRED.
  const answer = await call('echo', {}, { appId: String(fields['sessionId']) });
  expect(answer.fields['errCode']).toBe('SIGN_ERROR');
});

it('tells item by item what differs, from both sides', async () => {
  const [kept, voided, theVoid, partly, refund] = (await fill('000103')) as [
    BatchItem,
    BatchItem,
    BatchItem,
    BatchItem,
    BatchItem,
  ];
  const invented: BatchItem = { ...kept, orderNumber: 'NOBODY', amount_fen: 1 };
  const asRefund: BatchItem = { ...theVoid, kind: 'REFUND', requestNumber: 'RX' };
  const less = { ...refund, amount_fen: 99 };
  const outcome = await settle('000103', [voided, asRefund, partly, less, invented]);
  if (outcome.kind !== 'differs') throw new Error(JSON.stringify(outcome));
  const { acquirer, differences, count } = outcome;
  expect(acquirer).toEqual({
    PAY: { count: 3, total_fen: 1650 },
    VOID: { count: 1, total_fen: 900 },
    REFUND: { count: 1, total_fen: 100 },
  });
  const number = ({ orderNumber }: BatchItem) => ({ orderNumber });
  expect(differences).toHaveLength(count);
  expect(new Set(differences)).toEqual(
    new Set([
      { kind: 'missingHere', ...number(invented), acquirer: null, till: invented },
      { kind: 'missingThere', ...number(kept), acquirer: kept, till: null },
      { kind: 'kindDiffers', ...number(theVoid), acquirer: theVoid, till: asRefund },
      { kind: 'amountDiffers', ...number(refund), acquirer: refund, till: less },
    ]),
  );
  expect((await control.batch('000103')).settledAt_ms).toBeNull();
});

it('450 items go in three parts; a lost answer sends its part again, and it counts once', async () => {
  const items = Array.from({ length: 450 }, (_, index): BatchItem => {
    return { kind: 'PAY', orderNumber: `M${index}`, requestNumber: null, amount_fen: 1 };
  });
  await control.faults.set({ fault: 'dropAnswer', path: 'upload', count: 1 });
  const mark = control.mark();
  const outcome = await settle('000104', items);
  expect(outcome).toMatchObject({ kind: 'differs', count: 450 });
  await expect.poll(() => requests('upload', mark)).toBe(4);
});

it.each([
  [
    { fault: 'decline', path: 'settle', code: 'MERCHANT_INVALID' },
    { kind: 'refused', cause: 'MERCHANT_INVALID' },
  ],
  [
    { fault: 'badSignature', path: 'settle' },
    { kind: 'damaged', cause: 'badSignature' },
  ],
  [
    { fault: 'dropAnswer', path: 'upload' },
    { kind: 'noAnswer', cause: 'UND_ERR_SOCKET' },
  ],
] as const)('%j settles nothing', async (fault, expected) => {
  await control.faults.set(fault);
  expect(
    await settle('000105', [{ kind: 'PAY', orderNumber: 'N', requestNumber: null, amount_fen: 1 }]),
  ).toEqual(expected);
  expect((await control.batch('000105')).settledAt_ms).toBeNull();
});

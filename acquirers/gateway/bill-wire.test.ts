// The bill over real HTTPS sockets from the simulator's own books, and what each fault on the way makes of it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { gatewayCaller, testParties } from '../../fixtures/acquirers/gateway/caller.ts';
import {
  connectGatewayControl,
  type FaultRequest,
  type GatewayControl,
} from '../../fixtures/acquirers/gateway/client.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import type { FetchBill } from '../transport/bill.ts';
import { gatewayBills } from './bill-call.ts';
import { accessTo, wireTerminal } from '../../test/acquirers/gateway.ts';

const HOUR_ms = 3_600_000;
const NUMBER = '008100010010000011A2B3C4D';
const directory = mkdtempSync(join(tmpdir(), 'yima-gateway-bill-'));
let process_: GatewayProcess;
let control: GatewayControl;
let fetchBill: FetchBill;
let today = '';

/** `later`: so many days after today. */
const dayAfter = (later: number) =>
  new Date(Date.parse(today) + later * 24 * HOUR_ms).toISOString().slice(0, 10);

const billsOf = (appKey: string) => gatewayBills(wireTerminal, accessTo(process_, appKey));

beforeAll(async () => {
  process_ = await startGateway({ directory });
  control = await connectGatewayControl(process_.control);
  fetchBill = billsOf(readFileSync(process_.appKeyFile, 'utf8').trim());
  const paid = await gatewayCaller(process_)('pay', {
    merchantOrderId: NUMBER,
    transactionAmount: 1250,
    transactionCurrencyCode: '156',
    payMode: 'CODE_SCAN',
    payCode: codeMaker(7).wechat(),
    deviceType: '11',
    ip: '192.0.2.7',
  });
  if (paid.fields['errCode'] !== '00') throw new Error(`the payment is ${String(paid.fields['errCode'])}`);
  const [charge = '{}'] = readFileSync(process_.ledgerFile, 'utf8').split('\n');
  const at_ms = Date.parse((JSON.parse(charge) as { at: string }).at);
  today = new Date(at_ms + 9 * HOUR_ms).toISOString().slice(0, 10);
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

it('fetches the bill, which our reader takes', async () => {
  const answer = await fetchBill(today);
  const name = `BILL_${testParties.merchantCode}_${today.replaceAll('-', '')}.csv`;
  expect(answer).toMatchObject({ kind: 'fetched', file: { name, proof: 'signature' } });
  if (answer.kind !== 'fetched') return;
  const bill = readBill('gateway', { file: name, bytes: answer.file.bytes, billDate: today });
  expect(bill.entries).toMatchObject([{ orderNumber: NUMBER, amount_fen: 1250, kind: 'payment' }]);
});

it('is told of a day to come, and of one before all that is kept', async () => {
  expect(await fetchBill(dayAfter(2))).toEqual({ kind: 'notReady', cause: 'BILL_NOT_READY' });
  expect(await fetchBill(dayAfter(-1))).toEqual({ kind: 'none', cause: 'BILL_NOT_FOUND' });
});

it.each<[FaultRequest, { kind: string; cause: unknown }]>([
  [
    { fault: 'decline', path: 'bill', code: 'BILL_NOT_READY' },
    { kind: 'notReady', cause: 'BILL_NOT_READY' },
  ],
  [
    { fault: 'decline', path: 'bill', code: 'BANK_ERROR' },
    { kind: 'refused', cause: 'BANK_ERROR' },
  ],
  [{ fault: 'badSignature' }, { kind: 'damaged', cause: 'badSignature' }],
  [{ fault: 'noSignature' }, { kind: 'damaged', cause: 'unsigned' }],
  [{ fault: 'staleSignature' }, { kind: 'damaged', cause: 'staleSignature' }],
  [{ fault: 'tornFile' }, { kind: 'damaged', cause: expect.stringMatching(/^GZIP /) }],
  [{ fault: 'truncate' }, { kind: 'noAnswer', cause: expect.any(String) }],
  [{ fault: 'http5xx' }, { kind: 'damaged', cause: 'HTTP_503' }],
  [{ fault: 'html' }, { kind: 'damaged', cause: 'unsigned' }],
  [{ fault: 'dropAnswer' }, { kind: 'noAnswer', cause: expect.any(String) }],
])('%j', async (fault, expected) => {
  await control.faults.set(fault);
  expect(await fetchBill(today)).toEqual(expected);
});

it('with another key the refusal is signed by theirs, and not believed', async () => {
  expect(await billsOf('not the key of this shop')(today)).toEqual({
    kind: 'damaged',
    cause: 'badSignature',
  });
});

it("asks once more by the server's clock where this machine's is wrong", async () => {
  await control.faults.set({ fault: 'clockSkew', ms: 20 * 60_000 });
  expect(await fetchBill(today)).toMatchObject({ kind: 'fetched' });
});

// The statement over TLS from the simulator's own books, and what each fault on the way makes of it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { connectUnionpayControl, type UnionpayControl } from '../../fixtures/acquirers/unionpay/client.ts';
import type { FaultRequest } from '../../fixtures/acquirers/unionpay/faults.ts';
import { startUnionpay, type UnionpayProcess } from '../../fixtures/acquirers/unionpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import { facts, keySettings } from '../../test/acquirers/unionpay.ts';
import type { FetchBill } from '../transport/bill.ts';
import { createUnionPay } from './adapter.ts';
import { unionpayBills } from './bill-call.ts';
import { unionpayCodeRules } from './profile.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-unionpay-bill-'));
const NUMBER = '0081000100100000A1AB12CD34';
let simulator: UnionpayProcess;
let control: UnionpayControl;
let fetchBill: FetchBill;
let today = '';

beforeAll(async () => {
  simulator = await startUnionpay({ directory });
  control = await connectUnionpayControl(simulator.control);
  const { merchantId, url, caFile, keys } = simulator;
  const call = {
    baseUrl: url,
    ca: readFileSync(caFile, 'utf8'),
    connectTimeout_ms: 10_000,
    wall_ms: () => Date.now(),
    keys: keySettings(keys),
  };
  fetchBill = unionpayBills(merchantId, call);
  const merchant = { ...facts, merchantId };
  const rules = unionpayCodeRules;
  const unionpay = createUnionPay({ id: 'unionpay', rules, merchant, probeTimeout_ms: 20_000, call });
  const order = { orderNumber: NUMBER, openedAt_ms: Date.now(), amount_fen: 8880, deferred: null };
  const code = codeMaker(9).unionpay();
  await new Promise<PaymentEvent>((post) => unionpay.authorize({ ...order, code, timeout_ms: 20_000 }, post));
  await unionpay.close();
  const done = (await control.ledger()).find(({ kind }) => kind === 'done');
  const HOUR_ms = 3_600_000;
  // 23:00 in Shanghai begins the next clearing day.
  today = new Date(Date.parse(done?.at ?? '') + 9 * HOUR_ms).toISOString().slice(0, 10);
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  control.close();
  await simulator.stop();
  rmSync(directory, { recursive: true });
});

it('fetches the statement, which our reader takes', async () => {
  const answer = await fetchBill(today);
  const name = `INN${today.slice(2).replaceAll('-', '')}88ZM_${simulator.merchantId}`;
  expect(answer).toMatchObject({ kind: 'fetched', file: { name, proof: 'signature' } });
  if (answer.kind !== 'fetched') return;
  const bill = readBill('unionpay', { file: name, bytes: answer.file.bytes, billDate: today });
  expect(bill.entries).toMatchObject([{ orderNumber: NUMBER, amount_fen: 8880, kind: 'payment' }]);
});

it('is told that there is none of a day without payments', async () => {
  expect(await fetchBill('2026-01-01')).toEqual({ kind: 'none', cause: '98' });
});

it('does not take the file of the same day of another year', async () => {
  const other = `${Number(today.slice(0, 4)) - 4}${today.slice(4)}`;
  expect(await fetchBill(other)).toEqual({
    kind: 'damaged',
    cause: expect.stringMatching(/^ANOTHER_DAY INN/),
  });
});

it.each<[FaultRequest, { kind: string; cause: unknown }]>([
  [{ fault: 'noFile' }, { kind: 'notReady', cause: '98' }],
  [
    { fault: 'says', call: 'bill', code: '99' },
    { kind: 'refused', cause: '99' },
  ],
  [
    { fault: 'badSignature', call: 'bill' },
    { kind: 'damaged', cause: 'BAD_SIGNATURE' },
  ],
  [
    { fault: 'noSignature', call: 'bill' },
    { kind: 'damaged', cause: 'UNSIGNED 00' },
  ],
  [
    { fault: 'strangerCertificate', call: 'bill' },
    { kind: 'damaged', cause: 'OTHER_CERTIFICATE' },
  ],
  [
    { fault: 'rogueCertificate', call: 'bill' },
    { kind: 'damaged', cause: 'CERTIFICATE_CHAIN' },
  ],
  [
    { fault: 'wrongMerchant', call: 'bill' },
    { kind: 'damaged', cause: 'ANOTHER_QUESTION merId' },
  ],
  [
    { fault: 'wrongTime', call: 'bill' },
    { kind: 'damaged', cause: 'ANOTHER_QUESTION txnTime' },
  ],
  [{ fault: 'tornFile' }, { kind: 'damaged', cause: expect.stringMatching(/^ZIP /) }],
  [
    { fault: 'http5xx', call: 'bill' },
    { kind: 'damaged', cause: 'HTTP_503' },
  ],
  [
    { fault: 'html', call: 'bill' },
    { kind: 'damaged', cause: expect.any(String) },
  ],
  [
    { fault: 'dropAnswer', call: 'bill' },
    { kind: 'noAnswer', cause: expect.any(String) },
  ],
])('%j', async (fault, expected) => {
  await control.faults.set(fault);
  expect(await fetchBill(today)).toEqual(expected);
});

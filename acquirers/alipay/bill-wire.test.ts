// The bill over TLS from the simulator's own books, what each fault on the way makes of it, and Alipay's own client as the judge.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { AlipaySdk } from 'alipay-sdk';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type AlipayControl, connectAlipayControl } from '../../fixtures/acquirers/alipay/client.ts';
import type { FaultRequest } from '../../fixtures/acquirers/alipay/faults.ts';
import { type AlipayProcess, startAlipay } from '../../fixtures/acquirers/alipay/spawn.ts';
import { shanghaiTime } from '../../fixtures/bills/line.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { readBill } from '../../reconciliation/bills/read.ts';
import type { FetchBill } from '../transport/bill.ts';
import { BILL_method, billContent, unpackBill } from './bill.ts';
import { alipayBills } from './bill-call.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-alipay-bill-'));
const NUMBER = 'YM00810001000000000000001';
let simulator: AlipayProcess;
let control: AlipayControl;
let client: AlipaySdk;
let fetchBill: FetchBill;
let today = '';

beforeAll(async () => {
  simulator = await startAlipay({ directory });
  control = await connectAlipayControl(simulator.control);
  const { keys, url, appId, caFile } = simulator;
  const read = (file: string): string => readFileSync(file, 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), read(caFile)]);
  fetchBill = alipayBills({
    baseUrl: url,
    ca: read(caFile),
    connectTimeout_ms: 10_000,
    wall_ms: () => Date.now(),
    keys: {
      appId,
      privateKey: read(keys.merchantKeyFile),
      trust: { kind: 'publicKey', publicKey: read(keys.alipayPublicKeyFile) },
    },
  });
  client = new AlipaySdk({
    appId,
    privateKey: read(keys.merchantKeyFile),
    keyType: 'PKCS8',
    alipayPublicKey: read(keys.alipayPublicKeyFile),
    gateway: url,
  });
  const bizContent = {
    out_trade_no: NUMBER,
    scene: 'bar_code',
    auth_code: codeMaker(5).alipay(),
    total_amount: '12.30',
    subject: '一码',
  };
  const paid = await client.exec('alipay.trade.pay', { bizContent }, { validateSign: true });
  if (paid.code !== '10000') throw new Error(`the payment is ${paid.code}`);
  const charge = (await control.ledger()).find(({ kind }) => kind === 'charge');
  today = shanghaiTime(Date.parse(charge?.at ?? '')).slice(0, 10);
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  control.close();
  await simulator.stop();
  rmSync(directory, { recursive: true });
});

it('fetches the bill, which our reader takes', async () => {
  const answer = await fetchBill(today);
  const name = `20880000000000010156_${today.replaceAll('-', '')}_业务明细.csv`;
  expect(answer).toMatchObject({ kind: 'fetched', file: { name, proof: 'sums' } });
  if (answer.kind !== 'fetched') return;
  const bill = readBill('alipay', { file: name, bytes: answer.file.bytes, billDate: today });
  expect(bill.entries).toMatchObject([{ orderNumber: NUMBER, amount_fen: 1230, kind: 'payment' }]);
});

it('is told that there is none of a day without payments', async () => {
  expect(await fetchBill('2026-01-01')).toEqual({ kind: 'none', cause: 'isp.bill_not_exist' });
});

it.each<[FaultRequest, { kind: string; cause: unknown }]>([
  [{ fault: 'billCreating' }, { kind: 'notReady', cause: 'isp.bill_not_exist' }],
  [
    { fault: 'badSignature', call: 'bill' },
    { kind: 'damaged', cause: 'BAD_SIGNATURE' },
  ],
  [
    { fault: 'noSignature', call: 'bill' },
    { kind: 'damaged', cause: 'UNSIGNED' },
  ],
  [
    { fault: 'serviceUnavailable', call: 'bill' },
    { kind: 'refused', cause: 'isp.unknow-error' },
  ],
  [{ fault: 'tornFile' }, { kind: 'damaged', cause: expect.stringMatching(/^ZIP /) }],
  [
    { fault: 'html', call: 'bill' },
    { kind: 'damaged', cause: 'NOT_JSON' },
  ],
  [
    { fault: 'html', call: 'billFile' },
    { kind: 'damaged', cause: expect.stringMatching(/^ZIP /) },
  ],
  [
    { fault: 'http5xx', call: 'billFile' },
    { kind: 'damaged', cause: 'HTTP_503 instead of the bill' },
  ],
  [
    { fault: 'dropAnswer', call: 'bill' },
    { kind: 'noAnswer', cause: expect.any(String) },
  ],
  [
    { fault: 'dropAnswer', call: 'billFile' },
    { kind: 'noAnswer', cause: expect.any(String) },
  ],
])('%j', async (fault, expected) => {
  await control.faults.set(fault);
  expect(await fetchBill(today)).toEqual(expected);
});

it("Alipay's own client is told the same place, and the same bill lies there", async () => {
  const options = { validateSign: true };
  const answer = await client.exec(BILL_method, { bizContent: billContent(today) }, options);
  const told = String(answer['billDownloadUrl']);
  expect(told).toMatch(/^http:/);
  const response = await fetch(told.replace('http:', 'https:'));
  const unpacked = unpackBill(Buffer.from(await response.arrayBuffer()));
  expect(unpacked).toEqual(await fetchBill(today));
});

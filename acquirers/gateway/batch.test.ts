// What is read in the answers to a settlement and its upload, and how items are cut into parts.
import { describe, expect, it } from 'vitest';
import {
  type BatchItem,
  readSettleAnswer,
  readUploadAnswer,
  settleBody,
  totalsOf,
  uploadOf,
} from './batch.ts';

const party = { merchantCode: '898310000000001', terminalCode: '20260002' };
const item = (number: number): BatchItem => ({
  kind: 'PAY',
  orderNumber: `N${number}`,
  requestNumber: null,
  amount_fen: number,
});
const refund: BatchItem = { kind: 'REFUND', orderNumber: 'N1', requestNumber: 'R1', amount_fen: 3 };

it('counts payments, voids and refunds apart', () => {
  const items = [item(5), item(7), refund, { ...item(7), kind: 'VOID' as const }];
  expect(settleBody(party, '7', totalsOf(items))).toEqual({
    ...party,
    batchNo: '7',
    paymentCount: 2,
    paymentAmount: 12,
    voidCount: 1,
    voidAmount: 7,
    refundCount: 1,
    refundAmount: 3,
  });
});

it.each([
  [0, [0]],
  [1, [1]],
  [200, [200]],
  [201, [200, 1]],
  [450, [200, 200, 50]],
])('%i items go in parts of %j, all under one id', (count, sizes) => {
  const items = Array.from({ length: count }, (_, index) => item(index));
  const { uploadId, bodies } = uploadOf(party, '7', items);
  expect(bodies.map((body) => (body['items'] as unknown[]).length)).toEqual(sizes);
  expect(bodies.map(({ part, parts }) => [part, parts])).toEqual(
    sizes.map((_, index) => [index + 1, sizes.length]),
  );
  expect(new Set(bodies.map((body) => body['uploadId']))).toEqual(new Set([uploadId]));
  expect(uploadOf(party, '7', items)).toEqual({ batchNo: '7', uploadId, bodies });
});

it('other items go under another id', () => {
  const idOf = (items: BatchItem[]) => uploadOf(party, '7', items).uploadId;
  expect(idOf([item(1)])).not.toBe(idOf([item(2)]));
  expect(idOf([refund])).not.toBe(idOf([{ ...refund, requestNumber: 'R2' }]));
});

describe('the answer to a settlement', () => {
  const settled = { errCode: '00', batchNo: '7', settledAt: '2026-11-28T21:00:00+08:00' };
  const totals = {
    paymentCount: 1,
    paymentAmount: 5,
    voidCount: 0,
    voidAmount: 0,
    refundCount: 0,
    refundAmount: 0,
  };
  const differs = { errCode: 'TOTALS_DIFFER', batchNo: '7', ...totals };

  it.each([
    [settled, { kind: 'agreed', settledAt_ms: Date.UTC(2026, 10, 28, 13) }],
    [differs, { kind: 'differs', acquirer: totalsOf([item(5)]) }],
    [{ errCode: 'MERCHANT_INVALID' }, { kind: 'refused', cause: 'MERCHANT_INVALID' }],
    [
      { ...settled, batchNo: '8' },
      { kind: 'damaged', cause: 'ANOTHER_BATCH' },
    ],
    [
      { ...differs, batchNo: '8' },
      { kind: 'damaged', cause: 'ANOTHER_BATCH' },
    ],
    [
      { ...settled, settledAt: 'today' },
      { kind: 'damaged', cause: 'INCOMPLETE_settledAt' },
    ],
    [
      { ...differs, paymentAmount: 5.5 },
      { kind: 'damaged', cause: 'INCOMPLETE_paymentAmount' },
    ],
    [
      { ...differs, voidCount: -1 },
      { kind: 'damaged', cause: 'INCOMPLETE_voidCount' },
    ],
    [[], { kind: 'damaged', cause: 'NO_ERRCODE' }],
  ])('%j', (json, expected) => {
    expect(readSettleAnswer(json, '7')).toEqual(expected);
  });
});

describe('the answer to a part', () => {
  const upload = uploadOf(party, '7', [item(1)]);
  const good = { errCode: '00', batchNo: '7', uploadId: upload.uploadId, received: 1 };
  const pay = { kind: 'PAY', merchantOrderId: 'N1', amount: 5 };
  const told = (...differences: object[]) => ({ ...good, differenceCount: differences.length, differences });
  const missing = { difference: 'missingHere', merchantOrderId: 'N1', here: null, there: pay };

  it('tells each difference with both sides', () => {
    const back = { kind: 'REFUND', merchantOrderId: 'N1', refundRequestId: 'R1', amount: 3 };
    const json = told(missing, {
      difference: 'amountDiffers',
      merchantOrderId: 'N1',
      here: back,
      there: pay,
    });
    const till = { ...item(5), orderNumber: 'N1' };
    expect(readUploadAnswer(json, upload, true)).toEqual({
      kind: 'compared',
      count: 2,
      differences: [
        { kind: 'missingHere', orderNumber: 'N1', acquirer: null, till },
        { kind: 'amountDiffers', orderNumber: 'N1', acquirer: refund, till },
      ],
    });
  });

  it('says nothing of differences before the last', () => {
    expect(readUploadAnswer(good, upload, false)).toEqual({ kind: 'received' });
  });

  it.each([
    [good, 'INCOMPLETE_differenceCount'],
    [{ ...told(), batchNo: '8' }, 'ANOTHER_UPLOAD'],
    [{ ...told(), uploadId: 'other' }, 'ANOTHER_UPLOAD'],
    [told({ ...missing, difference: 'forgotten' }), 'INCOMPLETE_differences.0.difference'],
    [told({ ...missing, here: pay }), 'INCOMPLETE_differences.0.here'],
    [told({ ...missing, difference: 'missingThere' }), 'INCOMPLETE_differences.0.here'],
    [told({ ...missing, merchantOrderId: '\u001b[2J' }), 'INCOMPLETE_differences.0.merchantOrderId'],
    [told({ ...missing, there: { ...pay, amount: '5' } }), 'INCOMPLETE_differences.0.there.amount'],
  ])('%j is damaged', (json, cause) => {
    expect(readUploadAnswer(json, upload, true)).toEqual({ kind: 'damaged', cause });
  });

  it('a refusal is one', () => {
    const refused = { kind: 'refused', cause: 'UPLOAD_CHANGED' };
    expect(readUploadAnswer({ errCode: 'UPLOAD_CHANGED' }, upload, true)).toEqual(refused);
  });
});

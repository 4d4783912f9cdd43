// What each answer about an order code proves, and what proves nothing.
import { describe, expect, it } from 'vitest';
import { facts, named, OPENED_ms, order as paymentOrder, paidAnswer } from '../../test/acquirers/unionpay.ts';
import { readQueryAnswer } from './codec.ts';
import { unionpayCodes } from './codes.ts';
import { presentFields, readPresentAnswer } from './presented.ts';
import type { Fields } from './signature.ts';

const { orderNumber, openedAt_ms, amount_fen, timeout_ms } = paymentOrder;
const order = { orderNumber, openedAt_ms, amount_fen, timeout_ms, expiresAt_ms: OPENED_ms + 5 * 60_000 };
const content = 'https://qr.95516.com/00010000/62212345678901234567';
const good: Fields = { ...named, respCode: '00', txnType: '01', txnSubType: '07', qrCode: content };
const present = (fields: Fields) => readPresentAnswer(fields, facts, order);
const query = (fields: Fields) => readQueryAnswer(fields, facts, { ...order, presented: true });
const without = (name: string): Fields =>
  Object.fromEntries(Object.entries(good).filter(([one]) => one !== name));

it('the request locks the amount and says how long its code is good', () => {
  expect(presentFields(facts, order)).toEqual({
    txnType: '01',
    txnSubType: '07',
    channelType: '08',
    backUrl: facts.backUrl,
    orderId: order.orderNumber,
    txnTime: '20261128180005',
    txnAmt: '8880',
    currencyCode: '156',
    payTimeout: '20261128180505',
    termId: facts.terminalId,
  });
});

it('the request says of the terminal what the contract asks for, and nothing instead of ours', () => {
  const terminalFields = { areaInfo: '1564403', txnAmt: '1', payTimeout: '20991231235959' };
  expect(presentFields({ ...facts, terminalFields }, order)).toEqual({
    ...presentFields(facts, order),
    areaInfo: '1564403',
  });
});

describe('the answer', () => {
  it('gives the code of our order', () => {
    expect(present(good)).toEqual({ kind: 'presented', content, endsAt_ms: null });
  });

  it.each<[string, Fields, string]>([
    ['no code', without('qrCode'), 'NO_QR_CODE'],
    ['something else for a code', { ...good, qrCode: '6221' }, 'NO_QR_CODE'],
    ['no respCode', without('respCode'), 'NO_CODE'],
    ['no order', without('orderId'), 'UNNAMED 00'],
    ['another order', { ...good, orderId: '00810001' }, 'MISMATCH'],
    ['another time', { ...good, txnTime: '20261128180006' }, 'MISMATCH'],
    ['another merchant', { ...good, merId: '777290058110049' }, 'MISMATCH'],
    ['another amount', { ...good, txnAmt: '8881' }, 'MISMATCH'],
    ['the answer to a purchase', { ...good, txnSubType: '06' }, 'UNNAMED 00'],
    ['a refusal of somebody else', { ...without('orderId'), respCode: '32' }, 'UNNAMED 32'],
  ])('with %s shows nothing', (_, fields, code) => {
    expect(present(fields)).toEqual({ kind: 'undecided', code });
  });

  it.each(Object.entries(unionpayCodes))('%s refuses only where it stands in the table', (code, row) => {
    // Money was taken: whoever paid, the order is asked about.
    const saysPaid = ['42', '74', '75'].includes(code) && { saysPaid: true };
    const event =
      row.declines === null
        ? { kind: 'undecided', code, ...saysPaid }
        : { kind: 'refused', code, reason: row.declines };
    expect(present({ ...without('qrCode'), respCode: code })).toEqual(event);
  });

  it('12 is in doubt: the order is there', () => {
    expect(present({ ...without('qrCode'), respCode: '12' })).toEqual({ kind: 'undecided', code: '12' });
  });
});

describe('the question about a code that is shown', () => {
  const shown = { ...paidAnswer, txnSubType: '07' };

  it('is answered by a payment', () => {
    expect(query(shown)).toMatchObject({ kind: 'approved', proof: { actual_fen: 8880, rail: 'UNIONPAY' } });
    expect(query({ ...shown, origRespCode: 'A6' })).toEqual(query(shown));
  });

  it('never takes "no such order" or a try that failed for proof', () => {
    expect(query({ ...named, respCode: '34' })).toEqual({ kind: 'processing' });
    expect(query({ ...shown, origRespCode: '64' })).toEqual({ kind: 'processing' });
    for (const origRespCode of ['03', '04', '05'])
      expect(query({ ...shown, origRespCode })).toEqual({ kind: 'awaiting' });
    for (const origRespCode of ['42', 'A1', '34'])
      expect(query({ ...shown, origRespCode })).toEqual({
        kind: 'inquiryFailed',
        cause: `ORIGINAL_${origRespCode}`,
        isKnown: true,
      });
  });
});

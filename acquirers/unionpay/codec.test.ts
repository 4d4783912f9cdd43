// What each answer to a purchase, a query and a reversal proves, and what proves nothing.
import { describe, expect, it } from 'vitest';
import { facts, named, OPENED_ms, order, paidAnswer } from '../../test/acquirers/unionpay.ts';
import {
  orderKey,
  purchaseFields,
  queryFields,
  readProbeAnswer,
  readPurchaseAnswer,
  readQueryAnswer,
  readReversalAnswer,
  reversalFields,
} from './codec.ts';
import { codeRow, reversalRefusals, unionpayCodes } from './codes.ts';
import type { Fields } from './signature.ts';
import { dateNear, timeOfTrace, txnTimeOf } from './times.ts';

const pay = (fields: Fields) => readPurchaseAnswer(fields, facts, order);
const query = (fields: Fields) => readQueryAnswer(fields, facts, order);
const after = (fields: Fields) => readQueryAnswer(fields, facts, { ...order, afterReversal: true });
const reverse = (fields: Fields) => readReversalAnswer(fields, facts, order);
const codes = Object.entries(unionpayCodes);
const declining = codes.flatMap(([code, { declines }]) =>
  declines === null ? [] : [[code, declines] as const],
);
const silent = codes.filter(([, { declines }]) => declines === null).map(([code]) => code);

describe('requests', () => {
  const key = { orderId: '0081000100100000A1AB12CD34', txnTime: '20261128180005' };

  it('a purchase carries the code, fen, and the time of its opening', () => {
    expect(purchaseFields(facts, order)).toEqual({
      txnType: '01',
      txnSubType: '06',
      channelType: '08',
      backUrl: 'http://www.specialUrl.com',
      ...key,
      txnAmt: '8880',
      currencyCode: '156',
      qrNo: '6220835931895481436',
      termId: '00810001',
    });
  });

  it('a purchase says of the terminal what the contract asks for, and nothing instead of ours', () => {
    const terminalFields = { termInfo: '{"deviceType":"11"}', txnAmt: '1', orderId: 'X', termId: '0' };
    expect(purchaseFields({ ...facts, terminalFields }, order)).toEqual({
      ...purchaseFields(facts, order),
      termInfo: '{"deviceType":"11"}',
    });
    expect(queryFields(orderKey(order))).not.toHaveProperty('termInfo');
  });

  it('query and reversal name the very same order', () => {
    expect(queryFields(orderKey(order))).toEqual({ txnType: '00', txnSubType: '00', ...key });
    const reversal = { txnType: '99', txnSubType: '01', channelType: '08', ...key };
    expect(reversalFields(orderKey(order))).toEqual(reversal);
  });
});

describe('times', () => {
  it('are Shanghai time, to the second', () => {
    expect(txnTimeOf(OPENED_ms)).toBe('20261128180005');
    expect(txnTimeOf(Date.UTC(2026, 11, 31, 16, 0, 1) + 999)).toBe('20270101000001');
  });

  it.each([
    ['1128', OPENED_ms, '20261128'],
    ['1129', OPENED_ms, '20261129'],
    ['0101', Date.UTC(2026, 11, 31, 15, 30), '20270101'],
    ['1231', Date.UTC(2026, 11, 31, 16, 30), '20261231'],
    ['0229', Date.UTC(2028, 1, 28), '20280229'],
    ['0230', OPENED_ms, null],
    ['1301', OPENED_ms, null],
    ['0000', OPENED_ms, null],
  ])('the day %s near %i is %s', (monthDay, at_ms, date) => {
    expect(dateNear(monthDay, at_ms)).toBe(date);
  });

  it('a time of day that is none is none', () => {
    expect(timeOfTrace('1128180006', OPENED_ms)).toBe('2026-11-28T18:00:06+08:00');
    for (const trace of ['1128240000', '1128006000', '1128000060', '1332000000'])
      expect(timeOfTrace(trace, OPENED_ms)).toBeNull();
  });
});

describe('approved', () => {
  it('by a query whose number, time, amount, currency and kind are ours', () => {
    expect(query(paidAnswer)).toEqual({
      kind: 'approved',
      proof: {
        acquirerOrderId: '512611281800056516528',
        retrievalRefNum: '',
        systemTraceNum: '651652',
        batchNo: '',
        paidAt: '2026-11-28T18:00:06+08:00',
        settlementDate: '20261128',
        rail: 'UNIONPAY',
        payerApp: null,
        thirdPartyOrderId: '512611281800056516528',
        actual_fen: 8880,
      },
    });
  });

  it('by A6, the success with a flaw, as by 00', () => {
    expect(query({ ...paidAnswer, origRespCode: 'A6' })).toEqual(query(paidAnswer));
  });

  it('never by the answer to the purchase: 00 is "accepted"', () => {
    expect(pay({ ...paidAnswer, respCode: 'A6' })).toEqual({ kind: 'undecided', code: 'A6' });
    expect(pay(paidAnswer)).toEqual({ kind: 'undecided', code: 'ACCEPTED' });
    expect(pay({ respCode: '00' })).toEqual({ kind: 'undecided', code: 'ACCEPTED' });
  });

  it.each<[string, Fields, string]>([
    ['another order', { orderId: '0081000100100000A1AB12CD35' }, 'MISMATCH'],
    ['another time', { txnTime: '20261128180006' }, 'MISMATCH'],
    ['another merchant', { merId: '777290058110049' }, 'MISMATCH'],
    ['another amount', { txnAmt: '8881' }, 'MISMATCH'],
    ['an amount in another form', { txnAmt: '08880' }, 'MISMATCH'],
    ['yuan', { txnAmt: '88.80' }, 'MISMATCH'],
    ['another currency', { currencyCode: '344' }, 'MISMATCH'],
    ['a reversal', { txnType: '99' }, 'OTHER_KIND'],
    ['a refund', { txnType: '04' }, 'OTHER_KIND'],
    ['A1, that nobody has told us of', { origRespCode: 'A1' }, 'ORIGINAL_A1'],
    ['A6 of another amount', { origRespCode: 'A6', txnAmt: '8881' }, 'MISMATCH'],
    ['A6 of a refund', { origRespCode: 'A6', txnType: '04' }, 'OTHER_KIND'],
    ['A6 without a clearing day', { origRespCode: 'A6', settleDate: '' }, 'INCOMPLETE_settleDate'],
    ['an impossible day', { settleDate: '0230' }, 'INCOMPLETE_date'],
  ])('not of %s', (_, change, cause) => {
    const isKnown = cause.startsWith('ORIGINAL_') ? { isKnown: true } : {};
    expect(query({ ...paidAnswer, ...change })).toEqual({ kind: 'inquiryFailed', cause, ...isKnown });
  });

  it.each(Object.keys(paidAnswer).filter((name) => name !== 'txnSubType'))('not without %s', (name) => {
    const { [name]: _left, ...fields } = paidAnswer;
    expect(query(fields).kind).toBe('inquiryFailed');
  });

  it('not once a reversal may have worked: no source tells what a query says then', () => {
    expect(after(paidAnswer)).toEqual({ kind: 'inquiryFailed', cause: 'REVERSED_OR_00', isKnown: true });
    const flawed = { ...paidAnswer, origRespCode: 'A6' };
    expect(after(flawed)).toEqual({ kind: 'inquiryFailed', cause: 'REVERSED_OR_A6', isKnown: true });
  });
});

describe('still processing', () => {
  it.each(['03', '04', '05'])('%s: asked again', (origRespCode) => {
    expect(query({ ...paidAnswer, origRespCode })).toEqual({ kind: 'processing' });
    expect(after({ ...paidAnswer, origRespCode })).toMatchObject({ kind: 'inquiryFailed' });
    expect(pay({ ...named, respCode: origRespCode })).toEqual({ kind: 'undecided', code: origRespCode });
  });
});

describe('declined', () => {
  it.each(declining)('%s: %s, by the answer and by a query', (code, reason) => {
    expect(pay({ ...named, respCode: code })).toEqual({ kind: 'declined', code, reason });
    expect(query({ ...paidAnswer, origRespCode: code })).toEqual({ kind: 'declined', code, reason });
    const told = reason === 'configuration' ? 'other' : reason;
    expect(after({ ...paidAnswer, origRespCode: code })).toEqual({ kind: 'declined', code, reason: told });
  });

  it.each(declining)('not by %s of another order, merchant, time or amount, or of nobody', (code) => {
    const said = { ...named, respCode: code };
    expect(pay({ ...said, orderId: 'ANOTHER01' })).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    expect(pay({ ...said, merId: '1' })).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    expect(pay({ ...said, txnTime: '20261128180006' })).toMatchObject({ code: 'MISMATCH' });
    expect(pay({ ...said, txnAmt: '1' })).toMatchObject({ code: 'MISMATCH' });
    expect(pay({ ...said, txnType: '31' })).toEqual({ kind: 'undecided', code: `UNNAMED ${code}` });
    expect(pay({ respCode: code })).toEqual({ kind: 'undecided', code: `UNNAMED ${code}` });
  });

  it.each(silent)('not by %s', (code) => {
    expect(pay({ ...named, respCode: code }).kind).toBe('undecided');
    const asked = query({ ...paidAnswer, origRespCode: code });
    expect(['inquiryFailed', 'processing']).toContain(asked.kind);
  });

  it('not by a code that only the question was refused with', () => {
    for (const [code] of codes.filter(([known]) => known !== '34'))
      expect(query({ ...named, respCode: code })).toEqual({ kind: 'inquiryFailed', cause: code });
  });

  it('what says that money was taken, or that a copy was refused, is no decline', () => {
    for (const code of ['42', '74', '75', '11', '12', '39', '34', '35', '36', '45'])
      expect(codeRow(code)?.declines, code).toBeNull();
    for (const code of ['constructor', '__proto__', 'toString']) expect(codeRow(code)).toBeUndefined();
  });
});

describe('not found', () => {
  it('34: no such order', () => {
    expect(query({ ...named, respCode: '34' })).toEqual({ kind: 'notFound' });
    expect(after({ respCode: '34' })).toEqual({ kind: 'notFound' });
    expect(query({ ...named, orderId: 'ANOTHER01', respCode: '34' })).toMatchObject({ cause: 'MISMATCH' });
  });
});

describe('a reversal', () => {
  it('is acknowledged by 00 of our order', () => {
    const done = { kind: 'reversalAcknowledged', result: 'REVERSED' };
    expect(reverse({ ...named, txnType: '99', respCode: '00' })).toEqual(done);
    expect(reverse({ respCode: '00' })).toEqual({ kind: 'reversalPending', cause: 'UNNAMED 00' });
    expect(reverse({ ...named, txnType: '01', respCode: '00' })).toMatchObject({ cause: 'MISMATCH' });
    expect(reverse({ ...named, orderId: 'ANOTHER01', respCode: '00' })).toMatchObject({ cause: 'MISMATCH' });
  });

  it('34: there is nothing, which a look must confirm', () => {
    const none = { kind: 'reversalAcknowledged', result: 'NOT_FOUND' };
    expect(reverse({ ...named, respCode: '34' })).toEqual(none);
  });

  it.each(codes.map(([code]) => code).filter((code) => code !== '34'))('%s', (respCode) => {
    const kind = reversalRefusals.has(respCode) ? 'reversalRefused' : 'reversalPending';
    expect(reverse({ ...named, respCode })).toEqual({ kind, cause: respCode });
  });
});

it('a probe wants a signed answer, whatever it says of the order', () => {
  expect(['34', '00', '37'].map((respCode) => readProbeAnswer({ respCode }))).toEqual([null, null, null]);
  expect(readProbeAnswer({ respCode: '11' })).toBe('11');
  expect(readProbeAnswer({})).toBe('NO_CODE');
});

// Every row of the protocol page's tables on voids and refunds as a literal, and what must never be believed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { giveBackBody, giveBackInquiryBody, readGiveBackAnswer, readGiveBackInquiry } from './give-back.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`give-back.test seed ${seed}`);

const refund: GiveBackOrder = {
  method: 'refund',
  requestNumber: '20260002001000007R81FA952',
  orderNumber: '20260002001000001A81FA952',
  giveBackOpenedAt_ms: 0,
  openedAt_ms: 0,
  acquirerOrderId: 'A-1',
  amount_fen: 400,
  paid_fen: 900,
  timeout_ms: 1000,
};
const whole: GiveBackOrder = { ...refund, method: 'void', amount_fen: 900 };
const refunded = {
  errCode: '00',
  merchantOrderId: refund.orderNumber,
  refundRequestId: refund.requestNumber,
  transactionAmount: 400,
  refundOrderId: 'R2026112300000001',
  refundedAmount: 400,
};
const done = { kind: 'done', result: 'REFUNDED', reference: 'R2026112300000001' };
const undecided = (code: string) => ({ kind: 'undecided', code });
const failed = (cause: string) => ({ kind: 'inquiryFailed', cause });

describe('requests', () => {
  const who = { merchantCode: '898420157220001', terminalCode: '20260002' };
  const device = { deviceType: '11', ip: '127.0.0.1' };
  const terminal = { ...who, ...device };

  it('a refund carries both numbers and its amount', () => {
    expect(giveBackBody(terminal, refund)).toEqual({
      ...who,
      ...device,
      merchantOrderId: refund.orderNumber,
      refundRequestId: refund.requestNumber,
      transactionAmount: 400,
    });
    expect(giveBackInquiryBody(terminal, refund)).toEqual({ ...who, refundRequestId: refund.requestNumber });
  });

  it('a void names the order and its reason, and is asked about by the order', () => {
    expect(giveBackBody(terminal, whole)).toEqual({
      ...who,
      ...device,
      merchantOrderId: whole.orderNumber,
      reason: 'VOID',
    });
    expect(giveBackInquiryBody(terminal, whole)).toEqual({ ...who, merchantOrderId: whole.orderNumber });
  });
});

describe('answer to a refund', () => {
  const read = (json: unknown) => readGiveBackAnswer(json, refund);

  it('"00" is done, whether or not it repeats our numbers', () => {
    expect(read(refunded)).toEqual(done);
    expect(read({ errCode: '00', refundOrderId: 'R2026112300000001', refundedAmount: 700 })).toEqual(done);
  });

  const table: [string, 'accepted' | 'refused' | 'undecided'][] = [
    ['0000', 'accepted'],
    ['REFUND_EXCEEDS', 'refused'],
    ['ORDER_NOT_FOUND', 'refused'],
    ['ORDER_NOT_PAID', 'refused'],
    ['SIGN_ERROR', 'undecided'],
    ['MERCHANT_INVALID', 'undecided'],
    ['TERMINAL_INVALID', 'undecided'],
    ['PARAM_ERROR', 'undecided'],
    ['DUPLICATE_REFUND', 'undecided'],
    ['SYSTEM_ERROR', 'undecided'],
    ['SUCCESS', 'undecided'],
    ['PROCESSING', 'undecided'],
    ['CUTOFF_PASSED', 'undecided'],
    ['REFUND_REFUSED', 'undecided'],
    ['toString', 'undecided'],
  ];
  it.each(table)('errCode %s is %s', (errCode, kind) => {
    const isPerhapsBack = ['REFUND_EXCEEDS', 'ORDER_NOT_PAID'].includes(errCode);
    expect(read({ errCode })).toEqual({ kind, code: errCode, ...(isPerhapsBack && { perhapsBack: true }) });
  });

  it.each([
    ['another request', { ...refunded, refundRequestId: 'R2' }, 'MISMATCH'],
    ['another order', { ...refunded, merchantOrderId: 'O2' }, 'MISMATCH'],
    ['another amount', { ...refunded, transactionAmount: 401 }, 'MISMATCH'],
    ['an amount that is no number', { ...refunded, transactionAmount: '400' }, 'MISMATCH'],
    ['a sum that lacks ours', { ...refunded, refundedAmount: 399 }, 'MISMATCH'],
    ['a fraction of a fen', { ...refunded, refundedAmount: 400.5 }, 'INCOMPLETE_refundedAmount'],
    ['no number of the refund', { ...refunded, refundOrderId: undefined }, 'INCOMPLETE_refundOrderId'],
    ['another request refused', { errCode: 'REFUND_EXCEEDS', refundRequestId: 'R2' }, 'MISMATCH'],
    ['nothing', {}, 'NO_ERRCODE'],
    ['a list', [], 'NO_ERRCODE'],
  ])('with %s proves nothing', (_what, json, code) => {
    expect(read(json)).toEqual(undecided(code));
  });
});

describe('answer to a void', () => {
  const read = (json: unknown) => readGiveBackAnswer(json, whole);

  it.each([
    [
      { errCode: '00', voidResult: 'VOIDED' },
      { kind: 'done', result: 'VOIDED', reference: null },
    ],
    [
      { errCode: '00', voidResult: 'REVERSED' },
      { kind: 'done', result: 'REVERSED', reference: null },
    ],
    // the payment was approved: this contradicts it and gives nothing back
    [{ errCode: '00', voidResult: 'NOT_CHARGED' }, undecided('NOT_CHARGED')],
    [{ errCode: '00', voidResult: 'MAYBE' }, undecided('NO_VOID_RESULT')],
    [{ errCode: '00' }, undecided('NO_VOID_RESULT')],
    [{ errCode: '00', voidResult: 'VOIDED', merchantOrderId: 'O2' }, undecided('MISMATCH')],
    [{ errCode: 'CUTOFF_PASSED' }, { kind: 'refused', code: 'CUTOFF_PASSED' }],
    [{ errCode: 'REFUND_EXISTS' }, { kind: 'refused', code: 'REFUND_EXISTS' }],
    [{ errCode: 'PROCESSING' }, { kind: 'accepted', code: 'PROCESSING' }],
    [{ errCode: 'REFUND_EXCEEDS' }, undecided('REFUND_EXCEEDS')],
    [{ errCode: 'SIGN_ERROR' }, undecided('SIGN_ERROR')],
    [null, undecided('NO_ERRCODE')],
  ])('%j', (json, event) => {
    expect(read(json)).toEqual(event);
  });
});

describe('inquiry of a refund', () => {
  it.each([
    [{ ...refunded, refundResCode: '0' }, done],
    [
      { errCode: '00', refundResCode: 0 },
      { ...done, reference: null },
    ],
    [{ errCode: '00', refundResCode: '1' }, { kind: 'processing' }],
    [
      { errCode: '00', refundResCode: '5', failCode: 'BANK' },
      { kind: 'refused', code: 'BANK', spent: true },
    ],
    [
      { errCode: '00', refundResCode: '5' },
      { kind: 'refused', code: 'FAILED', spent: true },
    ],
    [{ errCode: '00', refundResCode: 'FF' }, { kind: 'notFound' }],
    [{ errCode: '00', refundResCode: '7' }, failed('REFUND_QUERY_7')],
    [{ errCode: '00' }, failed('NO_REFUND_RESULT')],
    [{ errCode: 'SYSTEM_ERROR', refundResCode: '0' }, failed('SYSTEM_ERROR')],
    [{ ...refunded, refundResCode: '0', refundRequestId: 'R2' }, failed('MISMATCH')],
    [{ ...refunded, refundResCode: '0', transactionAmount: 401 }, failed('MISMATCH')],
    [{ ...refunded, refundResCode: '0', refundedAmount: 399 }, failed('MISMATCH')],
    [{ ...refunded, refundResCode: '5', merchantOrderId: 'O2' }, failed('MISMATCH')],
    ['', failed('NO_ERRCODE')],
  ])('%j', (json, event) => {
    expect(readGiveBackInquiry(json, refund)).toEqual(event);
  });
});

describe('inquiry of a void', () => {
  const query = (fields: object) => ({ errCode: '00', merchantOrderId: whole.orderNumber, ...fields });

  it.each([
    [query({ queryResCode: '2' }), { kind: 'done', result: 'VOIDED', reference: null }],
    [query({ queryResCode: '4' }), { kind: 'done', result: 'REVERSED', reference: null }],
    [query({ queryResCode: '0', transactionAmount: 900 }), { kind: 'notFound' }],
    [
      query({ queryResCode: '3', refundedAmount: 900 }),
      { kind: 'done', result: 'REFUNDED', reference: null },
    ],
    [query({ queryResCode: '3', refundedAmount: 899 }), { kind: 'notFound' }],
    [query({ queryResCode: '3' }), failed('NO_REFUNDED_AMOUNT')],
    [query({ queryResCode: '1' }), { kind: 'processing' }],
    [query({ queryResCode: '5', failCode: 'ORDER_CLOSED' }), failed('QUERY_5')],
    [query({ queryResCode: 'FF' }), failed('QUERY_FF')],
    [query({}), failed('NO_QUERY_RESULT')],
    [query({ queryResCode: '2', merchantOrderId: 'O2' }), failed('MISMATCH')],
    [query({ queryResCode: '4', transactionAmount: 901 }), failed('MISMATCH')],
    [{ errCode: 'SIGN_ERROR', queryResCode: '2' }, failed('SIGN_ERROR')],
  ])('%j', (json, event) => {
    expect(readGiveBackInquiry(json, whole)).toEqual(event);
  });
});

it('no answer with a changed field is ever proof for another request, order or amount', () => {
  const said = { ...refunded, voidResult: 'VOIDED', refundResCode: '0', queryResCode: '2' };
  const field = fc.constantFrom('merchantOrderId', 'refundRequestId', 'transactionAmount');
  const value = fc
    .jsonValue()
    .filter((other) => other !== null && !Object.values(refunded).includes(other as never));
  fc.assert(
    fc.property(field, value, fc.constantFrom(refund, whole), (name, other, order) => {
      const json = { ...said, transactionAmount: order.amount_fen, [name]: other };
      const events = [readGiveBackAnswer(json, order), readGiveBackInquiry(json, order)];
      expect(events.map((event) => event.kind)).toEqual(['undecided', 'inquiryFailed']);
    }),
    { seed },
  );
});

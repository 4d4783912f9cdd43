// What each answer about a void or a refund proves.
import { describe, expect, it } from 'vitest';
import { facts, refund } from '../../test/acquirers/unionpay.ts';
import type { GiveBackOrder } from '../../core/ports/acquirer.ts';
import { codesThat } from '../transport/code-row.ts';
import { unionpayTable } from './code-rows.ts';
import { unionpayCodes } from './codes.ts';
import { giveBackFields, giveBackKey, readGiveBackAnswer, readGiveBackInquiry } from './give-back.ts';
import type { Fields } from './signature.ts';

const whole: GiveBackOrder = { ...refund, method: 'void', amount_fen: 8880 };
const codes = Object.keys(unionpayCodes);
const refused = codesThat(unionpayTable.rows, 'refund', 'refused');

describe.each([
  ['refund', refund, '04', 'REFUNDED'],
  ['void', whole, '31', 'VOIDED'],
] as const)('a %s', (_, order, txnType, result) => {
  const key = { orderId: 'R0081000100100000B1AB12CD34', txnTime: '20261128180105' };
  const named: Fields = { merId: facts.merchantId, ...key, txnType };
  const txnAmt = String(order.amount_fen);
  const done = { ...named, respCode: '00', origRespCode: '00', txnAmt, currencyCode: '156', queryId: 'Q9' };
  const answer = (fields: Fields) => readGiveBackAnswer(fields, facts, order);
  const inquiry = (fields: Fields) => readGiveBackInquiry(fields, facts, order);

  it('is an order of its own number and time, and names the payment', () => {
    expect(giveBackKey(order)).toEqual(key);
    expect(giveBackFields(facts, order)).toEqual({
      txnType,
      txnSubType: '00',
      channelType: '08',
      backUrl: facts.backUrl,
      ...key,
      origQryId: '512611281800056516528',
      txnAmt,
      termId: '00810001',
    });
  });

  it('00 is accepted, and no more', () => {
    expect(answer({ ...named, respCode: '00' })).toEqual({ kind: 'accepted', code: 'ACCEPTED' });
    expect(answer(done)).toEqual({ kind: 'accepted', code: 'ACCEPTED' });
    expect(answer({ respCode: '00' })).toEqual({ kind: 'undecided', code: 'UNNAMED 00' });
  });

  it('is done when a query of it says so', () => {
    expect(inquiry(done)).toEqual({ kind: 'done', result, reference: 'Q9' });
    expect(inquiry({ ...done, origRespCode: 'A6' })).toEqual(inquiry(done));
    expect(inquiry({ ...done, origRespCode: 'A6', txnAmt: '1' }).kind).toBe('inquiryFailed');
  });

  it.each<[string, Fields]>([
    ['another order', { orderId: refund.orderNumber }],
    ['another time', { txnTime: '20261128180005' }],
    ['another merchant', { merId: '1' }],
    ['another amount', { txnAmt: String(order.amount_fen - 1) }],
    ['another currency', { currencyCode: '344' }],
    ['the payment itself', { txnType: '01' }],
    ['the other kind', { txnType: txnType === '04' ? '31' : '04' }],
    ['a code that nobody knows', { origRespCode: 'ZZ' }],
  ])('is not done by an answer of %s', (_what, change) => {
    expect(inquiry({ ...done, ...change }).kind).toBe('inquiryFailed');
  });

  it.each(['merId', 'orderId', 'txnTime', 'txnType', 'respCode', 'origRespCode', 'txnAmt'])(
    'is not done by an answer without %s',
    (name) => {
      const { [name]: _left, ...fields } = done as Fields;
      expect(inquiry(fields).kind).toBe('inquiryFailed');
    },
  );

  it.each(codes)('%s', (code) => {
    const refuses = refused.has(code);
    const refusal = { kind: 'refused', code, ...(code === '36' && { perhapsBack: true }) };
    const named00 = { ...done, origRespCode: code };
    expect(answer({ ...named, respCode: code })).toEqual(refuses ? refusal : { kind: 'undecided', code });
    // Of our own number what speaks of paying is a failure like any other (UP3), and a person looks.
    const isFailed = '35 45 44 64 65 66 67 69 73 77 81'.split(' ').includes(code);
    if (isFailed) expect(inquiry(named00)).toEqual({ ...refusal, perhapsBack: true });
    else if (refuses) expect(inquiry(named00)).toEqual(refusal);
    else expect(['processing', 'inquiryFailed']).toContain(inquiry(named00).kind);
    const asked = inquiry({ ...named, respCode: code });
    expect(asked.kind).toBe(code === '34' ? 'notFound' : 'inquiryFailed');
  });

  it('what may mean "given back already" refuses nothing: no cash is paid on it', () => {
    for (const code of ['12', '34', '35', '45', '11'])
      expect(answer({ ...named, respCode: code })).toEqual({ kind: 'undecided', code });
  });

  it.each(['03', '04', '05'])('%s: still processing', (origRespCode) => {
    expect(inquiry({ ...done, origRespCode })).toEqual({ kind: 'processing' });
  });
});

// UnionPay's codes as literals, so that no table decides otherwise unnoticed; each code is then read by the real codecs.
import { expect, it } from 'vitest';
import {
  byReason,
  eventOf,
  everyCase,
  faultsOf,
  listed,
  readBy,
  type Readers,
} from '../../test/acquirers/code-rows.ts';
import { facts, named, order, paidAnswer, refund } from '../../test/acquirers/unionpay.ts';
import { readPurchaseAnswer, readQueryAnswer, readReversalAnswer } from './codec.ts';
import { unionpayTable } from './code-rows.ts';
import { readGiveBackAnswer, readGiveBackInquiry } from './give-back.ts';
import { readPresentAnswer } from './presented.ts';
import { txnTimeOf } from './times.ts';
import { codeRow, reversalRefusals, stillProcessing, unionpayRefundRefusal } from './codes.ts';

/** Every two digits. */
const all = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

it('the codes that prove something are these and no others', () => {
  const declines = all.flatMap((code) => {
    const reason = codeRow(code)?.declines ?? null;
    return reason === null ? [] : [[code, reason] as const];
  });
  expect(byReason(Object.fromEntries(declines))).toEqual({
    configuration: '10 13 31 32 43',
    other: '01 30 60 65 66 69',
    limit: '33 67 81',
    risk: '38',
    notSupported: '44 61 62 63 68 73 77 78',
    balance: '64',
  });
  expect(listed(all.filter((code) => unionpayRefundRefusal(code) !== null))).toBe(
    '01 10 13 30 31 32 33 36 38 39 43 60 61 62 63 68 78',
  );
  expect(listed(stillProcessing)).toBe('03 04 05');
  expect(listed(reversalRefusals)).toBe('36 39 45');
  expect(listed(all.filter((code) => codeRow(code) !== undefined))).toBe(
    '01 02 03 04 05 06 10 11 12 13 30 31 32 33 34 35 36 37 38 39 42 43 44 45 60 61 62 63 64 65 66 67 68 69 73 74 75 77 78 81 83 99',
  );
});

const back = { ...named, orderId: refund.requestNumber, txnTime: txnTimeOf(refund.giveBackOpenedAt_ms) };
const shown = { ...order, expiresAt_ms: order.openedAt_ms + 300_000 };
/** 34 is the query's own answer, all else of the order that was asked about. */
const about = (code: string) => (code === '34' ? { respCode: code } : { respCode: '00', origRespCode: code });

const readers: Readers = {
  pay: (respCode) => readPurchaseAnswer({ ...named, respCode }, facts, order),
  query: (code) => readQueryAnswer({ ...paidAnswer, ...about(code) }, facts, order),
  reverse: (respCode) => readReversalAnswer({ ...named, respCode }, facts, order),
  void: (respCode) => readGiveBackAnswer({ ...back, respCode }, facts, { ...refund, method: 'void' }),
  refund: (respCode) => readGiveBackAnswer({ ...back, respCode }, facts, refund),
  refundQuery: (code) => readGiveBackInquiry({ ...back, txnType: '04', ...about(code) }, facts, refund),
  present: (respCode) => readPresentAnswer({ ...named, respCode }, facts, shown),
};

it.each(everyCase(unionpayTable, readers))('$operation: $code is $proves.kind', (one) => {
  expect(readBy(readers, one)).toMatchObject(eventOf(one));
});

it('each row has a call that it is read by, a meaning and a source that is spelt out', () => {
  expect(faultsOf(unionpayTable, readers)).toEqual([]);
});

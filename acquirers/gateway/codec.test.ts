// Every row of the protocol page's tables as a literal, and what must never be believed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  orderBody,
  payBody,
  readEchoAnswer,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
} from './codec.ts';

const order = {
  orderNumber: '20260002001000001A81FA952',
  openedAt_ms: 0,
  amount_fen: 8741,
  timeout_ms: 1000,
};
const paid = {
  errCode: '00',
  errInfo: 'SUCCESS',
  merchantOrderId: order.orderNumber,
  transactionAmount: 8741,
  orderId: '2026112318000000000001',
  retrievalRefNum: '261123000001',
  systemTraceNum: '000001',
  batchNo: '000001',
  transactionTime: '2026-11-23T18:00:00+08:00',
  settlementDate: '20261123',
  rail: 'WECHAT',
  payerApp: '微信',
  thirdPartyOrderId: '4200001',
  buyerId: 'o***1',
  actualTransactionAmount: 8641,
};

describe('requests', () => {
  const terminal = {
    merchantCode: '898420157220001',
    terminalCode: '20260002',
    deviceType: '11',
    ip: '127.0.0.1',
  };

  it('pay carries what the page asks for, and nothing else', () => {
    const sent = { ...order, code: '130123456789012345', deferred: null };
    expect(payBody(terminal, sent)).toEqual({
      merchantCode: '898420157220001',
      terminalCode: '20260002',
      transactionAmount: 8741,
      transactionCurrencyCode: '156',
      merchantOrderId: order.orderNumber,
      payMode: 'CODE_SCAN',
      payCode: '130123456789012345',
      deviceType: '11',
      ip: '127.0.0.1',
    });
  });

  it('a payment taken offline says so', () => {
    const deferred = { takenAt: '2026-11-23T10:00:00.000Z', tillSequence: 7 };
    expect(payBody(terminal, { ...order, code: '1', deferred })).toMatchObject({ storeAndForward: deferred });
  });

  it('query and reversal carry the number and no code', () => {
    expect(orderBody(terminal, order.orderNumber)).toEqual({
      merchantCode: '898420157220001',
      terminalCode: '20260002',
      merchantOrderId: order.orderNumber,
    });
  });
});

describe('errCode of pay', () => {
  const table: [string, 'approved' | 'declined' | 'awaiting' | 'undecided', string?][] = [
    ['00', 'approved'],
    ['0000', 'undecided'],
    ['SUCCESS', 'undecided'],
    ['USER_PAYING', 'awaiting'],
    ['AUTH_CODE_EXPIRED', 'declined', 'codeUnusable'],
    ['AUTH_CODE_INVALID', 'declined', 'codeUnusable'],
    ['AUTH_CODE_USED', 'declined', 'codeUnusable'],
    ['BALANCE_NOT_ENOUGH', 'declined', 'balance'],
    ['LIMIT_EXCEEDED', 'declined', 'limit'],
    ['RISK_REJECTED', 'declined', 'risk'],
    ['NOT_SUPPORTED', 'declined', 'notSupported'],
    ['ORDER_CLOSED', 'declined', 'orderClosed'],
    ['DUPLICATE_ORDER', 'undecided'],
    ['SYSTEM_ERROR', 'undecided'],
    ['BANK_ERROR', 'undecided'],
    ['TIMEOUT', 'undecided'],
    ['SIGN_ERROR', 'undecided'],
    ['MERCHANT_INVALID', 'declined', 'configuration'],
    ['TERMINAL_INVALID', 'declined', 'configuration'],
    ['PARAM_ERROR', 'declined', 'configuration'],
    ['OFFLINE_NOT_ALLOWED', 'declined', 'offlineRefused'],
    ['OFFLINE_EXPIRED', 'declined', 'offlineRefused'],
  ];

  it.each(table)('%s is %s', (errCode, kind, reason) => {
    const event = readPayAnswer({ ...paid, errCode }, order);
    expect(event.kind).toBe(kind);
    // A terminal that is not wanted may be let in later; what is wrong with the request stays so.
    const own = errCode === 'PARAM_ERROR' ? { ofThisOrder: true } : {};
    if (kind === 'declined') expect(event).toEqual({ kind, code: errCode, reason, ...own });
    if (kind === 'undecided') expect(event).toEqual({ kind, code: errCode });
  });

  const unlisted = [
    '',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '01',
    '000',
    'auth_code_used',
    ' 00',
  ];
  it.each([...unlisted, 'BALANCE_NOT_ENOUGH ', 'FAIL', '99'])('%j is not listed: undecided', (errCode) => {
    expect(readPayAnswer({ ...paid, errCode }, order).kind).toBe('undecided');
  });

  it('whatever is not in the table is undecided', () => {
    const listed = new Set(table.map(([code]) => code));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (errCode) => {
        fc.pre(!listed.has(errCode));
        expect(readPayAnswer({ ...paid, errCode }, order).kind).toBe('undecided');
      }),
    );
  });

  it.each([null, 7, 'text', [], {}, { errCode: 0 }, { errCode: null }, { errcode: '00' }])(
    '%j is undecided',
    (json) => {
      expect(readPayAnswer(json, order).kind).toBe('undecided');
    },
  );
});

describe.each([
  ['another order', { merchantOrderId: 'SOMEBODYELSES' }],
  ['our order and another amount', { merchantOrderId: order.orderNumber, transactionAmount: 1 }],
])('an answer that names %s', (_what, named) => {
  const foreign = { errCode: '00', ...named };

  it.each(['BALANCE_NOT_ENOUGH', 'ORDER_CLOSED', 'USER_PAYING'])('declines nothing: %s', (errCode) => {
    expect(readPayAnswer({ ...foreign, errCode }, order)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
  });
  it.each(['1', '2', '3', '4', '5', 'FF'])('answers no inquiry: %s', (queryResCode) => {
    const json = { ...foreign, queryResCode, refundedAmount: order.amount_fen };
    expect(readQueryAnswer(json, order)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
  });
  it('acknowledges no reversal', () => {
    const pending = { kind: 'reversalPending', cause: 'MISMATCH' };
    expect(readReversalAnswer({ ...foreign, voidResult: 'NOT_CHARGED' }, order)).toEqual(pending);
  });
});

describe('an approval', () => {
  it('keeps the proof, without the buyer', () => {
    expect(readPayAnswer(paid, order)).toEqual({
      kind: 'approved',
      proof: {
        acquirerOrderId: '2026112318000000000001',
        retrievalRefNum: '261123000001',
        systemTraceNum: '000001',
        batchNo: '000001',
        paidAt: '2026-11-23T18:00:00+08:00',
        settlementDate: '20261123',
        rail: 'WECHAT',
        payerApp: '微信',
        thirdPartyOrderId: '4200001',
        actual_fen: 8641,
      },
    });
  });

  it.each([
    ['another number', { merchantOrderId: `${order.orderNumber}0` }],
    ['a number in other letters', { merchantOrderId: order.orderNumber.toLowerCase() }],
    ['another amount', { transactionAmount: 8742 }],
  ])('of %s is a mismatch, not an approval', (_what, change) => {
    expect(readPayAnswer({ ...paid, ...change }, order)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    const queried = { ...paid, ...change, queryResCode: '0' };
    expect(readQueryAnswer(queried, order)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
  });

  const mandatory = Object.keys(paid).filter(
    (name) => !['errCode', 'errInfo', 'payerApp', 'buyerId'].includes(name),
  );
  it.each(mandatory)('without %s is none', (name) => {
    const { [name as keyof typeof paid]: _gone, ...rest } = paid;
    expect(readPayAnswer(rest, order).kind).toBe('undecided');
    expect(readQueryAnswer({ ...rest, queryResCode: 0 }, order).kind).toBe('inquiryFailed');
  });

  it.each(['8741', 8741.5, null, Number.MAX_VALUE])('of the amount %j is none', (transactionAmount) => {
    expect(readPayAnswer({ ...paid, transactionAmount }, order).kind).toBe('undecided');
  });
});

describe('queryResCode', () => {
  const answer = (fields: object) => readQueryAnswer({ errCode: '00', ...fields }, order);

  it.each([
    [{ ...paid, queryResCode: '0' }, 'approved'],
    [{ ...paid, queryResCode: 0 }, 'approved'],
    [{ queryResCode: '1' }, 'processing'],
    [{ queryResCode: '2' }, 'hostReversed'],
    [{ queryResCode: '3', refundedAmount: 8741 }, 'hostReversed'],
    [{ queryResCode: '3', refundedAmount: 8740 }, 'inquiryFailed'],
    [{ queryResCode: '3' }, 'inquiryFailed'],
    [{ ...paid, queryResCode: '3', refundedAmount: 100 }, 'approved'],
    [{ ...paid, queryResCode: '3', refundedAmount: 100, orderId: null }, 'inquiryFailed'],
    [{ queryResCode: '4' }, 'hostReversed'],
    [{ queryResCode: '5', failCode: 'BALANCE_NOT_ENOUGH' }, 'declined'],
    [{ queryResCode: '5', failCode: 'constructor' }, 'declined'],
    [{ queryResCode: '5' }, 'declined'],
    [{ queryResCode: 'FF' }, 'notFound'],
    [{ queryResCode: 'ff' }, 'inquiryFailed'],
    [{ queryResCode: '6' }, 'inquiryFailed'],
    [{ queryResCode: null }, 'inquiryFailed'],
    [{}, 'inquiryFailed'],
  ])('%j is %s', (fields, kind) => {
    expect(answer(fields).kind).toBe(kind);
  });

  it('a failed order with a code that nobody listed is declined for another reason', () => {
    expect(answer({ queryResCode: '5', failCode: 'constructor' })).toMatchObject({ reason: 'other' });
  });

  it('3 without how much went back is neither paid nor given back', () => {
    for (const refundedAmount of [undefined, null, 0, -100])
      expect(answer({ ...paid, queryResCode: '3', refundedAmount })).toEqual({
        kind: 'inquiryFailed',
        cause: 'NO_REFUNDED_AMOUNT',
      });
  });

  it.each(['01', '0000', 'SUCCESS', 'SYSTEM_ERROR', 'USER_PAYING'])(
    'under errCode %s proves nothing',
    (errCode) => {
      expect(readQueryAnswer({ ...paid, errCode, queryResCode: '0' }, order).kind).toBe('inquiryFailed');
    },
  );
});

describe('voidResult', () => {
  it.each(['REVERSED', 'NOT_CHARGED', 'VOIDED'])('%s is proof', (voidResult) => {
    const event = readReversalAnswer({ errCode: '00', voidResult }, order);
    expect(event).toEqual({ kind: 'reversalAcknowledged', result: voidResult });
  });

  it.each([
    { errCode: 'PROCESSING', voidResult: 'REVERSED' },
    { errCode: 'CUTOFF_PASSED' },
    { errCode: '0000', voidResult: 'REVERSED' },
    { errCode: '00' },
    { errCode: '00', voidResult: 'DONE' },
    { errCode: '00', voidResult: 'constructor' },
    {},
    null,
    'REVERSED',
  ])('%j is not', (json) => {
    expect(readReversalAnswer(json, order).kind).toBe('reversalPending');
  });
});

describe('echo', () => {
  const serverTime = '2026-11-23T18:00:00+08:00';
  it.each([
    [{ serverTime, capabilities: { storeAndForward: true } }, true, false],
    [{ serverTime, capabilities: { storeAndForward: false, autoDetect: true } }, false, true],
    [{ serverTime, capabilities: { storeAndForward: 'yes', autoDetect: 'yes' } }, false, false],
    [{ serverTime, capabilities: ['autoDetect', 'storeAndForward'] }, true, true],
    [{ serverTime, capabilities: [] }, false, false],
  ])('%j', (json, storeAndForward, autoDetect) => {
    expect(readEchoAnswer(json)).toEqual({ storeAndForward, autoDetect });
  });

  it.each([{}, null, { serverTime: 'now', capabilities: {} }, { serverTime }])('%j is no echo', (json) => {
    expect(readEchoAnswer(json)).toBeNull();
  });
});

// The host keeps every rule of the protocol page: who is charged, what a closed number means, and what is never undone.
import { expect, test } from 'vitest';
import { stage } from './caller.ts';
import { calmMood, type Mood } from './host.ts';

const reversal = (merchantOrderId: string) => ({ merchantOrderId, reason: 'REVERSAL' });
const wish = (merchantOrderId: string) => ({ merchantOrderId, reason: 'VOID' });
const HOUR_ms = 3_600_000;

test('approved: charged once, and the answer has every field of the page', () => {
  const { host, pay } = stage();
  expect(pay('A1')).toMatchObject({
    errCode: '00',
    merchantOrderId: 'A1',
    transactionAmount: 1250,
    orderId: expect.any(String),
    retrievalRefNum: expect.stringMatching(/^\d{12}$/),
    systemTraceNum: expect.stringMatching(/^\d{6}$/),
    batchNo: expect.stringMatching(/^\d{6}$/),
    transactionTime: '2026-03-09T10:00:00+08:00',
    settlementDate: '20260309',
    rail: 'WECHAT',
    thirdPartyOrderId: expect.any(String),
    actualTransactionAmount: 1250,
  });
  expect(host.ledger.orders()).toMatchObject([
    { orderNumber: 'A1', amount_fen: 1250, charged_fen: 1250, state: 'paid', charges: 1, deferred: false },
  ]);
  expect(host.ledger.entries()).toMatchObject([{ kind: 'charge', orderNumber: 'A1', amount_fen: 1250 }]);
});

test('rule 1: the same number again gives the first outcome and charges nobody', () => {
  const { pay, pass, stateOf } = stage();
  const first = pay('A1');
  pass(1000);
  expect(pay('A1')).toEqual(first);
  // Where the till stood is no part of what it asked for.
  expect(pay('A1', { ip: '10.0.0.8' })).toEqual(first);
  expect(stateOf('A1')).toMatchObject({ charges: 1, charged_fen: 1250 });
  expect(stateOf('A1')?.submittedAt_ms).toHaveLength(3);
});

test.each([{ transactionAmount: 1251 }, { payCode: '130000000000000009' }, { merchantRemark: 'other' }])(
  'rule 1: the same number with %o is DUPLICATE_ORDER, nothing charged',
  (other) => {
    const { pay, stateOf } = stage();
    pay('A1');
    expect(pay('A1', other)['errCode']).toBe('DUPLICATE_ORDER');
    expect(stateOf('A1')).toMatchObject({ charges: 1, charged_fen: 1250, amount_fen: 1250 });
  },
);

test('a code under a second number is charged again, and shows', () => {
  const { pay, host, seen } = stage();
  const code = { payCode: '130000000000000001' };
  pay('A1', code);
  pay('A2', code);
  expect(host.chargesOfCode(code.payCode)).toBe(2);
  expect(host.chargesOfCode('unheard of')).toBe(0);
  expect(seen.get('codeAgainUnderNewNumber')).toBe(1);
});

test('rule 2: undoing an unknown number closes it for ever', () => {
  const { ask, pay, host } = stage();
  expect(ask('voidpayment', reversal('A1'))).toMatchObject({ errCode: '00', voidResult: 'NOT_CHARGED' });
  expect(pay('A1')['errCode']).toBe('ORDER_CLOSED');
  expect(ask('voidpayment', reversal('A1'))['voidResult']).toBe('NOT_CHARGED');
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('4');
  expect(host.ledger.orders()).toMatchObject([{ state: 'closed', charged_fen: 0, charges: 0 }]);
  expect(host.ledger.entries()).toEqual([]);
});

test('rule 2: a reversal gives back once, and the number stays closed', () => {
  const { ask, pay, host } = stage();
  pay('A1');
  expect(ask('voidpayment', reversal('A1'))['voidResult']).toBe('REVERSED');
  expect(ask('voidpayment', reversal('A1'))['voidResult']).toBe('REVERSED');
  expect(ask('voidpayment', wish('A1'))['voidResult']).toBe('REVERSED');
  expect(pay('A1')['errCode']).toBe('ORDER_CLOSED');
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('4');
  expect(host.ledger.orders()).toMatchObject([{ state: 'reversed', charged_fen: 1250, reversed_fen: 1250 }]);
  expect(host.ledger.entries().map(({ kind }) => kind)).toEqual(['charge', 'reversal']);
});

test('rule 2: while it is being decided an undo is put off, then it gives back', () => {
  const { ask, pay, pass } = stage({ approve: 0, acceptedThenPaid: 1 });
  expect(pay('A1')['errCode']).toMatch(/^(0000|SUCCESS)$/);
  expect(ask('voidpayment', reversal('A1'))['errCode']).toBe('PROCESSING');
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('1');
  pass(HOUR_ms);
  expect(ask('voidpayment', reversal('A1'))['voidResult']).toBe('REVERSED');
});

test('a host that answers later approves and declines nothing but by a query', () => {
  for (const [mood, word] of [
    [{}, '0'],
    [{ approve: 0, decline: 1 }, '5'],
  ] as const) {
    const { ask, pay, pass } = stage(mood, 1, { answersLater: true });
    expect(pay('A1')['errCode']).toMatch(/^(0000|SUCCESS)$/);
    expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('1');
    pass(3000);
    expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe(word);
  }
});

test('rule 3: an unknown number is FF, and may still be charged later', () => {
  const { ask, pay } = stage();
  expect(ask('query', { merchantOrderId: 'A1' })).toMatchObject({ errCode: '00', queryResCode: 'FF' });
  expect(pay('A1')['errCode']).toBe('00');
  expect(ask('query', { merchantOrderId: 'A1' })).toMatchObject({
    queryResCode: '0',
    merchantOrderId: 'A1',
    transactionAmount: 1250,
    settlementDate: '20260309',
  });
});

test('rule 5: a void until the cut-off at 23:00, a reversal always', () => {
  const { ask, pay, pass, host } = stage();
  pay('A1');
  pay('A2');
  pay('A3');
  pass(12 * HOUR_ms + 59 * 60_000);
  expect(ask('voidpayment', wish('A1'))['voidResult']).toBe('VOIDED');
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('2');
  pass(60_000);
  expect(ask('voidpayment', wish('A2'))['errCode']).toBe('CUTOFF_PASSED');
  expect(ask('voidpayment', wish('A1'))['voidResult']).toBe('VOIDED');
  expect(ask('voidpayment', reversal('A3'))['voidResult']).toBe('REVERSED');
  expect(host.ledger.orders().map(({ state }) => state)).toEqual(['voided', 'paid', 'reversed']);
  expect(host.ledger.entries().map(({ kind }) => kind)).toEqual([
    'charge',
    'charge',
    'charge',
    'void',
    'reversal',
  ]);
});

test('a refused void stays refused: a late copy of it gives nothing back', () => {
  const { ask, pay, mood, stateOf } = stage({ approve: 0, voidRefused: 1 });
  pay('A1');
  expect(ask('voidpayment', wish('A1'))['errCode']).toBe('CUTOFF_PASSED');
  Object.assign(mood, { approve: 1, voidRefused: 0 });
  expect(ask('voidpayment', wish('A1'))['errCode']).toBe('CUTOFF_PASSED');
  expect(stateOf('A1')).toMatchObject({ state: 'paid', reversed_fen: 0 });
});

const fates: [keyof Mood, RegExp, string, RegExp | undefined][] = [
  ['approve', /^00$/, '0', undefined],
  ['decline', /^(AUTH_CODE_\w+|BALANCE_NOT_ENOUGH|LIMIT_EXCEEDED|RISK_REJECTED|NOT_SUPPORTED)$/, '5', /./],
  ['askCustomerThenPay', /^USER_PAYING$/, '0', undefined],
  ['askCustomerThenDecline', /^USER_PAYING$/, '5', /./],
  ['customerNeverAnswers', /^USER_PAYING$/, '5', /^CUSTOMER_GONE_12$/],
  ['acceptedThenPaid', /^(0000|SUCCESS)$/, '0', undefined],
  ['acceptedThenFailed', /^(0000|SUCCESS)$/, '5', /./],
  ['systemErrorButPaid', /^(SYSTEM_ERROR|BANK_ERROR|TIMEOUT|CHANNEL_BUSY_931)$/, '0', undefined],
  ['systemErrorAndFailed', /^(SYSTEM_ERROR|BANK_ERROR|TIMEOUT|CHANNEL_BUSY_931)$/, '5', /./],
];

test('a terminal that is not wanted is no outcome of its order: the same number may be sent again', () => {
  const { ask, pay, mood, stateOf } = stage({ approve: 0, configurationError: 1 });
  expect(pay('A1')['errCode']).toMatch(/^(SIGN_ERROR|MERCHANT_INVALID|TERMINAL_INVALID|PARAM_ERROR)$/);
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('FF');
  Object.assign(mood, calmMood());
  expect(pay('A1')['errCode']).toBe('00');
  expect(stateOf('A1')).toMatchObject({ state: 'paid', charges: 1 });
});

test('what nobody decides its office ends; of what is paid it says so', () => {
  const { ask, host, mood, pay, pass, stateOf } = stage({ approve: 0, undecided: 1 });
  const storeAndForward = { takenAt: '2026-03-09T09:00:00Z', tillSequence: 1 };
  pay('A1', { storeAndForward });
  expect(stateOf('A1')?.state).toBe('processing');
  expect(host.endByOffice('A1')).toBe(true);
  pass(5 * HOUR_ms);
  expect(ask('query', { merchantOrderId: 'A1' })).toMatchObject({ queryResCode: '5' });
  Object.assign(mood, calmMood());
  pay('A2');
  expect(host.endByOffice('A2')).toBe(false);
});

test('notKept: a system error for good of what was taken offline, and no such order', () => {
  const { ask, host, mood, pay, pass, stateOf } = stage({ approve: 0, notKept: 1 });
  const storeAndForward = { takenAt: '2026-03-09T09:00:00Z', tillSequence: 1 };
  const { errCode } = pay('A1', { storeAndForward });
  expect(errCode).toMatch(/^(SYSTEM_ERROR|BANK_ERROR|TIMEOUT|CHANNEL_BUSY_931)$/);
  expect(pay('A2')['errCode']).toBe('00');
  Object.assign(mood, calmMood());
  pass(5 * HOUR_ms);
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('FF');
  expect(pay('A1', { storeAndForward })['errCode']).toBe(errCode);
  expect(host.endByOffice('A1')).toBe(true);
  expect(stateOf('A1')).toBeUndefined();
  expect(ask('voidpayment', reversal('A1'))['voidResult']).toBe('NOT_CHARGED');
  expect(pay('A1', { storeAndForward })['errCode']).toBe('ORDER_CLOSED');
});

test.each(fates)('%s: first %s, in the end %s', (fate, word, queryResCode, failCode) => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { ask, pay, pass, seen, stateOf } = stage({ approve: 0, [fate]: 3 }, seed);
    expect(pay('A1')['errCode']).toMatch(word);
    expect(seen.get(fate)).toBe(1);
    pass(HOUR_ms);
    const end = ask('query', { merchantOrderId: 'A1' });
    expect(end['queryResCode']).toBe(queryResCode);
    if (failCode === undefined) expect(stateOf('A1')).toMatchObject({ state: 'paid', charges: 1 });
    else {
      expect(end['failCode']).toMatch(failCode);
      expect(stateOf('A1')).toMatchObject({ state: 'failed', charges: 0, charged_fen: 0 });
    }
    // Asked again by pay itself, the outcome is the same.
    expect(pay('A1')['errCode']).toBe(failCode === undefined ? '00' : end['failCode']);
  }
});

test('deferredDecline strikes what was taken offline, and nothing else', () => {
  const { pay, stateOf } = stage({ approve: 0, deferredDecline: 1 });
  const storeAndForward = { takenAt: '2026-03-09T09:00:00.000Z', tillSequence: 3 };
  expect(pay('A1', { storeAndForward })['errCode']).toMatch(
    /^(OFFLINE_\w+|AUTH_CODE_EXPIRED|BALANCE_NOT_ENOUGH)$/,
  );
  expect(stateOf('A1')).toMatchObject({ deferred: true, state: 'failed' });
  expect(pay('A2')['errCode']).toBe('00');
});

test('notFoundOnce: once for a number, only where there was a charge, and never to an undo', () => {
  const { ask, pay } = stage({ approve: 0, notFoundOnce: 1 });
  pay('A1');
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('FF');
  expect(ask('query', { merchantOrderId: 'A1' })['queryResCode']).toBe('0');
  pay('A2');
  expect(ask('voidpayment', reversal('A2'))['voidResult']).toBe('REVERSED');
});

test('the weights are what happens', () => {
  const { pay, seen } = stage({ approve: 60, decline: 30, systemErrorButPaid: 10 });
  for (let index = 0; index < 3000; index += 1) pay(`A${index}`);
  const share = (kind: string): number => (seen.get(kind) ?? 0) / 3000;
  expect(share('approve')).toBeCloseTo(0.6, 1);
  expect(share('decline')).toBeCloseTo(0.3, 1);
  expect(share('systemErrorButPaid')).toBeCloseTo(0.1, 1);
});

// Random conversations with the host in every mood: the books balance after each call, what was once told as proof is
// never untrue later, the same seed gives the same bytes, and the product's own codec believes what is said.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readPayAnswer, readQueryAnswer } from '../../../../acquirers/gateway/codec.ts';
import { answerSignatureFault } from '../../../../acquirers/gateway/signature.ts';
import { type Chance, chanceFor } from '../../../month/random.ts';
import { type Call, type Fields, fieldsOf, key, payment, type Stage, stage } from './caller.ts';
import { calmMood, type Mood } from './host.ts';

/** Outcomes of an order; what is said of merchant, terminal or request is none (rule 1). */
const listedDeclines = new Set(
  'AUTH_CODE_EXPIRED AUTH_CODE_INVALID AUTH_CODE_USED BALANCE_NOT_ENOUGH LIMIT_EXCEEDED RISK_REJECTED NOT_SUPPORTED '
    .concat('ORDER_CLOSED OFFLINE_NOT_ALLOWED OFFLINE_EXPIRED')
    .split(' '),
);
const calls: Call[] = ['pay', 'pay', 'query', 'voidpayment', 'refund', 'query-refund'];

/** Wild weights; every other fate is switched off in some conversations. */
function wildMood(chance: Chance): Mood {
  const mood = calmMood();
  for (const name of Object.keys(mood) as (keyof Mood)[]) {
    mood[name] = chance.happens(0.4) ? 0 : chance.unit();
  }
  return mood;
}

/** What the page lets a till take as proof. */
type Told = { noMoney: Set<string>; refundFailed: Set<string>; refundDone: Set<string> };

function listen(told: Told, call: Call, asked: Fields, answer: Fields): void {
  const order = String(asked['merchantOrderId']);
  const request = String(asked['refundRequestId']);
  const { errCode, queryResCode, voidResult, refundResCode } = answer;
  if (call === 'pay' && listedDeclines.has(String(errCode))) told.noMoney.add(order);
  if (call === 'query' && ['2', '4', '5'].includes(String(queryResCode))) told.noMoney.add(order);
  if (call === 'voidpayment' && voidResult !== undefined) told.noMoney.add(order);
  if (call === 'query-refund' && refundResCode === '5') told.refundFailed.add(request);
  if (call === 'query-refund' && refundResCode === '0') told.refundDone.add(request);
  if (call === 'refund' && errCode === '00') told.refundDone.add(request);
}

const closed = new Set(['failed', 'closed', 'voided', 'reversed']);

function checkBooks({ host }: Stage, told: Told): void {
  const wrong: string[] = [];
  const check = (isTrue: boolean, what: string): void => void (isTrue || wrong.push(what));
  const left_fen = new Map<string, number>();
  const refunds = new Set<string | null>();
  for (const { kind, orderNumber, requestNumber, amount_fen } of host.ledger.entries()) {
    const before_fen = left_fen.get(orderNumber) ?? 0;
    left_fen.set(orderNumber, before_fen + (kind === 'charge' ? amount_fen : -amount_fen));
    if (kind !== 'refund') continue;
    check(!refunds.has(requestNumber), `${requestNumber} paid out twice`);
    refunds.add(requestNumber);
  }
  for (const request of told.refundDone) check(refunds.has(request), `${request} told done`);
  for (const request of told.refundFailed) check(!refunds.has(request), `${request} told failed`);
  for (const order of host.ledger.orders()) {
    const net_fen = order.charged_fen - order.reversed_fen - order.refunded_fen;
    check(order.charges <= 1, `${order.orderNumber} charged twice`);
    check(order.charged_fen === order.charges * order.amount_fen, `${order.orderNumber} charged in part`);
    check(
      net_fen === (left_fen.get(order.orderNumber) ?? 0),
      `${order.orderNumber} differs from its entries`,
    );
    check(net_fen >= 0, `${order.orderNumber} gave back too much`);
    const isTold = told.noMoney.has(order.orderNumber);
    check(!isTold || closed.has(order.state), `${order.orderNumber} told closed, is ${order.state}`);
  }
  expect(wrong).toEqual([]);
}

/** The hash of every answer: two conversations of one seed are the same. */
function converse(seed: number, seen: Map<string, number>): string {
  const chance = chanceFor(seed, 'conversation');
  const world = stage(wildMood(chance), seed);
  const told: Told = { noMoney: new Set(), refundFailed: new Set(), refundDone: new Set() };
  const hash = createHash('sha256');
  for (let round = 0; round < 60; round += 1) {
    if (chance.happens(0.1)) Object.assign(world.mood, wildMood(chance));
    if (chance.happens(0.3)) world.pass(chance.whole(1, chance.happens(0.1) ? 86_400_000 : 60_000));
    const call = chance.pick(calls);
    const asked: Fields = {
      ...payment(`A${chance.whole(1, 6)}`),
      reason: chance.pick(['REVERSAL', 'VOID']),
      refundRequestId: `R${chance.whole(1, 8)}`,
      ...(chance.happens(0.1) ? { payCode: '280000000000000001' } : {}),
      ...(chance.happens(0.2)
        ? { storeAndForward: { takenAt: '2026-03-09T09:00:00Z', tillSequence: 1 } }
        : {}),
      ...(call === 'refund' ? { transactionAmount: chance.pick([400, 850, 1250]) } : {}),
    };
    const answer = world.host.serve(world.request(call, asked));
    hash.update(answer.body).update(JSON.stringify(answer.headers));
    listen(told, call, asked, fieldsOf(answer));
    checkBooks(world, told);
  }
  world.pass(7 * 86_400_000);
  checkBooks(world, told);
  const open = world.host.ledger.orders().filter(({ state }) => state === 'processing');
  expect(open.length).toBeLessThanOrEqual(world.seen.get('undecided') ?? 0);
  for (const [kind, count] of world.seen) seen.set(kind, (seen.get(kind) ?? 0) + count);
  return hash.digest('hex');
}

test('400 random conversations: the books balance and nothing told is taken back', () => {
  const seen = new Map<string, number>();
  const hashes = Array.from({ length: 400 }, (_, seed) => converse(seed, seen));
  expect(new Set(hashes).size).toBe(400);
  expect(converse(7, new Map())).toBe(hashes[7]);
  // Each thing that it can do was done, so that the checks above looked at it.
  const rare = [...Object.keys(calmMood()), ...others].filter((kind) => (seen.get(kind) ?? 0) < 5);
  expect(rare).toEqual([]);
});

const others = [
  'payRepeated',
  'payOtherContent',
  'payOnClosedNumber',
  'codeAgainUnderNewNumber',
  'queryOfUnknownNumber',
  'tombstone',
  'undoWhileProcessing',
  'reversedCharge',
  'reversalAfterRefund',
  'voidedCharge',
  'voidAfterRefund',
  'cutOffPassed',
  'refundDone',
  'refundRepeated',
  'refundOtherContent',
  'refundAgainstTheRules',
];

test('the till believes it: signature, approval and inquiry', () => {
  const { host, request, clock } = stage();
  const order = { orderNumber: 'A1', amount_fen: 1250, openedAt_ms: 0, timeout_ms: 1000 };
  const answer = host.serve(request('pay', payment('A1'), { nonce: 'n-1' }));
  const seal = { body: answer.body, nonce: 'n-1', wall_ms: clock.now_ms };
  expect(answerSignatureFault(key, answer.headers['body-signature'], seal)).toBeNull();
  expect(answerSignatureFault(key, answer.headers['body-signature'], { ...seal, nonce: 'n-2' })).toBe(
    'badSignature',
  );
  expect(readPayAnswer(fieldsOf(answer), order)).toMatchObject({ kind: 'approved' });
  const inquiry = host.serve(request('query', { merchantOrderId: 'A1' }));
  expect(readQueryAnswer(fieldsOf(inquiry), order)).toMatchObject({ kind: 'approved' });
});

test('a copy of a pay, refused for its nonce, tells the till nothing of the first: never "declined"', () => {
  const { host, request, clock, stateOf } = stage();
  const sent = request('pay', payment('A1'), { nonce: 'n-1' });
  // Something between till and acquirer sends the same bytes again, because it lost the first answer.
  host.serve(sent);
  const answer = host.serve(sent);
  expect(stateOf('A1')?.charged_fen).toBe(1250);
  const seal = { body: answer.body, nonce: 'n-1', wall_ms: clock.now_ms };
  expect(answerSignatureFault(key, answer.headers['body-signature'], seal)).toBeNull();
  const order = { orderNumber: 'A1', amount_fen: 1250, openedAt_ms: 0, timeout_ms: 1000 };
  expect(readPayAnswer(fieldsOf(answer), order)).toEqual({ kind: 'undecided', code: 'SIGN_ERROR' });
});

test('a well signed answer about another order is not believed', () => {
  const { host, request, pay, clock } = stage();
  pay('A2');
  host.serve(request('pay', payment('A1'), { nonce: 'n-1' }));
  const answer = host.answerAbout('A2', 'n-1');
  const seal = { body: answer.body, nonce: 'n-1', wall_ms: clock.now_ms };
  expect(answerSignatureFault(key, answer.headers['body-signature'], seal)).toBeNull();
  const order = { orderNumber: 'A1', amount_fen: 1250, openedAt_ms: 0, timeout_ms: 1000 };
  expect(readPayAnswer(fieldsOf(answer), order)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
  expect(readQueryAnswer(fieldsOf(answer), order)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
});

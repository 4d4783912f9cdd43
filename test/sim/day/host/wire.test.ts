// The host's face: signatures both ways, times, refusals before anything is looked at, and any bytes at all.
import { expect, test } from 'vitest';
import { chanceFor } from '../../../month/random.ts';
import { type Call, fieldsOf, key, MORNING_ms, pathOf, payment, type Seal, signed, stage } from './caller.ts';
import type { WireAnswer } from './host.ts';
import { readStamp } from './times.ts';

const calls: Call[] = ['pay', 'present', 'close', 'query', 'voidpayment', 'refund', 'query-refund', 'echo'];
const bodySignature = /^Timestamp="(\d{14})", Signature="([A-Za-z0-9+/]{43}=)"$/;

test('the answer is signed over the nonce of its request', () => {
  const { host, request } = stage();
  const answer = host.serve(request('pay', payment('A1'), { nonce: 'n-77' }));
  const [, timestamp = '', signature] = bodySignature.exec(answer.headers['body-signature'] ?? '') ?? [];
  expect(timestamp).toBe('20260309100000');
  expect(signature).toBe(signed(`n-77${timestamp}`, answer.body, key.appKey));
  expect(answer).toMatchObject({
    status: 200,
    headers: { date: new Date(MORNING_ms).toUTCString(), 'content-type': 'application/json; charset=utf-8' },
  });
});

test('echo: the time and what it can do', () => {
  expect(stage().ask('echo')).toMatchObject({
    errCode: '00',
    serverTime: '2026-03-09T10:00:00+08:00',
    capabilities: { storeAndForward: true },
  });
});

const seals: [string, Seal, string | null][] = [
  ['299 s behind', { offset_ms: -299_000 }, null],
  ['299 s ahead', { offset_ms: 299_000 }, null],
  ['301 s behind', { offset_ms: -301_000 }, 'sign.stale'],
  ['301 s ahead', { offset_ms: 301_000 }, 'sign.stale'],
  ['another key', { appKey: Buffer.from('another') }, 'sign.wrongSignature'],
  ['another app', { appId: 'app-8' }, 'sign.unknownApp'],
];
test.each(seals)('signed %s: %s', (_name, seal, fault) => {
  const { host, request, seen } = stage();
  const answer = host.serve(request('pay', payment('A1'), seal));
  expect(fieldsOf(answer)['errCode']).toBe(fault === null ? '00' : 'SIGN_ERROR');
  expect(host.ledger.orders()).toHaveLength(fault === null ? 1 : 0);
  if (fault !== null) expect(seen.get(fault)).toBe(1);
});

test('the same bytes twice: the second is refused, whatever became of the first', () => {
  const { host, request, pass } = stage();
  const pay = request('pay', payment('A1'));
  expect(fieldsOf(host.serve(pay))['errCode']).toBe('00');
  for (const span_ms of [0, 60_000, 230_000]) {
    pass(span_ms);
    expect(fieldsOf(host.serve(pay))['errCode']).toBe('SIGN_ERROR');
  }
  expect(host.ledger.orders()).toMatchObject([{ charges: 1, submittedAt_ms: [MORNING_ms] }]);
});

test('a nonce is remembered for as long as its time can be fresh', () => {
  const { host, request, pass, ask, seen } = stage();
  pass(600_000);
  const ahead = request('echo', {}, { offset_ms: 299_000 });
  expect(fieldsOf(host.serve(ahead))['errCode']).toBe('00');
  for (let step = 0; step < 19; step += 1) {
    pass(31_000);
    ask('echo');
    expect(fieldsOf(host.serve(ahead))['errCode']).toBe('SIGN_ERROR');
  }
  expect(seen.get('sign.nonceRepeated')).toBe(19);
  pass(20_000);
  host.serve(ahead);
  expect(seen.get('sign.stale')).toBe(1);
});

test('a time that is no time is stale, not the day after', () => {
  expect(readStamp('20260303100000')).toBe(Date.UTC(2026, 2, 3, 2));
  for (const text of [
    '20260231100000',
    '20260303240000',
    '20260303106000',
    '00000000000000',
    '2026030310000',
  ])
    expect(readStamp(text)).toBeNull();
});

test('bytes changed on the way', () => {
  const { host, request } = stage();
  const good = request('pay', payment('A1'));
  const body = Buffer.from(good.body.toString().replace('1250', '1260'));
  expect(fieldsOf(host.serve({ ...good, body }))['errCode']).toBe('SIGN_ERROR');
  const { headers: _gone, ...bare } = good;
  const unsigned = host.serve({ ...bare, headers: {} });
  expect(fieldsOf(unsigned)['errCode']).toBe('SIGN_ERROR');
  expect(unsigned.headers['body-signature']).toBeUndefined();
  expect(host.ledger.orders()).toEqual([]);
});

test('another merchant, another terminal, another path', () => {
  const { host, ask, request } = stage();
  expect(ask('query', { merchantOrderId: 'A1', merchantCode: '1' })['errCode']).toBe('MERCHANT_INVALID');
  expect(ask('query', { merchantOrderId: 'A1', terminalCode: '1' })['errCode']).toBe('TERMINAL_INVALID');
  expect(host.serve({ ...request('echo', {}), path: '/v4/poslink/none' }).status).toBe(404);
});

const bad: [Call, Record<string, unknown>][] = [
  ['pay', { transactionAmount: 12.5 }],
  ['pay', { transactionAmount: '1250' }],
  ['pay', { transactionAmount: 0 }],
  ['pay', { transactionAmount: -1 }],
  ['pay', { merchantOrderId: '' }],
  ['pay', { merchantOrderId: 'A-1' }],
  ['pay', { merchantOrderId: 'A'.repeat(51) }],
  ['pay', { transactionCurrencyCode: '840' }],
  ['pay', { payMode: 'MAIN_SCAN' }],
  ['pay', { payCode: '' }],
  ['pay', { deviceType: undefined }],
  ['pay', { ip: undefined }],
  ['pay', { ip: undefined, longitude: '121.4' }],
  ['pay', { merchantRemark: { deep: [] } }],
  ['pay', { storeAndForward: { takenAt: 'yesterday', tillSequence: 1 } }],
  ['pay', { storeAndForward: { takenAt: '2026-03-09T09:00:00Z' } }],
  ['pay', { storeAndForward: null }],
  ['query', { merchantOrderId: 5 }],
  ['voidpayment', { reason: 'WHIM' }],
  ['refund', { refundRequestId: 'R1', transactionAmount: null }],
  ['refund', { transactionAmount: 5 }],
  ['query-refund', {}],
];
test.each(bad)('%s with %o is PARAM_ERROR, and nothing happened', (call, fields) => {
  const { ask, host } = stage();
  expect(ask(call, { ...payment('A1'), ...fields })['errCode']).toBe('PARAM_ERROR');
  expect(host.ledger.orders()).toEqual([]);
});

test('a place may be a longitude and a latitude', () => {
  expect(stage().pay('A1', { ip: undefined, longitude: '121.4', latitude: '31.2' })['errCode']).toBe('00');
});

test('any bytes at all: never a throw, always an answer, and no charge without a signature', () => {
  const chance = chanceFor(20_260_309, 'fuzz');
  const { host, request } = stage();
  const noise = (most: number): Buffer =>
    Buffer.from(Array.from({ length: chance.whole(0, most) }, () => chance.whole(0, 255)));
  const bent = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    for (let left = chance.whole(0, 3); left > 0; left -= 1)
      copy[chance.whole(0, copy.length - 1)] = chance.whole(0, 255);
    return copy.subarray(0, chance.happens(0.2) ? chance.whole(0, copy.length) : copy.length);
  };
  for (let round = 0; round < 4000; round += 1) {
    const call = chance.pick(calls);
    const good = request(call, payment(`A${round % 50}`));
    const authorization = chance.pick([
      noise(200).toString('latin1'),
      bent(Buffer.from(good.headers['authorization'] ?? '')).toString('latin1'),
      good.headers['authorization'] ?? '',
    ]);
    const body = chance.pick([noise(300), bent(good.body)]);
    const isWhole = authorization === good.headers['authorization'] && body.equals(good.body);
    const path = chance.happens(0.05) ? noise(20).toString('latin1') : pathOf(call);
    const before = host.ledger.entries().length;
    const answer = host.serve({ path, headers: { authorization }, body });
    expectAnswer(answer);
    if (!isWhole) expect(host.ledger.entries()).toHaveLength(before);
  }
  expect(host.ledger.entries().length).toBeGreaterThan(0);
});

test('well signed, but any content: never a throw', () => {
  const chance = chanceFor(20_260_310, 'content');
  const odd: unknown[] = [null, true, '', '\u0000', -1, 1e300, 0.1, [], {}, [[]], 'A1', '__proto__', 2 ** 53];
  const { host, request, sealed } = stage();
  for (let round = 0; round < 4000; round += 1) {
    const fields: Record<string, unknown> = payment(`A${round % 50}`);
    for (const name of [...Object.keys(fields), 'reason', 'refundRequestId', 'storeAndForward', '__proto__'])
      if (chance.happens(0.1))
        Object.defineProperty(fields, name, { value: chance.pick(odd), enumerable: true });
    expectAnswer(host.serve(request(chance.pick(calls), fields)));
  }
  const deep = `{"merchantCode":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`;
  for (const text of [deep, '', 'null', '[]', '7', '{', '{}']) {
    expectAnswer(host.serve(sealed('pay', Buffer.from(text))));
  }
});

function expectAnswer(answer: WireAnswer): void {
  expect([200, 404]).toContain(answer.status);
  expect(typeof fieldsOf(answer)['errCode']).toBe('string');
}

// When a terminal signs in, with every answer in the test's own hand.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { derive, wrap } from '../../fixtures/acquirers/gateway/wrapping.ts';
import type { CallSettings } from './call.ts';
import type { CallOutcome, CallRequest } from './message.ts';
import { type About, Sessions } from './sessions.ts';

const APP_KEY = '0123456789abcdef0123456789abcdef';
const terminal = {
  merchantCode: '898310000000001',
  terminalCode: '20260002',
  deviceType: '11',
  ip: '192.0.2.7',
};
const minute_ms = 60_000;

type Call = { settings: CallSettings; request: CallRequest; finish: (outcome: CallOutcome) => void };

let now_ms = 0;
let calls: Call[] = [];
let opened = 0;
let sessions: Sessions;

const settings: CallSettings = {
  baseUrl: 'https://acquirer.invalid',
  ca: null,
  connectTimeout_ms: 1000,
  key: { appId: 'YIMA', appKey: Buffer.from(APP_KEY) },
  nonce: () => `nonce${calls.length}`,
  wall_ms: () => now_ms,
};

beforeEach(() => {
  vi.useFakeTimers();
  [now_ms, calls, opened] = [Date.UTC(2026, 10, 28, 10), [], 0];
  sessions = new Sessions(terminal, settings, (used, request, finish) => {
    calls.push({ settings: used, request, finish });
  });
});
afterEach(() => vi.useRealTimers());

const answered = (json: unknown): CallOutcome => ({
  kind: 'answered',
  json,
  latency_ms: 1,
  serverDate_ms: null,
});
const expired = answered({ errCode: 'SESSION_EXPIRED' });
const isSignIn = ({ request }: Call) => request.path.endsWith('/sign-in');
const signIns = () => calls.filter(isSignIn);
const sent = () => calls.filter((call) => !isSignIn(call));
const idsOf = () => sent().map((call) => call.settings.key.appId);

/** Answers the newest sign-in: a session that ends `after_ms` from now. */
function open(after_ms = 24 * 60 * minute_ms): void {
  const signIn = signIns().at(-1);
  const id = `S-000000${(opened += 1)}`;
  const key = derive(APP_KEY, signIn?.settings.nonce() ?? '', 'session-key');
  signIn?.finish(
    answered({
      errCode: '00',
      terminalCode: '20260002',
      sessionId: id,
      sessionKey: wrap(Buffer.alloc(32, opened), key, `20260002|${id}`),
      batchNo: '261128',
      expiresAt: new Date(now_ms + after_ms).toISOString(),
    }),
  );
}

function perform(timeout_ms = 10_000, about: About = {}): CallOutcome[] {
  const heard: CallOutcome[] = [];
  sessions.perform({ path: '/pay', body: {}, timeout_ms }, (outcome) => heard.push(outcome), about);
  return heard;
}
const probe = () => perform(10_000, { isProbe: true });
const refuse = (errCode: string) => signIns().at(-1)?.finish(answered({ errCode }));
const notSent = (cause: string) => [expect.objectContaining({ kind: 'notSent', cause })];
const doubt = (cause: string) => [{ kind: 'unbelievable', cause, serverDate_ms: null }];

it('sends nothing before the sign-in is answered, then everything that waited, with the session’s key', () => {
  const heard = [perform(), perform(), perform()];
  expect([signIns().length, sent().length]).toEqual([1, 0]);
  expect(signIns()[0]?.settings.key).toBe(settings.key);
  open();
  expect(idsOf()).toEqual(['S-0000001', 'S-0000001', 'S-0000001']);
  expect(sent()[0]?.settings.terminalKey).toBe(settings.key);
  for (const call of sent()) call.finish(answered({ errCode: '00' }));
  expect(heard).toEqual(heard.map(() => [answered({ errCode: '00' })]));
});

it('a session serves until a minute before its end', () => {
  perform();
  open(10 * minute_ms);
  now_ms += 9 * minute_ms - 1;
  perform();
  expect(idsOf()).toEqual(['S-0000001', 'S-0000001']);
  now_ms += 1;
  perform();
  expect(signIns()).toHaveLength(2);
  open();
  expect(idsOf()).toEqual(['S-0000001', 'S-0000001', 'S-0000002']);
});

it('one that ends within a minute of its beginning serves those who waited for it', () => {
  const [first, second] = [perform(), perform()];
  open(1000);
  for (const call of sent()) call.finish(answered({ errCode: '00' }));
  expect([first, second, signIns().length]).toEqual([
    [answered({ errCode: '00' })],
    [answered({ errCode: '00' })],
    1,
  ]);
});

it('what is said to be over late, when another session stands, takes that one', () => {
  perform();
  perform();
  open();
  const [early, late] = sent();
  early?.finish(expired);
  open();
  late?.finish(expired);
  expect(signIns()).toHaveLength(2);
  expect(idsOf()).toEqual(['S-0000001', 'S-0000001', 'S-0000002', 'S-0000002']);
});

it('is tried twice and no more', () => {
  const heard = perform();
  open();
  sent()[0]?.finish(expired);
  open();
  sent()[1]?.finish(expired);
  expect([heard, sent().length]).toEqual([[expired], 2]);
  // The second one is over as well: the next call begins anew.
  perform();
  expect(signIns()).toHaveLength(3);
});

it('all of it is within the time of the call', () => {
  const heard = perform(10_000);
  vi.advanceTimersByTime(3000);
  open();
  expect(sent()[0]?.request.timeout_ms).toBe(7000);
  vi.advanceTimersByTime(4000);
  sent()[0]?.finish(expired);
  vi.advanceTimersByTime(900);
  open();
  expect(sent()[1]?.request.timeout_ms).toBe(2100);
  sent()[1]?.finish({ kind: 'noAnswer', cause: 'TIMED_OUT' });
  expect(heard).toEqual([{ kind: 'noAnswer', cause: 'TIMED_OUT' }]);
});

it('who can wait no longer is told so once, and the sign-in that comes after is not lost', () => {
  const [short, long] = [perform(1000), perform(10_000)];
  vi.advanceTimersByTime(499);
  expect([short, long]).toEqual([[], []]);
  vi.advanceTimersByTime(1);
  expect([short, long]).toEqual([[{ kind: 'notSent', cause: 'SIGN_IN_TIMED_OUT' }], []]);
  open();
  expect(sent()).toHaveLength(1);
  vi.advanceTimersByTime(20_000);
  expect(short).toHaveLength(1);
  perform();
  expect([signIns().length, sent().length]).toEqual([1, 2]);
});

it('a failed sign-in fails all that waited, and the next call tries again', () => {
  const heard = [perform(), perform()];
  signIns()[0]?.finish({ kind: 'notSent', cause: 'ENOTFOUND' });
  expect(heard).toEqual(heard.map(() => [{ kind: 'notSent', cause: 'ENOTFOUND' }]));
  perform();
  open();
  expect([signIns().length, idsOf()]).toEqual([2, ['S-0000001']]);
});

it('a first sending that failed otherwise is told as it is', () => {
  const outcomes: CallOutcome[] = [
    { kind: 'notSent', cause: 'ECONNREFUSED' },
    { kind: 'noAnswer', cause: 'TIMED_OUT' },
    { kind: 'unbelievable', cause: 'HTTP_503', serverDate_ms: null },
  ];
  for (const outcome of outcomes) {
    const heard = perform();
    if (signIns().length > opened) open();
    sent().at(-1)?.finish(outcome);
    expect(heard).toEqual([outcome]);
  }
  expect(signIns()).toHaveLength(1);
});

it('waits half of its time and no longer, so that whoever asked is told in time', () => {
  const heard = perform(10_000);
  vi.advanceTimersByTime(4999);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual(notSent('SIGN_IN_TIMED_OUT'));
});

it('is not sent a second time with less than two seconds left, nor with less than a fifth of a short time', () => {
  for (const [timeout_ms, passed_ms, isSent] of [
    [10_000, 8000, true],
    [10_000, 8001, false],
    [1000, 800, true],
    [1000, 801, false],
  ] as const) {
    const heard = perform(timeout_ms);
    if (opened === 0) open();
    const other = perform();
    sent().at(-1)?.finish(expired);
    open();
    vi.advanceTimersByTime(passed_ms);
    const before = sent().length;
    sent().at(-3)?.finish(expired);
    expect([timeout_ms, passed_ms, sent().length - before]).toEqual([timeout_ms, passed_ms, isSent ? 1 : 0]);
    expect(heard).toEqual(isSent ? [] : doubt('SESSION_EXPIRED SIGN_IN_TIMED_OUT'));
    expect(other).toEqual([]);
  }
});

it.each(['SIGN_ERROR', 'MERCHANT_INVALID', 'TERMINAL_INVALID', 'PARAM_ERROR'])(
  'a second sending refused with %s before anybody looked at the order says nothing of the first',
  (errCode) => {
    const heard = perform();
    open();
    sent()[0]?.finish(expired);
    open();
    sent()[1]?.finish(answered({ errCode }));
    expect(heard).toEqual(doubt(`SESSION_EXPIRED ${errCode}`));
  },
);

it('the only sending refused so is told as it is, and so is a decline of the order on the second', () => {
  const [first, second] = [perform(), perform()];
  open();
  sent()[0]?.finish(answered({ errCode: 'TERMINAL_INVALID' }));
  sent()[1]?.finish(expired);
  open();
  sent()[2]?.finish(answered({ errCode: 'RISK_REJECTED' }));
  expect([first, second]).toEqual([
    [answered({ errCode: 'TERMINAL_INVALID' })],
    [answered({ errCode: 'RISK_REJECTED' })],
  ]);
});

it.each(['badSignature', 'unsigned', 'HTTP_401', 'HTTP_403'])(
  '%s comes from a server that does not know the session: one sign-in for each such answer',
  (cause) => {
    perform();
    perform();
    open();
    for (const call of sent()) call.finish({ kind: 'unbelievable', cause, serverDate_ms: null });
    perform();
    open();
    perform();
    expect([signIns().length, idsOf().slice(2)]).toEqual([2, ['S-0000002', 'S-0000002']]);
  },
);

it('an order that is reversed while its payment waits for the sign-in is not sent', () => {
  const heard = [perform(10_000, { makes: 'N1' }), perform(10_000, { makes: 'N2' })];
  sessions.withdraw('N1');
  expect(heard).toEqual([notSent('WITHDRAWN'), []]);
  open();
  expect(sent()).toHaveLength(1);
  sessions.withdraw('N2');
  expect(heard[1]).toEqual([]);
});

it('nor is it sent a second time, with the reversal asked during the first or during the sign-in after it', () => {
  const [early, late] = [perform(10_000, { makes: 'N1' }), perform(10_000, { makes: 'N2' })];
  open();
  sessions.withdraw('N1');
  for (const call of sent()) call.finish(expired);
  sessions.withdraw('N2');
  open();
  expect([early, late, sent().length]).toEqual([
    doubt('SESSION_EXPIRED WITHDRAWN'),
    doubt('SESSION_EXPIRED WITHDRAWN'),
    2,
  ]);
});

it('a short session serves for three quarters of its life', () => {
  perform();
  open(40_000);
  now_ms += 29_999;
  perform();
  expect(signIns()).toHaveLength(1);
  now_ms += 1;
  perform();
  expect(signIns()).toHaveLength(2);
});

it.each([
  ['refused', () => refuse('SYSTEM_ERROR')],
  ['lost', () => signIns().at(-1)?.finish({ kind: 'noAnswer', cause: 'TIMED_OUT' })],
  ['late', () => vi.advanceTimersByTime(5000)],
])('a renewal that is %s leaves the session that lives, to its end', (_, fail) => {
  perform();
  open(10 * minute_ms);
  now_ms += 9 * minute_ms;
  const heard = perform();
  fail();
  expect([heard, idsOf()]).toEqual([[], ['S-0000001', 'S-0000001']]);
  now_ms += minute_ms;
  const after = perform();
  refuse('SYSTEM_ERROR');
  fail();
  expect([after.length, sent().length]).toEqual([1, 2]);
});

it('after a refusal the echo signs in again later each time, a minute at most; a payment at once', () => {
  probe();
  refuse('TERMINAL_INVALID');
  for (const pause_ms of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
    vi.advanceTimersByTime(pause_ms - 1);
    const before = signIns().length;
    expect(probe()).toEqual([
      { kind: 'notSent', cause: 'SIGN_IN_REFUSED TERMINAL_INVALID', refused: 'byName' },
    ]);
    expect(signIns()).toHaveLength(before);
    vi.advanceTimersByTime(1);
    probe();
    expect(signIns()).toHaveLength(before + 1);
    refuse('TERMINAL_INVALID');
  }
  perform();
  open();
  probe();
  expect(idsOf()).toEqual(['S-0000001', 'S-0000001']);
});

it('a line that is down is tried by each echo', () => {
  probe();
  signIns().at(-1)?.finish({ kind: 'notSent', cause: 'ECONNREFUSED' });
  probe();
  expect(signIns()).toHaveLength(2);
});

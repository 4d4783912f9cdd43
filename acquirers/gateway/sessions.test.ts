// When a terminal signs in, with every answer in the test's own hand.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { derive, wrap } from '../../fixtures/acquirers/gateway/wrapping.ts';
import type { CallSettings } from './call.ts';
import type { CallOutcome, CallRequest } from './message.ts';
import { Sessions } from './sessions.ts';

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

function perform(timeout_ms = 10_000): CallOutcome[] {
  const heard: CallOutcome[] = [];
  sessions.perform({ path: '/pay', body: {}, timeout_ms }, (outcome) => heard.push(outcome));
  return heard;
}

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
  vi.advanceTimersByTime(1000);
  open();
  expect(sent()[1]?.request.timeout_ms).toBe(2000);
  sent()[1]?.finish({ kind: 'noAnswer', cause: 'TIMED_OUT' });
  expect(heard).toEqual([{ kind: 'noAnswer', cause: 'TIMED_OUT' }]);
});

it('who can wait no longer is told so once, and the sign-in that comes after is not lost', () => {
  const [short, long] = [perform(500), perform(10_000)];
  vi.advanceTimersByTime(500);
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

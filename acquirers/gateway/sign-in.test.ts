// What an answer to a sign-in must say, and what of an answer in a session is believed.
import { createHmac, hash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { derive, wrap } from '../../fixtures/acquirers/gateway/wrapping.ts';
import { believe, type CallOutcome } from './message.ts';
import { readSignInAnswer, signInBody } from './sign-in.ts';
import { timestampOf } from './signature.ts';

const appKey = Buffer.from('0123456789abcdef0123456789abcdef');
const request = { terminalCode: '20260002', nonce: '00112233445566778899aabbccddeeff', appKey };
const key = Buffer.alloc(32, 7);

const wrapped = (content = key, nonce = request.nonce, owner = '20260002|S-0123456789') =>
  wrap(content, derive(appKey.toString(), nonce, 'session-key'), owner);
const answer = {
  errCode: '00',
  terminalCode: '20260002',
  sessionId: 'S-0123456789',
  sessionKey: wrapped(),
  batchNo: '261128',
  expiresAt: '2026-11-29T04:00:00+08:00',
};

describe('the answer to a sign-in', () => {
  it('opens a session until its end, in Unix milliseconds', () => {
    expect(readSignInAnswer(answer, request)).toMatchObject({
      id: 'S-0123456789',
      batchNo: '261128',
      expiresAt_ms: Date.UTC(2026, 10, 28, 20),
    });
  });

  it('asks with the terminal and nothing secret', () => {
    const body = signInBody({ merchantCode: '898310000000001', terminalCode: '20260002' });
    expect(body).toEqual({ merchantCode: '898310000000001', terminalCode: '20260002' });
  });

  it('shows the key to nobody who prints the session', () => {
    const session = readSignInAnswer(answer, request);
    const shown = inspect(session, { depth: 9 }) + JSON.stringify(session);
    expect(shown).not.toContain(key.toString('hex'));
    expect(shown).not.toContain(key.toString('base64'));
    expect(shown).not.toContain('07 07');
    expect(shown).not.toContain('7,7');
  });

  it.each([
    [{ ...answer, errCode: undefined }, 'SIGN_IN_UNREADABLE NO_ERRCODE'],
    [null, 'SIGN_IN_UNREADABLE NO_ERRCODE'],
    [{ ...answer, terminalCode: '20260003' }, 'SIGN_IN_MISMATCH'],
    [{ ...answer, sessionId: 'S-0123456788' }, 'SIGN_IN_KEY_WRAPPED_WRONGLY'],
    [{ ...answer, sessionKey: wrapped(key, 'other') }, 'SIGN_IN_KEY_WRAPPED_WRONGLY'],
    [
      { ...answer, sessionKey: wrapped(key, request.nonce, '20260003|S-0123456789') },
      'SIGN_IN_KEY_WRAPPED_WRONGLY',
    ],
    [{ ...answer, sessionKey: wrapped(Buffer.alloc(31, 7)) }, 'SIGN_IN_KEY_WRAPPED_WRONGLY'],
    [{ ...answer, sessionKey: '' }, 'SIGN_IN_KEY_WRAPPED_WRONGLY'],
    [{ ...answer, sessionKey: '?' }, 'SIGN_IN_UNREADABLE sessionKey'],
    [{ ...answer, sessionId: 'a"b, Nonce=' }, 'SIGN_IN_UNREADABLE sessionId'],
    [{ ...answer, expiresAt: '2026-11-29T04:00:00' }, 'SIGN_IN_UNREADABLE expiresAt'],
    [{ ...answer, batchNo: 261128 }, 'SIGN_IN_UNREADABLE batchNo'],
  ])('%j opens none: %s', (said, cause) => {
    expect(readSignInAnswer(said, request)).toEqual({ cause });
  });
});

describe('a refusal', () => {
  it.each([
    ['MERCHANT_INVALID', 'byName'],
    ['TERMINAL_INVALID', 'byName'],
    ['PARAM_ERROR', 'byName'],
    ['NOT_SUPPORTED', 'byName'],
    // A copy of the request gets it too, and a clock that is wrong once.
    ['SIGN_ERROR', 'now'],
    ['SYSTEM_ERROR', 'now'],
  ])('%s is one %s', (errCode, refused) => {
    const cause = `SIGN_IN_REFUSED ${errCode}`;
    expect(readSignInAnswer({ ...answer, errCode }, request)).toEqual({ cause, refused });
  });
});

it('nothing of the key is left in memory but the key object', () => {
  const seen: Buffer[] = [];
  const spy = vi.spyOn(Buffer, 'concat').mockImplementation((parts) => {
    const whole = Buffer.from(parts.flatMap((part) => [...part]));
    seen.push(whole, ...parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.length)));
    return whole;
  });
  const session = readSignInAnswer(answer, request);
  spy.mockRestore();
  expect('key' in session && session.key.export()).toEqual(key);
  expect(seen.some(({ length }) => length === 32)).toBe(true);
  for (const bytes of seen) expect(bytes).toEqual(Buffer.alloc(bytes.length));
});

describe('an answer in a session', () => {
  const wall_ms = Date.UTC(2026, 10, 28, 10);
  const signing = {
    key: { appId: 'S-0123456789', appKey: key },
    terminalKey: { appId: 'YIMA', appKey },
    nonce: () => request.nonce,
    wall_ms: () => wall_ms,
  };

  function told(said: unknown, by: Buffer, nonce = request.nonce): CallOutcome {
    const body = Buffer.from(JSON.stringify(said));
    const at = timestampOf(wall_ms);
    const signature = createHmac('sha256', by)
      .update(`${nonce}${at}${hash('sha256', body)}`)
      .digest('base64');
    const headers = { 'body-signature': `Timestamp="${at}", Signature="${signature}"` };
    return believe(signing, { status: 200, headers, body }, request.nonce, 1);
  }

  it.each([
    ['approved, by the session', { errCode: '00' }, key, 'answered'],
    ['expired, by the session', { errCode: 'SESSION_EXPIRED' }, key, 'answered'],
    ['expired, by the terminal', { errCode: 'SESSION_EXPIRED' }, appKey, 'answered'],
    ['approved, by the terminal', { errCode: '00' }, appKey, 'unbelievable'],
    ['declined, by the terminal', { errCode: 'BALANCE_NOT_ENOUGH' }, appKey, 'unbelievable'],
    ['expired, by nobody we know', { errCode: 'SESSION_EXPIRED' }, Buffer.alloc(32), 'unbelievable'],
    ['a list, by the terminal', ['SESSION_EXPIRED'], appKey, 'unbelievable'],
    ['null, by the terminal', null, appKey, 'unbelievable'],
  ])('%s', (_, said, by, kind) => {
    expect(told(said, by).kind).toBe(kind);
  });

  it('is for its own request only', () => {
    expect(told({ errCode: 'SESSION_EXPIRED' }, appKey, 'another').kind).toBe('unbelievable');
  });
});

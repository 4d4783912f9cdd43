import { expect, it } from 'vitest';
import { causeKind } from './cause.ts';

it.each([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['TimeoutError', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['HTTP_502', 'server'],
  ['BAD_SIGNATURE', 'untrusted'],
  ['SIGN_IN_REFUSED TERMINAL_INVALID', 'signInRefused'],
  ['SESSION_EXPIRED SIGN_IN_REFUSED SYSTEM_ERROR', 'signInRefused'],
  ['SIGN_IN_TIMED_OUT', 'signInLate'],
  ['SIGN_IN_UNREADABLE badSignature', 'signInUnreadable'],
  ['SIGN_IN_UNREADABLE HTTP_503', 'signInUnreadable'],
  ['SIGN_IN_KEY_WRAPPED_WRONGLY', 'signInUnreadable'],
  ['SIGN_IN_MISMATCH', 'signInUnreadable'],
  ['SOMETHING_NEW', null],
])('%s reads as %s', (cause, kind) => {
  expect(causeKind(cause)).toBe(kind);
});

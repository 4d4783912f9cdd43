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
  ['SOMETHING_NEW', null],
])('%s reads as %s', (cause, kind) => {
  expect(causeKind(cause)).toBe(kind);
});

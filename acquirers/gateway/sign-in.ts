// The sign-in: its request, and what its answer must say before a session stands. Pure. Source: docs/gateway-protocol.md, "Session and batch".
import { createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { envelope, type TerminalFacts } from './codec.ts';
import { isConfigurationRefusal } from './codes.ts';
import { derivedKey, ownerOf, type Secret, unwrap } from './wrapping.ts';

export const SIGN_IN_path = '/v4/poslink/terminal/sign-in';

/** `key` is never a text and never a buffer, so that no log and no error can show it. */
export type Session = { id: string; key: KeyObject; batchNo: string; expiresAt_ms: number };

/** `refused`: by the acquirer, in an answer that is believed; `byName`: this terminal or its configuration, till somebody mends it. */
export type SignInResult = Session | { cause: string; refused?: 'byName' | 'now' };

type Party = Pick<TerminalFacts, 'merchantCode' | 'terminalCode'>;

export function signInBody({ merchantCode, terminalCode }: Party): Record<string, unknown> {
  return { merchantCode, terminalCode };
}

const opened = z.object({
  terminalCode: z.string(),
  sessionId: z.string().regex(/^[0-9A-Za-z_-]{8,64}$/),
  sessionKey: z.base64().max(256),
  batchNo: z.string().regex(/^[0-9A-Za-z]{1,32}$/),
  expiresAt: z.iso.datetime({ offset: true }),
});

const SESSION_KEY_bytes = 32;

/** `json`: of an answer signed by the terminal's key. `nonce`: of the request. A cause never holds anything of a key. */
export function readSignInAnswer(
  json: unknown,
  request: { terminalCode: string; nonce: string; appKey: Secret },
): SignInResult {
  const head = envelope.safeParse(json);
  if (!head.success) return { cause: 'SIGN_IN_UNREADABLE NO_ERRCODE' };
  const { errCode } = head.data;
  if (errCode !== '00')
    return {
      cause: `SIGN_IN_REFUSED ${errCode}`,
      refused: isConfigurationRefusal(errCode) ? 'byName' : 'now',
    };
  const found = opened.safeParse(json);
  if (!found.success) return { cause: `SIGN_IN_UNREADABLE ${found.error.issues[0]?.path.join('.') ?? ''}` };
  const { terminalCode, sessionId: id, sessionKey, batchNo, expiresAt } = found.data;
  if (terminalCode !== request.terminalCode) return { cause: 'SIGN_IN_MISMATCH' };
  const wrappingKey = derivedKey(request.appKey, request.nonce, 'session-key');
  const key = unwrap(sessionKey, wrappingKey, ownerOf(terminalCode, id));
  if (key?.length !== SESSION_KEY_bytes) return { cause: 'SIGN_IN_KEY_WRAPPED_WRONGLY' };
  const secret = createSecretKey(key);
  key.fill(0);
  return { id, key: secret, batchNo, expiresAt_ms: Date.parse(expiresAt) };
}

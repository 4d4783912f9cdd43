// One call as bytes: what is sent and signed, and whether what came back can be believed. Pure.
import { causeOf, type Received, serverDateOf } from '../transport/https.ts';
import { answerSignatureFault, authorizationHeader, type SigningKey } from './signature.ts';

/** `limit_bytes`: of the answer, where it may be longer than an answer to a payment. */
export type CallRequest = {
  path: string;
  body: Record<string, unknown>;
  timeout_ms: number;
  limit_bytes?: number;
};

export type CallOutcome =
  | { kind: 'answered'; json: unknown; latency_ms: number; serverDate_ms: number | null }
  /** The answer can't be believed: HTTP status, signature, content. */
  | { kind: 'unbelievable'; cause: string; serverDate_ms: number | null }
  | { kind: 'noAnswer'; cause: string }
  /** `refused`: its sign-in was, in an answer that is believed. */
  | { kind: 'notSent'; cause: string; refused?: 'byName' | 'now' };

/**
 * `wall_ms`: the time that a signature carries. `terminalKey`: where `key` is a session's, the one that a server which does not know the
 * session any more says so with.
 */
export type Signing = {
  key: SigningKey;
  terminalKey?: SigningKey;
  nonce: () => string;
  wall_ms: () => number;
};

export type Prepared = {
  nonce: string;
  headers: { 'content-type': string; authorization: string };
  body: Buffer;
};

export function prepare(signing: Signing, request: CallRequest): Prepared {
  const nonce = signing.nonce();
  const body = Buffer.from(JSON.stringify(request.body), 'utf8');
  return {
    nonce,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      authorization: authorizationHeader(signing.key, body, nonce, signing.wall_ms()),
    },
    body,
  };
}

/** What the server answers to a call of a session that it does not know (any more): it has done nothing of it. */
const SESSION_EXPIRED = 'SESSION_EXPIRED';

/** The errCode of an answer that is believed; null where there is none. */
export function codeOf(outcome: CallOutcome): string | null {
  if (outcome.kind !== 'answered' || typeof outcome.json !== 'object' || outcome.json === null) return null;
  return 'errCode' in outcome.json && typeof outcome.json.errCode === 'string' ? outcome.json.errCode : null;
}

export function saysExpired(outcome: CallOutcome): boolean {
  return codeOf(outcome) === SESSION_EXPIRED;
}

export function believe(
  signing: Signing,
  received: Received,
  nonce: string,
  latency_ms: number,
): CallOutcome {
  const outcome = believeBy(signing.key, signing, received, nonce, latency_ms);
  const { terminalKey } = signing;
  if (terminalKey === undefined || outcome.kind !== 'unbelievable' || outcome.cause !== 'badSignature')
    return outcome;
  // The terminal's key says one thing in a session, that it is over: whatever else it signs was not meant for this call.
  const byTerminal = believeBy(terminalKey, signing, received, nonce, latency_ms);
  return saysExpired(byTerminal) ? byTerminal : outcome;
}

function believeBy(
  key: SigningKey,
  { wall_ms }: Signing,
  received: Received,
  nonce: string,
  latency_ms: number,
): CallOutcome {
  const serverDate_ms = serverDateOf(received);
  const unbelievable = (cause: string): CallOutcome => ({ kind: 'unbelievable', cause, serverDate_ms });
  if (received.status !== 200) return unbelievable(`HTTP_${received.status}`);
  const header = received.headers['body-signature'];
  const fault = answerSignatureFault(key, typeof header === 'string' ? header : undefined, {
    body: received.body,
    nonce,
    wall_ms: wall_ms(),
  });
  if (fault !== null) return unbelievable(fault);
  try {
    return { kind: 'answered', json: JSON.parse(received.body.toString('utf8')), latency_ms, serverDate_ms };
  } catch (error) {
    return unbelievable(`NOT_JSON ${causeOf(error)}`);
  }
}

// One call as bytes: what is sent and signed, and whether what came back can be believed. Pure.
import { causeOf, type HttpsRequest, type Received, serverDateOf } from '../transport/https.ts';
import {
  answerSignatureFault,
  authorizationHeader,
  type MerchantKey,
  type PlatformKeys,
} from './signature.ts';

/** `path` with its query; `body` null for GET. */
export type CallRequest = { path: string; body: Record<string, unknown> | null; timeout_ms: number };

/** A believed answer. `json` is null when there was no body (204). */
export type Answer = { status: number; json: unknown };

export type CallOutcome =
  | { kind: 'answered'; answer: Answer; latency_ms: number; serverDate_ms: number | null }
  /** The answer can't be believed: HTTP status, signature, content. */
  | { kind: 'unbelievable'; cause: string; serverDate_ms: number | null }
  | { kind: 'noAnswer'; cause: string }
  | { kind: 'notSent'; cause: string };

export type Signing = {
  merchantKey: MerchantKey;
  platformKeys: PlatformKeys;
  /** The platform key that answers are to be signed with, named in each request; null leaves it to WeChat. */
  answerSerial: string | null;
  /** Path part of the base URL, which WeChat has none of; '' or '/prefix'. */
  prefix: string;
  nonce: () => string;
  /** The time that a signature carries. */
  wall_ms: () => number;
};

export function prepare(signing: Signing, request: CallRequest): HttpsRequest {
  const method = request.body === null ? 'GET' : 'POST';
  const body = request.body === null ? '' : JSON.stringify(request.body);
  const signed = { method, path: `${signing.prefix}${request.path}`, body } as const;
  return {
    method,
    path: request.path,
    headers: {
      accept: 'application/json',
      authorization: authorizationHeader(signing.merchantKey, signed, signing.nonce(), signing.wall_ms()),
      // the merchant documentation asks for it; requests without are refused
      'user-agent': 'Yima',
      ...(request.body !== null && { 'content-type': 'application/json; charset=utf-8' }),
      ...(signing.answerSerial !== null && { 'wechatpay-serial': signing.answerSerial }),
    },
    body: request.body === null ? null : Buffer.from(body, 'utf8'),
    timeout_ms: request.timeout_ms,
  };
}

/** 2xx and 4xx with a good signature are read; 5xx proves nothing, whoever signed it, and so does all else. */
export function believe(signing: Signing, received: Received, latency_ms: number): CallOutcome {
  const serverDate_ms = serverDateOf(received);
  const { status, headers, body } = received;
  const unbelievable = (cause: string): CallOutcome => ({ kind: 'unbelievable', cause, serverDate_ms });
  const isReadable = (status >= 200 && status < 300) || (status >= 400 && status < 500);
  if (!isReadable) return unbelievable(`HTTP_${status}`);
  const fault = answerSignatureFault(signing.platformKeys, headers, { body, wall_ms: signing.wall_ms() });
  if (fault === 'unsigned' && status >= 400) return unbelievable(`HTTP_${status} unsigned`);
  if (fault !== null) return unbelievable(fault);
  if (body.length === 0)
    return { kind: 'answered', answer: { status, json: null }, latency_ms, serverDate_ms };
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return { kind: 'answered', answer: { status, json }, latency_ms, serverDate_ms };
  } catch (error) {
    return unbelievable(`NOT_JSON ${causeOf(error)}`);
  }
}

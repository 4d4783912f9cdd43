// One call as bytes: what is sent and signed, and whether what came back can be believed. Pure.
import { z } from 'zod';
import { causeOf, type Received, serverDateOf } from '../transport/https.ts';
import { memberTexts } from './scanner.ts';
import {
  isSignedByOne,
  type Keys,
  type Parameters,
  type Signer,
  signatureOf,
  signersNamed,
} from './signature.ts';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

/** `content` becomes `biz_content`. `notifyUrl`: where Alipay tells what becomes of the order, besides to who asks. */
export type CallRequest = {
  method: string;
  content: Record<string, unknown>;
  timeout_ms: number;
  notifyUrl?: string | undefined;
};

export type CallOutcome =
  /** `json`: the verified `alipay_..._response`. */
  | { kind: 'answered'; json: unknown; latency_ms: number; serverDate_ms: number | null }
  /** The answer can't be believed: HTTP status, signature, content. */
  | { kind: 'unbelievable'; cause: string; serverDate_ms: number | null }
  | { kind: 'noAnswer'; cause: string }
  | { kind: 'notSent'; cause: string };

/** `wall_ms`: the time that a request carries. */
export type Signing = { keys: Keys; wall_ms: () => number };

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai (no daylight saving time since 1991). */
export function timestampOf(wall_ms: number): string {
  return new Date(wall_ms + SHANGHAI_OFFSET_ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** `query` with its question mark; the body is a form of `biz_content` alone, as alipay-sdk sends it. */
export type Prepared = { query: string; headers: Record<string, string>; body: Buffer };

export function prepare({ keys, wall_ms }: Signing, request: CallRequest): Prepared {
  const common: Parameters = {
    app_id: keys.appId,
    method: request.method,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: timestampOf(wall_ms()),
    version: '1.0',
    ...(request.notifyUrl === undefined ? {} : { notify_url: request.notifyUrl }),
    ...(keys.serials === null
      ? {}
      : { app_cert_sn: keys.serials.app, alipay_root_cert_sn: keys.serials.root }),
  };
  const biz_content = JSON.stringify(request.content);
  const sign = signatureOf(keys.privateKey, { ...common, biz_content });
  return {
    query: `?${new URLSearchParams({ ...common, sign }).toString()}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from(new URLSearchParams({ biz_content }).toString(), 'utf8'),
  };
}

/** The member of the answer that holds what a method says, and that its signature covers. */
export function responseName(method: string): string {
  return `${method.replaceAll('.', '_')}_response`;
}

export function believe(
  { keys }: Signing,
  request: CallRequest,
  received: Received,
  latency_ms: number,
): CallOutcome {
  const serverDate_ms = serverDateOf(received);
  const unbelievable = (cause: string): CallOutcome => ({ kind: 'unbelievable', cause, serverDate_ms });
  if (received.status !== 200) return unbelievable(`HTTP_${received.status}`);
  const text = textOf(received.body);
  const members = text === null ? null : memberTexts(text);
  if (members === null) return unbelievable('NOT_JSON');
  const said = members.get(responseName(request.method));
  if (said === undefined) return unbelievable(`NO_RESPONSE${hintOf(members.get('error_response'))}`);
  const sign = plainString(members.get('sign'));
  // Alipay leaves some refusals of the gateway itself unsigned (no such app): they are hints for people, and no proof.
  if (sign === null) return unbelievable(`UNSIGNED${hintOf(said)}`);
  const signers = signersNamed(keys, plainString(members.get('alipay_cert_sn')));
  if (signers.length === 0) return unbelievable('OTHER_CERTIFICATE');
  const signed = signedVariant(signers, said, sign);
  if (signed === null) return unbelievable('BAD_SIGNATURE');
  try {
    return { kind: 'answered', json: JSON.parse(signed), latency_ms, serverDate_ms };
  } catch (error) {
    return unbelievable(`NOT_JSON ${causeOf(error)}`);
  }
}

/** The text that the signature covers: as it came, or with `\/` for `/` (the Java SDK tries that second, too). Null: neither. */
function signedVariant(signers: readonly Signer[], said: string, sign: string): string | null {
  if (isSignedByOne(signers, said, sign)) return said;
  const unescaped = said.replaceAll('\\/', '/');
  return unescaped !== said && isSignedByOne(signers, unescaped, sign) ? unescaped : null;
}

export function textOf(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** The content of a JSON string without escapes; base64 and hex digits need none (a slash may be escaped). */
function plainString(member: string | undefined): string | null {
  const match = /^"([^"\\]*(?:\\\/[^"\\]*)*)"$/.exec(member ?? '');
  return match?.[1] === undefined || match[1] === '' ? null : match[1].replaceAll('\\/', '/');
}

const refusal = z.object({ sub_code: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/) });

/** What an answer without proof says of itself, for the diagnosis: " isv.invalid-app-id". */
function hintOf(said: string | undefined): string {
  if (said === undefined) return '';
  try {
    const found = refusal.safeParse(JSON.parse(said));
    return found.success ? ` ${found.data.sub_code}` : '';
  } catch {
    return '';
  }
}

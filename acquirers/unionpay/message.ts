// One call as bytes: what is sent and signed, and whether what came back can be believed. Pure.
import { type Received, serverDateOf } from '../transport/https.ts';
import { type Keys, signerKey } from './certificate.ts';
import { formOf, readFields } from './form.ts';
import { type Fields, isSignedBy, signatureOf } from './signature.ts';

/** `fields`: what this call alone says. */
export type CallRequest = { path: '/backTransReq.do' | '/queryTrans.do'; fields: Fields; timeout_ms: number };

export type CallOutcome =
  /** `fields`: verified. */
  | { kind: 'answered'; fields: Fields; latency_ms: number; serverDate_ms: number | null }
  /** The answer can't be believed: HTTP status, form, certificate, signature. */
  | { kind: 'unbelievable'; cause: string; serverDate_ms: number | null }
  | { kind: 'noAnswer'; cause: string }
  | { kind: 'notSent'; cause: string };

/** `wall_ms`: the time at which an answer's certificate must be valid. */
export type Signing = { keys: Keys; merchantId: string; wall_ms: () => number };

const VERSION = '5.1.0';
/** RSA. */
const SIGN_METHOD = '01';

export function signedFields({ keys, merchantId }: Omit<Signing, 'wall_ms'>, fields: Fields): Fields {
  const whole = {
    version: VERSION,
    encoding: 'UTF-8',
    signMethod: SIGN_METHOD,
    certId: keys.certificateId,
    bizType: '000000',
    accessType: '0',
    merId: merchantId,
    ...fields,
  };
  return { ...whole, signature: signatureOf(keys.privateKey, whole) };
}

export function prepare(
  signing: Signing,
  { fields }: Pick<CallRequest, 'fields'> & Partial<CallRequest>,
): { headers: Record<string, string>; body: Buffer } {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: formOf(signedFields(signing, fields)),
  };
}

export function believe(signing: Signing, received: Received, latency_ms: number): CallOutcome {
  const serverDate_ms = serverDateOf(received);
  const unbelievable = (cause: string): CallOutcome => ({ kind: 'unbelievable', cause, serverDate_ms });
  if (received.status !== 200) return unbelievable(`HTTP_${received.status}`);
  const text = textOf(received.body);
  const fields = text === null ? null : readFields(text);
  if (fields === null) return unbelievable('NOT_FORM');
  const cause = signatureFault(signing, fields);
  if (cause !== null) return unbelievable(cause);
  return { kind: 'answered', fields, latency_ms, serverDate_ms };
}

/** Null: signed by UnionPay. An unsigned refusal is a hint for people, and no proof. */
export function signatureFault(
  { keys, wall_ms }: Omit<Signing, 'merchantId'>,
  fields: Fields,
): string | null {
  const { signature, signPubKeyCert } = fields;
  if (signature === undefined || signature === '') return `UNSIGNED${hintOf(fields)}`;
  if (fields['version'] !== VERSION || fields['signMethod'] !== SIGN_METHOD) return 'OTHER_SIGN_METHOD';
  if (!/^utf-?8$/i.test(fields['encoding'] ?? '')) return 'OTHER_ENCODING';
  const found = signerKey(keys.trust, signPubKeyCert ?? '', wall_ms());
  if (found.kind === 'refused') return found.cause;
  return isSignedBy(found.key, fields, signature) ? null : 'BAD_SIGNATURE';
}

function hintOf({ respCode }: Fields): string {
  return /^\w{2}$/.test(respCode ?? '') ? ` ${respCode}` : '';
}

export function textOf(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null; // said by its caller
  }
}

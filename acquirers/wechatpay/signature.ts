// WECHATPAY2-SHA256-RSA2048 both ways. Pure. Source: the reference page payments, 3.2; pay.weixin.qq.com "signing" pages of APIv3.
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

export const TIMESTAMP_TOLERANCE_ms = 5 * 60 * 1000;

/** `serial`: the merchant certificate's serial number, as the merchant platform shows it. */
export type MerchantKey = { merchantId: string; serial: string; key: KeyObject };

/** `serial`: a platform certificate's serial number or `PUB_KEY_ID_...`. `pem`: that certificate or public key. */
export type PlatformKey = { serial: string; pem: string };

/** By serial, in capitals. */
export type PlatformKeys = ReadonlyMap<string, KeyObject>;

/** Throws when a key can't be read or is not RSA. */
export function readPlatformKeys(keys: readonly PlatformKey[]): PlatformKeys {
  const read = keys.map(({ serial, pem }): [string, KeyObject] => {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'rsa') throw new Error(`platform key ${serial} is not RSA`);
    return [serial.toUpperCase(), key];
  });
  return new Map(read);
}

export type SignedRequest = { method: 'GET' | 'POST'; path: string; body: string };

/** `path` with its query, as it stands in the request line. */
export function requestMessage(request: SignedRequest, timestamp: string, nonce: string): string {
  return `${request.method}\n${request.path}\n${timestamp}\n${nonce}\n${request.body}\n`;
}

export function authorizationHeader(
  key: MerchantKey,
  request: SignedRequest,
  nonce: string,
  wall_ms: number,
): string {
  const timestamp = String(Math.floor(wall_ms / 1000));
  const message = Buffer.from(requestMessage(request, timestamp, nonce), 'utf8');
  const signature = sign('sha256', message, key.key).toString('base64');
  const fields = [
    `mchid="${key.merchantId}"`,
    `nonce_str="${nonce}"`,
    `timestamp="${timestamp}"`,
    `serial_no="${key.serial}"`,
    `signature="${signature}"`,
  ];
  return `WECHATPAY2-SHA256-RSA2048 ${fields.join(',')}`;
}

export type AnswerSignature = { timestamp: string; nonce: string; serial: string; signature: string };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Null unless all four headers are there, once each. */
export function answerSignatureOf(headers: Headers): AnswerSignature | null {
  const one = (name: string): string => {
    const value = headers[`wechatpay-${name}`];
    return typeof value === 'string' ? value : '';
  };
  const found = {
    timestamp: one('timestamp'),
    nonce: one('nonce'),
    serial: one('serial'),
    signature: one('signature'),
  };
  return Object.values(found).every((value) => value !== '') ? found : null;
}

export type SignatureFault = 'unsigned' | 'unknownSerial' | 'badSignature' | 'staleSignature';

/** Null when the answer is authentic and fresh, else why not. The signature binds an answer to no request: read what it says. */
export function answerSignatureFault(
  keys: PlatformKeys,
  headers: Headers,
  answer: { body: Buffer; wall_ms: number },
): SignatureFault | null {
  const found = answerSignatureOf(headers);
  if (found === null || !/^\d{1,12}$/.test(found.timestamp)) return 'unsigned';
  const key = keys.get(found.serial.toUpperCase());
  if (key === undefined) return 'unknownSerial';
  const head = Buffer.from(`${found.timestamp}\n${found.nonce}\n`, 'utf8');
  const message = Buffer.concat([head, answer.body, Buffer.from('\n')]);
  // WeChat now and then sends a wrong signature on purpose (WECHATPAY/SIGNTEST/...): no base64, and never believed
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(found.signature)) return 'badSignature';
  if (!verify('sha256', message, key, Buffer.from(found.signature, 'base64'))) return 'badSignature';
  const age_ms = Math.abs(answer.wall_ms - Number(found.timestamp) * 1000);
  return age_ms > TIMESTAMP_TOLERANCE_ms ? 'staleSignature' : null;
}

// OPEN-BODY-SIG of the gateway protocol: HMAC-SHA256 both ways, times in Asia/Shanghai. Pure.
import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

export const TIMESTAMP_TOLERANCE_ms = 5 * 60 * 1000;

/** yyyyMMddHHmmss in Asia/Shanghai (no daylight saving time since 1991). */
export function timestampOf(wall_ms: number): string {
  return new Date(wall_ms + SHANGHAI_OFFSET_ms).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

/** Milliseconds since the epoch, or null when it is no timestamp. */
export function timestampToMs(timestamp: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(timestamp);
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match;
  const wall_ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(wall_ms) ? null : wall_ms - SHANGHAI_OFFSET_ms;
}

export type SigningKey = { appId: string; appKey: Buffer | KeyObject };

export function authorizationHeader(key: SigningKey, body: Buffer, nonce: string, wall_ms: number): string {
  const timestamp = timestampOf(wall_ms);
  const signed = `${key.appId}${timestamp}${nonce}${hash('sha256', body)}`;
  const signature = createHmac('sha256', key.appKey).update(signed).digest('base64');
  return `OPEN-BODY-SIG AppId="${key.appId}", Timestamp="${timestamp}", Nonce="${nonce}", Signature="${signature}"`;
}

/** Null when the answer is authentic and fresh, else why not. */
export function answerSignatureFault(
  key: SigningKey,
  header: string | undefined,
  answer: { body: Buffer; nonce: string; wall_ms: number },
): 'unsigned' | 'badSignature' | 'staleSignature' | null {
  const match = /^Timestamp="(\d{14})", Signature="([A-Za-z0-9+/]{43}=)"$/.exec(header ?? '');
  if (!match?.[1] || !match[2]) return 'unsigned';
  const signed = `${answer.nonce}${match[1]}${hash('sha256', answer.body)}`;
  const expected = createHmac('sha256', key.appKey).update(signed).digest();
  if (!timingSafeEqual(expected, Buffer.from(match[2], 'base64'))) return 'badSignature';
  const signedAt_ms = timestampToMs(match[1]);
  if (signedAt_ms === null || Math.abs(answer.wall_ms - signedAt_ms) > TIMESTAMP_TOLERANCE_ms)
    return 'staleSignature';
  return null;
}

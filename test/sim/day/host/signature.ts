// OPEN-BODY-SIG both ways: who signed a request, whether it is fresh, and the host's own signature under an answer.
import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { readStamp, stampOf } from './times.ts';

export type Key = { appId: string; appKey: Buffer };

const TOLERANCE_ms = 5 * 60_000;
/** A time may lie 5 minutes ahead and is good for 5 minutes after: a nonce older than that can't come back. */
const MEMORY_ms = 2 * TOLERANCE_ms;
const header =
  /^OPEN-BODY-SIG AppId="([^"]{1,64})", ?Timestamp="(\d{14})", ?Nonce="([^"]{1,64})", ?Signature="([^"]{44})"$/;

export type Fault = 'unsigned' | 'unknownApp' | 'wrongSignature' | 'stale' | 'nonceRepeated';
/** `nonce` null: nothing to sign an answer over. */
export type Seal = { nonce: string | null; fault: Fault | null };

export class Seals {
  readonly #appId: string;
  readonly #secret: KeyObject;
  readonly #now_ms: () => number;
  /** Two generations, so that forgetting costs nothing. */
  #nonces = new Set<string>();
  #olderNonces = new Set<string>();
  #since_ms: number;

  constructor(key: Key, now_ms: () => number) {
    this.#appId = key.appId;
    this.#secret = createSecretKey(key.appKey);
    this.#now_ms = now_ms;
    this.#since_ms = now_ms();
  }

  check(authorization: string | undefined, body: Buffer): Seal {
    const [, appId = '', timestamp = '', nonce = '', signature = ''] = header.exec(authorization ?? '') ?? [];
    if (signature === '') return { nonce: null, fault: 'unsigned' };
    if (appId !== this.#appId) return { nonce: null, fault: 'unknownApp' };
    const wanted = this.#sign(appId + timestamp + nonce, body);
    if (!timingSafeEqual(Buffer.from(wanted), Buffer.from(signature, 'latin1')))
      return { nonce, fault: 'wrongSignature' };
    const at_ms = readStamp(timestamp);
    const now_ms = this.#now_ms();
    if (at_ms === null || Math.abs(now_ms - at_ms) > TOLERANCE_ms) return { nonce, fault: 'stale' };
    return { nonce, fault: this.#isNew(nonce, now_ms) ? null : 'nonceRepeated' };
  }

  /** The header `Body-Signature`. */
  answerHeader(nonce: string, body: Buffer): string {
    const timestamp = stampOf(this.#now_ms());
    return `Timestamp="${timestamp}", Signature="${this.#sign(nonce + timestamp, body)}"`;
  }

  #sign(text: string, body: Buffer): string {
    const signed = text + hash('sha256', body, 'hex');
    return createHmac('sha256', this.#secret).update(signed).digest('base64');
  }

  #isNew(nonce: string, now_ms: number): boolean {
    if (Math.abs(now_ms - this.#since_ms) > MEMORY_ms) {
      this.#olderNonces = this.#nonces;
      this.#nonces = new Set();
      this.#since_ms = now_ms;
    }
    if (this.#nonces.has(nonce) || this.#olderNonces.has(nonce)) return false;
    this.#nonces.add(nonce);
    return true;
  }
}

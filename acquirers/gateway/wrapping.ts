// Keys that come over the wire: each is wrapped under a key that only one exchange has. Pure. Source: docs/gateway-protocol.md, "Session and batch".
import { createDecipheriv, hkdfSync, type KeyObject } from 'node:crypto';

export type Secret = Buffer | KeyObject;

const KEY_bytes = 32;
const IV_bytes = 12;
const TAG_bytes = 16;

/** What a derived key is for: no two uses share one. */
export type KeyUse = 'session-key' | 'app-key' | 'activation-signature';

/** HKDF-SHA256; `salt` is the nonce of the request, empty for a key that outlives one. */
export function derivedKey(secret: Secret, salt: string, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt), `poslink ${use}`, KEY_bytes));
}

/** To whom a wrapped key belongs: it opens for nobody else. `name`: the session id, or the app id. */
export function ownerOf(terminalCode: string, name: string): Buffer {
  return Buffer.from(`${terminalCode}|${name}`);
}

/** Null when it was not wrapped under that key for that owner, or changed on the way. */
export function unwrap(wrapped: string, key: Buffer, owner: Buffer): Buffer | null {
  const bytes = Buffer.from(wrapped, 'base64');
  if (bytes.length <= IV_bytes + TAG_bytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_bytes), {
    authTagLength: TAG_bytes,
  });
  decipher.setAAD(owner).setAuthTag(bytes.subarray(-TAG_bytes));
  const opened = decipher.update(bytes.subarray(IV_bytes, -TAG_bytes));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return null; // GCM says no: the tag is of another key, another owner or other bytes.
  } finally {
    opened.fill(0);
  }
}

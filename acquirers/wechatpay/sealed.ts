// AEAD_AES_256_GCM of notifications and downloaded certificates. Pure. Source: the reference page payments, 3.2.
import { createDecipheriv } from 'node:crypto';

const TAG_bytes = 16;
/** Of this algorithm (RFC 5116); OpenSSL takes others, and throws at very long ones. */
const NONCE_bytes = 12;

/** `nonce` and `associatedData` as they stand in the message, `ciphertext` in base64 with the tag as its last 16 bytes. */
export type Sealed = { nonce: string; associatedData: string; ciphertext: string };

/** `apiV3Key`: 32 bytes. Null when the message was not sealed with that key, or was changed since. */
export function openSealed(apiV3Key: Buffer, { nonce, associatedData, ciphertext }: Sealed): Buffer | null {
  if (apiV3Key.length !== 32) throw new Error('the APIv3 key has 32 bytes');
  const bytes = Buffer.from(ciphertext, 'base64');
  const iv = Buffer.from(nonce, 'utf8');
  if (bytes.length < TAG_bytes || iv.length !== NONCE_bytes) return null;
  const options = { authTagLength: TAG_bytes };
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, iv, options);
  decipher.setAAD(Buffer.from(associatedData, 'utf8'));
  decipher.setAuthTag(bytes.subarray(-TAG_bytes));
  const opened = decipher.update(bytes.subarray(0, -TAG_bytes));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return null; // The tag is not that of these bytes.
  }
}

// AEAD_AES_256_GCM of notifications and downloaded certificates. Pure. Source: the reference page payments, 3.2.
import { createDecipheriv } from 'node:crypto';

const TAG_bytes = 16;

/** `nonce` and `associatedData` as they stand in the message, `ciphertext` in base64 with the tag as its last 16 bytes. */
export type Sealed = { nonce: string; associatedData: string; ciphertext: string };

/** `apiV3Key`: 32 bytes. Null when the message was not sealed with that key, or was changed since. */
export function openSealed(apiV3Key: Buffer, { nonce, associatedData, ciphertext }: Sealed): Buffer | null {
  if (apiV3Key.length !== 32) throw new Error('the APIv3 key has 32 bytes');
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length < TAG_bytes || nonce === '') return null;
  const options = { authTagLength: TAG_bytes };
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, Buffer.from(nonce, 'utf8'), options);
  decipher.setAAD(Buffer.from(associatedData, 'utf8'));
  decipher.setAuthTag(bytes.subarray(-TAG_bytes));
  const opened = decipher.update(bytes.subarray(0, -TAG_bytes));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return null; // The tag is not that of these bytes.
  }
}

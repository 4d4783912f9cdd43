// The signature of ACP 5.1.0, both ways: the fields sorted and joined, their SHA-256 in lower hex, SHA256withRSA over that hex. Pure.
// Source: payments.md 3.5 [UP1][YS]; a published request and answer are recomputed in signature.test.ts.
import { hash, type KeyObject, sign, verify } from 'node:crypto';

/** Names and values of one message, as they are before any encoding. */
export type Fields = Readonly<Record<string, string>>;

/** What `signature` covers: every other field, in the order of the names' code units. */
export function signedText(fields: Fields): string {
  return Object.keys(fields)
    .filter((name) => name !== 'signature')
    .toSorted((left, right) => (left < right ? -1 : 1))
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
}

function digestOf(fields: Fields): Buffer {
  return Buffer.from(hash('sha256', signedText(fields)), 'latin1');
}

/** Base64. */
export function signatureOf(privateKey: KeyObject, fields: Fields): string {
  return sign('sha256', digestOf(fields), privateKey).toString('base64');
}

export function isSignedBy(publicKey: KeyObject, fields: Fields, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  // One text for one signature: anything else was changed on its way.
  if (bytes.length === 0 || bytes.toString('base64') !== signature) return false;
  return verify('sha256', digestOf(fields), publicKey, bytes);
}

// What one PEM text holds: certificates or keys, several while one follows another. Pure.
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const BLOCK = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g;

/** In their order; none where the text holds none. Throws when one can't be read. */
export function certificatesIn(pem: string): X509Certificate[] {
  return (pem.match(CERTIFICATE) ?? []).map((block) => new X509Certificate(block));
}

/** Of public keys, or of the certificates that hold them. Throws when there is none, or one can't be read. */
export function publicKeysIn(pem: string): KeyObject[] {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) throw new Error('no key in the PEM text');
  return blocks.map((block) => createPublicKey(block));
}

/** The common name, else the whole name on one line. */
export function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}

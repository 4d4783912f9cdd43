// RSA2 of Alipay's OpenAPI: SHA256withRSA over the sorted parameters, and over the text of an answer. Pure.
// Source: payments.md 3.4; opendocs common/02kf5q as alipay-sdk 4.14.0 does it (`util.sign`).
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { certificateSerial, firstCertificate, rootCertificateSerial } from './certificate.ts';

/** PEM texts or keys already read. `trust`: key mode (Alipay's public key) or certificate mode. */
export type KeySettings = {
  appId: string;
  privateKey: string | KeyObject;
  trust:
    | { kind: 'publicKey'; publicKey: string | KeyObject }
    | {
        kind: 'certificate';
        appCertificate: string;
        alipayCertificate: string;
        rootCertificates: string;
      };
};

/** `serials` null: key mode. */
export type Keys = {
  appId: string;
  privateKey: KeyObject;
  alipayKey: KeyObject;
  serials: { app: string; root: string; alipay: string } | null;
};

/** Throws when a PEM text is no key, or not RSA: a mistake in the configuration. */
export function loadKeys({ appId, privateKey, trust }: KeySettings): Keys {
  const own = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  const alipayKey =
    trust.kind === 'publicKey' ? publicKeyOf(trust.publicKey) : keyIn(trust.alipayCertificate);
  for (const key of [own, alipayKey])
    if (key.asymmetricKeyType !== 'rsa') throw new Error(`RSA2 needs RSA keys, not ${key.asymmetricKeyType}`);
  if (trust.kind === 'publicKey') return { appId, privateKey: own, alipayKey, serials: null };
  const serials = {
    app: certificateSerial(trust.appCertificate),
    root: rootCertificateSerial(trust.rootCertificates),
    alipay: certificateSerial(trust.alipayCertificate),
  };
  return { appId, privateKey: own, alipayKey, serials };
}

function publicKeyOf(key: string | KeyObject): KeyObject {
  return typeof key === 'string' ? createPublicKey(key) : key;
}

function keyIn(certificate: string): KeyObject {
  return firstCertificate(certificate).publicKey;
}

export type Parameters = Readonly<Record<string, string>>;

/** What a request's `sign` covers: every parameter that says something, but `sign` itself, sorted by name. */
export function signedText(parameters: Parameters): string {
  return Object.keys(parameters)
    .filter((name) => name !== 'sign' && parameters[name] !== '')
    .toSorted((left, right) => (left < right ? -1 : 1))
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
}

export function signatureOf(privateKey: KeyObject, parameters: Parameters): string {
  return sign('sha256', Buffer.from(signedText(parameters), 'utf8'), privateKey).toString('base64');
}

export function isSignedBy(publicKey: KeyObject, text: string, signature: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false;
  return verify('sha256', Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64'));
}

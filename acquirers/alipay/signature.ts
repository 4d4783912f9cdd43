// RSA2 of Alipay's OpenAPI: SHA256withRSA over the sorted parameters, and over the text of an answer. Pure.
// Source: payments.md 3.4; opendocs common/02kf5q as alipay-sdk 4.14.0 does it (`util.sign`).
import { createPrivateKey, type KeyObject, sign, verify } from 'node:crypto';
import { publicKeysIn } from '../transport/pem.ts';
import { certificateSerial, rootCertificateSerial, serialOf, signersIn } from './certificate.ts';

/** PEM texts or keys already read. `trust`: key mode (Alipay's public keys) or certificate mode; several in one text for a change. */
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

/** Who may have signed an answer. `serial` null: key mode, where an answer names no key. */
export type Signer = { serial: string | null; key: KeyObject };

/** `serials`: what a request says of certificates; null: key mode. */
export type Keys = {
  appId: string;
  privateKey: KeyObject;
  signers: readonly Signer[];
  serials: { app: string; root: string } | null;
};

/** Throws when a PEM text is no key, or not RSA, or no certificate of Alipay's: a mistake in the configuration. */
export function loadKeys({ appId, privateKey, trust }: KeySettings): Keys {
  const own = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  const signers = signersOf(trust);
  for (const key of [own, ...signers.map((signer) => signer.key)])
    if (key.asymmetricKeyType !== 'rsa') throw new Error(`RSA2 needs RSA keys, not ${key.asymmetricKeyType}`);
  if (trust.kind === 'publicKey') return { appId, privateKey: own, signers, serials: null };
  const serials = {
    app: certificateSerial(trust.appCertificate),
    root: rootCertificateSerial(trust.rootCertificates),
  };
  return { appId, privateKey: own, signers, serials };
}

function signersOf(trust: KeySettings['trust']): Signer[] {
  if (trust.kind === 'certificate')
    return signersIn(trust.alipayCertificate, trust.rootCertificates).map((one) => ({
      serial: serialOf(one),
      key: one.publicKey,
    }));
  const { publicKey } = trust;
  const keys = typeof publicKey === 'string' ? publicKeysIn(publicKey) : [publicKey];
  return keys.map((key) => ({ serial: null, key }));
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

/** The signers that can have signed: in certificate mode the one that is named. */
export function signersNamed({ signers, serials }: Pick<Keys, 'signers' | 'serials'>, serial: string | null) {
  return serials === null ? signers : signers.filter((signer) => signer.serial === serial);
}

export function isSignedByOne(signers: readonly Signer[], text: string, signature: string): boolean {
  return signers.some(({ key }) => isSignedBy(key, text, signature));
}

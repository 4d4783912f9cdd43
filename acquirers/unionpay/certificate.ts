// Our certificate's number, and whether the certificate that an answer carries is UnionPay's: its chain to a configured root over
// configured intermediates, its days, and who it was made out to. Source: the SDK's CertUtil, as public code 35306508982 keeps it.
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { certificatesIn } from '../transport/pem.ts';

/** PEM texts, or a key already read. */
export type KeySettings = {
  privateKey: string | KeyObject;
  /** Of the merchant, made out for `privateKey`. */
  certificate: string;
  roots: string;
  intermediates: string;
  /** Whom an answer's certificate must be made out to: the third part of its common name. */
  signer: string;
};

export type Trust = { roots: X509Certificate[]; intermediates: X509Certificate[]; signer: string };

/** `certificateId`: `certId` on the wire. */
export type Keys = { privateKey: KeyObject; certificateId: string; trust: Trust };

/** UnionPay Co. Ltd.; the SDK compares the same name. */
export const unionpaySigner = '中国银联股份有限公司';

/** The answer's certificate, at most two intermediates, the root. */
const LONGEST_CHAIN = 4;

/** Throws when `pem` holds none, or one that can't be read. */
function certificatesOf(pem: string): X509Certificate[] {
  const found = certificatesIn(pem);
  if (found.length === 0) throw new Error('no certificate in the PEM text');
  return found;
}

/** Throws for a mistake in the configuration: no key, not RSA, a certificate for another key. */
export function loadKeys(settings: KeySettings): Keys {
  const { signer } = settings;
  const privateKey =
    typeof settings.privateKey === 'string' ? createPrivateKey(settings.privateKey) : settings.privateKey;
  if (privateKey.asymmetricKeyType !== 'rsa')
    throw new Error(`UnionPay needs an RSA key, not ${privateKey.asymmetricKeyType}`);
  const certificate = certificatesOf(settings.certificate)[0];
  if (certificate?.checkPrivateKey(privateKey) !== true)
    throw new Error('the merchant certificate belongs to another key');
  const trust = {
    roots: certificatesOf(settings.roots),
    intermediates: certificatesOf(settings.intermediates),
    signer,
  };
  return { privateKey, certificateId: certificateIdOf(certificate), trust };
}

/** The serial number in decimal. */
export function certificateIdOf({ serialNumber }: X509Certificate): string {
  return BigInt(`0x${serialNumber}`).toString(10);
}

export type SignerKey = { kind: 'trusted'; key: KeyObject } | { kind: 'refused'; cause: string };

const refused = (cause: string): SignerKey => ({ kind: 'refused', cause });

/** The key of `signPubKeyCert`, where that is to be believed at this time. Never throws. */
export function signerKey(trust: Trust, pem: string, wall_ms: number): SignerKey {
  const certificate = readCertificate(pem);
  if (certificate === null) return refused('NO_CERTIFICATE');
  if (!isOfDay(certificate, wall_ms)) return refused('CERTIFICATE_EXPIRED');
  if (!isAnchored(trust, certificate, wall_ms, 1)) return refused('CERTIFICATE_CHAIN');
  if (ownerOf(certificate) !== trust.signer) return refused('OTHER_CERTIFICATE');
  const { publicKey } = certificate;
  return publicKey.asymmetricKeyType === 'rsa'
    ? { kind: 'trusted', key: publicKey }
    : refused('CERTIFICATE_NOT_RSA');
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return certificatesOf(pem)[0] ?? null;
  } catch {
    return null; // refused by its name
  }
}

function isOfDay({ validFrom, validTo }: X509Certificate, wall_ms: number): boolean {
  return Date.parse(validFrom) <= wall_ms && wall_ms <= Date.parse(validTo);
}

const isIssuedBy = (one: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey);

function isAnchored(trust: Trust, one: X509Certificate, wall_ms: number, length: number): boolean {
  if (length >= LONGEST_CHAIN) return false;
  const good = (issuer: X509Certificate): boolean => isOfDay(issuer, wall_ms) && isIssuedBy(one, issuer);
  if (trust.roots.some(good)) return true;
  return trust.intermediates.some((issuer) => good(issuer) && isAnchored(trust, issuer, wall_ms, length + 1));
}

/** `041@8310000000083040@中国银联股份有限公司@00016495` is made out to its third part; a plain name to itself. */
function ownerOf({ subject }: X509Certificate): string | null {
  const name = /^CN=(.*)$/m.exec(subject)?.[1];
  return name === undefined ? null : (name.split('@')[2] ?? name);
}

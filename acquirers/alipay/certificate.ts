// The serial numbers by which Alipay names certificates (certificate mode): MD5 over the issuer's name and the serial number.
// Source: alipay-sdk 4.14.0 `antcertutil` and the Java SDK (issuer by RFC 2253, serial in decimal); the root's number joins
// those of the SHA-RSA certificates of its bundle and leaves out the SM2 ones.
import { hash, type X509Certificate } from 'node:crypto';
import { certificatesIn, nameOf } from '../transport/pem.ts';

/** PKCS #1: rsaEncryption and the RSA signatures. */
const RSA_FAMILY = '1.2.840.113549.1.1.';

/** Node prints the issuer one part a line, in the order of the certificate; RFC 2253 wants it backwards, joined by commas. */
export function serialOf(certificate: X509Certificate): string {
  const issuer = certificate.issuer.split('\n').toReversed().join(',');
  const serial = BigInt(`0x${certificate.serialNumber}`).toString(10);
  return hash('md5', `${issuer}${serial}`);
}

/** Of the first certificate in `pem` (32 hex digits). Throws when there is none. */
export function certificateSerial(pem: string): string {
  return serialOf(firstCertificate(pem));
}

function firstCertificate(pem: string): X509Certificate {
  const first = certificatesIn(pem)[0];
  if (first === undefined) throw new Error('no certificate in the PEM text');
  return first;
}

/** `alipay_root_cert_sn` of the root bundle. Throws when it holds no RSA-signed certificate. */
export function rootCertificateSerial(pem: string): string {
  const serials = certificatesIn(pem)
    .filter(({ signatureAlgorithmOid }) => signatureAlgorithmOid.startsWith(RSA_FAMILY))
    .map(serialOf);
  if (serials.length === 0) throw new Error('no RSA certificate in the root bundle');
  return serials.join('_');
}

/**
 * The certificates that answers may be signed by, several while one follows another; the authorities between them and the root may
 * stand in the same text. No date is looked at: Alipay says which it signs with. Throws for none, and for one that isn't Alipay's.
 */
export function signersIn(pem: string, rootPem: string): X509Certificate[] {
  const given = certificatesIn(pem);
  const signers = given.filter(({ ca }) => !ca);
  if (signers.length === 0) throw new Error('no certificate that signs answers');
  const roots = certificatesIn(rootPem);
  const stranger = given.find((one) => isStranger(one, roots, given));
  if (stranger === undefined) return signers;
  throw new Error(`"${nameOf(stranger)}" was not issued under the configured root`);
}

/** One whose issuer is not at hand is taken: Alipay gives some files without the authority in between. */
function isStranger(one: X509Certificate, roots: X509Certificate[], given: X509Certificate[]): boolean {
  if (one.issuer === one.subject)
    return !roots.some(({ fingerprint256 }) => fingerprint256 === one.fingerprint256);
  const named = [...roots, ...given.filter(({ ca }) => ca)].filter(({ subject }) => subject === one.issuer);
  return named.length > 0 && !named.some((issuer) => one.checkIssued(issuer) && one.verify(issuer.publicKey));
}

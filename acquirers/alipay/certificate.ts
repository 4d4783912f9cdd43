// The serial numbers by which Alipay names certificates (certificate mode): MD5 over the issuer's name and the serial number.
// Source: alipay-sdk 4.14.0 `antcertutil` and the Java SDK (issuer by RFC 2253, serial in decimal); the root's number joins
// those of the SHA-RSA certificates of its bundle and leaves out the SM2 ones.
import { hash, X509Certificate } from 'node:crypto';

/** PKCS #1: rsaEncryption and the RSA signatures. */
const RSA_FAMILY = '1.2.840.113549.1.1.';

/** Node prints the issuer one part a line, in the order of the certificate; RFC 2253 wants it backwards, joined by commas. */
function serialOf(certificate: X509Certificate): string {
  const issuer = certificate.issuer.split('\n').toReversed().join(',');
  const serial = BigInt(`0x${certificate.serialNumber}`).toString(10);
  return hash('md5', `${issuer}${serial}`);
}

function certificatesOf(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

/** Of the first certificate in `pem` (32 hex digits). Throws when there is none. */
export function certificateSerial(pem: string): string {
  return serialOf(firstCertificate(pem));
}

export function firstCertificate(pem: string): X509Certificate {
  const first = certificatesOf(pem)[0];
  if (first === undefined) throw new Error('no certificate in the PEM text');
  return first;
}

/** `alipay_root_cert_sn` of the root bundle. Throws when it holds no RSA-signed certificate. */
export function rootCertificateSerial(pem: string): string {
  const serials = certificatesOf(pem)
    .filter(({ signatureAlgorithmOid }) => signatureAlgorithmOid.startsWith(RSA_FAMILY))
    .map(serialOf);
  if (serials.length === 0) throw new Error('no RSA certificate in the root bundle');
  return serials.join('_');
}

// Files of a route that are good each and do not belong together: a key and the certificate that was made out for another.
import { createPrivateKey, createPublicKey, type X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { signersIn } from '../acquirers/alipay/certificate.ts';
import { certificatesIn, publicKeysIn } from '../acquirers/transport/pem.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import { ConfigurationRefused } from './configuration.ts';

const text = (file: string): string => readFileSync(file, 'utf8');

function refuse(field: string, fault: string): never {
  throw new ConfigurationRefused('E-CFG-01', `${field}: ${fault}`);
}

/** Null where one of both can't be read: that is refused under its own key. */
function pairOf(
  keyFile: string,
  certificateFile: string,
): { certificate: X509Certificate; fits: boolean } | null {
  try {
    const [certificate] = certificatesIn(text(certificateFile));
    const key = createPrivateKey(text(keyFile));
    return certificate === undefined ? null : { certificate, fits: certificate.checkPrivateKey(key) };
  } catch {
    return null;
  }
}

/** The certificate; null where one of both can't be read. */
function assertPair(field: string, keyFile: string, certificateFile: string): X509Certificate | null {
  const pair = pairOf(keyFile, certificateFile);
  if (pair !== null && !pair.fits)
    refuse(field, `${certificateFile} was made out for another key than ${keyFile}`);
  return pair === null ? null : pair.certificate;
}

type Of<Adapter> = Extract<RouteConfiguration, { adapter: Adapter }>;

function assertWechat(
  { merchantCertificateFile: file, merchantKeyFile, merchantSerial }: Of<'wechatpay'>,
  place: string,
) {
  if (file === undefined) return;
  const serial = assertPair(`${place}.merchantCertificateFile`, merchantKeyFile, file)?.serialNumber;
  const plain = (number: string): string => number.toUpperCase().replace(/^0+/, '');
  if (serial !== undefined && plain(serial) !== plain(merchantSerial))
    refuse(`${place}.merchantSerial`, `is ${merchantSerial}, and ${file} has the serial number ${serial}`);
}

/** As far as each file's own check looks, which names it otherwise. */
function areReadable(files: readonly string[]): boolean {
  try {
    for (const file of files) createPublicKey(text(file));
    return true;
  } catch {
    return false;
  }
}

/** Every key and certificate of a bundle, not the first alone. */
function assertAlipaySigners({ keys }: Of<'alipay'>, place: string): void {
  const { kind: _kind, ...files } = keys;
  if (!areReadable(Object.values(files))) return;
  const [key, read] =
    keys.kind === 'publicKey'
      ? (['alipayPublicKeyFile', () => publicKeysIn(text(keys.alipayPublicKeyFile))] as const)
      : ([
          'alipayCertificateFile',
          () => signersIn(text(keys.alipayCertificateFile), text(keys.alipayRootCertificateFile)),
        ] as const);
  try {
    read();
  } catch (error) {
    refuse(`${place}.keys.${key}`, error instanceof Error ? error.message : String(error));
  }
}

/** @throws ConfigurationRefused naming the field. A file that can't be read at all is not looked at here. */
export function assertFilesFit(route: RouteConfiguration, place: string): void {
  switch (route.adapter) {
    case 'gateway':
      return;
    case 'wechatpay':
      return assertWechat(route, place);
    case 'alipay':
      if (route.keys.kind === 'certificate')
        assertPair(`${place}.keys.appCertificateFile`, route.merchantKeyFile, route.keys.appCertificateFile);
      return assertAlipaySigners(route, place);
    case 'unionpay':
      assertPair(`${place}.merchantCertificateFile`, route.merchantKeyFile, route.merchantCertificateFile);
  }
}

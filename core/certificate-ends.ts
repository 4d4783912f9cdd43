// When the certificates that a route names end, as far as that stops it. A bundle holds several: of those that follow one another
// the newest counts, and of authorities each has its own end.
import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { certificatesIn, nameOf } from '../acquirers/transport/pem.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { CertificateEnd } from './diagnostics/parts.ts';

/** What a file that was read before holds; a public key of its own has no end. */
const certificatesOf = (file: string): X509Certificate[] => certificatesIn(readFileSync(file, 'utf8'));

const endOf = ({ validTo }: X509Certificate): number => Date.parse(validTo);

function newestOf(name: string, certificates: readonly X509Certificate[]): CertificateEnd[] {
  if (certificates.length === 0) return [];
  return [{ name, validTo_ms: Math.max(...certificates.map(endOf)) }];
}

/** Ours: the first is the one that is used. */
function ownEnds(name: string, file: string | undefined): CertificateEnd[] {
  return file === undefined ? [] : newestOf(name, certificatesOf(file).slice(0, 1));
}

/** Theirs, by which answers are signed; an authority beside it is not asked for its date. */
function signerEnds(name: string, file: string): CertificateEnd[] {
  const all = certificatesOf(file);
  return newestOf(
    name,
    all.filter(({ ca }) => !ca),
  );
}

/** Roots and what stands between: any of them may be the one that is needed. The same name twice is a successor. */
function authorityEnds(name: string, file: string | undefined): CertificateEnd[] {
  if (file === undefined) return [];
  const all = certificatesOf(file);
  const bySubject = Map.groupBy(all, ({ subject }) => subject);
  return [...bySubject.values()].flatMap((same) => {
    const [first] = same;
    return newestOf(bySubject.size === 1 || first === undefined ? name : `${name} (${nameOf(first)})`, same);
  });
}

type Wallet<Adapter> = Extract<RouteConfiguration, { adapter: Adapter }>;

/** Several platform keys follow one another, too. */
function platformEnds({ platformKeys }: Wallet<'wechatpay'>): CertificateEnd[] {
  const ends = platformKeys.flatMap(({ file }, index) => signerEnds(`platformKeys.${index}`, file));
  return ends.toSorted((left, right) => right.validTo_ms - left.validTo_ms).slice(0, 1);
}

function alipayEnds({ keys }: Wallet<'alipay'>): CertificateEnd[] {
  if (keys.kind === 'publicKey') return [];
  return [
    ...ownEnds('appCertificateFile', keys.appCertificateFile),
    ...signerEnds('alipayCertificateFile', keys.alipayCertificateFile),
    ...authorityEnds('alipayRootCertificateFile', keys.alipayRootCertificateFile),
  ];
}

function endsOfAdapter(route: RouteConfiguration): CertificateEnd[] {
  switch (route.adapter) {
    case 'gateway':
      return [];
    case 'wechatpay':
      return [...ownEnds('merchantCertificateFile', route.merchantCertificateFile), ...platformEnds(route)];
    case 'alipay':
      return alipayEnds(route);
    case 'unionpay':
      return [
        ...ownEnds('merchantCertificateFile', route.merchantCertificateFile),
        ...authorityEnds('rootCertificateFile', route.rootCertificateFile),
        ...authorityEnds('intermediateCertificateFile', route.intermediateCertificateFile),
      ];
  }
}

/** The files were read before: what can't be read now is refused there. */
export function certificateEnds(route: RouteConfiguration): CertificateEnd[] {
  const relayCaFile = route.adapter === 'gateway' ? undefined : route.relay?.caFile;
  return [
    ...authorityEnds('caFile', route.caFile),
    ...authorityEnds('relay.caFile', relayCaFile),
    ...endsOfAdapter(route),
  ];
}

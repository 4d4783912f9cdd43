// The files that a route names, each read as the core reads it: for a check before the core does, and for the ends of certificates.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { CertificateEnd } from './diagnostics/parts.ts';
import {
  ConfigurationRefused,
  readCertificates,
  readPrivateKey,
  readPublicKey,
  readSecret,
} from './configuration.ts';

/** What a message calls it: `route` where there is but one. */
export function placeOf(routes: readonly RouteConfiguration[], route: RouteConfiguration): string {
  return routes.length === 1 ? 'route' : `routes.${routes.indexOf(route)}`;
}

type Read = () => unknown;

const API_V3_KEY_bytes = 32;

/** What opens WeChat Pay's notices. @throws ConfigurationRefused naming field and file. */
export function readApiV3Key(field: string, file: string): Buffer {
  const key = readSecret(field, file);
  if (key.length === API_V3_KEY_bytes) return key;
  throw new ConfigurationRefused(
    'E-CFG-01',
    `${field}: ${file} has ${key.length} characters instead of ${API_V3_KEY_bytes}`,
  );
}

function relayFiles(route: RouteConfiguration, place: string): Read[] {
  if (route.adapter === 'gateway' || route.relay === undefined) return [];
  const { tokenFile, caFile } = route.relay;
  const ca = caFile === undefined ? [] : [() => readCertificates(`${place}.relay.caFile`, caFile)];
  return [() => readSecret(`${place}.relay.tokenFile`, tokenFile), ...ca];
}

const unionpayCertificates = [
  'merchantCertificateFile',
  'rootCertificateFile',
  'intermediateCertificateFile',
] as const;

function keyFiles(route: RouteConfiguration, place: string): Read[] {
  switch (route.adapter) {
    case 'gateway':
      return [() => readSecret(`${place}.appKeyFile`, route.appKeyFile)];
    case 'wechatpay': {
      const { apiV3KeyFile: key } = route;
      return [
        ...(key === undefined ? [] : [() => readApiV3Key(`${place}.apiV3KeyFile`, key)]),
        () => readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
        ...route.platformKeys.map(
          ({ file }, index) =>
            () =>
              readPublicKey(`${place}.platformKeys.${index}.file`, file),
        ),
      ];
    }
    case 'alipay': {
      const files = Object.entries(route.keys).filter(([key]) => key !== 'kind');
      return [
        () => readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
        ...files.map(
          ([key, file]) =>
            () =>
              readPublicKey(`${place}.keys.${key}`, file),
        ),
      ];
    }
    case 'unionpay':
      return [
        () => readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
        ...unionpayCertificates.map((key) => () => readCertificates(`${place}.${key}`, route[key])),
      ];
  }
}

/** Each throws ConfigurationRefused, naming field and file. */
export function routeFiles(route: RouteConfiguration, place: string): Read[] {
  const { caFile } = route;
  const ca = caFile === undefined ? [] : [() => readCertificates(`${place}.caFile`, caFile)];
  return [...keyFiles(route, place), ...relayFiles(route, place), ...ca];
}

/** Files that may hold a certificate, by their keys; of a root bundle the first one counts. */
function certificateFiles(route: RouteConfiguration): [string, string][] {
  const ca: [string, string][] = route.caFile === undefined ? [] : [['caFile', route.caFile]];
  switch (route.adapter) {
    case 'gateway':
      return ca;
    case 'wechatpay':
      return [
        ...ca,
        ...route.platformKeys.map(({ file }, index): [string, string] => [`platformKeys.${index}`, file]),
      ];
    case 'alipay':
      return [...ca, ...Object.entries(route.keys).filter(([key]) => key.includes('ertificate'))];
    case 'unionpay':
      return [...ca, ...unionpayCertificates.map((key): [string, string] => [key, route[key]])];
  }
}

/** A public key of its own has no end. The files were read before: what can't be read now is refused there. */
export function certificateEnds(route: RouteConfiguration): CertificateEnd[] {
  return certificateFiles(route).flatMap(([name, file]) => {
    const pem = readFileSync(file, 'utf8');
    if (!pem.includes('BEGIN CERTIFICATE')) return [];
    return [{ name, validTo_ms: Date.parse(new X509Certificate(pem).validTo) }];
  });
}

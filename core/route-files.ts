// The files that a route names, each read as the core reads it: for a check before the core does.
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import {
  ConfigurationRefused,
  readCertificates,
  readPrivateKey,
  readPublicKey,
  readSecret,
} from './configuration.ts';
import { assertFilesFit } from './fitting-files.ts';

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
      const { apiV3KeyFile: key, merchantCertificateFile: own } = route;
      return [
        ...(key === undefined ? [] : [() => readApiV3Key(`${place}.apiV3KeyFile`, key)]),
        () => readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
        ...(own === undefined ? [] : [() => readCertificates(`${place}.merchantCertificateFile`, own)]),
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
  const fit = () => assertFilesFit(route, place);
  return [...keyFiles(route, place), ...relayFiles(route, place), ...ca, fit];
}

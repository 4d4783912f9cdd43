// The files that a route names, each read as the core reads it: for a check before the core does.
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import { readCertificates, readPrivateKey, readPublicKey, readSecret } from './configuration.ts';

/** What a message calls it: `route` where there is but one. */
export function placeOf(routes: readonly RouteConfiguration[], route: RouteConfiguration): string {
  return routes.length === 1 ? 'route' : `routes.${routes.indexOf(route)}`;
}

type Read = () => unknown;

function keyFiles(route: RouteConfiguration, place: string): Read[] {
  switch (route.adapter) {
    case 'gateway':
      return [() => readSecret(`${place}.appKeyFile`, route.appKeyFile)];
    case 'wechatpay':
      return [
        () => readPrivateKey(`${place}.merchantKeyFile`, route.merchantKeyFile),
        ...route.platformKeys.map(
          ({ file }, index) =>
            () =>
              readPublicKey(`${place}.platformKeys.${index}.file`, file),
        ),
      ];
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
  }
}

/** Each throws ConfigurationRefused, naming field and file. */
export function routeFiles(route: RouteConfiguration, place: string): Read[] {
  const { caFile } = route;
  const ca = caFile === undefined ? [] : [() => readCertificates(`${place}.caFile`, caFile)];
  return [...keyFiles(route, place), ...ca];
}

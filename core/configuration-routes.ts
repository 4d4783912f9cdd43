// What the form of a route does not say: paths against the file's own folder, patterns that are no patterns, and abilities.
import type { RouteConfiguration } from '../contract/configuration-routes.ts';

type Absolute = (path: string) => string;

/** Every file that a route names. */
export function absoluteRoute(route: RouteConfiguration, absolute: Absolute): RouteConfiguration {
  const caFile = route.caFile === undefined ? {} : { caFile: absolute(route.caFile) };
  switch (route.adapter) {
    case 'gateway':
      return { ...route, ...caFile, appKeyFile: absolute(route.appKeyFile) };
    case 'wechatpay': {
      const platformKeys = route.platformKeys.map((key) => ({ ...key, file: absolute(key.file) }));
      return { ...route, ...caFile, platformKeys, merchantKeyFile: absolute(route.merchantKeyFile) };
    }
    case 'alipay':
      return {
        ...route,
        ...caFile,
        merchantKeyFile: absolute(route.merchantKeyFile),
        keys: absoluteKeys(route.keys, absolute),
      };
    case 'unionpay':
      return {
        ...route,
        ...caFile,
        merchantKeyFile: absolute(route.merchantKeyFile),
        merchantCertificateFile: absolute(route.merchantCertificateFile),
        rootCertificateFile: absolute(route.rootCertificateFile),
        intermediateCertificateFile: absolute(route.intermediateCertificateFile),
      };
  }
}

type AlipayKeys = Extract<RouteConfiguration, { adapter: 'alipay' }>['keys'];

function absoluteKeys(keys: AlipayKeys, absolute: Absolute): AlipayKeys {
  if (keys.kind === 'publicKey') return { ...keys, alipayPublicKeyFile: absolute(keys.alipayPublicKeyFile) };
  return {
    ...keys,
    appCertificateFile: absolute(keys.appCertificateFile),
    alipayCertificateFile: absolute(keys.alipayCertificateFile),
    alipayRootCertificateFile: absolute(keys.alipayRootCertificateFile),
  };
}

/** `key`: below the route, such as `codeRules.0.pattern`. */
export function routeFaults(route: RouteConfiguration): { key: string; fault: string }[] {
  const faults: { key: string; fault: string }[] = [];
  route.codeRules.forEach(({ pattern }, index) => {
    try {
      RegExp(pattern);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      faults.push({ key: `codeRules.${index}.pattern`, fault: error.message });
    }
  });
  if (route.adapter === 'wechatpay' && route.mainScan && route.notifyUrl === undefined)
    faults.push({ key: 'mainScan', fault: 'WeChat Pay makes no code without a notifyUrl' });
  if (route.adapter !== 'gateway' && route.offline.mode === 'queue') {
    const fault = `"queue" needs an acquirer that takes deferred authorizations; ${route.adapter} wants each code while it lives: "hold" or "refuse"`;
    faults.push({ key: 'offline.mode', fault });
  }
  return faults;
}

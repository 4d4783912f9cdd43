// What the form of a route does not say: paths against the file's own folder, patterns that are no patterns, and abilities.
import type { RouteConfiguration } from '../contract/configuration-routes.ts';

type Absolute = (path: string) => string;

/** Every file that a route names. */
export function absoluteRoute(route: RouteConfiguration, absolute: Absolute): RouteConfiguration {
  const caFile = route.caFile === undefined ? {} : { caFile: absolute(route.caFile) };
  const relay = absoluteRelay(route, absolute);
  switch (route.adapter) {
    case 'gateway':
      return { ...route, ...caFile, appKeyFile: absolute(route.appKeyFile) };
    case 'wechatpay': {
      const platformKeys = route.platformKeys.map((key) => ({ ...key, file: absolute(key.file) }));
      const { apiV3KeyFile, merchantCertificateFile: own } = route;
      return {
        ...route,
        ...caFile,
        ...relay,
        ...(apiV3KeyFile !== undefined && { apiV3KeyFile: absolute(apiV3KeyFile) }),
        platformKeys,
        ...(own !== undefined && { merchantCertificateFile: absolute(own) }),
        merchantKeyFile: absolute(route.merchantKeyFile),
      };
    }
    case 'alipay':
      return {
        ...route,
        ...caFile,
        ...relay,
        merchantKeyFile: absolute(route.merchantKeyFile),
        keys: absoluteKeys(route.keys, absolute),
      };
    case 'unionpay':
      return {
        ...route,
        ...caFile,
        ...relay,
        merchantKeyFile: absolute(route.merchantKeyFile),
        merchantCertificateFile: absolute(route.merchantCertificateFile),
        rootCertificateFile: absolute(route.rootCertificateFile),
        intermediateCertificateFile: absolute(route.intermediateCertificateFile),
      };
  }
}

function absoluteRelay(route: RouteConfiguration, absolute: Absolute) {
  if (route.adapter === 'gateway' || route.relay === undefined) return {};
  const { url, tokenFile, caFile } = route.relay;
  return {
    relay: { url, tokenFile: absolute(tokenFile), ...(caFile !== undefined && { caFile: absolute(caFile) }) },
  };
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

/** Where the acquirer is told to send its notices; null: it is told none, or one where nobody listens. */
export function notifyUrlOf(route: RouteConfiguration): string | null {
  if (route.adapter === 'gateway') return null;
  if (route.adapter === 'unionpay') return route.backUrl === NOBODY ? null : route.backUrl;
  return route.notifyUrl ?? null;
}

/** Stands in UnionPay's own examples for "no notices". */
const NOBODY = 'http://www.specialUrl.com';

function relayFaults(route: RouteConfiguration): { key: string; fault: string }[] {
  if (route.adapter === 'gateway' || route.relay === undefined) return [];
  const address = route.adapter === 'unionpay' ? 'backUrl' : 'notifyUrl';
  const faults: { key: string; fault: string }[] = [];
  if (notifyUrlOf(route) === null)
    faults.push({ key: 'relay', fault: `hears nothing: the acquirer is told no ${address} of it` });
  if (route.adapter === 'wechatpay' && route.apiV3KeyFile === undefined)
    faults.push({ key: 'relay', fault: 'needs apiV3KeyFile, which opens what WeChat Pay seals' });
  return faults;
}

/** Wallets limited to a place in a shop that does not say where it is, and a route that does nothing. */
function productFaults(
  { regions, passiveScan, mainScan }: RouteConfiguration,
  region: string | null,
): { key: string; fault: string }[] {
  const faults: { key: string; fault: string }[] = [];
  if (region === null && Object.values(regions).some((where) => where !== 'all'))
    faults.push({ key: 'regions', fault: 'needs store.region, which says where the shop is' });
  if (!passiveScan && !mainScan)
    faults.push({ key: 'passiveScan', fault: 'without mainScan too the route takes no payment at all' });
  return faults;
}

/** Only a gateway tells in its echo that it recognises codes by itself; a wallet knows its own and no other. */
function detectionFaults({ adapter, detects, passiveScan }: RouteConfiguration) {
  if (!detects) return [];
  if (adapter !== 'gateway') {
    const fault = `needs an acquirer that recognises codes by itself; ${adapter} takes its own codes only`;
    return [{ key: 'detects', fault }];
  }
  return passiveScan
    ? []
    : [{ key: 'detects', fault: 'needs passiveScan: the route takes no payment codes' }];
}

/** `key`: below the route, such as `codeRules.0.pattern`. */
export function routeFaults(
  route: RouteConfiguration,
  region: string | null,
): { key: string; fault: string }[] {
  const faults = [...relayFaults(route), ...productFaults(route, region), ...detectionFaults(route)];
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

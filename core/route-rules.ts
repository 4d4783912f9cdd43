// What a route takes and shows: its contract, the products that are enabled, and where the shop is. Which one a code goes to, its rules say.
import { alipayCodeRules } from '../acquirers/alipay/profile.ts';
import { gatewayCodeRules } from '../acquirers/gateway/profile.ts';
import { unionpayCodeRules } from '../acquirers/unionpay/profile.ts';
import { wechatCodeRules } from '../acquirers/wechatpay/profile.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { KnownFormat, RouteSchemes } from './domain/scan/coverage.ts';
import type { Detector } from './domain/scan/detection.ts';
import { isTakenIn } from './domain/scan/regions.ts';
import type { CodeRule } from './domain/scan/router.ts';

/** Of the shop: its administrative division, or null. */
type Region = Configuration['store']['region'];

const profileRules: Readonly<Record<RouteConfiguration['adapter'], readonly CodeRule[]>> = {
  gateway: gatewayCodeRules,
  wechatpay: wechatCodeRules,
  alipay: alipayCodeRules,
  unionpay: unionpayCodeRules,
};

/** Whose app scans a code of this acquirer's. A gateway's is for every wallet, and its answer tells which it was. */
const presentedSchemes: Readonly<Record<RouteConfiguration['adapter'], string>> = {
  gateway: 'AGGREGATE',
  wechatpay: 'WECHAT',
  alipay: 'ALIPAY',
  unionpay: 'UNIONPAY',
};

/** The configuration's own rules first; only wallets of this contract. */
function contractRules({ adapter, codeRules, schemes }: RouteConfiguration): CodeRule[] {
  const all = [...codeRules, ...profileRules[adapter]];
  return schemes === null ? all : all.filter((rule) => schemes.includes(rule.scheme));
}

/** By which payment codes come to this route. */
export function rulesOf(route: RouteConfiguration, region: Region): CodeRule[] {
  if (!route.passiveScan) return [];
  return contractRules(route).filter(({ scheme }) => isTakenIn(region, scheme, route.regions));
}

/** Null: what no rule knows does not go to this route. */
export function detectorOf(route: RouteConfiguration, region: Region): Detector | null {
  if (!route.detects || !route.passiveScan) return null;
  const taken = new Set(rulesOf(route, region));
  const known = [...route.codeRules, ...profileRules[route.adapter]];
  return { routeId: route.id, withheld: known.filter((rule) => !taken.has(rule)) };
}

/** The wallets whose payment codes a route takes, each once, in the order of its rules. */
export function schemesOfRoute(route: RouteConfiguration, region: Region): string[] {
  return [...new Set(rulesOf(route, region).map(({ scheme }) => scheme))];
}

/** Null: no main scan on this route. */
export function schemePresented(route: RouteConfiguration, region: Region): string | null {
  const scheme = presentedSchemes[route.adapter];
  return route.mainScan && isTakenIn(region, scheme, route.regions) ? scheme : null;
}

/** Each scheme once, by the rule that comes first. */
function formatsOf(rules: readonly CodeRule[]): KnownFormat[] {
  const first = new Map<string, KnownFormat>();
  for (const { scheme, confidence = null } of rules) {
    if (!first.has(scheme)) first.set(scheme, { scheme, confidence });
  }
  return [...first.values()];
}

export const publishedFormats: readonly KnownFormat[] = formatsOf(Object.values(profileRules).flat());

export function routeSchemes(route: RouteConfiguration, region: Region): RouteSchemes {
  const isHere = ({ scheme }: KnownFormat) => isTakenIn(region, scheme, route.regions);
  const formats = formatsOf(contractRules(route));
  return {
    id: route.id,
    formats: formats.filter(isHere),
    elsewhere: formats.filter((one) => !isHere(one)).map(({ scheme }) => scheme),
    takesCodes: route.passiveScan,
    detects: route.detects && route.passiveScan,
    codesOf: presentedSchemes[route.adapter],
    showsCodes: schemePresented(route, region) !== null,
  };
}

// One line for each route of the configuration: its acquirer, where it is, and how a payment on it behaves.
import { createGateway } from '../acquirers/gateway/adapter.ts';
import { gatewayCodeRules } from '../acquirers/gateway/profile.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { GatewayRoute, RouteConfiguration } from '../contract/configuration-routes.ts';
import { ConfigurationRefused, readCertificates, readSecret } from './configuration.ts';
import { isGiveBackProven } from './domain/giveback/machine.ts';
import { gatewayPolicy, type PaymentPolicy } from './domain/payment/policy.ts';
import { isProven } from './domain/payment/state.ts';
import type { CodeRule } from './domain/scan/router.ts';
import type { RouteSettings } from './domain/till/events.ts';
import type { TillState } from './domain/till/state.ts';
import type { Acquirer } from './ports/acquirer.ts';
import type { Clock } from './ports/clock.ts';
import type { NetworkTarget } from './ports/network.ts';
import { placeOf } from './route-files.ts';
import { systemRandom } from './system.ts';

export type Line = {
  route: RouteConfiguration;
  acquirer: Acquirer;
  target: NetworkTarget;
  settings: RouteSettings;
};

/** Each contract as one finds it: the acquirer and its profile's timings. */
type Opened = { acquirer: Acquirer; policy: PaymentPolicy };

type Opening<Route> = {
  route: Route;
  /** `routes.1`: what a message calls it. */
  place: string;
  terminal: Configuration['terminal'];
  target: NetworkTarget;
  clock: Clock;
};

function policyOf(route: RouteConfiguration, profile: PaymentPolicy): PaymentPolicy {
  const overrides = Object.fromEntries(
    Object.entries(route.timings).filter(([, value]) => value !== undefined),
  );
  const { maxAge_s, holdFor_s } = route.offline;
  return { ...profile, ...overrides, queueMaxAge_ms: maxAge_s * 1000, holdFor_ms: holdFor_s * 1000 };
}

/** The configuration's own rules first; only wallets of this contract. */
function rulesOf({ codeRules, schemes }: RouteConfiguration, profile: readonly CodeRule[]): CodeRule[] {
  const all = [...codeRules, ...profile];
  return schemes === null ? all : all.filter((rule) => schemes.includes(rule.scheme));
}

function openGateway({ route, place, terminal, target, clock }: Opening<GatewayRoute>): Opened {
  const { baseUrl, ca } = target;
  const acquirer = createGateway({
    id: route.id,
    terminal,
    rules: rulesOf(route, gatewayCodeRules),
    probeTimeout_ms: route.connectTimeout_ms,
    call: {
      baseUrl,
      ca,
      key: { appId: route.appId, appKey: readSecret(`${place}.appKeyFile`, route.appKeyFile) },
      connectTimeout_ms: route.connectTimeout_ms,
      nonce: () => systemRandom.hex(16),
      wall_ms: clock.wall_ms,
    },
  });
  return { acquirer, policy: gatewayPolicy };
}

/** The wallets that the line takes, each once, in the order of its rules. */
export function schemesOf({ acquirer }: Line): string[] {
  return [...new Set(acquirer.rules.map(({ scheme }) => scheme))];
}

function openLine(opening: Opening<RouteConfiguration>): Line {
  const { route, target } = opening;
  const { acquirer, policy } = openAcquirer(opening);
  return { route, acquirer, target, settings: { policy: policyOf(route, policy), offline: route.offline } };
}

function openAcquirer(opening: Opening<RouteConfiguration>): Opened {
  const { route } = opening;
  switch (route.adapter) {
    case 'gateway':
      return openGateway({ ...opening, route });
    case 'wechatpay':
    case 'alipay':
      throw new Error(`no adapter ${route.adapter}`);
  }
}

/**
 * Money in doubt can only be cleared where it was taken.
 * @throws ConfigurationRefused E-CFG-01: a payment or refund is open on a route that the configuration does not have any more.
 */
export function assertRoutesOfOpen({ attempts, giveBacks }: TillState, lines: readonly Line[]): void {
  const known = new Set(lines.map(({ route }) => route.id));
  const open = [
    ...Object.values(attempts).filter(({ machine }) => !isProven(machine.state)),
    ...Object.values(giveBacks).filter(({ machine }) => !isGiveBackProven(machine.state)),
  ];
  const lost = open.filter(({ routeId }) => !known.has(routeId));
  if (lost.length === 0) return;
  const names = [...new Set(lost.map(({ routeId }) => routeId))].join(', ');
  throw new ConfigurationRefused(
    'E-CFG-01',
    `routes: ${lost.length} payments or refunds without proof are on ${names}, which is not configured: keep it until they are proven`,
  );
}

/** In order of preference. @throws ConfigurationRefused naming field and file. */
export function openLines({ routes, terminal }: Configuration, clock: Clock): readonly Line[] {
  return routes.map((route) => {
    const place = placeOf(routes, route);
    const ca = route.caFile === undefined ? null : readCertificates(`${place}.caFile`, route.caFile);
    const target = { baseUrl: route.baseUrl, ca, timeout_ms: route.connectTimeout_ms };
    return openLine({ route, place, terminal, target, clock });
  });
}

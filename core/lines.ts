// One line for each route of the configuration: its acquirer, where it is, and how a payment on it behaves.
import type { Configuration } from '../contract/configuration.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import { openAcquirer, type Opening } from './acquirers.ts';
import { certificateEnds } from './certificate-ends.ts';
import { ConfigurationRefused, readCertificates } from './configuration.ts';
import type { CertificateEnd } from './diagnostics/parts.ts';
import { assertFilesFit } from './fitting-files.ts';
import { isGiveBackProven } from './domain/giveback/machine.ts';
import type { PaymentPolicy } from './domain/payment/policy.ts';
import { isProven } from './domain/payment/state.ts';
import type { Sale } from './domain/sale/sale.ts';
import type { Detector } from './domain/scan/detection.ts';
import type { RouteSettings } from './domain/till/events.ts';
import type { TillState } from './domain/till/state.ts';
import type { Acquirer, PresentedOrders } from './ports/acquirer.ts';
import type { Clock } from './ports/clock.ts';
import type { NetworkTarget } from './ports/network.ts';
import type { NoticeSource } from './ports/notices.ts';
import { openNotices } from './relays.ts';
import { placeOf } from './route-files.ts';
import { detectorOf, schemePresented } from './route-rules.ts';

export type Line = {
  route: RouteConfiguration;
  acquirer: Acquirer & PresentedOrders;
  /** Main scan: the wallet that scans its codes; null: it shows none. */
  presents: string | null;
  /** Null: codes that no rule knows do not go there. */
  detector: Detector | null;
  target: NetworkTarget;
  settings: RouteSettings;
  certificates: readonly CertificateEnd[];
  /** Null: no relay of the merchant's. */
  notices: NoticeSource | null;
};

function given(timings: object): object {
  return Object.fromEntries(Object.entries(timings).filter(([, value]) => value !== undefined));
}

function policyOf(route: RouteConfiguration, profile: PaymentPolicy): PaymentPolicy {
  const { presenting, ...timings } = route.timings;
  const overrides = given(timings);
  const { maxAge_s, holdFor_s } = route.offline;
  const merged = { ...profile.presenting, ...given(presenting ?? {}) };
  return {
    ...profile,
    ...overrides,
    presenting: merged,
    queueMaxAge_ms: maxAge_s * 1000,
    holdFor_ms: holdFor_s * 1000,
  };
}

function openLine(opening: Opening<RouteConfiguration>): Line {
  const { route, place, target } = opening;
  assertFilesFit(route, place);
  const { acquirer, policy } = openAcquirer(opening);
  const settings = { policy: policyOf(route, policy), offline: route.offline };
  const { region } = opening.configuration.store;
  return {
    route,
    acquirer,
    presents: schemePresented(route, region),
    detector: detectorOf(route, region),
    target,
    settings,
    certificates: certificateEnds(route),
    notices: openNotices(opening),
  };
}

const unfinished: ReadonlySet<string> = new Set(['open', 'tendering', 'parked', 'cancelling']);

const isUnfinished = (sale: Sale | undefined): boolean => sale !== undefined && unfinished.has(sale.state);

/**
 * Money in doubt can only be cleared where it was taken.
 * @throws ConfigurationRefused E-CFG-01: a payment or refund is open on a route that the configuration does not have any more.
 */
export function assertRoutesOfOpen({ attempts, giveBacks, sales }: TillState, lines: readonly Line[]): void {
  const known = new Set(lines.map(({ route }) => route.id));
  const open = [
    // What a sale that is still open was paid with goes back if it is dropped.
    ...Object.values(attempts).filter(
      ({ machine, saleId }) => !isProven(machine.state) || isUnfinished(sales[saleId]),
    ),
    ...Object.values(giveBacks).filter(({ machine }) => !isGiveBackProven(machine.state)),
  ];
  const lost = open.filter(({ routeId }) => !known.has(routeId));
  if (lost.length === 0) return;
  const names = [...new Set(lost.map(({ routeId }) => routeId))].join(', ');
  throw new ConfigurationRefused(
    'E-CFG-01',
    `routes: ${lost.length} payments or refunds are open on ${names}, which is not configured: keep it until they are proven and their sales finished`,
  );
}

/** In order of preference. @throws ConfigurationRefused naming field and file. */
export function openLines(configuration: Configuration, clock: Clock): readonly Line[] {
  const { routes } = configuration;
  return routes.map((route) => {
    const place = placeOf(routes, route);
    const ca = route.caFile === undefined ? null : readCertificates(`${place}.caFile`, route.caFile);
    const target = { baseUrl: route.baseUrl, ca, timeout_ms: route.connectTimeout_ms };
    return openLine({ route, place, configuration, target, clock });
  });
}

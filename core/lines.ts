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
import type { PaymentStateKind } from './domain/payment/state.ts';
import type { Sale } from './domain/sale/sale.ts';
import type { Detector } from './domain/scan/detection.ts';
import type { RouteSettings } from './domain/till/events.ts';
import { isOpenAttempt, paysFor } from './domain/till/queries.ts';
import type { Attempt, TillState } from './domain/till/state.ts';
import type { Acquirer, PresentedOrders } from './ports/acquirer.ts';
import type { Clock } from './ports/clock.ts';
import type { NetworkTarget } from './ports/network.ts';
import type { NoticeSource } from './ports/notices.ts';
import { partyOf } from './party.ts';
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
  const party = partyOf(opening.configuration, route);
  const settings = { policy: policyOf(route, policy), offline: route.offline, party };
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

type OnRoute = { routeId: string; party: string | undefined };

const unsent: ReadonlySet<PaymentStateKind> = new Set(['held', 'queued']);

/**
 * In the queue nothing of it is in anybody's books: it was never sent, or each sending was refused without a look at it, which the number of a
 * merchant that is mended may end. What waits in memory was never sent, and ends at the start. Out of a backup either may have been sent since.
 */
function isInNoBooks({ restored }: TillState, { machine }: Attempt): boolean {
  return unsent.has(machine.state.kind) && restored?.isAsked !== false;
}

/** Where money is that is open, and whose books it stands in. */
function openMoney(state: TillState): OnRoute[] {
  const { attempts, giveBacks, sales } = state;
  const payments = Object.values(attempts)
    // What a sale that is still open was paid with goes back if it is dropped; what took nothing is over.
    .filter((one) => isOpenAttempt(one) || (paysFor(one) && isUnfinished(sales[one.saleId])))
    .map((one) => ({ routeId: one.routeId, party: isInNoBooks(state, one) ? undefined : one.party }));
  const back = Object.values(giveBacks)
    .filter(({ machine }) => !isGiveBackProven(machine.state))
    .map(({ routeId, attemptId }) => ({ routeId, party: attempts[attemptId]?.party }));
  return [...payments, ...back];
}

const walletAdapters: ReadonlySet<string> = new Set(['wechatpay', 'alipay', 'unionpay']);

/** A wallet's own contract takes no payment that was made before: what a gateway left in the queue would only keep it busy until it is too old. */
function queuedOn({ attempts }: TillState): OnRoute[] {
  return Object.values(attempts)
    .filter(({ machine }) => machine.state.kind === 'queued')
    .map(({ routeId }) => ({ routeId, party: undefined }));
}

function refuseFor(found: readonly OnRoute[], what: string): void {
  if (found.length === 0) return;
  const names = [...new Set(found.map(({ routeId }) => routeId))].join(', ');
  throw new ConfigurationRefused(
    'E-CFG-01',
    `routes: ${found.length} payments or refunds are open on ${names}, ${what}`,
  );
}

/**
 * Money in doubt can only be cleared where it was taken: another acquirer says of it "not found", and means nothing by it.
 * @throws ConfigurationRefused E-CFG-01: a payment or refund is open on a route that the configuration does not have any more,
 * or has with another acquirer or merchant.
 */
export function assertRoutesOfOpen(state: TillState, lines: readonly Line[]): void {
  const open = openMoney(state);
  const parties = new Map(lines.map(({ route, settings }) => [route.id, settings.party]));
  refuseFor(
    open.filter(({ routeId }) => !parties.has(routeId)),
    'which is not configured: keep it until they are proven and their sales finished',
  );
  const direct = new Set(
    lines.filter(({ route }) => walletAdapters.has(route.adapter)).map(({ route }) => route.id),
  );
  refuseFor(
    queuedOn(state).filter(({ routeId }) => direct.has(routeId)),
    'queued for an acquirer that took them on trust, and this one takes none: give the new contract a new id',
  );
  const moved = open.filter(({ routeId, party }) => party !== undefined && party !== parties.get(routeId));
  const before = [...new Set(moved.map(({ party }) => party))].join(', ');
  refuseFor(
    moved,
    `which was ${before}: give the new contract a new id, keep the old one until its payments are settled`,
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

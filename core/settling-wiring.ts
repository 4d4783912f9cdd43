// The settling of batches with the gateways of the configuration: their keys are read when a batch is asked about.
import type { SettleBatch } from '../acquirers/gateway/batch-call.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { GatewayRoute, RouteConfiguration } from '../contract/configuration-routes.ts';
import { openBatches } from './acquirers.ts';
import { readAside } from './batch-aside.ts';
import { readCertificates } from './configuration.ts';
import { assert } from './domain/assert.ts';
import type { Engine } from './engine/engine.ts';
import { batchPartyOf } from './party.ts';
import type { Clock } from './ports/clock.ts';
import { placeOf } from './route-files.ts';
import { createSettling, type Settling } from './settling.ts';

type Wiring = {
  configuration: Configuration;
  stateDirectory: string;
  engine: Engine;
  clock: Clock;
  changed(): void;
};

function hasBatches(route: RouteConfiguration): route is GatewayRoute {
  return route.adapter === 'gateway' && route.session === 'daily';
}

/** @throws ConfigurationRefused naming the field whose file can't be read. */
function settlerOf({ configuration, clock }: Wiring, route: GatewayRoute): SettleBatch {
  const place = placeOf(configuration.routes, route);
  const ca = route.caFile === undefined ? null : readCertificates(`${place}.caFile`, route.caFile);
  const target = { baseUrl: route.baseUrl, ca, timeout_ms: route.connectTimeout_ms };
  return openBatches({ route, place, configuration, target, clock });
}

export function openSettling(wiring: Wiring): Settling {
  const { configuration, stateDirectory, engine, clock, changed } = wiring;
  const routes = new Map(configuration.routes.filter(hasBatches).map((route) => [route.id, route]));
  const routeOf = (routeId: string): GatewayRoute => {
    const route = routes.get(routeId);
    assert(route, `no gateway ${routeId}`);
    return route;
  };
  return createSettling({
    engine,
    clock,
    stateDirectory,
    partyOf: (routeId) => batchPartyOf(configuration, routeOf(routeId)),
    routeIds: [...routes.keys()],
    read: (asked) => readAside(clock, asked),
    settlerOf: (routeId) => settlerOf(wiring, routeOf(routeId)),
    changed,
  });
}

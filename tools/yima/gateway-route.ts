// A gateway route of a configuration, as the commands that speak with its acquirer need it.
import type { GatewayRoute } from '../../contract/configuration-routes.ts';
import type { Opening } from '../../core/acquirers.ts';
import { loadConfiguration, readCertificates } from '../../core/configuration.ts';
import { placeOf } from '../../core/route-files.ts';
import { systemClock } from '../../core/system.ts';
import { Refused } from './program.ts';

export const EXIT_BAD_INPUT = 2;

export function bad(message: string): Refused {
  return new Refused(message, { exitCode: EXIT_BAD_INPUT });
}

/** @throws ConfigurationRefused naming field and file; Refused where the route is none, or none of a gateway. */
export function openingOf(file: string, id: string): Opening<GatewayRoute> {
  const configuration = loadConfiguration(file);
  const { routes } = configuration;
  const route = routes.find((one) => one.id === id);
  if (route === undefined) throw bad(`--route ${id}: ${file} has ${routes.map((one) => one.id).join(', ')}`);
  if (route.adapter !== 'gateway')
    throw bad(`--route ${id}: its adapter is ${route.adapter}; only a gateway has this`);
  const place = placeOf(routes, route);
  const ca = route.caFile === undefined ? null : readCertificates(`${place}.caFile`, route.caFile);
  const target = { baseUrl: route.baseUrl, ca, timeout_ms: route.connectTimeout_ms };
  return { route, place, configuration, target, clock: systemClock() };
}

// Who is paid on a route, by the numbers that its acquirer knows shop and till by, as papers print them.
import type { Configuration } from '../contract/configuration.ts';
import type { Payee } from './domain/receipt/blocks.ts';
import { merchantOf, terminalNumberOf } from './party.ts';

/** Null: the route has left the configuration, and another's number would mislead. */
export function payeeOf(configuration: Configuration, routeId: string): Payee | null {
  const route = configuration.routes.find(({ id }) => id === routeId);
  if (route === undefined) return null;
  const terminal = terminalNumberOf(configuration, route);
  const merchant = merchantOf(configuration, route);
  if (merchant !== null) return { kind: 'merchant', number: merchant, terminal };
  // Alipay: the shop's application is what its support can find the shop by.
  return route.adapter === 'alipay' ? { kind: 'application', number: route.appId, terminal } : null;
}

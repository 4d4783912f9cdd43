// Who is paid on a route, by the number that its acquirer knows the shop by.
import type { Configuration } from '../contract/configuration.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { Payee } from './domain/receipt/blocks.ts';

/** The shop's number on the bills of a route; null: Alipay's name an account of which the configuration tells nothing. */
export function merchantOf({ terminal }: Configuration, route: RouteConfiguration): string | null {
  switch (route.adapter) {
    case 'wechatpay':
      return route.mchId;
    case 'unionpay':
      return route.merId;
    case 'alipay':
      return null;
    default:
      return terminal.merchantCode;
  }
}

/** As papers print it. Null: the route has left the configuration, and another's number would mislead. */
export function payeeOf(configuration: Configuration, routeId: string): Payee | null {
  const route = configuration.routes.find(({ id }) => id === routeId);
  if (route === undefined) return null;
  const merchant = merchantOf(configuration, route);
  if (merchant !== null) return { kind: 'merchant', number: merchant };
  // Alipay: the shop's application is what its support can find the shop by.
  return route.adapter === 'alipay' ? { kind: 'application', number: route.appId } : null;
}
